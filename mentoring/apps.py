"""The people and their relationships."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Accounts, organisations, programmes, people and mentorships."""

    name = "mentoring"
    default_auto_field = "django.db.models.BigAutoField"
