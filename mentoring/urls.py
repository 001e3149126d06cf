"""Every address of the product. The other apps are named by string only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mentoring.views import account, block, home, invitation, joining, mentorship, profile, public, start

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
    # Me: first minutes, profile, joining, account.
    path("start/", start.start, name="start"),
    path("start/on/", start.start_end, name="start_end"),
    path("start/<slug:name>/", start.start_question, name="start_question"),
    path("profile/", profile.profile, name="profile"),
    path("profile/preview/", profile.profile_preview, name="profile_preview"),
    path("profile/places/<int:pk>/", profile.profile_places, name="profile_places"),
    path("profile/identity/", profile.identity, name="identity"),
    path("profile/identity/withdraw/", profile.identity_withdraw_all, name="identity_withdraw_all"),
    path("profile/identity/<slug:key>/", profile.identity_answer, name="identity_answer"),
    path("profile/identity/<slug:key>/withdraw/", profile.identity_withdraw, name="identity_withdraw"),
    path("profile/<slug:name>/", profile.profile_step, name="profile_step"),
    path("programmes/join/", joining.programmes_to_choose, name="programmes_to_join"),
    path("programmes/<slug:slug>/join/", joining.programme_join, name="programme_join"),
    path("programmes/<slug:slug>/join/take-up/", joining.take_up, name="programme_take_up"),
    path("programmes/<slug:slug>/join/turn-down/", joining.turn_down, name="programme_turn_down"),
    path("programmes/<slug:slug>/leave/", joining.leave, name="programme_leave"),
    path("join/<str:code>/", joining.join_link, name="join_link"),
    path("claim/<str:code>/", invitation.claim, name="claim"),
    path("claim/<str:code>/take-up/", invitation.claim_take_up, name="claim_take_up"),
    path("claim/<str:code>/turn-down/", invitation.claim_turn_down, name="claim_turn_down"),
    path("account/", account.account, name="account"),
    path("account/messages/", account.messages_sent, name="account_messages"),
    path("account/consents/", account.consents_given, name="account_consents"),
    path("account/delete/", account.delete, name="account_delete"),
    # The other rooms.
    path("", include("matching.urls")),
    path("charter/", include("charter.urls")),
]

if settings.TRIAL:
    urlpatterns += []
