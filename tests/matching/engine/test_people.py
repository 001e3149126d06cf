"""People as arrays hold what `Person` objects say, and what they ask is held against others as reasons tell it."""

import numpy as np
import pytest

from matching.engine import Kind, People, Person, Pool, Purpose, Role, Strength
from matching.engine.measures import join, pack, widen
from matching.engine.opinions import Opinions
from matching.engine.parsing import Problem, parse
from matching.engine.people import Asks, ask_code, asked_by, with_targets
from matching.engine.rules import Array
from matching.engine.schema import WEIGHTS, Direction
from tests.matching.engine import instances

PROBLEMS = [parse(instances.problem(seed)) for seed in range(60)]


@pytest.mark.parametrize("problem", PROBLEMS, ids=range(len(PROBLEMS)))
def test_arrays_made_elsewhere_hold_the_same_asks(problem: Problem) -> None:
    for role in Role:
        people = People.of(problem.catalogue, problem.people, role)
        made = with_targets(problem.catalogue, people.values, **raw_asks(problem, role))
        for name in Asks.__slots__:
            assert np.array_equal(getattr(made, name), getattr(people.asks, name)), name
        assert np.array_equal(made.row, np.repeat(np.arange(len(people)), np.diff(made.start)))


def raw_asks(problem: Problem, role: Role) -> dict[str, Array]:
    """Everybody's preferences as a file or a database would hold them, skipped ones too."""
    people = sorted((person for person in problem.people if person.has(role)), key=lambda person: person.id)
    asked = [(row, each) for row, person in enumerate(people) for each in person.preferences(role)]
    places = list(problem.catalogue)
    wanted = []
    for _, each in asked:
        target = problem.catalogue.measure(each.characteristic).target(Direction.ONE_OF, None, each.options)
        wanted.append(target.code if target else 0)
    return {
        "row": np.array([row for row, _ in asked], np.int64),
        "about": np.array([places.index(each.characteristic) for _, each in asked], np.uint16),
        "code": np.array([ask_code(each.direction, each.strength) for _, each in asked], np.uint8),
        "wanted": pack(wanted, problem.catalogue.words),
    }


@pytest.mark.parametrize("problem", PROBLEMS[:20], ids=range(20))
def test_each_row_gives_back_its_person(problem: Problem) -> None:
    for role in Role:
        people = People.of(problem.catalogue, problem.people, role)
        assert list(people.ids) == sorted(person.id for person in problem.people if person.has(role))
        for person in problem.people:
            row = people.row_of(person.id)
            assert (row is not None) == person.has(role)
            if row is None:
                continue
            shown = problem.catalogue.shown(person)
            assert people.codes(row) == people.codes(row, shown=True) == shown
            asked = problem.catalogue.asked(person, role, shown)
            assert [(each.preference.characteristic, each.target) for each in people.asked(row)] == [
                (each.preference.characteristic, each.target) for each in asked
            ]


def test_what_is_for_rounds_counts_in_rounds_and_is_not_shown() -> None:
    problem = next(each for each in PROBLEMS if any(Purpose.ROUNDS in p.purposes.values() for p in each.people))
    in_rounds = 0
    for role in Role:
        people = People.of(problem.catalogue, problem.people, role, rounds=True)
        for row, name in enumerate(people.ids):
            person = next(each for each in problem.people if each.id == name)
            assert people.codes(row) == problem.catalogue.codes(person, (Purpose.PROFILE, Purpose.ROUNDS))
            assert people.codes(row, shown=True) == problem.catalogue.shown(person)
            in_rounds += people.codes(row) != people.codes(row, shown=True)
    assert in_rounds > 0


def test_ids_are_found_among_others() -> None:
    people = People.of(
        PROBLEMS[0].catalogue, [Person(each, mentee=True) for each in ("é", "b", "B", "a1")], Role.MENTEE
    )
    assert list(people.ids) == ["B", "a1", "b", "é"]
    assert people.rows_of(["é", "nobody", "", "B"]) == [3, 0]
    assert people.row_of("zz") is None


@pytest.mark.parametrize("problem", PROBLEMS, ids=range(len(PROBLEMS)))
def test_opinions_come_to_what_the_reasons_say(problem: Problem) -> None:
    for role in Role:
        pool = Pool.of(problem.catalogue, problem.people, role)
        opinions = Opinions(pool.people)
        for asker in [person for person in problem.people if person.has(role.opposite)][:4]:
            held = opinions.about(problem.catalogue.shown(asker))
            reasons = [pool.explain(asker, other).match.side(role) for other in pool.ids]
            failing = {row for row, told in enumerate(reasons) if any(each.passed is False for each in told)}
            assert set(held.failing().tolist()) == failing
            earned = [sum(WEIGHTS[each.strength] * each.agreement for each in told) for told in reasons]
            rows = np.arange(len(pool))
            assert held.earned(rows).tolist() == earned
            assert held.earned(rows[::-2]).tolist() == earned[::-2]
            assert opinions.weights.tolist() == [sum(WEIGHTS[each.strength] for each in told) for told in reasons]


def test_codes_of_asks_go_both_ways() -> None:
    both = [(direction, strength) for direction in Direction for strength in Strength]
    assert [asked_by(ask_code(*each)) for each in both] == both
    assert sorted(ask_code(*each) for each in both) == list(range(20))


def test_bytes_of_many_options_widen_to_words() -> None:
    masks = [0, 1, 1 << 63, 1 << 64, (1 << 69) | 5]
    key = next(
        key for key, each in PROBLEMS[1].catalogue.items() if each.kind == Kind.MULTI and len(each.options) == 70
    )
    column = PROBLEMS[1].catalogue.measure(key).column(range(5), masks, 5)
    assert column.shape == (9, 5)
    assert [join(each) for each in widen(column, 2).T] == masks
