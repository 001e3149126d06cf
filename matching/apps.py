"""Preferences and ranking."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """What people ask for, and who fits it."""

    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"
