"""Every address of the product. The other apps are named by string only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mentoring.views import home, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # What anybody may read.
    path("model/", public.model, name="model"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path(".well-known/security.txt", public.security_txt, name="security_txt"),
    path("healthz", public.healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    # The other rooms.
    path("", include("matching.urls")),
    path("charter/", include("charter.urls")),
]

if settings.TRIAL:
    urlpatterns += []
