"""Second steps in a real browser: a passkey from setting up to signing in, an app without JavaScript."""

import re
from collections.abc import Callable

import pytest

from mentoring.domain.demo import PASSWORD
from mentoring.models import Look, Notification, Person
from tests.e2e.conftest import Visitor
from tests.factories.sign_in import code_now

Arrive = Callable[..., Visitor]


def again(visitor: Visitor) -> None:
    """Is it still you?"""
    visitor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.press("Go on")


def can_make_passkeys(visitor: Visitor) -> None:
    """Gives the browser a finger to read; passkeys belong to a name, never to a bare address."""
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    what = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")
    device = {"protocol": "ctap2", "transport": "internal"} | dict.fromkeys(what, True)
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def sign_out(visitor: Visitor) -> None:
    """Through the page, as people do."""
    visitor.open("/accounts/logout/")
    visitor.press("Sign out")


def test_a_passkey_opens_the_account(visitor: Arrive) -> None:
    # Given a browser that can make passkeys
    amina = visitor()
    can_make_passkeys(amina)
    amina.sign_in("amina@example.org")

    # When Amina adds one, to sign in with it alone
    amina.open("/account/security/")
    amina.follow("Add a passkey")
    again(amina)
    assert amina.heading == "Add a passkey"
    amina.page.get_by_label("What you call it").fill("My telephone")
    amina.page.get_by_label("I want to sign in with it alone").check()
    amina.page.get_by_role("button", name="Add it").click()  # the script goes on by itself: nothing to look at yet

    # Then she gets recovery codes, and a message
    amina.page.get_by_role("heading", name="Your recovery codes").wait_for()
    amina.check()
    assert len(re.findall(r"\d{4} \d{4}", amina.text)) == 10
    assert Notification.objects.filter(kind="webauthn_added").count() == 1
    amina.open("/account/security/")
    assert "My telephone. Not used yet." in amina.text

    # And it alone opens her account
    sign_out(amina)
    amina.open("/accounts/login/")
    amina.page.get_by_role("button", name="Sign in with a passkey").click()
    amina.page.get_by_role("heading", name="Amina").wait_for()
    amina.check()

    # And it is her second step after the password
    sign_out(amina)
    amina.sign_in("amina@example.org")
    assert amina.heading == "Your second step"
    amina.page.get_by_role("button", name="Use a passkey instead").click()
    amina.page.get_by_role("heading", name="Amina").wait_for()
    amina.open("/account/security/")
    assert "My telephone. Last used on" in amina.text

    # And she can rename and remove it
    amina.follow("Rename")
    again(amina)
    amina.page.get_by_label("What you call it").fill("Old telephone")
    amina.press("Save")
    amina.follow("Remove")
    amina.press("Remove it")
    assert "Old telephone" not in amina.text


def test_an_administrator_looks_at_records_with_a_second_step(visitor: Arrive) -> None:
    # Given Sam, who has none yet
    sam = visitor()
    sam.sign_in("sam@example.org")

    # When he opens the records, he has to set one up first
    sam.open("/administration/")
    sam.follow("Records")
    assert sam.heading == "First, a second step"
    sam.press("Set up an app")
    again(sam)
    sam.page.get_by_text("I cannot use the square").click()
    sam.page.get_by_label("Code").fill(code_now(sam.page.locator(".al-secret").inner_text()))
    sam.press("Switch it on")

    # Then he sees a row, with what is personal masked
    sam.open("/administration/records/")
    sam.open("/administration/records/mentoring/person/")
    own = Person.objects.get(user__email="sam@example.org")
    sam.page.locator(f'#result_list tbody a:not([href*="{own.pk}"])').first.click()
    sam.page.wait_for_load_state()
    assert sam.wrong == []
    assert "hidden: A name and pronouns" in sam.page.locator("body").inner_text()
    assert Look.objects.get(kind="record").viewer == own


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_an_app_is_set_up_and_asked_for(visitor: Arrive, *, javascript: bool) -> None:
    # Given Niamh, signed in here and at work
    niamh, at_work = visitor(javascript=javascript), visitor(javascript=javascript)
    for each in (niamh, at_work):
        each.sign_in("niamh@example.org")

    # When she sets up an app
    niamh.open("/account/security/")
    niamh.follow("Set up an app")
    again(niamh)
    niamh.page.get_by_text("I cannot use the square").click()
    secret = niamh.page.locator(".al-secret").inner_text()
    niamh.page.get_by_label("Code").fill(code_now(secret))
    niamh.press("Switch it on")
    assert niamh.heading == "Your recovery codes"
    recovery = re.findall(r"\d{4} \d{4}", niamh.text)[0]

    # Then at work, where it was not asked for, she is signed out
    niamh.follow("I have kept them")
    at_work.open("/account/")
    assert at_work.heading == "Sign in"

    # And signing in asks for it; what is wrong is said, and a recovery code helps
    at_work.sign_in("niamh@example.org")
    at_work.page.get_by_label("Code").fill("000000")
    at_work.press("Sign in")
    assert "This code does not fit" in at_work.text
    if not javascript:
        assert "Passkeys need JavaScript" in at_work.text
    at_work.page.get_by_label("Code").fill(recovery)
    at_work.press("Sign in")
    at_work.open("/account/security/")
    assert "You have 9 left" in at_work.text

    # And every page of it can be read
    for path in ("recovery-codes/generate/", "totp/deactivate/", "webauthn/add/", "reauthenticate/"):
        niamh.open(f"/accounts/2fa/{path}")
    niamh.open("/account/security/second-step/")
