"""Addresses of finding a mentor."""

from django.urls import URLPattern, URLResolver, path

from matching.views import mentors, preferences

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", mentors.find, name="find"),
    path("mentors/<int:pk>/", mentors.mentor, name="mentor"),
    path("mentors/<int:pk>/ask/", mentors.ask, name="ask"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/about/<slug:key>/", preferences.preference, name="preference"),
    path("preferences/mentor/", preferences.preferences_mentor, name="preferences_mentor"),
    path("preferences/mentor/about/<slug:key>/", preferences.preference_mentor, name="preference_mentor"),
]
