"""Every address of the product. The other apps are named by string only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mentoring.views import block, home, mentorship, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # What anybody may read.
    path("model/", public.model, name="model"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path(".well-known/security.txt", public.security_txt, name="security_txt"),
    path("healthz", public.healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    # My mentoring.
    path("mentoring/", mentorship.my_mentoring, name="my_mentoring"),
    path("mentoring/blocked/", block.blocks, name="blocks"),
    path("mentoring/<uuid:pk>/", mentorship.mentorship, name="mentorship"),
    path("mentoring/<uuid:pk>/accept/", mentorship.accept, name="mentorship_accept"),
    path("mentoring/<uuid:pk>/decline/", mentorship.decline, name="mentorship_decline"),
    path("mentoring/<uuid:pk>/withdraw/", mentorship.withdraw, name="mentorship_withdraw"),
    path("mentoring/<uuid:pk>/end/", mentorship.end, name="mentorship_end"),
    path("people/<uuid:pk>/block/", block.block, name="block"),
    path("people/<uuid:pk>/unblock/", block.unblock, name="unblock"),
    # The other rooms.
    path("", include("matching.urls")),
    path("charter/", include("charter.urls")),
]

if settings.TRIAL:
    urlpatterns += []
