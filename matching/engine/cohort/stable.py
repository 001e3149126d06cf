"""The mentee-optimal stable matching: deferred acceptance, all who are free proposing at once."""

from typing import Final, NamedTuple

import numpy as np

from matching.engine.cohort.graph import Pairs, blocks, spans
from matching.engine.cohort.scores import UNFIT, Board
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

LISTED: Final = 2**21
"""About so many proposals are listed at a time over all mentees, but no fewer than `FEWEST` of each."""

FEWEST: Final = 32
SCORE_BITS: Final = HIGHEST.bit_length()
ROW_BITS: Final = 24
ALL: Final = 2 ** (2 * SCORE_BITS)
"""A rank worse than any."""


class _Lists(NamedTuple):
    """Whom some mentees propose to, each one's together and best first: columns, the mentors' ranks of them, and
    how many each mentee has."""

    column: Array
    rank: Array
    size: Array


class Acceptance:
    """Mentees propose in the order of their lists; a mentor holds the best proposals there are places for.

    A rank is a whole number, smaller is better: the own side's score counted down where it has one, then the
    pair's score counted down; that of mentors ends in the mentee's row, so that no two are equal.
    """

    def __init__(self, board: Board, mentees: int, places: Array) -> None:
        self._board, self._places = board, places
        self._length = max(FEWEST, LISTED // max(mentees, 1))
        self._listed = np.full(mentees, -1)
        everybody = np.arange(mentees)
        self._column, self._rank, size = self._lists(everybody)
        self._end = np.cumsum(size)
        self._next = self._end - size
        self._mate, self._held = np.full(mentees, -1), np.zeros(mentees, np.int64)
        self.fitting = size > 0

    def matching(self) -> Pairs:
        """The pairs that are left when nobody who is free has anybody left to propose to."""
        free = np.flatnonzero(self.fitting)
        while free.size:
            free = self._with_lists(self._proposed(free))
        row = np.flatnonzero(self._mate >= 0)
        return Pairs(row, self._mate[row], HIGHEST - (self._held[row] >> ROW_BITS) % 2**SCORE_BITS)

    def _proposed(self, free: Array) -> Array:
        """Each of these proposes to the next on their list; returns who is free then."""
        column, rank = self._column[self._next[free]], self._rank[self._next[free]]
        self._next[free] += 1
        asked = np.zeros(self._places.size, np.bool_)
        asked[column] = True
        rivals = np.flatnonzero(asked[self._mate] & (self._mate >= 0))
        rows = np.concatenate([rivals, free])
        column, rank = np.concatenate([self._mate[rivals], column]), np.concatenate([self._held[rivals], rank])
        order = np.lexsort((rank, column))
        start = np.flatnonzero(np.diff(column[order], prepend=-1))
        place = spans(np.zeros_like(start), np.diff(start, append=order.size))
        accepted = place < self._places[column[order]]
        yes, no = order[accepted], order[~accepted]
        self._mate[rows[no]] = -1
        self._mate[rows[yes]], self._held[rows[yes]] = column[yes], rank[yes]
        return rows[no]

    def _with_lists(self, free: Array) -> Array:
        """Those of these who have somebody left to propose to; where a list has come to its end, it goes on."""
        ended = np.sort(free[(self._next[free] == self._end[free]) & (self._listed[free] < ALL)])
        if ended.size:
            more = self._lists(ended)
            end = self._column.size + np.cumsum(more.size)
            self._next[ended], self._end[ended] = end - more.size, end
            self._column = np.concatenate([self._column, more.column])
            self._rank = np.concatenate([self._rank, more.rank])
        return free[self._next[free] < self._end[free]]

    def _lists(self, rows: Array) -> _Lists:
        """Whom these mentees propose to next."""
        found = [self._listed_block(some) for some in blocks(rows)]
        empty = np.zeros(0, np.int64)
        return _Lists(*(np.concatenate([empty, *part]) for part in zip(*found, strict=True))) if found else _Lists(empty, empty, empty)

    def _listed_block(self, rows: Array) -> _Lists:
        score, mentee, mentor = self._board.sides(rows)
        own = _ranks(mentee, score)
        own[(score == UNFIT) | (own <= self._listed[rows, np.newaxis])] = ALL
        last = np.full(rows.size, ALL - 1)
        if own.shape[1] > self._length:
            last = np.minimum(np.partition(own, self._length - 1, axis=1)[:, self._length - 1], last)
        flat = np.flatnonzero(own <= last[:, np.newaxis])
        place, column = np.divmod(flat, own.shape[1])
        order = np.argsort((place << 2 * SCORE_BITS) + own.ravel()[flat], kind="stable")
        flat, place, column = flat[order], place[order], column[order]
        self._listed[rows] = np.where(last == ALL - 1, ALL, last)
        their = _ranks(mentor.ravel()[flat], score.ravel()[flat]).astype(np.int64)
        return _Lists(column, their << ROW_BITS | rows[place], np.bincount(place, minlength=rows.size))


def _ranks(own: Array, score: Array) -> Array:
    """Own side's score, then the pair's, both counted down, in one int32."""
    rank = HIGHEST - own.astype(np.int32)
    rank <<= SCORE_BITS
    rank += HIGHEST
    rank -= score
    return rank
