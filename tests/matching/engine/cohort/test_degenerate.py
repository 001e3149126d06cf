"""Rounds at the edges: nobody, nobody for anybody, everybody alike, everybody after one."""

from collections.abc import Iterable

import pytest

from matching.engine import (
    Catalogue,
    Characteristic,
    Direction,
    EngineError,
    Kind,
    Person,
    Places,
    Preference,
    Role,
    Strength,
)
from matching.engine.cohort import Cohort, Lack, Objective, Pair, Unmatched, propose
from matching.engine.people import People

BAND = Characteristic("band", Kind.ORDINAL, ("5", "6", "7"))
CATALOGUE = Catalogue([BAND])
ABOVE = (Preference("band", Direction.ABOVE, Strength.NEED),)
MUST = (Preference("band", Direction.ABOVE, Strength.REQUIRE),)
EACH = pytest.mark.parametrize("objective", list(Objective))


def run(people: Iterable[Person], objective: Objective, *excluded: tuple[str, str], share: int = 70) -> Cohort:
    listed = list(people)
    mentees, mentors = (People.of(CATALOGUE, listed, role, rounds=True) for role in Role)
    return propose(mentees, mentors, objective=objective, mentee_share=share, excluded=excluded)


def mentee(name: str, band: str = "5", asks: tuple[Preference, ...] = ()) -> Person:
    return Person(name, True, values={"band": band}, as_mentee=asks)


def mentor(name: str, capacity: int = 1, *, band: str = "7", taken: int = 0, paused: bool = False) -> Person:
    return Person(name, mentor=Places(capacity, taken, paused), values={"band": band})


def bound_of(objective: Objective, total: int) -> int | None:
    return None if objective == Objective.STABLE else total


@EACH
def test_nobody(objective: Objective) -> None:
    empty = Cohort((), 0, None, bound_of(objective, 0), ())
    assert run([], objective) == empty
    assert run([mentor("m")], objective) == empty
    assert empty.gap == (None if objective == Objective.STABLE else 0)
    alone = run([mentee("x")], objective)
    assert (alone.pairs, alone.unmatched) == ((), (Unmatched("x", Lack.NO_MENTOR_FITS),))


@EACH
def test_no_characteristics_at_all(objective: Objective) -> None:
    people = [Person("x", True), Person("m", mentor=Places(1))]
    mentees, mentors = (People.of(Catalogue([]), people, role, rounds=True) for role in Role)
    assert propose(mentees, mentors, objective=objective).pairs == (Pair("x", "m", 5000),)


@EACH
def test_nobody_is_matched_with_themself(objective: Objective) -> None:
    both = Person("b", True, Places(3))
    assert run([both], objective).unmatched == (Unmatched("b", Lack.NO_MENTOR_FITS),)
    assert run([both, mentor("m")], objective).pairs == (Pair("b", "m", 5000),)


@EACH
def test_everyone_excluded_twice_and_people_who_are_not_here(objective: Objective) -> None:
    people = [mentee("x"), mentee("y"), mentor("m", 5)]
    excluded = [("x", "m"), ("x", "m"), ("y", "m"), ("y", "nobody"), ("nobody", "m"), ("m", "x")]
    found = run(people, objective, *excluded)
    assert found.pairs == ()
    assert found.unmatched == (Unmatched("x", Lack.NO_MENTOR_FITS), Unmatched("y", Lack.NO_MENTOR_FITS))


@EACH
@pytest.mark.parametrize(
    "full", [mentor("m", 0), mentor("m", 2, taken=2), mentor("m", 2, paused=True)], ids=["none", "taken", "paused"]
)
def test_places_short_where_who_fits_has_none(objective: Objective, full: Person) -> None:
    found = run([mentee("x"), mentee("y", "7", MUST), full], objective)
    assert found.pairs == ()
    assert found.unmatched == (Unmatched("x", Lack.PLACES_SHORT), Unmatched("y", Lack.NO_MENTOR_FITS))


@EACH
def test_one_mentor_for_all(objective: Objective) -> None:
    people = [mentee(f"x{number:04}", asks=ABOVE) for number in range(1500)]
    found = run([*people, mentor("m", 1_000_000)], objective)
    assert (found.matched, found.total, found.unmatched) == (1500, 15_000_000, ())


@EACH
def test_all_scores_equal(objective: Objective) -> None:
    people = [mentee(f"x{number:03}") for number in range(600)]
    mentors = [mentor(f"m{number:03}", 2) for number in range(290)]
    found = run([*people, *mentors], objective)
    assert (found.matched, found.total, found.worst) == (580, 580 * 5000, 5000)
    assert {each.reason for each in found.unmatched} == {Lack.PLACES_SHORT}
    assert max([pair.mentor for pair in found.pairs].count(f"m{number:03}") for number in range(290)) == 2


@EACH
def test_ten_thousand_who_all_prefer_one_mentor(objective: Objective) -> None:
    people = [mentee(f"x{number:05}", "6", ABOVE) for number in range(10_000)]
    mentors = [mentor("best", 3), *(mentor(f"m{number}", 1200, band="6") for number in range(9))]
    found = run([*people, *mentors], objective)
    assert (found.matched, found.worst) == (10_000, 5000)
    assert found.total == 3 * 10_000 + 9_997 * 5000
    assert found.bound == bound_of(objective, found.total)


def test_more_are_matched_before_they_are_matched_well() -> None:
    people = [mentee("x", "6", ABOVE), mentee("y", "6", MUST), mentor("best"), mentor("same", band="6")]
    assert run(people, Objective.TOTAL).pairs == (Pair("x", "same", 5000), Pair("y", "best", 5000))


def test_fair_gives_up_some_of_the_total_for_who_is_worst_off() -> None:
    people = [
        mentee("x", "5", (Preference("band", Direction.SAME, Strength.NEED),)),
        mentee("y", "6", ABOVE),
        mentor("p", band="6"),
        mentor("q", band="5"),
    ]
    assert run(people, Objective.TOTAL, share=100).worst == 5000
    crossed = [("x", "p"), ("y", "p")]
    assert run(people, Objective.FAIR, *crossed).unmatched == (Unmatched("y", Lack.PLACES_SHORT),)


@EACH
def test_shares_of_the_mentee_that_are_none(objective: Objective) -> None:
    for share in (-1, 101):
        with pytest.raises(EngineError, match="mentee_share"):
            run([], objective, share=share)


@EACH
def test_progress_is_told_and_may_stop(objective: Objective) -> None:
    told: list[float] = []
    people = [*(mentee(f"x{number}") for number in range(300)), mentor("m")]
    mentees, mentors = (People.of(CATALOGUE, people, role, rounds=True) for role in Role)
    propose(mentees, mentors, objective=objective, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 2

    def stop(done: float) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        propose(mentees, mentors, objective=objective, progress=stop)
