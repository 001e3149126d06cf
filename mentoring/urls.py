"""Every address of the product. The other apps are named by string only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mentoring.views import (
    account,
    administration,
    block,
    endorsement,
    feedback,
    home,
    invitation,
    inviting,
    joining,
    mentorship,
    people_import,
    profile,
    programme,
    public,
    start,
    trial,
)

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
    path("mentoring/<uuid:pk>/feedback/", feedback.give, name="feedback_give"),
    path("mentoring/<uuid:pk>/feedback/take-back/", feedback.take_back, name="feedback_take_back"),
    path("mentoring/<uuid:pk>/endorse/", endorsement.endorse, name="endorse"),
    path("mentoring/<uuid:pk>/endorse/take-back/", endorsement.take_back, name="endorse_take_back"),
    path("mentoring/said-of-me/", feedback.said_of_me, name="said_of_me"),
    path("endorsements/<uuid:pk>/reply/", endorsement.reply, name="endorsement_reply"),
    path("endorsements/<uuid:pk>/hide/", endorsement.hide, name="endorsement_hide"),
    path("endorsements/<uuid:pk>/show/", endorsement.show, name="endorsement_show"),
    path("endorsements/<uuid:pk>/report/", endorsement.report, name="endorsement_report"),
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
    # Programmes, for those who coordinate them (after joining, which shares their beginning).
    path("programmes/", programme.programmes, name="programmes"),
    path("programmes/<slug:slug>/", programme.programme, name="programme"),
    path("programmes/<slug:slug>/people/", programme.people, name="programme_people"),
    path("programmes/<slug:slug>/people/decide/", programme.decide, name="programme_decide"),
    path("programmes/<slug:slug>/people/<uuid:pk>/", programme.person, name="programme_person"),
    path("programmes/<slug:slug>/settings/", programme.settings, name="programme_settings"),
    path("programmes/<slug:slug>/settings/description/", programme.description, name="programme_description"),
    path(
        "programmes/<slug:slug>/settings/positive-action/",
        programme.positive_action,
        name="programme_positive_action",
    ),
    path("programmes/<slug:slug>/settings/weights/", programme.mentee_share, name="programme_mentee_share"),
    path("programmes/<slug:slug>/settings/link/on/", programme.link_open, name="programme_link_open"),
    path("programmes/<slug:slug>/settings/link/new/", programme.link_renew, name="programme_link_renew"),
    path("programmes/<slug:slug>/settings/link/off/", programme.link_close, name="programme_link_close"),
    path("programmes/<slug:slug>/reports/", endorsement.reports, name="reports"),
    path("programmes/<slug:slug>/reports/<int:pk>/", endorsement.report_decide, name="report_decide"),
    # Bringing people in and out, and inviting them.
    path("programmes/<slug:slug>/import/", people_import.people_imports, name="people_imports"),
    path("programmes/<slug:slug>/import/empty.xlsx", people_import.people_template, name="people_template"),
    path("programmes/<slug:slug>/import/<uuid:pk>/", people_import.people_import_page, name="people_import"),
    path("programmes/<slug:slug>/import/<uuid:pk>/take/", people_import.people_import_take, name="people_import_take"),
    path("programmes/<slug:slug>/import/<uuid:pk>/drop/", people_import.people_import_drop, name="people_import_drop"),
    path(
        "programmes/<slug:slug>/import/<uuid:pk>/refused.csv",
        people_import.people_import_refused,
        name="people_import_refused",
    ),
    path("programmes/<slug:slug>/export/people.csv", people_import.people_export_csv, name="people_export_csv"),
    path("programmes/<slug:slug>/export/people.xlsx", people_import.people_export_xlsx, name="people_export_xlsx"),
    path("programmes/<slug:slug>/invitations/", inviting.invitations, name="invitations"),
    path("programmes/<slug:slug>/invitations/new/", inviting.invitation_new, name="invitation_new"),
    path("programmes/<slug:slug>/invitations/send/", inviting.invitations_send, name="invitations_send"),
    path("programmes/<slug:slug>/invitations/remind/", inviting.invitations_chase, name="invitations_chase"),
    path(
        "programmes/<slug:slug>/invitations/<int:pk>/take-back/",
        inviting.invitation_take_back,
        name="invitation_take_back",
    ),
    # Administration.
    path("administration/", administration.administration, name="administration"),
    path("administration/organisations/", administration.organisations, name="organisations"),
    path("administration/organisations/add/", administration.organisation_add, name="organisation_add"),
    path("administration/organisations/<slug:slug>/", administration.organisation_edit, name="organisation_edit"),
    path("administration/programmes/", administration.all_programmes, name="all_programmes"),
    path("administration/programmes/add/", administration.programme_add, name="programme_add"),
    path("administration/programmes/<slug:slug>/", administration.programme_set_up, name="programme_set_up"),
    path("administration/programmes/<slug:slug>/edit/", administration.programme_edit, name="programme_edit"),
    path(
        "administration/programmes/<slug:slug>/coordinators/<int:pk>/dismiss/",
        administration.coordinator_dismiss,
        name="coordinator_dismiss",
    ),
    path("administration/messages/", administration.stuck_messages, name="stuck_messages"),
    path("administration/messages/<int:pk>/again/", administration.message_again, name="message_again"),
    path("administration/messages/<int:pk>/drop/", administration.message_drop, name="message_drop"),
    # The other rooms.
    path("", include("matching.urls")),
    path("charter/", include("charter.urls")),
]

if settings.TRIAL:
    urlpatterns += [path("trial/mail/", trial.mail, name="trial_mail")]

handler400 = "mentoring.views.errors.bad_request"
handler403 = "mentoring.views.errors.forbidden"
handler404 = "mentoring.views.errors.not_found"
handler500 = "mentoring.views.errors.server_error"
