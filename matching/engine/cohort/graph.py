"""The pairs worth looking at: each mentee's best and each mentor's best, found in one pass over all pairs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from matching.engine.cohort.draw import DRAW_BITS, draw
from matching.engine.cohort.scores import ROWS, UNFIT, Board
from matching.engine.cohort.spans import spans
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

SAMPLE: Final = 50
"""Of so many columns each is looked at to guess how high the best score; of four times as many, each second one."""

CROWD: Final = 16
"""So many times as many pairs as are to be kept are looked at closely in a row; of more that are equal, some by
chance.
"""

GATHERED: Final = 4
"""So many times as many pairs as are to be kept are gathered before the best of each column are found."""


class Pairs(NamedTuple):
    """Rows, columns and scores (int64) of some pairs."""

    row: Array
    column: Array
    score: Array

    @classmethod
    def none(cls) -> "Pairs":
        return cls(*np.zeros((3, 0), np.int64))

    @classmethod
    def joined(cls, parts: "list[Pairs]") -> "Pairs":
        return cls(*(np.concatenate(part) for part in zip(cls.none(), *parts, strict=True)))

    def at(self, places: Array) -> "Pairs":
        return Pairs(self.row[places], self.column[places], self.score[places])

    def best(self, group: Array, keep: int) -> Array:
        """The places of the `keep` best of each group; among equal scores it is drawn."""
        spare = 63 - HIGHEST.bit_length() - int(group.max(initial=0)).bit_length()
        chance = draw(self.row, self.column) >> max(DRAW_BITS - spare, 0)
        bits = min(DRAW_BITS, spare)
        order = np.argsort(((group << HIGHEST.bit_length()) + HIGHEST - self.score << bits) + chance)
        start = np.flatnonzero(np.diff(group[order], prepend=-1))
        rank = np.arange(order.size) - np.repeat(start, np.diff(start, append=order.size))
        return order[rank < keep]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """E pairs that fit, ascending by row, then column, none twice.

    Args:
        score: (E,) int64.
        row_limit: (N,) the highest score that a pair not kept may have in a row; UNFIT where all are kept.
        column_limit: (M,) the same for a column.
    """

    row: Array
    column: Array
    score: Array
    row_limit: Array
    column_limit: Array

    @property
    def pairs(self) -> Pairs:
        return Pairs(self.row, self.column, self.score)

    @property
    def shape(self) -> tuple[int, int]:
        return self.row_limit.size, self.column_limit.size

    @property
    def number(self) -> Array:
        """(E,) one number for each pair, ascending."""
        return self.row * self.shape[1] + self.column

    def of_rows(self, rows: Array) -> tuple[Array, Array]:
        """The places of all pairs of these rows, and for each the place of its row among the rows."""
        first, last = np.searchsorted(self.row, rows), np.searchsorted(self.row, rows, "right")
        place = np.repeat(np.arange(rows.size), last - first)
        return place, spans(first, last - first)

    def with_pairs(self, more: Pairs) -> "Graph":
        """The graph with these pairs too."""
        return Graph(*_once([self.pairs, more], self.shape[1]), self.row_limit, self.column_limit)

    def from_score(self, floor: int) -> "Graph":
        """The pairs of this score or more, the others taken for unfit."""
        at = self.score >= floor
        limits = (np.where(limit < floor, UNFIT, limit) for limit in (self.row_limit, self.column_limit))
        return Graph(self.row[at], self.column[at], self.score[at], *limits)


def blocks(rows: Array) -> Iterator[Array]:
    """Rows in portions of a size that a board takes."""
    return (rows[at : at + ROWS] for at in range(0, rows.size, ROWS))


def best_pairs(board: Board, mentees: int, keep: int, progress: Callable[[float], None]) -> Graph:
    """The `keep` best of each mentee and of each mentor."""
    columns = _BestOfColumns(board.mentors.size, keep)
    row_limit = np.full(mentees, UNFIT, np.int64)
    found = []
    for rows in blocks(np.arange(mentees)):
        score = board.score(rows)
        pairs, row_limit[rows] = _best_of_rows(score, rows, keep)
        found.append(pairs)
        columns.take(score, rows)
        progress((int(rows[-1]) + 1) / mentees)
    return Graph(*_once([*found, columns.best()], board.mentors.size), row_limit, columns.limit)


def _once(parts: list[Pairs], columns: int) -> Pairs:
    """Pairs of several lists in order, each once."""
    pairs = Pairs.joined(parts)
    return pairs.at(np.unique(pairs.row * columns + pairs.column, return_index=True)[1])


def _best_of_rows(score: Array, rows: Array, keep: int) -> tuple[Pairs, Array]:
    """The best of each row, and each row's limit."""
    least = guess(score, keep)
    place, pairs = _reaching(score, least, rows, keep)
    few = np.flatnonzero(np.bincount(place, minlength=rows.size) < keep)
    if few.size:
        least[few] = _kth(score[few], keep)
        enough = ~np.isin(place, few)
        again, more = _reaching(score[few], least[few], rows[few], keep)
        place, pairs = np.append(place[enough], few[again]), Pairs.joined([pairs.at(enough), more])
    best = pairs.best(place, keep)
    place, pairs = place[best], pairs.at(best)
    last = np.full(rows.size, HIGHEST)
    np.minimum.at(last, place, pairs.score)
    return pairs, np.where(np.bincount(place, minlength=rows.size) < keep, least, last)


