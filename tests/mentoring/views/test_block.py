"""Blocking: whom one can block, what it ends, and that it is not told."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import mentorship
from mentoring.models import Block, Membership, Notification, Person
from mentoring.permissions import mentors_visible_to
from tests.factories import MembershipFactory
from tests.mentoring.views.counting import queries_of

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize("name", ["block", "unblock"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whom_one_does_not_come_across_does_not_exist(
    name: str, method: str, amina: Person, folasade: Person, stranger: Person, coretta: Person, as_: SignIn
) -> None:
    fellow = MembershipFactory(programme=amina.memberships.get().programme).person
    for viewer, other in ((stranger, folasade), (amina, fellow), (folasade, amina), (amina, amina), (coretta, amina)):
        assert getattr(as_(viewer), method)(reverse(name, args=[other.pk])).status_code == 404
    assert not Block.objects.exists()


@pytest.mark.parametrize("name", ["block", "unblock"])
def test_visitors_are_asked_to_sign_in(name: str, client: Client, folasade: Person) -> None:
    response = client.post(reverse(name, args=[folasade.pk]))
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_mentee_blocks_a_mentor_they_saw(
    amina: Person, folasade: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    client = as_(amina)
    assert "They are not told" in client.get(reverse("block", args=[folasade.pk])).content.decode()
    assert not Block.objects.exists()
    for _ in range(2):
        assert client.post(reverse("block", args=[folasade.pk])).status_code == 302
    assert folasade_membership not in mentors_visible_to(amina)
    assert not Notification.objects.exists()
    assert "Folasade" in client.get(reverse("blocks")).content.decode()


def test_the_page_of_a_mentorship_knows_of_my_block_alone(
    amina: Person, folasade: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="Please", by=amina)
    mentorship.block(other=folasade, by=amina)
    mine, theirs = (
        as_(person).get(reverse("mentorship", args=[row.pk])).content.decode() for person in (amina, folasade)
    )
    assert ("You have blocked Folasade" in mine, reverse("block", args=[folasade.pk]) in mine) == (True, False)
    assert ("You have blocked" in theirs, reverse("block", args=[amina.pk]) in theirs) == (False, True)


def test_a_block_can_be_taken_back(
    amina: Person, folasade: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    mentorship.block(other=folasade, by=amina)
    client = as_(amina)
    assert client.get(reverse("unblock", args=[folasade.pk])).status_code == 200
    assert Block.objects.exists()
    client.post(reverse("unblock", args=[folasade.pk]))
    assert folasade_membership in mentors_visible_to(amina)
    assert "You have blocked nobody" in client.get(reverse("blocks")).content.decode()


def test_nobody_else_takes_a_block_back(amina: Person, folasade: Person, as_: SignIn) -> None:
    mentorship.block(other=folasade, by=amina)
    assert as_(folasade).post(reverse("unblock", args=[amina.pk])).status_code == 404
    assert Block.objects.count() == 1


def test_the_list_shows_my_blocks_alone(amina: Person, folasade: Person, as_: SignIn) -> None:
    mentorship.block(other=amina, by=folasade)
    assert "You have blocked nobody" in as_(amina).get(reverse("blocks")).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(amina: Person, as_: SignIn) -> None:
    client = as_(amina)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            mentorship.block(other=MembershipFactory().person, by=amina)
        counts.append(queries_of(client, reverse("blocks")))
    assert counts[0] == counts[1] <= 14
