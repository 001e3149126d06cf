"""Making an account, what it holds, and the way out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mentoring.domain import clock, consent
from mentoring.enums import Purpose
from mentoring.models import Block, Characteristic, Notification, Person, User
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def sign_in(client: Client, person: Person) -> None:
    """By the form, so that the password counts as given just now."""
    assert person.user is not None
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})


@pytest.mark.parametrize("page", ["account", "account_messages", "account_consents", "account_delete"])
def test_pages_are_for_members(client: Client, page: str) -> None:
    assert client.get(reverse(page)).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["account", "account_messages", "account_consents"])
def test_pages_open(as_: As, amina: Person, page: str) -> None:
    Block.objects.create(blocker=amina, blocked=PersonFactory())
    assert as_(amina).get(reverse(page)).status_code == 200


# --- Signing in -----------------------------------------------------------------------------------------------------


def test_between_the_address_and_the_password_there_is_nothing_to_tab_over(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    between = page[page.index('name="login"') : page.index('name="password"')]
    assert ("<a " in between, "I have forgotten my password" in page) == (False, True)


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_is_told_alike_whether_or_not_there_is_an_account(
    known: bool, client: Client, amina: Person
) -> None:
    assert amina.user is not None
    email = amina.user.email if known else "nobody@example.org"
    page = client.post(reverse("account_login"), {"login": email, "password": "not-the-password"}).content.decode()
    assert "This address and this password do not go together." in page


# --- Signing up -----------------------------------------------------------------------------------------------------


def test_from_signing_up_to_the_first_page(client: Client) -> None:
    said = {"email": "Ola@Example.org", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), said).headers["Location"] == reverse(
        "account_email_verification_sent"
    )
    assert client.get("/start/").headers["Location"].startswith("/accounts/login/")
    mail = Notification.objects.get()
    assert mail.address == "ola@example.org"
    assert "mentor" not in mail.subject.lower()
    found = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.body)
    assert found is not None
    assert client.get(found[1]).status_code == 200
    page = client.post(found[1], follow=True)
    assert page.redirect_chain[-1] == (reverse("start"), 302)
    assert "What should we call you?" in page.content.decode()
    assert Person.objects.get().user == User.objects.get()


def test_signing_up_with_a_known_address_answers_alike(client: Client) -> None:
    known = PersonFactory().user
    assert known is not None
    answers = [
        client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD}).headers["Location"]
        for email in (known.email, "unknown@example.org")
    ]
    assert answers == [reverse("account_email_verification_sent")] * 2
    assert User.objects.count() == 2


@pytest.mark.parametrize("page", ["account_signup", "account_reset_password"])
@pytest.mark.parametrize("known", [True, False])
def test_links_in_mail_lead_here_whatever_host_was_named(
    client: Client, page: str, known: bool, settings: Settings, amina: Person
) -> None:
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], "https://alongside.example"
    assert amina.user is not None
    email = amina.user.email if known else "unknown@example.org"
    client.post(reverse(page), {"email": email, "password1": PASSWORD}, headers={"host": "evil.example"})
    mail = Notification.objects.get()
    assert re.findall(r"https?://[^/]+", mail.body) == ["https://alongside.example"]
    assert mail.address == email


def test_mail_about_an_account_goes_with_its_person(client: Client, amina: Person) -> None:
    assert amina.user is not None
    client.post(reverse("account_reset_password"), {"email": amina.user.email})
    assert Notification.objects.get().person == amina


def test_five_wrong_passwords_are_counted_whatever_else_goes_on(client: Client, amina: Person) -> None:
    assert amina.user is not None
    for _ in range(5):
        client.post(reverse("account_login"), {"login": amina.user.email, "password": "wrong"})
    for number in range(400):
        cache.set(f"somebody-else-{number}", 1)
    client.post(reverse("account_login"), {"login": amina.user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_what_is_told_on_the_next_page_is_kept_in_no_cookie(as_: As, amina: Person) -> None:
    response = as_(amina).post("/profile/about/", {"first_name": "Amina"})
    assert "messages" not in response.cookies


# --- Consents -------------------------------------------------------------------------------------------------------


def test_consents_are_told_with_their_words_and_their_end(as_: As, amina: Person, folasade: Person) -> None:
    for person, key in ((amina, "gender"), (amina, "ethnicity"), (folasade, "age_band")):
        asked = Characteristic.objects.get(pk=key)
        option = asked.options.all()[0].key
        consent.give_value(characteristic=asked, options=[option], purpose=Purpose.ROUNDS, by=person)
    consent.remove_value(characteristic=Characteristic.objects.get(pk="ethnicity"), by=amina)
    words = as_(amina).get(reverse("account_consents")).content.decode().split("<main")[1]
    assert words.count("You agreed on") == 2
    assert words.count("Withdrawn on") == 1
    assert ("Gender" in words, "Ethnic background" in words, "Age" in words) == (True, True, False)
    assert "Nobody may hold it against me" in words


# --- Deleting -------------------------------------------------------------------------------------------------------


def test_deleting_asks_for_the_password_first(as_: As, amina: Person) -> None:
    for response in (
        as_(amina).get(reverse("account_delete")),
        as_(amina).post(reverse("account_delete"), {"sure": "on"}),
    ):
        assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Person.objects.filter(pk=amina.pk).exists()


def test_the_password_counts_for_a_while_only(client: Client, amina: Person) -> None:
    sign_in(client, amina)
    with time_machine.travel(clock.now() + timedelta(minutes=30)):
        response = client.post(reverse("account_delete"), {"sure": "on"})
        assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Person.objects.filter(pk=amina.pk).exists()


def test_deleting_asks_for_a_tick(client: Client, amina: Person) -> None:
    sign_in(client, amina)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    words = client.post(reverse("account_delete"), {}).content.decode()
    assert "Tick the box if you are sure" in words
    assert Person.objects.filter(pk=amina.pk).exists()


def test_deleting_erases_and_ends_the_session(client: Client, amina: Person) -> None:
    sign_in(client, amina)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("account_delete")).status_code == 200
    words = client.post(reverse("account_delete"), {"sure": "on"}).content.decode()
    assert "Your account is deleted" in words
    assert not Person.objects.filter(pk=amina.pk).exists()
    assert client.get(reverse("account")).headers["Location"].startswith("/accounts/login/")


def test_the_only_coordinator_is_told_why_not(client: Client, coretta: Person) -> None:
    sign_in(client, coretta)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    words = client.post(reverse("account_delete"), {"sure": "on"}).content.decode()
    assert "only coordinator" in words
    assert Person.objects.filter(pk=coretta.pk).exists()


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("/accounts/login/", ["Email address", "Password"]),
        ("/accounts/signup/", ["Email address", "Choose a password"]),
        ("/accounts/password/reset/", ["Email address"]),
        ("/accounts/password/change/", ["Present password", "New password", "New password, once more"]),
        ("/accounts/email/", ["New email address"]),
    ],
)
def test_the_list_of_errors_names_the_fields_as_the_page_does(
    client: Client, as_: As, amina: Person, page: str, named: list[str]
) -> None:
    one = as_(amina) if page in {"/accounts/password/change/", "/accounts/email/"} else client
    sent = one.post(page, {"action_add": ""}).text
    for label in named:
        assert f"{label}: " in sent
        assert sent.count(label) > 1
