"""The link in the mail, from the first look to a place, or to no."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, consent, invitation
from mentoring.enums import MembershipState, Role
from mentoring.models import Characteristic, Invitation, Membership, Notification, Person, User
from tests.factories import CoordinatorFactory, OrganisationFactory, PersonFactory, UserFactory
from tests.factories.invitations import InvitationFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PASSWORD = "a-long-test-password"


@pytest.fixture
def kept(db: None) -> Invitation:
    row = InvitationFactory(email="Kwame@Example.org", headline="Physiotherapist", organisation=OrganisationFactory())
    CoordinatorFactory(programme=row.programme, person__first_name="Coretta", person__last_name="Brown")
    asked = Characteristic.objects.get(pk="values")
    consent.give_value(characteristic=asked, options=["growth"], by=row.person)
    return row


@pytest.fixture
def link(kept: Invitation) -> str:
    return reverse("claim", args=[invitation.claim_code(kept)])


def states(person: Person) -> list[tuple[str, str]]:
    return list(Membership.objects.filter(person=person).values_list("role", "state"))


def test_the_link_says_what_it_is_without_an_account(client: Client, kept: Invitation, link: str) -> None:
    response = client.get(link)
    words = response.content.decode()
    for said in (kept.programme.name, "Coretta Brown", "a mentee", "Kwame Mensah", "Physiotherapist", "Growth"):
        assert said in words
    assert "What was not stored" in words
    assert "no-store" in response.headers["Cache-Control"]
    assert Membership.objects.get(person=kept.person).state == MembershipState.INVITED


@pytest.mark.parametrize("page", ["", "turn-down/"])
@pytest.mark.parametrize("code", ["bad", "MQ:1aaaaa:notasignature", "MQ"])
def test_a_wrong_link_is_a_clear_page(client: Client, code: str, page: str) -> None:
    response = client.get(f"/claim/{code}/{page}")
    assert response.status_code == 404
    assert "Ask your coordinator for a new one." in response.content.decode()


def test_an_old_link_is_a_clear_page(client: Client, as_: As, link: str) -> None:
    with time_machine.travel(clock.now() + timedelta(days=61)):
        assert client.get(link).status_code == 404
        assert as_(PersonFactory()).post(f"{link}take-up/").status_code == 404


def test_somebody_signed_in_takes_it_up(as_: As, kept: Invitation, link: str) -> None:
    me = PersonFactory()
    mine = as_(me)
    assert "Take it up" in mine.get(link).content.decode()
    assert mine.get(f"{link}take-up/").status_code == 405
    assert mine.post(f"{link}take-up/").headers["Location"] == reverse("find")
    assert states(me) == [(Role.MENTEE, MembershipState.MEMBER)]
    assert mine.get(link).headers["Location"] == reverse("programme_join", args=[kept.programme.slug])


def test_the_link_shows_nothing_that_somebody_with_an_account_says_of_themselves(
    client: Client, kept: Invitation, link: str
) -> None:
    assert "Physiotherapist" in client.get(link).content.decode()
    kept.person.user = UserFactory()
    kept.person.save()
    page = client.get(link)
    assert page.status_code == 200
    assert "Physiotherapist" not in page.content.decode()


def test_nobody_takes_it_up_without_an_account(client: Client, kept: Invitation, link: str) -> None:
    assert client.post(f"{link}take-up/").headers["Location"].startswith("/accounts/login/")
    assert states(kept.person) == [(Role.MENTEE, MembershipState.INVITED)]


def test_a_link_that_was_used_is_of_no_use_to_others(client: Client, as_: As, kept: Invitation, link: str) -> None:
    me, other = PersonFactory(), PersonFactory()
    as_(me).post(f"{link}take-up/")
    for reader in (client, as_(other)):
        response = reader.get(link)
        assert response.status_code == 404
        assert "Physiotherapist" not in response.content.decode()
    assert as_(other).post(f"{link}take-up/").status_code == 404
    assert states(other) == []


def test_it_is_turned_down_without_an_account(client: Client, kept: Invitation, link: str) -> None:
    assert "Turn down the place" in client.get(f"{link}turn-down/").content.decode()
    assert states(kept.person) == [(Role.MENTEE, MembershipState.INVITED)]
    assert "You have turned the place down" in client.post(f"{link}turn-down/").content.decode()
    assert states(kept.person) == [(Role.MENTEE, MembershipState.LEFT)]
    for page in (link, f"{link}turn-down/"):
        assert client.get(page).status_code == 404


def test_an_account_made_with_the_address_needs_no_second_mail(client: Client, kept: Invitation, link: str) -> None:
    client.get(link)
    signed_up = client.post(reverse("account_signup"), {"email": "kwame@example.org", "password1": PASSWORD})
    assert signed_up.headers["Location"] == link
    assert EmailAddress.objects.get(email="kwame@example.org").verified
    assert not Notification.objects.filter(kind__contains="confirmation").exists()
    assert client.post(f"{link}take-up/").headers["Location"] == reverse("find")
    me = Person.objects.get(user__email="kwame@example.org")
    assert (me.name, me.headline) == ("Kwame Mensah", "Physiotherapist")


def test_another_address_is_confirmed_as_ever_and_stays_the_one_typed(client: Client, link: str) -> None:
    client.get(link)
    response = client.post(reverse("account_signup"), {"email": "private@example.org", "password1": PASSWORD})
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    user = User.objects.get(email="private@example.org")
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [
        ("private@example.org", False)
    ]
    assert Notification.objects.filter(address="private@example.org").count() == 1


def test_signing_in_leads_back_to_the_place(client: Client, link: str) -> None:
    me = PersonFactory()
    assert me.user is not None
    client.get(link)
    signed_in = client.post(reverse("account_login"), {"login": me.user.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == link
