"""The contenders of a cohort: what they are given, and that a difference is seen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.bench.cohort import Job, in_its_terms, measure
from matching.bench.contender import arrays, orders, ours, scipy
from matching.bench.inputs import Crowd, pair_of_crowds
from matching.bench.naive import Naive, Someone, fits, score, side
from matching.bench.rivals import FOLDER, MATCHING, MENTOR_MATCH, RivalFailed
from matching.bench.topics import CATALOGUE
from matching.engine import People, Role
from matching.engine.cohort import Objective


def job(mentees: int = 30, mentors: int = 20, *, tight: bool = False) -> Job:
    return Job(mentees, mentors, seed=2, tight=tight, threads=1, folder=FOLDER)


def hiding_nothing(people: Crowd) -> Crowd:
    return replace(people, purposes={key: np.zeros_like(each) for key, each in people.purposes.items()})


SIZES = [(40, 30, True), (40, 30, False), (20, 45, False)]


@pytest.mark.parametrize(("mentees", "mentors", "tight"), SIZES)
def test_scipy_finds_the_same_optimum(mentees: int, mentors: int, tight: bool) -> None:
    for seed in range(5):
        mine, theirs = (run(*arrays(mentees, mentors, seed, tight=tight)) for run in (total, scipy))
        assert (mine["matched"], mine["total"]) == (theirs["matched"], theirs["total"])
        assert not mine["gap"]


def total(mentees: People, mentors: People) -> dict[str, Any]:
    return ours(mentees, mentors, Objective.TOTAL)


def test_orders_are_by_the_own_side_then_the_pair_then_the_id() -> None:
    crowds = [hiding_nothing(each) for each in pair_of_crowds(25, 25, 4, tight=False)]
    found = orders(*(crowd.people(rounds=True) for crowd in crowds))
    rival = Naive(CATALOGUE, crowds[1].persons())
    mentees = [rival.someone(person, Role.MENTEE) for person in crowds[0].persons()]
    mentors = [mentor for mentor in rival.mentors if mentor.places and mentor.places.open]
    for mentee in mentees:
        assert found["mentees"].get(mentee.id, []) == in_order(mentee, mentors)
    for mentor in mentors:
        assert found["mentors"].get(mentor.id, []) == in_order(mentor, mentees)
        if mentor.id in found["mentors"]:
            assert mentor.places is not None
            assert found["places"][mentor.id] == mentor.places.capacity - mentor.places.taken
    assert found["mentors"].keys() == found["places"].keys()


def in_order(asker: Someone, others: Iterable[Someone]) -> list[str]:
    def place(other: Someone) -> tuple[int, int, str]:
        own, pair = side(asker, other), score(*((other, asker) if asker.places else (asker, other)), 70)
        return -(pair if own is None else own), -pair, other.id

    return [other.id for other in sorted(others, key=place) if fits(asker, other) and fits(other, asker)]


def test_a_measurement_runs_each_in_turn_in_a_process_of_its_own() -> None:
    report = measure(job(600, 600, tight=True), "total", ["scipy"], certify=True, repeat=2)
    assert [(row.name, len(row.ms), row.against) for row in report.rows] == [
        ("ours, total", 2, "ours, total"),
        ("scipy", 2, "ours, total"),
    ]
    assert report.checked == {"scipy": 2}
    assert report.unequal == []
    assert all(row.peak is not None and row.peak > 0 for row in report.rows)


def test_another_optimum_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"ms": 1.0, "base": 1.0, "peak": 2.0, "matched": 2, "total": 90, "gap": 0.5}
    monkeypatch.setattr(Job, "child", lambda _, name: found | {"total": 91 if name == "scipy" else 90})
    report = measure(job(), "total", ["scipy"], certify=True, repeat=1)
    assert report.unequal == ["scipy: matched and total in run 1", "ours, total: a gap of 0.5"]
    assert measure(job(), "total", [], certify=False, repeat=1).unequal == []


def test_what_is_certified_has_no_gap_however_vast(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"ms": 1.0, "base": 1.0, "peak": 2.0, "matched": 2, "total": 90}
    for gap, told in ((0.0, []), (0.00001, ["ours, total: a gap of 1e-05"])):
        monkeypatch.setattr(Job, "child", lambda _, name, gap=gap: found | {"gap": gap})
        assert measure(job(20_001, 10_000), "total", [], certify=True, repeat=1).unequal == told


def test_a_contender_that_fails_says_why() -> None:
    with pytest.raises(RivalFailed, match="nobody failed: KeyError: 'nobody'"):
        job().child("nobody")


def test_people_in_the_terms_of_mentor_match() -> None:
    mentees, _ = pair_of_crowds(50, 0, 1, tight=False)
    told = in_its_terms(mentees)
    assert [each["email"] for each in told] == list(mentees.ids)
    bands = mentees.answers["band"].tolist()
    assert [each["grade"] for each in told] == [4 if band == -1 else band for band in bands]


# Only where the benchmark has made their environments: tests download nothing.
if MATCHING.ready(FOLDER):

    def test_the_package_matching_finds_the_same_stable_matching() -> None:
        report = measure(job(tight=True), "stable", ["matching"], certify=False, repeat=1)
        assert report.unequal == []
        assert report.checked == {"matching": 1}


if MENTOR_MATCH.ready(FOLDER):

    def test_mentor_match_understands_what_it_is_told() -> None:
        report = measure(job(), "total", ["mentor-match"], certify=False, repeat=1)
        rival = report.rows[-1]
        assert rival.name == "mentor-match"
        assert 0 < rival.found["matched"] <= 20
        assert report.checked == {}
