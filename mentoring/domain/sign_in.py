"""How long somebody stays signed in, from which browsers, and what they are told of it."""

import ipaddress
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mentoring import emails
from mentoring.domain import clock, notification
from mentoring.domain.action import action
from mentoring.models import Person, User

SHARED: Final = "shared"
"""In the session: somebody said that others use this computer too."""
KNOWN_COOKIE: Final = "known"
KNOWN_FOR: Final = timedelta(days=365)
_BEGAN, _SEEN, _LIMITS = "began", "seen", "limits"
_EVERY: Final = timedelta(minutes=1)
_PEOPLE_A_BROWSER: Final = 20
_SECOND_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What a browser says of itself, the telling words first: nearly all claim to be Safari, and Chrome's kin to be Chrome.
_BROWSERS: Final = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("Opera", "Opera"), ("Samsung", "Samsung Internet")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS: Final = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("CrOS", "Chromebook"), ("Chromebook", "Chromebook"), ("Mac", "Mac"), ("Linux", "Linux")),
)


def browser_named(user_agent: str) -> str:
    """What people call their browser; the rest of what it says would tell one computer from another."""
    browser = _first(_BROWSERS, user_agent) or "A browser"
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} on {system}" if system else browser


def _first(words: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for word, name in words if word in text), "")


def coarse(address: str) -> str:
    """The neighbourhood of an internet address: enough to see that it was elsewhere, too little to find somebody."""
    kept = 24 if ipaddress.ip_address(address).version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{kept}", strict=False).network_address)


def began(session: MutableMapping[str, Any], *, in_charge: bool) -> None:
    """Start the clock of somebody who has just signed in."""
    session[_BEGAN] = session[_SEEN] = clock.now().timestamp()
    session[_LIMITS] = _limits(session, in_charge=in_charge)


def _limits(session: Mapping[str, Any], *, in_charge: bool) -> tuple[int, int]:
    kind = "in_charge" if in_charge else "others"
    idle, at_most = settings.SIGNED_IN[kind]
    if session.get(SHARED):
        idle, at_most = (min(pair) for pair in zip((idle, at_most), settings.SIGNED_IN["shared"], strict=True))
    return idle, at_most


def is_over(session: Mapping[str, Any]) -> bool:
    """Whether nothing was asked for too long, or the sign-in is too long ago."""
    if _SEEN not in session:
        return False
    idle, at_most = (timedelta(minutes=minutes) for minutes in session[_LIMITS])
    now = clock.now()
    return now - _time(session[_SEEN]) > idle or now - _time(session[_BEGAN]) > at_most


def is_to_be_noted(session: Mapping[str, Any]) -> bool:
    """Whether it is a minute since it was last written down that they are here: not each page is worth a write."""
    return _SEEN not in session or clock.now() - _time(session[_SEEN]) >= _EVERY


def seen(session: MutableMapping[str, Any], key: str | None, *, in_charge: bool) -> None:
    """They are here: the time-out starts anew, by what they are in charge of now."""
    if _SEEN not in session:
        began(session, in_charge=in_charge)
    session[_SEEN] = clock.now().timestamp()
    session[_LIMITS] = _limits(session, in_charge=in_charge)
    UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now())


def _time(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, tz=clock.now().tzinfo)


def knows(cookie: str | None, user: User) -> bool:
    """Whether this browser's cookie says that they have signed in with it before."""
    return _mark(user) in _marks(cookie)


def with_known(cookie: str | None, user: User) -> str:
    """The cookie of a browser that they sign in with; it names nobody."""
    marks = [mark for mark in _marks(cookie) if mark != _mark(user)]
    return signing.dumps([*marks, _mark(user)][-_PEOPLE_A_BROWSER:], salt=KNOWN_COOKIE)


def _marks(cookie: str | None) -> list[str]:
    try:
        return list(signing.loads(cookie or "", salt=KNOWN_COOKIE, max_age=KNOWN_FOR))
    except signing.BadSignature:
        return []


def _mark(user: User) -> str:
    return salted_hmac(KNOWN_COOKIE, str(user.pk), algorithm="sha256").hexdigest()[:24]


@action
def tell_of_new_browser(*, by: Person) -> None:
    """Write to somebody who has signed in with a browser that they had not used before: it may be another."""
    email = emails.new_browser(called=by.first_name)
    notification.queue(email=email, to=by, subject_id=notification.new_intent())


@action
def end_sign_in(*, session: UserSession, by: Person) -> None:
    """Sign the person out where they are signed in otherwise; it works from the next click there on."""
    _end([session])


@action
def end_other_sign_ins(*, but: str | None, by: Person) -> None:
    """Sign the person out everywhere but in the session `but`."""
    rows = UserSession.objects.filter(user__person=by)
    _end(rows.exclude(session_key=but) if but else rows)


@action
def remove_second_steps(*, user: User) -> None:
    """For somebody who has lost their telephone and their recovery codes: they start again with the password."""
    Authenticator.objects.filter(user=user).delete()
    _end(UserSession.objects.filter(user=user))
    person = getattr(user, "person", None)
    email = emails.sign_in_changed(called=person.first_name if person else "")
    notification.queue(email=email, to=person, address=user.email, subject_id=notification.new_intent())


def has_second_step(user: User) -> bool:
    """Whether they have set up an authenticator app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=_SECOND_STEPS).exists())


def has_passed_second_step(request: HttpRequest) -> bool:
    """Whether somebody has shown their second step since they signed in here."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def forget_old_sign_ins() -> None:
    """Delete where somebody was signed in, once they no longer are."""
    live = Session.objects.filter(expire_date__gt=clock.now())
    UserSession.objects.exclude(session_key__in=live.values("session_key")).delete()


def _end(sessions: Iterable[UserSession]) -> None:
    keys = [session.session_key for session in sessions]
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
