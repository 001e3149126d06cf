"""The rivals of ranking compute the very same lists: each is an oracle for the others."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import connection

from matching.bench.inputs import crowd
from matching.bench.naive import Naive
from matching.bench.rank import measure
from matching.bench.sql import SqlRival, drop_table
from matching.bench.topics import CATALOGUE
from matching.engine import Person, Pool, Role, Strength

Ranked = list[tuple[str, int]]


def askers(seed: int) -> Iterator[Person]:
    """Mentees with all they ask, with a little of it, with nothing but conditions, and with nothing."""
    for person in crowd(Role.MENTEE, 6, seed).persons():
        yield person
        yield replace(person, as_mentee=person.as_mentee[:1])
        conditions = tuple(each for each in person.as_mentee if each.strength == Strength.REQUIRE)
        yield replace(person, as_mentee=conditions)
    yield Person("e-silent", mentee=True)


def ranked(pool: Pool, asker: Person, share: int) -> Ranked:
    ranking = pool.rank(asker, mentee_share=share)
    return list(zip(ranking.ids, ranking.scores, strict=True))


@pytest.mark.parametrize("seed", range(30))
def test_objects_in_python_find_the_same(seed: int) -> None:
    mentors = crowd(Role.MENTOR, 90, seed)
    pool, rival = Pool(mentors.people()), Naive(CATALOGUE, mentors.persons())
    for asker in askers(seed):
        assert rival.rank(asker, 20, seed * 3) == ranked(pool, asker, seed * 3)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_one_sql_query_finds_the_same(seed: int) -> None:
    mentors = crowd(Role.MENTOR, 400, seed)
    pool = Pool(mentors.people())
    with connection.cursor() as cursor:
        rival = SqlRival(cursor, mentors)
        for asker in askers(seed):
            assert rival.rank(asker, 20, seed * 11) == ranked(pool, asker, seed * 11)
        drop_table(cursor)


def test_a_measurement_runs_every_query_and_compares_it() -> None:
    report = measure(300, 7, 1, ["naive", "roofline"], None)
    assert [(row.name, len(row.ms)) for row in report.rows] == [
        ("ours", 7),
        ("ours, reasons too", 7),
        ("roofline", 7),
        ("naive", 7),
    ]
    assert report.checked == {"naive": 7}
    assert report.unequal == []


def test_a_list_that_differs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    honest: Callable[..., Ranked] = Naive.rank
    monkeypatch.setattr(Naive, "rank", lambda *given: honest(*given)[::-1])
    report = measure(300, 3, 1, ["naive"], None)
    assert report.unequal == ["naive: mentee e0000001", "naive: mentee e0000002", "naive: mentee e0000003"]
    assert "NOT EQUAL: naive: mentee e0000001" in report.table()
    assert "Equal to naive" not in report.table()
