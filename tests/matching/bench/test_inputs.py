"""The people that the benchmark invents."""

from typing import Any

import numpy as np
import pytest

from matching.bench.inputs import PURPOSES, UNKNOWN, Crowd, crowd, pair_of_crowds
from matching.bench.topics import CATALOGUE, TOPICS
from matching.engine import Direction, Kind, People, Person, Pool, Purpose, Role, Strength, check_person
from matching.engine.people import DIRECTIONS, STRENGTHS

MENTEES = crowd(Role.MENTEE, 4000, 1)
MENTORS = crowd(Role.MENTOR, 4000, 1)
BOTH = pytest.mark.parametrize("people", [MENTEES, MENTORS], ids=["mentees", "mentors"])


def mean_asks(people: Crowd, strength: Strength | None = None) -> float:
    asked = people.code % len(STRENGTHS) == STRENGTHS.index(strength) if strength else people.code >= 0
    return float(asked.sum() / len(people))


def columns(people: People) -> list[Any]:
    asks = people.asks
    arrays = (*people.values.values(), asks.start, asks.about, asks.code, asks.target, asks.size, people.taken)
    return [array.tolist() for array in arrays]


def test_there_are_characteristics_of_all_kinds_asked_about_in_all_directions() -> None:
    assert 20 <= len(CATALOGUE) <= 24
    assert {topic.characteristic.kind for topic in TOPICS} == set(Kind)
    assert {DIRECTIONS[each] for each in np.unique(MENTEES.code // len(STRENGTHS))} == set(Direction)
    assert {DIRECTIONS[each] for each in np.unique(MENTORS.code // len(STRENGTHS))} == set(Direction)


@BOTH
def test_everybody_keeps_the_rules(people: Crowd) -> None:
    for person in people.persons():
        check_person(person, CATALOGUE)


def test_preferences_are_six_a_mentee_and_three_a_mentor() -> None:
    assert mean_asks(MENTEES) == pytest.approx(6, abs=0.1)
    assert mean_asks(MENTORS) == pytest.approx(3, abs=0.1)
    assert mean_asks(MENTEES, Strength.REQUIRE) == pytest.approx(0.6, abs=0.05)
    assert mean_asks(MENTORS, Strength.REQUIRE) == pytest.approx(0.2, abs=0.05)


@BOTH
def test_a_tenth_of_surface_answers_is_hidden_and_up_to_a_quarter_of_answers_missing(people: Crowd) -> None:
    for key, purposes in people.purposes.items():
        assert np.mean(purposes != PURPOSES.index(Purpose.PROFILE)) == pytest.approx(0.1, abs=0.02), key
    place = list(Role).index(people.role)
    for topic in TOPICS:
        missing = np.mean(people.answers[topic.key] == UNKNOWN)
        assert missing == pytest.approx(1 - topic.answered[place], abs=0.03), topic.key
        assert 0.04 <= missing <= 0.26 or not topic.answered[place], topic.key


def test_about_four_pairs_in_ten_come_into_question() -> None:
    pool = Pool(MENTORS.people())
    eligible = [pool.eligible(asker).mean() for asker in list(MENTEES.persons())[:1000]]
    assert np.mean(eligible) == pytest.approx(0.4, abs=0.05)


def test_mentors_have_one_to_four_places_partly_taken_and_few_pause() -> None:
    assert (MENTORS.capacity.min(), MENTORS.capacity.max()) == (1, 4)
    assert (MENTORS.taken >= 0).all()
    assert (MENTORS.taken <= MENTORS.capacity).all()
    assert MENTORS.taken.sum() / MENTORS.capacity.sum() == pytest.approx(0.3, abs=0.03)
    assert 0 < MENTORS.paused.mean() < 0.06


def test_where_places_are_short_there_are_nine_for_ten_mentees() -> None:
    mentees, mentors = pair_of_crowds(500, 500, 3, tight=True)
    free = (mentors.capacity - mentors.taken)[~mentors.paused].sum()
    assert free == 450
    assert (mentors.taken <= mentors.capacity).all()
    assert len(mentees) == 500


@BOTH
def test_a_seed_names_the_same_people_and_another_seed_others(people: Crowd) -> None:
    same = crowd(people.role, len(people), 1)
    other = crowd(people.role, len(people), 2)
    assert columns(same.people()) == columns(people.people())
    assert columns(other.people()) != columns(people.people())


@BOTH
@pytest.mark.parametrize("rounds", [False, True])
def test_arrays_and_objects_are_the_same_people(people: Crowd, rounds: bool) -> None:
    persons: list[Person] = list(people.persons())
    one_by_one = People.of(CATALOGUE, persons, people.role, rounds=rounds)
    assert columns(one_by_one) == columns(people.people(rounds=rounds))
    assert list(one_by_one.ids) == list(people.ids)


def test_nobody_can_be_invented_too() -> None:
    assert len(crowd(Role.MENTOR, 0, 1).people()) == 0
