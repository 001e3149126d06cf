"""Second steps and sign-ins."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from mentoring.models import Person
from tests.factories.people import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"


def sign_in_of(person: Person, *, ip: str = "192.0.2.77", user_agent: str = FIREFOX) -> UserSession:
    """Somewhere else where the person is signed in."""
    store = SessionStore()
    store.create()
    return UserSession.objects.create(user=person.user, session_key=store.session_key, ip=ip, user_agent=user_agent)


def app_of(person: Person) -> Authenticator:
    """An authenticator app with SECRET, and recovery codes."""
    TOTP.activate(person.user, SECRET)
    return RecoveryCodes.activate(person.user).instance


def code_now(secret: str = SECRET, *, later: int = 0) -> str:
    """What the app shows, or will `later` half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def sign_in(client: Client, person: Person, *, next_page: str = "", **said: str) -> str:
    """By the form; where it leads."""
    assert person.user is not None
    data = {"login": person.user.email, "password": PASSWORD, "next": next_page, **said}
    return client.post(reverse("account_login"), data).headers.get("Location", "")


def is_in(client: Client) -> bool:
    """Whether whoever uses the client is signed in."""
    return "_auth_user_id" in client.session
