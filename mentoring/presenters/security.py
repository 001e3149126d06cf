"""How somebody signs in, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from mentoring.domain.draft import Draft
from mentoring.models import User
from mentoring.presenters.mentorship import day

_APP, _PASSKEY, _CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
_LONG: Final = 30


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go on to; `about` says, for those who hear the page, what it is for."""

    label: str
    href: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of signing in.

    Args:
        state: what is on, as the words of a tag; none where there is nothing to be on or off.
        items: of several of a kind (passkeys), each with its words and links.
    """

    title: str
    words: str
    links: list[Link]
    state: str = ""
    colour: str = "grey"
    items: list[tuple[str, list[Link]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One place where they are signed in."""

    pk: int
    browser: str
    near: str
    since: str
    seen: datetime
    here: bool


def ways_in(user: User, steps: Iterable[Authenticator], accounts: Iterable[SocialAccount]) -> list[Way]:
    """What is on and what could be, the usual first."""
    found = list(steps)
    ways = [_password(user), _app(found), _passkeys(found), _codes(found)]
    if settings.OIDC_SERVER_URL:
        ways.append(_work_account(list(accounts)))
    return ways


def _password(user: User) -> Way:
    if not user.has_usable_password():
        words = "You sign in without one. You can choose one as well."
        return Way("Password", words, [Link("Choose a password", reverse("account_set_password"))], "Off")
    return Way("Password", f"With {user.email}.", [Link("Change my password", reverse("account_change_password"))])


def _app(steps: list[Authenticator]) -> Way:
    words = "A second step: after the password, a code of six digits from an app on your telephone or computer."
    own = next((step for step in steps if step.type == _APP), None)
    if own is None:
        return Way("Authenticator app", words, [Link("Set up an app", reverse("mfa_activate_totp"))], "Off")
    remove = Link("Remove the app", reverse("mfa_deactivate_totp"))
    return Way("Authenticator app", f"Set up on {day(own.created_at)}. {_used(own)}", [remove], "On", "green")


def _passkeys(steps: list[Authenticator]) -> Way:
    words = "Your fingerprint, your face, a PIN or a security key: as a second step, or instead of the password."
    own = [step for step in steps if step.type == _PASSKEY]
    add = Link("Add another passkey" if own else "Add a passkey", reverse("mfa_add_webauthn"))
    items = [(f"{step.wrap().name}. {_used(step)}", _passkey_links(step)) for step in own]
    return Way("Passkeys", words, [add], "On" if own else "Off", "green" if own else "grey", items)


def _passkey_links(step: Authenticator) -> list[Link]:
    about = f": {step.wrap().name}"
    return [
        Link("Rename", reverse("mfa_edit_webauthn", args=[step.pk]), about),
        Link("Remove", reverse("mfa_remove_webauthn", args=[step.pk]), about),
    ]


def _codes(steps: list[Authenticator]) -> Way:
    own = next((step for step in steps if step.type == _CODES), None)
    if own is None:
        words = "For the day you have lost your telephone. You get them with your first app or passkey."
        return Way("Recovery codes", words, [], "Off")
    left = len(own.wrap().get_unused_codes())
    words = f"For the day you have lost your telephone. You have {left} left; each works once."
    links = [
        Link("See or save my codes", reverse("mfa_view_recovery_codes")),
        Link("Make new codes", reverse("mfa_generate_recovery_codes")),
    ]
    return Way("Recovery codes", words, links, "On" if left else "Used up", "green" if left else "red")


def _work_account(accounts: list[SocialAccount]) -> Way:
    words = f"Sign in with {work_account_name()}. We learn your address from it, and nothing else is kept."
    if not accounts:
        return Way("Work account", words, [], "Off")
    remove = Link("Take the link away", reverse("socialaccount_connections"))
    return Way("Work account", f"Linked on {day(accounts[0].date_joined)}. {words}", [remove], "On", "green")


def _used(step: Authenticator) -> str:
    return f"Last used on {day(step.last_used_at)}." if step.last_used_at else "Not used yet."


def work_account_name() -> str:
    """What the instance calls the employer's account; empty where there is none."""
    apps = _work_accounts()
    return str(apps[0]["name"]) if apps else ""


def _work_accounts() -> list[dict[str, Any]]:
    return settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[return-value]


def work_account_link(request: HttpRequest) -> str:
    """Where a form has to go to link a work account; empty where there is none."""
    apps = _work_accounts()
    return f"{reverse('openid_connect_login', args=[apps[0]['provider_id']])}?process=connect" if apps else ""


def sign_in_rows(sessions: Iterable[UserSession], here: str | None) -> list[SignInRow]:
    """This one first, then those used last."""
    rows = [
        SignInRow(
            session.pk,
            session.user_agent,
            _near(session.ip),
            day(session.created_at),
            session.last_seen_at,
            session.session_key == here,
        )
        for session in sessions
    ]
    return sorted(rows, key=lambda row: (row.here, row.seen), reverse=True)


def _near(address: str) -> str:
    """An address whose end is not kept, as it is usually written then."""
    if address == "0.0.0.0":
        return "an unknown address"
    return f"{address}x" if ":" in address else f"{address.rpartition('.')[0]}.x"


def long_words(draft: Draft) -> list[str]:
    """What was written rather than chosen, so that people see what it is."""
    return [value for _, value in draft.fields if len(value) >= _LONG or " " in value.strip()]
