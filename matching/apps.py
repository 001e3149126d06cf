"""Preferences and ranking."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class MatchingConfig(AppConfig):
    """What people ask for, and who fits it."""

    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After each migrate, and each emptying of a test database, the catalogue is there again."""
        post_migrate.connect(_load_catalogue, sender=self)


def _load_catalogue(**kwargs: object) -> None:
    # By name: models, and so the domain, cannot be imported while apps are being found.
    import_string("matching.domain.catalogue.load_after_migrate")()