def where(chosen: Array, score: Array, rows: Array) -> tuple[Array, Pairs]:
    """The pairs chosen of a block, and the places of their rows in it."""
    flat = np.flatnonzero(chosen)
    place, column = np.divmod(flat, score.shape[1])
    return place, Pairs(rows[place], column, score.ravel()[flat].astype(np.int64))


def _kth(score: Array, keep: int) -> Array:
    """The `keep`-th best of each row, UNFIT where there are not so many."""
    if keep > score.shape[1]:
        return np.full(len(score), UNFIT, score.dtype)
    return np.partition(score, -keep, axis=1)[:, -keep]


def guess(score: Array, keep: int) -> Array:
    """A score that about `keep` or somewhat more of each row reach, judged by a sample of the columns."""
    step = max(1, int((score.shape[1] / SAMPLE) ** 0.5))
    wanted = keep if step == 1 else int(keep / step + 3 * (keep / step) ** 0.5) + 3
    sample = np.ascontiguousarray(score[:, ::step])
    return _kth(sample, wanted if step == 1 else min(wanted, sample.shape[1]))


def _reaching(score: Array, least: Array, rows: Array, keep: int) -> tuple[Array, Pairs]:
    """The pairs that fit and reach their row's least score, and the places of their rows.

    Of very many that only just do, some by chance.
    """
    least = np.maximum(least, 0)[:, np.newaxis]
    reach = score >= least
    if np.count_nonzero(reach) > CROWD * keep * rows.size:
        above = score > least
        equal = np.maximum(np.count_nonzero(reach, axis=1) - np.count_nonzero(above, axis=1), 1)
        share = np.minimum(2**16 * CROWD * keep // equal, 2**16 - 1).astype(np.uint16)
        chance = draw(rows, rows).astype(np.uint16)[:, np.newaxis] | np.uint16(1)
        chance = chance * draw(np.arange(score.shape[1]), np.zeros(1, np.int64)).astype(np.uint16)
        reach = above | reach & (chance <= share[:, np.newaxis])
    return where(reach, score, rows)


class _BestOfColumns:
    """The best of each column of a matrix that comes in blocks of rows."""

    def __init__(self, columns: int, keep: int) -> None:
        self._keep = keep
        self._least: Array | None = None
        self._found: list[Pairs] = []
        self._size = 0
        self.limit = np.full(columns, UNFIT, np.int64)

    def take(self, score: Array, rows: Array) -> None:
        if self._least is None:
            self._least = np.maximum(_kth(np.ascontiguousarray(score.T), self._keep) - 1, UNFIT)
        _, pairs = where(score > self._least, score, rows)
        self._found.append(pairs)
        self._size += pairs.row.size
        if self._size > GATHERED * self._keep * self.limit.size:
            self.best()

    def best(self) -> Pairs:
        """The best of all blocks so far; what is worse can't come in any more."""
        found = Pairs.joined(self._found)
        best = found.at(found.best(found.column, self._keep))
        full = np.bincount(best.column, minlength=self.limit.size) >= self._keep
        last = np.full(self.limit.size, HIGHEST)
        np.minimum.at(last, best.column, best.score)
        self.limit = np.where(full, last, UNFIT)
        self._least = self.limit.astype(np.int16)
        self._found, self._size = [best], best.row.size
        return best
