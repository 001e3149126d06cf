"""Scores of mentees and mentors, block by block: the whole of them is never held."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from matching.engine.cohort.side import Counted, Side
from matching.engine.people import People
from matching.engine.reasons import HIGHEST, NEUTRAL
from matching.engine.rules import Array
from matching.engine.schema import FULL

UNFIT: Final = -1
"""Stands for the score of a pair that does not fit; all bits set, so that or-ing it to any score gives it."""

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
        memory = np.empty((3, ROWS * min(COLUMNS, mentors.size) * 8), np.uint8)
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
        asked = _Asked.by(self._scores, rows)
        for panel in self._panels:
            panel.fill(asked, found[:, panel.columns])
        self._bar(rows, found)
        return found

    def sides(self, rows: Array) -> Sides:
        """Scores of these mentees with those of each side; a side that asks nothing has the pair's."""
        shape = rows.size, self.mentors.size
        found = Sides(*(np.empty(shape, np.int16) for _ in range(3)))
        asked = _Asked.by(self._scores, rows)
        for panel in self._panels:
            panel.fill(asked, *(part[:, panel.columns] for part in found))
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
        sums *= self.factor
        sums += self.offset
        np.floor(sums, out=sums)


class _Asked(NamedTuple):
    """Some mentees with all that is needed of them: their asks and answers, each (n, F)."""

    rows: Array
    asks: Array
    answers: Array
    gains: "_Gains"
    quotient: _Quotient

    @classmethod
    def by(cls, scores: Scores, rows: Array) -> "_Asked":
        mine, theirs = scores.mentee_side, scores.mentor_side
        weight = mine.weight[rows, np.newaxis]
        return cls(
            rows,
            mine.asks[rows].toarray(),
            theirs.answers[rows].toarray(),
            _Gains(mine.counted, rows),
            _Quotient.of(weight, mine.exact),
        )


class _Panel:
    """Some mentors with all that is needed of them: `answers` and `asks` (F, m)."""

    def __init__(self, scores: Scores, columns: slice, mentors: Array, memory: Array) -> None:
        mine, theirs = scores.mentor_side, scores.mentee_side
        self.columns = columns
        self._mentors = mentors
        self._memory = memory
        self._share = scores.share
        self._answers = np.ascontiguousarray(theirs.answers[mentors].toarray().T)
        self._asks = np.ascontiguousarray(mine.asks[mentors].toarray().T)
        self._gains = _Gains(mine.counted, mentors)
        self._quotient = _Quotient.of(mine.weight[mentors], mine.exact)

    def fill(self, asked: _Asked, score: Array, mentee: Array | None = None, mentor: Array | None = None) -> None:
        """Write the scores of these mentees and mentors, and those of either side if wanted."""
        own, their = self._mentee_sides(asked), self._mentor_sides(asked)
        if mentee is not None and mentor is not None:
            np.copyto(mentee, own, casting="unsafe")
            np.copyto(mentor, their, casting="unsafe")
        unfit = np.signbit(np.minimum(own, their, out=self._scratch(2, asked, own.dtype)))
        own *= np.where(self._quotient.absent, 100, self._share).astype(own.dtype)
        their *= np.where(asked.quotient.absent, 100, 100 - self._share).astype(their.dtype)
        own += their
        own[np.ix_(asked.quotient.absent[:, 0], self._quotient.absent)] = 100 * NEUTRAL
        own *= 0.01
        own += 0.005
        np.copyto(score, own, casting="unsafe")
        score |= -unfit.view(np.int8)
        if mentee is not None and mentor is not None:
            np.copyto(mentee, score, where=asked.quotient.absent)
            np.copyto(mentor, score, where=self._quotient.absent)

    def _mentee_sides(self, asked: _Asked) -> Array:
        sums = np.matmul(asked.asks, self._answers, out=self._scratch(0, asked, asked.asks.dtype))
        sums[asked.gains.places] += asked.gains.about(self._mentors, sums.dtype)
        asked.quotient.apply(sums)
        return sums

    def _mentor_sides(self, asked: _Asked) -> Array:
        sums = np.matmul(asked.answers, self._asks, out=self._scratch(1, asked, asked.answers.dtype))
        sums[:, self._gains.places] += self._gains.about(asked.rows, sums.dtype).T
        self._quotient.apply(sums)
        return sums

    def _scratch(self, number: int, asked: _Asked, exact: np.dtype) -> Array:
        size = asked.rows.size * self._mentors.size
        return self._memory[number, : size * exact.itemsize].view(exact).reshape(asked.rows.size, -1)


class _Gains:
    """What the asks that no product can judge add for some askers, group by group."""

    def __init__(self, counted: tuple[Counted, ...], askers: Array) -> None:
        self._groups = [(each, *_common(each.rows, askers)) for each in counted]
        self.places = np.unique(np.concatenate([np.zeros(0, np.int64), *(place for *_, place in self._groups)]))

    def about(self, others: Array, exact: np.dtype[np.floating]) -> Array:
        """What is added for the askers at `places` about these others: (places, others)."""
        added = np.zeros((self.places.size, others.size), exact)
        for counted, asks, place in self._groups:
            if asks.size:
                added[np.searchsorted(self.places, place)] += counted.gains(asks, others, exact)
        return added


def _common(some: Array, others: Array) -> tuple[Array, Array]:
    """Where each of two ascending arrays has what both have."""
    place = np.minimum(np.searchsorted(some, others), max(some.size - 1, 0))
    found = np.flatnonzero(some[place] == others) if some.size else np.zeros(0, np.int64)
    return place[found], found
