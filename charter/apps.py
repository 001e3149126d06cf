"""The mentoring charter."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    """Self-assessment against the charter."""

    name = "charter"
    default_auto_field = "django.db.models.BigAutoField"
