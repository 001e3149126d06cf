"""One contender of a cohort in a process of its own, so that its memory is its own.

`python -m matching.bench.contender` reads the job as JSON and prints one line: `ms`, `base` and `peak` in MB (before
and at most) and what was found.
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.bench.inputs import pair_of_crowds
from matching.bench.memory import highest, resident
from matching.engine import People
from matching.engine.cohort import Objective, propose
from matching.engine.cohort.scores import ROWS, Board, Scores, Sides
from matching.engine.cohort.stable import Acceptance
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array
from matching.engine.schema import DEFAULT_MENTEE_SHARE

WARM_UP: Final = (200, 200, 1)
"""Mentees, mentors and seed of a first run off the clock."""

Found = dict[str, Any]


def ours(mentees: People, mentors: People, objective: Objective) -> Found:
    """What the engine proposes."""
    cohort = propose(mentees, mentors, objective=objective)
    return {
        "matched": cohort.matched,
        "total": cohort.total,
        "worst": cohort.worst,
        "gap": None if cohort.gap is None else float(cohort.gap),
        "pairs": [(pair.mentee, pair.mentor) for pair in cohort.pairs],
    }


def scipy(mentees: People, mentors: People) -> Found:
    """SciPy's dense Hungarian method over the whole matrix of scores, a column for each free place."""
    board, free = _board(mentees, mentors)
    score = np.concatenate([board.score(rows) for rows in _blocks(len(mentees))])
    # One pair more outweighs all scores.
    reward = HIGHEST * min(len(mentees), int(free.sum())) + 1
    worth = np.repeat(np.where(score >= 0, score + float(reward), 0.0), free, axis=1)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    chosen = worth[rows, columns]
    return {**_summary(chosen[chosen > 0] - reward), "matrix MB": round(worth.nbytes / 1e6)}


def _blocks(people: int) -> list[Array]:
    """Rows, so many at a time as a board takes."""
    return [np.arange(first, min(first + ROWS, people)) for first in range(0, people, ROWS)]


def _board(mentees: People, mentors: People) -> tuple[Board, Array]:
    """All mentees against the mentors who have a place, and how many places those have."""
    rows = np.flatnonzero(mentors.open)
    scores = Scores(mentees, mentors, mentee_share=DEFAULT_MENTEE_SHARE)
    return scores.against(rows), (mentors.capacity - mentors.taken)[rows]


def _sides(board: Board, mentees: int) -> Sides:
    return Sides(*map(np.concatenate, zip(*(board.sides(rows) for rows in _blocks(mentees)), strict=True)))


def orders(mentees: People, mentors: People) -> Found:
    """Whom each would have, best first, and each mentor's places, for a rival that takes orders; by id."""
    board, free = _board(mentees, mentors)
    sides = _sides(board, len(mentees))
    fits = sides.score >= 0
    names = [mentors.ids[row] for row in board.mentors.tolist()]
    with_any = np.flatnonzero(fits.any(axis=0)).tolist()
    return {
        "mentees": {
            mentees.ids[row]: [names[each] for each in _order(sides.mentee[row], sides.score[row], fits[row])]
            for row in np.flatnonzero(fits.any(axis=1)).tolist()
        },
        "mentors": {
            names[at]: [mentees.ids[each] for each in _order(sides.mentor[:, at], sides.score[:, at], fits[:, at])]
            for at in with_any
        },
        "places": {names[at]: int(free[at]) for at in with_any},
    }


def _order(own: Array, score: Array, fits: Array) -> list[int]:
    """Those who fit, by one side's own score, then the pair's, then the id (rows are in that order)."""
    order = np.lexsort((-score.astype(np.int32), -own.astype(np.int32)))
    chosen: list[int] = order[fits[order]].tolist()
    return chosen


def _summary(scores: Array) -> Found:
    return {
        "matched": int(scores.size),
        "total": int(scores.sum()),
        "worst": int(scores.min()) if scores.size else None,
    }


class _Ready(NamedTuple):
    """All scores of a board, made beforehand."""

    all: Sides

    def sides(self, rows: Array) -> Sides:
        return Sides(*(part[rows] for part in self.all))


def stable_by_scores(mentees: People, mentors: People) -> Callable[[], Found]:
    """The engine's deferred acceptance where the scores are ready: the same start as a rival that takes orders has."""
    board, free = _board(mentees, mentors)
    ready, places = _Ready(_sides(board, len(mentees))), free.astype(np.int64)

    def match() -> Found:
        pairs = Acceptance(ready, len(mentees), places).matching(lambda done: None)
        named = zip(pairs.row.tolist(), board.mentors[pairs.column].tolist(), strict=True)
        return {**_summary(pairs.score), "pairs": [(mentees.ids[row], mentors.ids[column]) for row, column in named]}

    return match


def _at_once(contender: Callable[[People, People], Found]) -> Callable[[People, People], Callable[[], Found]]:
    """For a contender with nothing to make ready."""
    return partial(partial, contender)


CONTENDERS: Final[Mapping[str, Callable[[People, People], Callable[[], Found]]]] = {
    **{each.value: _at_once(partial(ours, objective=each)) for each in Objective},
    "stable by scores": stable_by_scores,
    "scipy": _at_once(scipy),
    "orders": _at_once(orders),
}
"""What each makes ready off the clock, and then runs on it."""


def arrays(mentees: int, mentors: int, seed: int, *, tight: bool) -> list[People]:
    """Invented mentees and mentors as a cohort sees them."""
    return [crowd.people(rounds=True) for crowd in pair_of_crowds(mentees, mentors, seed, tight=tight)]


def main() -> None:
    """Invent the people, then let one contender match them on the clock."""
    job = json.load(sys.stdin)
    contender = CONTENDERS[job["contender"]]
    # What is set up once in a process is none of the work: a worker has run before.
    contender(*arrays(*WARM_UP, tight=False))()
    people = arrays(job["mentees"], job["mentors"], job["seed"], tight=job["tight"])
    base = resident()
    run = contender(*people)
    start = perf_counter()
    found = run()
    taken = (perf_counter() - start) * 1000
    print(json.dumps({"ms": taken, "base": base, "peak": highest(), **found}))


if __name__ == "__main__":
    main()
