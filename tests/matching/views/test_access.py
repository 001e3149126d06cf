"""Every address of matching × method × person. An address without a row fails."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from matching.urls import urlpatterns
from mentoring.enums import MembershipState
from mentoring.models import Block, Membership, Person, Programme
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PEOPLE = ("amina", "left", "waiting", "blocked", "stranger", "folasade", "coretta", "anonymous")
MENTEES = (200, 404, 404, 404, 404, 404, 404, 302)
ONES_OWN = (200, 200, 200, 200, 200, 200, 200, 302)
MENTORS = (404, 404, 404, 404, 404, 200, 404, 302)

# What a GET answers to: a mentee, one who left, one who waits to be let in, one whom the mentor blocked, a mentee of
# another programme, the mentor, their coordinator, nobody signed in.
TABLE: dict[str, tuple[int, ...]] = {
    "find": ONES_OWN,
    "mentor": MENTEES,
    "ask": MENTEES,
    "preferences": ONES_OWN,
    "preference": ONES_OWN,
    "preferences_mentor": MENTORS,
    "preference_mentor": MENTORS,
}


@pytest.fixture
def clients(
    as_: As, programme: Programme, amina: Person, stranger: Person, folasade: Person, coretta: Person
) -> dict[str, Client]:
    """Everybody, signed in."""
    left = MembershipFactory(programme=programme, state=MembershipState.LEFT).person
    waiting = MembershipFactory(programme=programme, state=MembershipState.WAITING).person
    blocked = MembershipFactory(programme=programme).person
    Block.objects.create(blocker=folasade, blocked=blocked)
    people = dict(zip(PEOPLE, (amina, left, waiting, blocked, stranger, folasade, coretta), strict=False))
    return {name: as_(person) for name, person in people.items()} | {"anonymous": Client()}


def at(name: str, mentor: Membership) -> str:
    arguments: dict[str, list[object]] = {
        "mentor": [mentor.pk],
        "ask": [mentor.pk],
        "preference": ["band"],
        "preference_mentor": ["band"],
    }
    return reverse(name, args=arguments.get(name, []))


def test_every_address_has_a_row() -> None:
    assert {getattr(pattern, "name", None) for pattern in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_who_may_look(name: str, clients: dict[str, Client], folasade_membership: Membership) -> None:
    found = tuple(clients[person].get(at(name, folasade_membership)).status_code for person in PEOPLE)
    assert found == TABLE[name]


@pytest.mark.parametrize("name", ["ask", "preference_mentor"])
def test_who_may_not_look_may_not_press_either(
    name: str, clients: dict[str, Client], folasade_membership: Membership
) -> None:
    for person, status in zip(PEOPLE, TABLE[name], strict=True):
        if status != 200:
            assert clients[person].post(at(name, folasade_membership), {"message": "Hello"}).status_code == status


def test_a_mentor_who_is_not_theirs_looks_like_one_who_is_not_there(
    clients: dict[str, Client], folasade_membership: Membership
) -> None:
    for name in ("mentor", "ask"):
        theirs = clients["stranger"].get(at(name, folasade_membership))
        missing = clients["stranger"].get(reverse(name, args=[0]))
        assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content)
