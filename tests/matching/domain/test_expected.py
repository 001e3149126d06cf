"""Expected agreements: what random pairs come to, of enough people, once a day."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import time_machine

from matching import engine
from matching.domain.expected import FEWEST_PEOPLE, expected_for, figures, refresh_due, version_of
from matching.domain.inputs import gather
from matching.enums import Direction
from matching.models import ProgrammeFigures
from mentoring.enums import Purpose
from mentoring.models import Membership, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, ProgrammeFactory
from tests.factories.matching import asks, says

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def people(role: engine.Role, catalogue: engine.Catalogue, values: list[dict[str, engine.Value]]) -> engine.People:
    """People who say these things; ids differ by role."""
    made = [
        engine.Person(f"{role}{number:04}", mentee=True, mentor=engine.Places(1), values=each)
        for number, each in enumerate(values)
    ]
    return engine.People.of(catalogue, made, role)


CATALOGUE = engine.Catalogue(
    [
        engine.Characteristic("ethnicity", engine.Kind.CATEGORY, ("a", "b", "c"), ("ab", "ab", None), surface=True),
        engine.Characteristic(
            "talk", engine.Kind.CATEGORY, ("i", "you"), (None, None), fits={"i": ("you",), "you": ("i",)}
        ),
        engine.Characteristic("band", engine.Kind.ORDINAL, ("5", "6", "7")),
        engine.Characteristic("values", engine.Kind.MULTI, ("x", "y", "z")),
        engine.Characteristic("wanted", engine.Kind.MULTI, ("board", "talk"), counterpart="offered"),
        engine.Characteristic("offered", engine.Kind.MULTI, ("talk", "shadow")),
        engine.Characteristic("feedback", engine.Kind.SCALE),
    ]
)
MENTEE: dict[str, engine.Value] = {
    "ethnicity": "a",
    "talk": "i",
    "band": "5",
    "values": ("x", "y"),
    "wanted": ("board", "talk"),
    "feedback": 2,
}
MENTOR: dict[str, engine.Value] = {
    "ethnicity": "b",
    "talk": "you",
    "band": "7",
    "values": ("y", "z"),
    "offered": ("talk",),
    "feedback": 3,
}


def of(mentees: list[dict[str, engine.Value]], mentors: list[dict[str, engine.Value]], seed: int = 1) -> object:
    return figures(
        people(engine.Role.MENTEE, CATALOGUE, mentees),
        people(engine.Role.MENTOR, CATALOGUE, mentors),
        np.random.default_rng(seed),
    )


def test_where_all_pairs_are_alike_the_figures_are_their_agreement() -> None:
    assert of([MENTEE] * 12, [MENTOR] * 12) == {
        "ethnicity": {"same": 30, "different": 30},
        "talk": {"same": 0, "different": 60, "complements": 60},
        "band": {"same": 20, "different": 40, "above": 60},
        "values": {"same": 30, "different": 30},
        "wanted": {"complements": 30},
        "feedback": {"same": 45, "different": 15},
    }


def test_they_are_means_over_pairs_of_whom_both_have_said_something() -> None:
    mentees = [MENTEE] * 40 + [{}] * 40
    mentors = [MENTOR] * 30 + [MENTOR | {"ethnicity": "a"}] * 10 + [{}] * 50
    found = of(mentees, mentors)
    assert isinstance(found, dict)
    # A quarter of those who have said agree whole, the others by half.
    assert abs(found["ethnicity"]["same"] - 37.5) <= 1
    assert found["ethnicity"]["same"] + found["ethnicity"]["different"] == 60


@pytest.mark.parametrize(("mentees", "mentors"), [(FEWEST_PEOPLE - 1, 40), (40, FEWEST_PEOPLE - 1)])
def test_of_too_few_people_nothing_is_told(mentees: int, mentors: int) -> None:
    assert of([MENTEE] * mentees + [{}] * 40, [MENTOR] * mentors + [{}] * 40) == {}


def test_of_too_few_pairs_nothing_is_told() -> None:
    assert of([MENTEE] * 11 + [{}] * 4000, [MENTOR] * 11 + [{}] * 4000) == {}


def test_of_nobody_nothing_is_told() -> None:
    assert (of([], [MENTOR] * 40), of([MENTEE] * 40, [])) == ({}, {})


def test_the_same_draw_comes_to_the_same() -> None:
    mixed = [MENTOR, MENTOR | {"ethnicity": "a"}, MENTOR | {"ethnicity": "c"}] * 9
    assert of([MENTEE] * 12, mixed) == of([MENTEE] * 12, mixed)


def test_one_does_not_count_as_one_s_own_mentor() -> None:
    both = [engine.Person(f"{n:04}", mentee=True, mentor=engine.Places(1), values={"band": "6"}) for n in range(1)]
    mentees, mentors = (engine.People.of(CATALOGUE, both, role) for role in (engine.Role.MENTEE, engine.Role.MENTOR))
    assert figures(mentees, mentors, np.random.default_rng(1)) == {}


@pytest.fixture
def many(programme: Programme) -> list[Membership]:
    """Eleven mentors, and eleven mentees, all of one region."""
    mentors = [MentorFactory(programme=programme) for _ in range(FEWEST_PEOPLE)]
    for row in [*mentors, *(MembershipFactory(programme=programme) for _ in range(FEWEST_PEOPLE))]:
        says(row.person, "region", "wales")
    return mentors


def test_they_are_worked_out_once_a_day(programme: Programme, many: list[Membership]) -> None:
    with time_machine.travel(NOON, tick=False):
        assert (refresh_due(), refresh_due()) == (1, 0)
        assert (expected_for(programme), version_of(programme)) == ({"region": {"same": 60, "different": 0}}, 1)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert (refresh_due(), version_of(programme)) == (1, 1)
    Membership.objects.filter(pk=many[0].pk).delete()
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert (refresh_due(), expected_for(programme), version_of(programme)) == (1, {}, 2)


def test_only_what_stands_on_profiles_counts(programme: Programme, many: list[Membership]) -> None:
    for row in Membership.objects.all():
        says(row.person, "ethnicity", "african", purpose=Purpose.ROUNDS)
    refresh_due()
    assert set(expected_for(programme)) == {"region"}
    for row in Membership.objects.all():
        says(row.person, "ethnicity", "african", purpose=Purpose.PROFILE)
    ProgrammeFigures.objects.all().delete()
    refresh_due()
    assert set(expected_for(programme)) == {"region", "ethnicity"}


def test_each_programme_has_its_own(programme: Programme, many: list[Membership]) -> None:
    other: Programme = ProgrammeFactory()
    assert refresh_due() == 2
    assert expected_for(programme) != {} == expected_for(other)


def test_the_list_counts_them_where_a_mentor_has_not_said(amina: Person, programme: Programme) -> None:
    says(amina, "region", "wales")
    asks(amina, "region", Direction.SAME)
    silent = str(MentorFactory(programme=programme).person_id)

    def agreement() -> int:
        inputs = gather(person=amina, programme=programme)
        return inputs.pool.explain(inputs.asker, silent).match.reasons[0].agreement

    assert agreement() == 20
    ProgrammeFigures.objects.create(programme=programme, computed_at=NOON, version=1, expected={"region": {"same": 33}})
    assert agreement() == 33
