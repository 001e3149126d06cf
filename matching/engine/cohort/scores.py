"""Scores of mentees and mentors, block by block: the whole of them is never held."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from matching.engine.cohort.side import Side
from matching.engine.people import People
from matching.engine.reasons import HIGHEST, NEUTRAL
from matching.engine.rules import Array
from matching.engine.schema import FULL

UNFIT: Final = -1
"""Stands for the score of a pair that does not fit; all bits set, so that or-ing it to any score gives it."""

EXACT_WEIGHT: Final = 90
"""Sums of weights up to here leave a float32 quotient nearer to its own value than to the next whole number."""

STRIP: Final = 64
"""So many rows at a time are turned into columns: quicker than all at once (measured)."""

ROWS: Final = 256
COLUMNS: Final = 2048
"""Rows and columns computed at once: what they take stays in the processor's cache."""


class Sides(NamedTuple):
    """Scores (n, m) int16 of pairs, UNFIT for those that don't fit, and each side's own where it has one."""

    score: Array
    mentee: Array
    mentor: Array


class Barred:
    """Pairs that must not meet: those excluded, and a person with themself."""

    def __init__(self, mentees: People, mentors: People, excluded: Collection[tuple[str, str]]) -> None:
        of_mentee = {each: row for row, each in enumerate(mentees.ids)}
        of_mentor = {each: row for row, each in enumerate(mentors.ids)}
        own = {(row, of_mentor[each]) for each, row in of_mentee.items() if each in of_mentor}
        named = {
            (of_mentee[mentee], of_mentor[mentor])
            for mentee, mentor in excluded
            if mentee in of_mentee and mentor in of_mentor
        }
        pairs = np.array(sorted(own | named), np.int64).reshape(-1, 2)
        self.rows, self.columns = pairs[:, 0], pairs[:, 1]


class Scores:
    """How N mentees and M mentors score each other; `mentee_share` in per cent, `excluded` (mentee, mentor)."""

    def __init__(
        self, mentees: People, mentors: People, *, mentee_share: int, excluded: Collection[tuple[str, str]] = ()
    ) -> None:
        self.mentees, self.mentors = mentees, mentors
        self.share = mentee_share
        self.mentee_side = Side.of(mentees, mentors)
        self.mentor_side = Side.of(mentors, mentees)
        self.barred = Barred(mentees, mentors, excluded)
        weight = max(side.weight.max(initial=0) for side in (self.mentee_side, self.mentor_side))
        self.exact: np.dtype[np.floating] = np.dtype(np.float32 if weight <= EXACT_WEIGHT else np.float64)

    def against(self, mentors: Array) -> "Board":
        """The board of all mentees against these mentors' rows, ascending."""
        return Board(self, mentors)


class Board:
    """Mentees against a choice of mentors; columns are the places of that choice."""

    def __init__(self, scores: Scores, mentors: Array) -> None:
        self._scores = scores
        self.mentors = mentors
        place = np.full(len(scores.mentors), -1)
        place[mentors] = np.arange(mentors.size)
        columns = place[scores.barred.columns]
        self._barred_rows, self._barred_columns = scores.barred.rows[columns >= 0], columns[columns >= 0]
        memory = np.empty((2, ROWS * min(COLUMNS, mentors.size)), scores.exact)
        self._panels = [
            _Panel(scores, slice(at, min(at + COLUMNS, mentors.size)), mentors[at : at + COLUMNS], memory)
            for at in range(0, mentors.size, COLUMNS)
        ]

    def only(self, columns: Array) -> "Board":
        """The board of these columns alone, ascending."""
        return Board(self._scores, self.mentors[columns])

    def score(self, rows: Array) -> Array:
        """Scores (n, m) int16 of these mentees, ascending; UNFIT where a pair doesn't fit."""
        found = np.empty((rows.size, self.mentors.size), np.int16)
        mentees = _Mentees(self._scores, rows)
        for panel in self._panels:
            panel.fill(mentees, found[:, panel.columns])
        self._bar(rows, found)
        return found

    def sides(self, rows: Array) -> Sides:
        """Scores of these mentees with those of each side; a side that asks nothing has the pair's."""
        shape = rows.size, self.mentors.size
        found = Sides(*(np.empty(shape, np.int16) for _ in range(3)))
        mentees = _Mentees(self._scores, rows)
        for panel in self._panels:
            panel.fill(mentees, *(part[:, panel.columns] for part in found))
        self._bar(rows, found.score)
        return found

    def _bar(self, rows: Array, score: Array) -> None:
        first, last = np.searchsorted(self._barred_rows, [rows[0], rows[-1] + 1]) if rows.size else (0, 0)
        barred = self._barred_rows[first:last]
        at = np.searchsorted(rows, barred)
        here = rows[at] == barred
        score[at[here], self._barred_columns[first:last][here]] = UNFIT


