"""Addresses of the charter."""

from django.urls import URLPattern, URLResolver, path

from charter.views import administration, assessment, criterion, framework

urlpatterns: list[URLPattern | URLResolver] = [
    path("", assessment.charter, name="charter"),
    # What anybody may read.
    path("framework/", framework.framework, name="charter_framework"),
    # For administrators.
    path("administration/", administration.overview, name="charter_administration"),
    path("administration/assessors/", administration.assessors, name="assessors"),
    path("administration/assessors/<int:pk>/remove/", administration.assessor_remove, name="assessor_remove"),
    path("administration/organisations/<slug:slug>/", administration.leads, name="charter_leads"),
    path(
        "administration/organisations/<slug:slug>/<int:pk>/remove/",
        administration.lead_remove,
        name="charter_lead_remove",
    ),
    # For charter leads.
    path("open/<slug:slug>/", assessment.assessment_open, name="assessment_open"),
    path("<uuid:pk>/", assessment.overview, name="assessment"),
    path("<uuid:pk>/level/", assessment.level, name="assessment_level"),
    path("<uuid:pk>/level/<slug:level_id>/", assessment.level_change, name="assessment_level_change"),
    path("<uuid:pk>/principles/<int:number>/", assessment.principle, name="principle"),
    path("<uuid:pk>/<slug:criterion_id>/", criterion.criterion, name="criterion"),
]
