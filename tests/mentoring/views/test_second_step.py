"""The second step: set up, asked for, used once, and required of whoever is in charge."""

from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from pytest_django import Settings

from mentoring.domain import clock
from mentoring.models import Notification, Person
from tests.factories import PASSWORD, CoordinatorFactory, PersonFactory
from tests.factories.charter import AssessorFactory, LeadFactory
from tests.factories.sign_in import app_of, code_now, is_in, sign_in, sign_in_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _still() -> object:
    """In the middle of a half minute, so that a code does not run out between two lines."""
    start = int(clock.now().timestamp()) // 30 * 30 + 15
    with time_machine.travel(start, tick=True):
        yield


@pytest.fixture
def required(settings: Settings) -> None:
    """As on an instance for real people."""
    settings.MFA_REQUIRED = True


def give_code(client: Client, code: str) -> bool:
    """Whether it opens the account."""
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_in(client)


def set_up(client: Client) -> str:
    """An authenticator app through the page; its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    assert secret in page.text
    assert "<svg" in page.text
    assert "data:image" not in page.text
    assert "style=" not in page.text
    with TestCase.captureOnCommitCallbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


# --- Setting up -----------------------------------------------------------------------------------------------------


def test_setting_up_asks_for_the_password_first(as_: As, amina: Person) -> None:
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert as_(amina).get(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_told_of_and_asked_for(amina: Person) -> None:
    client = Client()
    sign_in(client, amina)
    secret = set_up(client)
    assert Notification.objects.get().kind == "totp_activated"
    own = Authenticator.objects.get(type="totp")
    assert secret not in str(own.data)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert "attachment" in file.headers["Content-Disposition"]
    assert f"{codes[0][:4]} {codes[0][4:]}" in file.text

    again = Client()
    assert sign_in(again, amina) == reverse("mfa_authenticate")
    assert not is_in(again)
    assert not give_code(again, code_now(secret))  # it was used up by setting up
    assert give_code(again, code_now(secret, later=1))


def test_a_wrong_first_code_sets_up_nothing(amina: Person) -> None:
    client = Client()
    sign_in(client, amina)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).text
    assert "This code does not fit" in page
    assert not Authenticator.objects.exists()


# --- Signing in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("later", [0, 1, 2, 3])
def test_a_code_counts_once(amina: Person, later: int) -> None:
    """Also at the end of its time, when allauth has forgotten it and a code may still be half a minute late."""
    app_of(amina)
    code = code_now(later=1)
    first = Client()
    sign_in(first, amina)
    assert give_code(first, code)
    with time_machine.travel(clock.now().timestamp() + 25 * later):
        second = Client()
        sign_in(second, amina)
        assert not give_code(second, code)


def test_a_late_code_counts_and_a_later_one_does_not(amina: Person) -> None:
    app_of(amina)
    client = Client()
    sign_in(client, amina)
    assert not give_code(client, code_now(later=-2))
    assert give_code(client, code_now(later=-1))


def test_a_recovery_code_counts_once(amina: Person) -> None:
    code = app_of(amina).wrap().get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client, amina)
        assert give_code(client, code) is expected


def test_the_password_alone_opens_nothing(amina: Person) -> None:
    app_of(amina)
    client = Client()
    sign_in(client, amina)
    assert client.get("/account/").headers["Location"].startswith(reverse("account_login"))


def test_five_wrong_codes_are_enough(amina: Person) -> None:
    app_of(amina)
    client = Client()
    sign_in(client, amina)
    for number in range(5):
        assert not give_code(client, f"00000{number}")
    assert not give_code(client, code_now())


def test_whose_account_has_a_second_step_is_told_only_after_the_password(amina: Person, folasade: Person) -> None:
    app_of(amina)
    pages = []
    for person in (amina, folasade):
        assert person.user is not None
        said = {"login": person.user.email, "password": "not the password"}
        response = Client().post(reverse("account_login"), said)
        pages.append((response.status_code, "do not go together" in response.text))
    assert pages == [(200, True), (200, True)]


def test_the_shared_computer_is_remembered_through_the_second_step(amina: Person) -> None:
    app_of(amina)
    client = Client()
    sign_in(client, amina, shared="on")
    assert give_code(client, code_now())
    assert client.session["limits"][0] == 10


def test_where_they_were_going_is_remembered_through_the_second_step(amina: Person) -> None:
    app_of(amina)
    client = Client()
    sign_in(client, amina, next_page="/account/data/")
    response = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert response.headers["Location"] == "/account/data/"


# --- Required -------------------------------------------------------------------------------------------------------


def staff() -> dict[str, Person]:
    """One of each who is in charge."""
    return {
        "coordinator": CoordinatorFactory().person,
        "lead": LeadFactory().person,
        "assessor": AssessorFactory().person,
        "administrator": PersonFactory(user__is_staff=True),
    }


@pytest.mark.parametrize("role", ["coordinator", "lead", "assessor", "administrator"])
def test_whoever_is_in_charge_gets_nowhere_without(role: str, required: None) -> None:
    client = Client()
    sign_in(client, staff()[role])
    for path in ("/", "/account/", "/find/", "/charter/", "/programmes/", "/administration/", "/account/data/all.json"):
        assert client.get(path).headers.get("Location") == reverse("second_step"), path
        assert client.post(path).headers.get("Location") == reverse("second_step"), path
    for name in ("second_step", "security", "privacy", "accessibility", "account_logout"):
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_opens_the_rest(required: None, coretta: Person) -> None:
    client = Client()
    sign_in(client, coretta)
    set_up(client)
    assert client.get("/account/").status_code == 200


def test_nobody_else_is_asked(required: None, amina: Person) -> None:
    client = Client()
    sign_in(client, amina)
    assert client.get("/account/").status_code == 200


def test_where_it_is_not_required_nobody_is(coretta: Person) -> None:
    client = Client()
    sign_in(client, coretta)
    assert client.get("/account/").status_code == 200


def test_a_sign_in_without_it_is_asked_as_soon_as_it_is_required(required: None, as_: As, coretta: Person) -> None:
    app_of(coretta)
    client = as_(coretta)
    assert client.get("/account/").headers["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Faccount%2F"
    response = client.post(reverse("mfa_reauthenticate"), {"code": code_now(), "next": "/account/"})
    assert response.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_whoever_becomes_a_coordinator_is_asked_from_then_on(required: None, amina: Person) -> None:
    client = Client()
    sign_in(client, amina)
    amina.memberships.update(role="coordinator")
    assert client.get("/account/").headers["Location"] == reverse("second_step")


@pytest.mark.django_db(transaction=True)
def test_the_last_one_is_not_removed_where_it_is_required(required: None, coretta: Person) -> None:
    client = Client()
    sign_in(client, coretta)
    set_up(client)
    page = client.post(reverse("mfa_deactivate_totp")).text
    assert "Your role needs a second step" in page
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_add_webauthn", "mfa_deactivate_totp", "mfa_activate_totp"),
    ],
)
def test_a_password_alone_gets_round_no_second_step(as_: As, amina: Person, name: str) -> None:
    """Whoever was signed in before there was one and knows the password gets no codes, and adds no passkey."""
    client = as_(amina)
    codes = app_of(amina).wrap().get_unused_codes()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for response in (client.get(reverse(name)), client.post(reverse(name), {"name": "Mine"})):
        assert response.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": codes[0]})
    assert not client.get(reverse(name)).headers.get("Location", "").startswith(reverse("mfa_reauthenticate"))


@pytest.mark.django_db(transaction=True)
def test_a_new_second_step_ends_the_sign_ins_without_it(amina: Person, folasade: Person) -> None:
    here, there, other = Client(), Client(), Client()
    sign_in(there, amina)
    sign_in(other, folasade)
    sign_in(here, amina)
    set_up(here)
    assert [is_in(client) for client in (here, there, other)] == [True, False, True]


@pytest.mark.parametrize(
    ("name", "field"), [("account_reauthenticate", "password"), ("account_change_password", "oldpassword")]
)
def test_at_an_open_browser_the_password_is_guessed_five_times(as_: As, amina: Person, name: str, field: str) -> None:
    client = as_(amina)
    said = {"password1": "three other words", "password2": "three other words"}
    for number in range(5):
        assert client.post(reverse(name), said | {field: f"guess {number}"}).status_code == 200
    with time_machine.travel(clock.now().timestamp() + 61):
        assert client.post(reverse(name), said | {field: PASSWORD}).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_without_their_last_one_they_get_no_further(coretta: Person, settings: Settings) -> None:
    client = Client()
    sign_in(client, coretta)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    settings.MFA_REQUIRED = True
    assert client.get("/account/").headers["Location"] == reverse("second_step")


# --- Helped back in -------------------------------------------------------------------------------------------------


def test_whoever_has_lost_everything_is_helped_back_in(amina: Person) -> None:
    app_of(amina)
    sign_in_of(amina)
    assert amina.user is not None
    call_command("reset_second_step", email=amina.user.email)
    assert not Authenticator.objects.exists()
    mail = Notification.objects.get()
    assert (mail.kind, mail.person) == ("sign_in_changed", amina)
    client = Client()
    sign_in(client, amina)
    assert is_in(client)


@pytest.mark.django_db(transaction=True)
def test_removing_tells(amina: Person) -> None:
    client = Client()
    sign_in(client, amina)
    set_up(client)
    Notification.objects.all().delete()
    client.post(reverse("mfa_deactivate_totp"))
    assert Notification.objects.get().kind == "totp_deactivated"
