"""Who is proposed to whom in a matching round, with what it comes to and why somebody is left without."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from matching.engine.checks import whole
from matching.engine.cohort.fair import Floors
from matching.engine.cohort.flow import Solver, fastest
from matching.engine.cohort.graph import Pairs, best_pairs, blocks
from matching.engine.cohort.scores import UNFIT, Board, Scores
from matching.engine.cohort.stable import Acceptance
from matching.engine.cohort.total import largest_total
from matching.engine.people import People
from matching.engine.rules import Array
from matching.engine.schema import DEFAULT_MENTEE_SHARE

Progress = Callable[[float], None]

KEEP: Final = 16
"""So many of each mentee's and of each mentor's best pairs the solver begins with (measured)."""


class Objective(StrEnum):
    """What is best, after that as many mentees as possible are matched; `stable` does not aim at that."""

    TOTAL = "total"
    FAIR = "fair"
    STABLE = "stable"


class Lack(StrEnum):
    """Why a mentee is left without a mentor."""

    NO_MENTOR_FITS = "no mentor fits"
    PLACES_SHORT = "places short"


class Pair(NamedTuple):
    """A mentee and the mentor proposed, by id, with their score of 0-10,000."""

    mentee: str
    mentor: str
    score: int


class Unmatched(NamedTuple):
    """A mentee left without a mentor, and why."""

    mentee: str
    reason: Lack


@dataclass(frozen=True, slots=True)
class Cohort:
    """The proposals of a round, in the order of the mentees' ids.

    `worst` is the least score, None without pairs. `bound` is what the total is proven not to exceed, given that
    so many are matched; None for a stable matching, which doesn't aim at the total.
    """

    pairs: tuple[Pair, ...]
    total: int
    worst: int | None
    bound: int | None
    unmatched: tuple[Unmatched, ...]

    @property
    def matched(self) -> int:
        return len(self.pairs)

    @property
    def gap(self) -> Fraction | None:
        """By which share of its bound the total may be short of the best, 0 where it is proven to be the best."""
        if self.bound is None:
            return None
        return Fraction(self.bound - self.total, self.bound) if self.bound else Fraction(0)


class _Found(NamedTuple):
    """Pairs by row and column of the board, the bound, and which rows (N,) have anybody open who fits."""

    pairs: Pairs
    bound: int | None
    fitting: Array


def propose(
    mentees: People,
    mentors: People,
    *,
    objective: Objective = Objective.TOTAL,
    mentee_share: int = DEFAULT_MENTEE_SHARE,
    excluded: Collection[tuple[str, str]] = (),
    progress: Progress | None = None,
    solver: Solver = fastest,
) -> Cohort:
    """Mentees with mentors who have places; nobody with themself.

    `mentees` and `mentors` are made with `rounds=True`; `mentee_share` in per cent; `excluded` holds (mentee id,
    mentor id), of which those not here are ignored. `progress` is told from 0 to 1 how much is done, and may
    raise to stop it. The result is the same with every solver and in every order of the input.
    """
    whole(mentee_share, 0, 100, "mentee_share")
    progress = progress or _untold
    scores = Scores(mentees, mentors, mentee_share=mentee_share, excluded=excluded)
    board = scores.against(np.flatnonzero(mentors.open))
    places = (mentors.capacity - mentors.taken)[board.mentors].astype(np.int64)
    if objective == Objective.STABLE:
        found = _stable(board, len(mentees), places, lambda done: progress(0.9 * done))
    else:
        found = _best(board, len(mentees), places, objective, solver, progress)
    progress(1.0)
    return _cohort(scores, board, found)


def _untold(done: float) -> None:
    """Nobody asked for progress."""


def _stable(board: Board, mentees: int, places: Array, progress: Progress) -> _Found:
    acceptance = Acceptance(board, mentees, places)
    return _Found(acceptance.matching(progress), None, acceptance.fitting)


def _best(
    board: Board, mentees: int, places: Array, objective: Objective, solver: Solver, progress: Progress
) -> _Found:
    graph = best_pairs(board, mentees, KEEP, lambda done: progress(done / 2))
    fitting = (graph.row_limit != UNFIT) | (np.bincount(graph.row, minlength=mentees) > 0)
    if not fitting.any():
        return _Found(Pairs.none(), 0, fitting)
    floor = 0
    if objective == Objective.FAIR:
        floors = Floors(board, graph, places)
        floor = floors.highest()
        graph = floors.graph.from_score(floor)
    best = largest_total(board, graph, places, floor, solver, lambda done: progress(0.5 + done / 2))
    return _Found(best.pairs, best.bound, fitting)


def _cohort(scores: Scores, board: Board, found: _Found) -> Cohort:
    mentees, mentors = scores.mentees.ids, scores.mentors.ids
    row, column, score = (part.tolist() for part in found.pairs._replace(column=board.mentors[found.pairs.column]))
    pairs = tuple(Pair(str(mentees[i]), str(mentors[j]), value) for i, j, value in zip(row, column, score, strict=True))
    return Cohort(pairs, sum(score), min(score, default=None), found.bound, _unmatched(scores, found))


def _unmatched(scores: Scores, found: _Found) -> tuple[Unmatched, ...]:
    """Who is left, with the reason: full and paused mentors count as ones who would fit."""
    left = np.ones(len(scores.mentees), np.bool_)
    left[found.pairs.row] = False
    fits = found.fitting.copy()
    unsure = np.flatnonzero(left & ~fits)
    if unsure.size:
        closed = scores.against(np.flatnonzero(~scores.mentors.open))
        for rows in blocks(unsure):
            fits[rows] = (closed.score(rows) != UNFIT).any(axis=1)
    return tuple(
        Unmatched(str(scores.mentees.ids[row]), Lack.PLACES_SHORT if fits[row] else Lack.NO_MENTOR_FITS)
        for row in np.flatnonzero(left).tolist()
    )
