"""What follows from signing in, whichever way it was done; connected by `apps.py`."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.http import HttpRequest

from mentoring.domain import draft, sign_in
from mentoring.domain.person import create_person
from mentoring.models import User
from mentoring.permissions import is_in_charge


def connect() -> None:
    """Once, when everything is loaded."""
    user_logged_in.connect(_start_the_clock)
    pre_save.connect(_keep_little_of_a_browser, sender=UserSession)
    pre_save.connect(_keep_nothing_of_a_work_account, sender=SocialAccount)
    authenticator_added.connect(_count_as_done)
    authenticator_removed.connect(_count_as_undone)


def _start_the_clock(request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session.set_expiry(None)  # the hour of a draft is not the sign-in's
    sign_in.began(request.session, in_charge=is_in_charge(user))
    if draft.is_of_another(request.session, user=user):
        draft.drop(request.session)


def _keep_little_of_a_browser(instance: UserSession, **kwargs: Any) -> None:
    instance.ip = sign_in.coarse(instance.ip)
    instance.user_agent = sign_in.browser_named(instance.user_agent)


def _keep_nothing_of_a_work_account(instance: SocialAccount, **kwargs: Any) -> None:
    instance.extra_data = {}


def _count_as_done(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever has just set up a second step has shown it; sign-ins elsewhere, which have not, end."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        sign_in.end_other_sign_ins(but=request.session.session_key, by=create_person(user=user))


def _count_as_undone(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever has removed their last second step has not passed one any more."""
    if not sign_in.has_second_step(user):
        rest = [record for record in request.session.get(METHODS, []) if record["method"] != "mfa"]
        request.session[METHODS] = rest
