"""Columns made of single choices are those made of people, and are read back."""

import numpy as np
import pytest

from matching.engine import Kind, People, Pool, Role
from matching.engine.columns import answer, column_of, counts
from matching.engine.parsing import Problem, parse
from matching.engine.schema import SCALE, Value
from tests.matching.engine import instances

PROBLEMS = [parse(instances.problem(seed)) for seed in range(40)]


@pytest.mark.parametrize("problem", PROBLEMS, ids=range(len(PROBLEMS)))
def test_columns_and_choices_go_both_ways(problem: Problem) -> None:
    people = People.of(problem.catalogue, problem.people, Role.MENTOR)
    for key, characteristic in problem.catalogue.items():
        options: list[Value] = list(SCALE) if characteristic.kind == Kind.SCALE else list(characteristic.options)
        said = {
            row: answer(characteristic, code)
            for row in range(len(people))
            if (code := people.codes(row).get(key)) is not None
        }
        chosen = [
            (row, each) for row, value in said.items() for each in (value if isinstance(value, tuple) else [value])
        ]
        rows = np.array([row for row, _ in chosen], np.int64)
        places = np.array([options.index(each) for _, each in chosen], np.int64)
        made = column_of(characteristic, rows, places, len(people))
        assert made.dtype == people.values[key].dtype
        assert np.array_equal(made, people.values[key])
        for option in characteristic.options:
            expected = sum(each == option for _, each in chosen)
            assert counts(characteristic, people.values[key])[option] == expected


def test_of_two_answers_where_one_is_all_there_can_be_the_first_counts() -> None:
    [problem] = PROBLEMS[:1]
    column = column_of(problem.catalogue["band"], np.array([1, 1, 0]), np.array([2, 3, 4]), 3)
    assert column.tolist() == [4, 2, 5]


@pytest.mark.parametrize("problem", PROBLEMS[:10], ids=range(10))
def test_a_pool_with_other_places_is_one_made_with_them(problem: Problem) -> None:
    people = People.of(problem.catalogue, problem.people, Role.MENTOR)
    pool = Pool(people)
    full = pool.people.capacity.copy()
    one = np.ones_like(full)
    other = pool.with_places(one, np.zeros_like(full), np.zeros(len(pool), np.bool_))
    assert other.people.open.all()
    for asker in (person for person in problem.people if person.mentee):
        ranked = other.rank(asker)
        assert ranked.eligible == np.count_nonzero(other.eligible(asker))
        for match in ranked.matches:
            assert other.explain(asker, match.id).eligible
            assert pool.explain(asker, match.id).fits
        closed = {pool.ids[row] for row in np.flatnonzero(~people.open).tolist()}
        assert not closed & set(pool.rank(asker, top=1000).ids)
    assert np.array_equal(pool.people.capacity, full)