@dataclass(frozen=True, slots=True, eq=False)
class _Quotient:
    """How a sum becomes a side's score: ⌊factor * sum + offset⌋, for each asker.

    The offset of half the least distance to a whole number takes rounding away from the floor.
    """

    factor: Array
    offset: Array
    absent: Array

    @classmethod
    def of(cls, weight: Array, exact: np.dtype[np.floating]) -> "_Quotient":
        whole = FULL * np.maximum(weight, 1)
        least = np.gcd(HIGHEST, whole) / whole
        return cls((HIGHEST / whole).astype(exact), (least / 2).astype(exact), weight == 0)

    def apply(self, sums: Array) -> None:
        """Turn sums into scores; of those below 0 it does not matter which."""
        sums *= self.factor
        sums += self.offset
        np.floor(sums, out=sums)


class _Mentees:
    """Some mentees with all that is needed of them."""

    def __init__(self, scores: Scores, rows: Array) -> None:
        side = scores.mentee_side
        self.rows = rows
        self.asked = side.asked_by(rows)
        self.planes = scores.mentor_side.planes.of(rows)
        self.quotient = _Quotient.of(side.weight[rows, np.newaxis], scores.exact)


class _Panel:
    """Some mentors with all that is needed of them."""

    def __init__(self, scores: Scores, columns: slice, mentors: Array, memory: Array) -> None:
        side = scores.mentor_side
        self.columns = columns
        self._mentors = mentors
        self._memory = memory
        self._share = scores.share
        self._asked = side.asked_by(mentors)
        self._planes = scores.mentee_side.planes.of(mentors)
        self._quotient = _Quotient.of(side.weight[mentors], scores.exact)

    def fill(self, mentees: _Mentees, score: Array, mentee: Array | None = None, mentor: Array | None = None) -> None:
        """Write the scores of these mentees and mentors, and those of either side if wanted."""
        own, their = self._memory[:, : score.size].reshape(2, *score.shape)
        np.copyto(own, mentees.asked.of(self._mentors, self._planes))
        _turned(self._asked.of(mentees.rows, mentees.planes), their)
        mentees.quotient.apply(own)
        self._quotient.apply(their)
        unfit = np.minimum(own, their) < 0
        if mentee is not None and mentor is not None:
            np.copyto(mentee, own, casting="unsafe")
            np.copyto(mentor, their, casting="unsafe")
        own *= np.where(self._quotient.absent, 1, self._share / 100).astype(own.dtype)
        their *= np.where(mentees.quotient.absent, 1, 1 - self._share / 100).astype(their.dtype)
        own += their
        own[np.ix_(mentees.quotient.absent[:, 0], self._quotient.absent)] = NEUTRAL
        own += 0.005
        np.copyto(score, own, casting="unsafe")
        score |= -unfit.view(np.int8)
        if mentee is not None and mentor is not None:
            np.copyto(mentee, score, where=mentees.quotient.absent)
            np.copyto(mentor, score, where=self._quotient.absent)


def _turned(sums: Array, found: Array) -> None:
    """Write sums (m, n) as (n, m)."""
    for at in range(0, len(sums), STRIP):
        found[:, at : at + STRIP] = sums[at : at + STRIP].T
