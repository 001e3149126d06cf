"""Whether pairs that the solver has not seen would make a difference."""

from typing import Final

import numpy as np

from matching.engine.cohort.graph import Graph, Pairs, blocks, where
from matching.engine.cohort.prices import Prices
from matching.engine.cohort.scores import Board
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

MORE: Final = 8
"""At most so many pairs a mentee gets at a time."""

NEAR: Final = 250
"""Pairs that would be worth more at prices so much lower are added too, as prices will move."""

NEVER: Final = 2**40
"""More than any pair is worth."""


class Proof:
    """What is known of all pairs that score `floor` or more, where each is worth its score and a prize.

    A pair that is worth more than its mentee's gain and its mentor's price could make a difference. `bound` is
    the least that was proven to be the most that any matching is worth. `_spare` says of each row by how much at
    least all pairs outside both graphs were worth less than gain and price when all were last looked at.
    """

    def __init__(self, board: Board, wide: Graph, prize: int, floor: int) -> None:
        self._board, self._wide, self._prize, self._floor = board, wide, prize, floor
        self._spare = np.full(wide.shape[0], -NEVER)
        self._prices = Prices(*(np.zeros(size, np.int64) for size in wide.shape))
        self.bound = NEVER * NEVER

    def missed(self, graph: Graph, prices: Prices, worth: int) -> Pairs:
        """Pairs outside the graph that could make a difference at its prices, and some that nearly could.

        None at all where the graph's best matching, which is worth so much, is the best of all.
        """
        over = self._wide.score + self._prize - prices.gain[self._wide.row] - prices.price[self._wide.column]
        if over.max(initial=0) > 0:
            return self._missed_of_wide(over, graph)
        found, excess = self._swept(graph, prices)
        self.bound = min(self.bound, worth + excess)
        return found if excess else Pairs.none()

    def _missed_of_wide(self, over: Array, graph: Graph) -> Pairs:
        """What is missed among the pairs of the wide graph."""
        at = np.flatnonzero((over > -NEAR) & ~self._wide.among(graph))
        near = Pairs(self._wide.row[at], self._wide.column[at], np.clip(over[at] + NEAR, 0, HIGHEST))
        return self._wide.pairs.at(at[near.best(near.row, MORE)])

    def _swept(self, graph: Graph, prices: Prices) -> tuple[Pairs, int]:
        """What is missed among all pairs, and by how much the bound rises by it.

        What was short of its price is now short of it by as much less as gain and price have fallen. Where only a
        few prices have fallen much, most rows need looking at in those columns alone.
        """
        fallen = np.maximum(self._prices.price - prices.price, 0)
        spare = self._spare + prices.gain - self._prices.gain
        doubtful = self._doubtful(prices)
        little = _cheapest(spare[doubtful], fallen)
        whole, columns = doubtful & (spare < little), np.flatnonzero(fallen > little)
        rest = doubtful & ~whole
        self._spare = spare - np.where(rest, little, fallen.max(initial=0))
        self._spare[whole] = NEAR
        self._prices = prices
        looks = [self._look(np.flatnonzero(whole), np.arange(fallen.size), graph)]
        if columns.size:
            looks.append(self._look(np.flatnonzero(rest), columns, graph))
        pairs, excess = zip(*looks, strict=True)
        return Pairs.joined(list(pairs)), sum(excess)

    def _look(self, rows: Array, columns: Array, graph: Graph) -> tuple[Pairs, int]:
        """What is missed among the pairs of these rows and columns; what is short by less than `_spare` lowers it."""
        board = self._board if columns.size == self._board.mentors.size else self._board.only(columns)
        found, excess = [Pairs.none()], 0
        for some in blocks(rows):
            score = board.score(some)
            over = self._over(score, graph, some, columns)
            excess += int(np.maximum(over.max(axis=1), 0).sum(dtype=np.int64))
            place, near = where(over > -NEAR, over, some)
            near = near._replace(score=np.clip(near.score + NEAR, 0, HIGHEST))
            best = near.at(near.best(place, MORE))
            at = np.searchsorted(some, best.row)
            crowded = np.bincount(at, minlength=some.size)[at] == MORE
            self._spare[some] = np.minimum(self._spare[some], NEAR)
            np.minimum.at(self._spare, best.row[crowded], -over[at[crowded], best.column[crowded]])
            found.append(Pairs(best.row, columns[best.column], score[at, best.column].astype(np.int64)))
        return Pairs.joined(found), excess

    def _over(self, score: Array, graph: Graph, rows: Array, columns: Array) -> Array:
        """By how much pairs outside the graph are worth more than prices say; very little where they don't fit."""
        exact = np.int32 if self._prize < 2**30 else np.int64
        over: Array = np.subtract(score, (self._prices.price[columns] - self._prize).astype(exact), dtype=exact)
        over -= self._prices.gain[rows, np.newaxis].astype(exact)
        over[score < self._floor] = -2 * HIGHEST
        place, pairs = graph.of_rows(rows)
        at = np.searchsorted(columns, graph.column[pairs])
        here = np.flatnonzero(columns[np.minimum(at, columns.size - 1)] == graph.column[pairs])
        over[place[here], at[here]] = -2 * HIGHEST
        return over

    def _doubtful(self, prices: Prices) -> Array:
        """Rows (N,) bool in which the limits allow for a pair outside the wide graph that prices say too little of.

        Such a pair scores no more than its row's limit and its column's. So for each limit that a row can have,
        the least of price less score over the columns is looked up.
        """
        wide = self._wide
        open_ = wide.column_limit >= self._floor
        limit, least = wide.column_limit[open_], (prices.price - self._prize)[open_]
        higher, lower = np.full((2, HIGHEST + 2), NEVER)
        np.minimum.at(higher, limit, least)
        np.minimum.at(lower, limit + 1, least - limit)
        higher, lower = np.minimum.accumulate(higher[::-1])[::-1], np.minimum.accumulate(lower)
        own = wide.row_limit
        margin = np.minimum(higher[own] - own, lower[own]) + prices.gain
        doubtful: Array = (own >= self._floor) & (margin < 0)
        return doubtful


def _cheapest(spare: Array, fallen: Array) -> int:
    """The fall of prices with which the fewest pairs need looking at.

    Those are all pairs of the rows with less to spare, and of the other rows those in columns that fell by more.
    """
    falls = np.unique(np.append(fallen, 0))
    whole = np.searchsorted(np.sort(spare), falls)
    more = fallen.size - np.searchsorted(np.sort(fallen), falls, "right")
    return int(falls[np.argmin(whole * fallen.size + (spare.size - whole) * more)])
