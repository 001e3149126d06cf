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
    least all pairs outside the graph were worth less than gain and price when all were last looked at.
    """

    def __init__(self, board: Board, shape: tuple[int, int], prize: int, floor: int) -> None:
        self._board, self._prize, self._floor = board, prize, floor
        self._spare = np.full(shape[0], -NEVER)
        self._prices = Prices(*(np.zeros(size, np.int64) for size in shape))
        self.bound = NEVER * NEVER

    def missed(self, graph: Graph, prices: Prices, worth: int) -> Pairs:
        """Pairs outside the graph that could make a difference at its prices, and some that nearly could.

        None at all where the graph's best matching, which is worth so much, is the best of all.
        """
        found, excess = self._swept(graph, prices)
        self.bound = min(self.bound, worth + excess)
        return found if excess else Pairs.none()

    def _swept(self, graph: Graph, prices: Prices) -> tuple[Pairs, int]:
        """What is missed among all pairs, and by how much the bound rises by it.

        What was short of its price is now short of it by as much less as gain and price have fallen. Where only a
        few prices have fallen much, most rows need looking at in those columns alone.
        """
        fallen = np.maximum(self._prices.price - prices.price, 0)
        spare = self._spare + prices.gain - self._prices.gain
        doubtful = self._doubtful(graph, prices)
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
        known = graph.number
        for some in blocks(rows):
            place, pairs = self._near(board.score(some), some, columns)
            pairs = pairs._replace(column=columns[pairs.column])
            fresh = ~_among(pairs.row * graph.shape[1] + pairs.column, known)
            place, pairs = place[fresh], pairs.at(fresh)
            over = pairs.score + self._prize - self._prices.gain[pairs.row] - self._prices.price[pairs.column]
            most = np.zeros(some.size, np.int64)
            np.maximum.at(most, place, over)
            excess += int(most.sum())
            near = np.minimum(over + NEAR, HIGHEST)
            best = pairs._replace(score=near).best(place, MORE)
            row, near = pairs.row[best], near[best]
            crowded = np.bincount(place[best], minlength=some.size)[place[best]] == MORE
            self._spare[some] = np.minimum(self._spare[some], NEAR)
            np.minimum.at(self._spare, row[crowded], np.where(near < HIGHEST, NEAR - near, -NEVER)[crowded])
            found.append(pairs.at(best))
        return Pairs.joined(found), excess

    def _near(self, score: Array, rows: Array, columns: Array) -> tuple[Array, Pairs]:
        """The pairs that are short of what prices say by less than `NEAR`, and the places of their rows."""
        exact = np.int32 if self._prize < 2**30 else np.int64
        least = (self._prices.price[columns] - self._prize - NEAR).astype(exact)
        chosen = np.subtract(score, least, dtype=exact) > self._prices.gain[rows, np.newaxis].astype(exact)
        chosen &= score >= self._floor
        return where(chosen, score, rows)

    def _doubtful(self, graph: Graph, prices: Prices) -> Array:
        """Rows (N,) bool in which the limits allow for a pair outside the graph that is worth more than prices say.

        Such a pair scores no more than its row's limit and its column's. So for each limit that a row can have,
        the least of price less score over the columns is looked up.
        """
        open_ = graph.column_limit >= self._floor
        limit, least = graph.column_limit[open_], (prices.price - self._prize)[open_]
        higher, lower = np.full((2, HIGHEST + 2), NEVER)
        np.minimum.at(higher, limit, least)
        np.minimum.at(lower, limit + 1, least - limit)
        higher, lower = np.minimum.accumulate(higher[::-1])[::-1], np.minimum.accumulate(lower)
        own = graph.row_limit
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


def _among(some: Array, others: Array) -> Array:
    """Which of some numbers are among others, ascending."""
    at = np.minimum(np.searchsorted(others, some), max(others.size - 1, 0))
    found: Array = others[at] == some if others.size else np.zeros(some.size, np.bool_)
    return found
