"""Rounds equal what trying all matchings finds, whichever solver looks, and in whatever portions."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from matching.engine.cohort import Cohort, Objective, propose
from matching.engine.cohort.command import cohort
from matching.engine.cohort.flow import Solver, solve_with_ortools, solve_with_scipy
from matching.engine.parsing import Problem, parse
from matching.engine.people import People
from matching.engine.schema import Role
from tests.matching.engine import instances
from tests.matching.engine.cohort import oracle

Json = Any
BATCHES = 8
MOST_SMALL = 8


def small(seed: int) -> Json:
    """A problem of few people, most of whom are both mentee and mentor."""
    raw = instances.problem(seed)
    people = raw["people"][:MOST_SMALL]
    names = {person["id"] for person in people}
    return {**raw, "people": people, "excluded": [pair for pair in raw["excluded"] if names.issuperset(pair)]}


def run(problem: Problem, objective: Objective, solver: Solver = solve_with_ortools) -> Cohort:
    mentees, mentors = (People.of(problem.catalogue, problem.people, role, rounds=True) for role in Role)
    return propose(
        mentees,
        mentors,
        objective=objective,
        mentee_share=problem.mentee_share,
        excluded=problem.excluded,
        solver=solver,
    )


def check_form(raw: Json, scores: oracle.Scores, found: Json) -> dict[str, str]:
    """That pairs fit, score what they should and keep to the places, and that all others are told why."""
    matching = {mentee: mentor for mentee, mentor, _ in found["pairs"]}
    assert [score for *_, score in found["pairs"]] == [scores[pair].score for pair in matching.items()]
    assert list(matching) == sorted(matching)
    free = oracle.places(raw)
    assert all(list(matching.values()).count(mentor) <= free[mentor] for mentor in matching.values())
    assert found["unmatched"] == oracle.reasons_left(raw, scores, matching)
    assert found["matched"] == len(matching)
    assert found["total"] == sum(score for *_, score in found["pairs"])
    assert found["worst"] == min((score for *_, score in found["pairs"]), default=None)
    return matching


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("pace")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_small_rounds_equal_trying_all(batch: int) -> None:
    for seed in range(batch, instances.HOW_MANY // 4, BATCHES):
        raw = small(seed)
        problem, scores = parse(raw), oracle.scores(raw)
        total, fair = cohort(problem, Objective.TOTAL), cohort(problem, Objective.FAIR)
        assert (total["matched"], total["total"]) == oracle.most(raw, scores), seed
        assert (fair["matched"], fair["total"], fair["worst"]) == oracle.fair(raw, scores), seed
        for found in (total, fair):
            check_form(raw, scores, found)
            assert (found["bound"], found["gap"]) == (found["total"], 0)


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("pace")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_two_would_rather_have_each_other(batch: int) -> None:
    for seed in range(batch, instances.HOW_MANY // 4, BATCHES):
        raw = small(seed) if seed % 4 else instances.problem(seed)
        scores = oracle.scores(raw)
        found = cohort(parse(raw), Objective.STABLE)
        matching = check_form(raw, scores, found)
        assert oracle.blocking(raw, scores, matching) == [], seed
        assert (found["bound"], found["gap"]) == (None, None)


@pytest.mark.usefixtures("pace")
def test_no_stable_matching_is_better_for_any_mentee() -> None:
    for seed in range(60):
        raw = small(seed)
        del raw["people"][5:]
        raw["excluded"] = []
        scores = oracle.scores(raw)
        matching = {mentee: mentor for mentee, mentor, _ in cohort(parse(raw), Objective.STABLE)["pairs"]}
        for other in oracle.matchings(raw, scores):
            if not oracle.blocking(raw, scores, other):
                assert other.keys() == matching.keys()
                for mentee in matching:
                    mine, theirs = (
                        oracle.mentee_rank(scores[mentee, got[mentee]], got[mentee]) for got in (matching, other)
                    )
                    assert mine <= theirs, seed


@pytest.mark.usefixtures("pace")
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("short", [False, True])
def test_middling_rounds_equal_a_dense_solver(seed: int, short: bool) -> None:
    raw = instances.crowd(seed, 90)
    if short:
        for person in raw["people"]:
            if person["mentor"]:
                person["mentor"] = {"capacity": 1}
    scores = oracle.scores(raw)
    found = cohort(parse(raw), Objective.TOTAL)
    check_form(raw, scores, found)
    assert (found["matched"], found["total"]) == dense(raw, scores)
    assert found["gap"] == 0


def dense(raw: Json, scores: oracle.Scores) -> tuple[int, int]:
    mentees = sorted(each["id"] for each in oracle.those(raw, "mentee"))
    owners = [mentor for mentor, free in oracle.places(raw).items() for _ in range(free)]
    prize = 10_000 * len(mentees) + 1
    worth = np.zeros((len(mentees), len(owners)), np.int64)
    for row, mentee in enumerate(mentees):
        for column, mentor in enumerate(owners):
            if (mentee, mentor) in scores:
                worth[row, column] = prize + scores[mentee, mentor].score
    chosen = worth[linear_sum_assignment(worth, maximize=True)]
    return int((chosen > 0).sum()), int((chosen[chosen > 0] - prize).sum())


@pytest.mark.usefixtures("pace")
@pytest.mark.parametrize("objective", [Objective.TOTAL, Objective.FAIR])
def test_both_solvers_choose_the_same_pairs(objective: Objective) -> None:
    for seed in range(14):
        problem = parse(instances.problem(seed) if seed % 7 else instances.crowd(seed, 90))
        assert run(problem, objective, solve_with_ortools) == run(problem, objective, solve_with_scipy), seed
