"""The people and their relationships."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class MentoringConfig(AppConfig):
    """Accounts, organisations, programmes, people and mentorships."""

    name = "mentoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After each migrate, and each emptying of a test database, the words of consent are there again.

        What follows from signing in is connected by name, too: it needs the models.
        """
        post_migrate.connect(_keep_consent_text, sender=self)
        import_string("mentoring.receivers.connect")()


def _keep_consent_text(**kwargs: object) -> None:
    # By name: models, and so the domain, cannot be imported while apps are being found.
    import_string("mentoring.domain.consent.keep_texts")()
