"""The mentee-optimal stable matching: deferred acceptance."""

from collections.abc import Callable, Iterator
from heapq import heappush, heappushpop
from typing import Final, Protocol

import numpy as np

from matching.engine.cohort.graph import Pairs, blocks, guess
from matching.engine.cohort.scores import UNFIT, Sides
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

LISTED: Final = 2**21
"""About so many proposals are listed at a time over all who are free, but no fewer than `FEWEST` of each."""

FEWEST: Final = 16
"""So many are enough for nearly all mentees."""

SCORE_BITS: Final = HIGHEST.bit_length()
ID_BITS: Final = 24
ALL: Final = 2 ** (2 * SCORE_BITS)
"""A rank worse than any."""

NOBODY: Final = (-1, 0)


class Judged(Protocol):
    """Whatever knows the scores of mentees and mentors; a board does."""

    def sides(self, rows: Array) -> Sides:
        """Scores of these mentees with those of each side."""


class Acceptance:
    """Mentees propose in the order of their lists; a mentor holds the best proposals there are places for.

    A rank is a whole number, smaller is better: the own side's score counted down where it has one, then the
    pair's score counted down; that of mentors ends in the mentee's row, so that no two are equal.
    """

    def __init__(self, board: Judged, mentees: int, places: Array) -> None:
        self._board = board
        self._places = places.tolist()
        self._listed = np.full(mentees, -1, np.int32)
        self._lists: list[Iterator[tuple[int, int]]] = [iter(())] * mentees
        self._held: list[list[int]] = [[] for _ in self._places]
        self.fitting = np.zeros(mentees, np.bool_)

    def matching(self, progress: Callable[[float], None]) -> Pairs:
        """The pairs that are left when nobody who is free has anybody left to propose to.

        `progress` is told how many have had a list; nobody can say how many will need another, so while those are
        made it is told the same again.
        """
        free, length, done = np.arange(self._listed.size), FEWEST, 0.0
        while free.size:
            for rows in blocks(free):
                self._list(rows, length)
                done = max(done, (int(rows[-1]) + 1) / self._listed.size)
                progress(done)
            ended = np.array(sorted(self._free_after_proposing(free.tolist())), np.int64)
            free = ended[self._listed[ended] < ALL]
            length = max(FEWEST, LISTED // max(free.size, 1))
        held = [(-bid, column) for column, bids in enumerate(self._held) for bid in bids]
        rank, column = np.array(held, np.int64).reshape(-1, 2).T
        score = HIGHEST - (rank >> ID_BITS) % 2**SCORE_BITS
        return Pairs(rank % 2**ID_BITS, column, score).at(np.argsort(rank % 2**ID_BITS))

    def _free_after_proposing(self, free: list[int]) -> list[int]:
        """Who is still free when the lists of all who were have come to their ends."""
        ended = []
        while free:
            row = free.pop()
            column, rank = next(self._lists[row], NOBODY)
            if column < 0:
                ended.append(row)
            elif len(self._held[column]) < self._places[column]:
                heappush(self._held[column], -rank)
            else:
                free.append(-heappushpop(self._held[column], -rank) % 2**ID_BITS)
        return ended

    def _list(self, rows: Array, length: int) -> None:
        """Whom these mentees propose to next, about so many, best first, each with the mentor's rank of them."""
        score, mentee, mentor = self._board.sides(rows)
        own = _ranks(mentee, score)
        own[(score == UNFIT) | (own <= self._listed[rows, np.newaxis])] = ALL
        last = np.full(rows.size, ALL - 1, np.int32)
        if own.shape[1] > length:
            last = np.minimum(-guess(-own, length), last)
        self._listed[rows] = np.where(last == ALL - 1, ALL, last)
        flat = np.flatnonzero(own <= last[:, np.newaxis])
        place, column = np.divmod(flat, max(own.shape[1], 1))
        order = np.sort(((place << 2 * SCORE_BITS) + own.ravel()[flat] << ID_BITS) + column)
        place, column = order >> 2 * SCORE_BITS + ID_BITS, order % 2**ID_BITS
        flat = place * own.shape[1] + column
        rank = _ranks(mentor.ravel()[flat], score.ravel()[flat]).astype(np.int64) << ID_BITS | rows[place]
        ends = np.cumsum(np.bincount(place, minlength=rows.size)).tolist()
        for row, start, end in zip(rows.tolist(), [0, *ends], ends, strict=False):
            self._lists[row] = zip(column[start:end].data, rank[start:end].data, strict=True)
        self.fitting[rows] |= np.diff(ends, prepend=0) > 0


def _ranks(own: Array, score: Array) -> Array:
    """Own side's score, then the pair's, both counted down, in one int32."""
    rank = HIGHEST - own.astype(np.int32)
    rank <<= SCORE_BITS
    rank += HIGHEST
    rank -= score
    return rank
