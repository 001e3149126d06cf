"""The most mentees matched, then the worst-off pair's score as high as possible: the floor for all pairs."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from matching.engine.cohort.graph import Graph, Pairs, blocks, where
from matching.engine.cohort.scores import Board
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

MORE: Final = 8
"""At most so many pairs a mentee gets at a time."""


class Floors:
    """How many can be matched where every pair scores at least so much, proven against all pairs."""

    def __init__(self, board: Board, graph: Graph, places: Array) -> None:
        self._board, self._places = board, places
        self.graph = graph

    def highest(self) -> int:
        """The highest floor at which as many can be matched as without one."""
        most = self._proven(0)
        low = 0
        while True:
            low = self._highest_of_graph(low, most)
            if self._proven(low + 1) < most:
                return low
            low += 1

    def _highest_of_graph(self, low: int, most: int) -> int:
        """The highest floor from `low` up at which so many can be matched with the pairs of the graph."""
        high = HIGHEST + 1
        while high - low > 1:
            middle = (low + high) // 2
            mates = self._matched(self.graph.from_score(middle))
            low, high = (middle, high) if np.count_nonzero(mates >= 0) == most else (low, middle)
        return low

    def _proven(self, floor: int) -> int:
        """How many can be matched at most, the graph given the pairs for it that it lacked."""
        while True:
            graph = self.graph.from_score(floor)
            mates = self._matched(graph)
            more = self._lacking(graph, mates, floor)
            if not more.row.size:
                return int(np.count_nonzero(mates >= 0))
            self.graph = self.graph.with_pairs(more)

    def _matched(self, graph: Graph) -> Array:
        """The column of each row, -1 for none, with as many matched as can be: a flow that is greatest."""
        rows, columns = graph.shape
        start, end = rows + columns, rows + columns + 1
        left = np.concatenate([np.full(rows, start), graph.row, rows + np.arange(columns)])
        right = np.concatenate([np.arange(rows), rows + graph.column, np.full(columns, end)])
        room = np.concatenate([np.ones(rows + graph.row.size, np.int32), np.minimum(self._places, rows)])
        table = csr_array((room.astype(np.int32), (left, right)), shape=(end + 1, end + 1))
        flow = maximum_flow(table, start, end).flow[:rows].tocoo()
        taken = flow.data > 0
        mates = np.full(rows, -1)
        mates[flow.row[taken]] = flow.col[taken] - rows
        return mates

    def _lacking(self, graph: Graph, mates: Array, floor: int) -> Pairs:
        """Pairs outside the graph with which more might be matched.

        Rows and columns that can be reached from who is left alone are connected; more can be matched only over
        a pair of a row that can be reached and a column that can't (König).
        """
        reached, columns = _reached(graph, mates)
        rows = np.flatnonzero(reached & (graph.row_limit >= floor))
        open_ = np.flatnonzero(~columns & (graph.column_limit >= floor))
        found = []
        if rows.size and open_.size:
            board = self._board.only(open_)
            for some in blocks(rows):
                score = board.score(some)
                place, pairs = where(score >= floor, score, some)
                pairs = pairs.at(pairs.best(place, MORE))
                found.append(pairs._replace(column=open_[pairs.column]))
        return Pairs.joined(found)


def _reached(graph: Graph, mates: Array) -> tuple[Array, Array]:
    """Rows (N,) and columns (M,) that a chain of pairs leads to from a row left alone, each second one matched."""
    rows, columns = mates < 0, np.zeros(graph.shape[1], np.bool_)
    fresh = rows
    while fresh.any():
        _, pairs = graph.of_rows(np.flatnonzero(fresh))
        columns[graph.column[pairs]] = True
        fresh = (mates >= 0) & columns[mates] & ~rows
        rows = rows | fresh
    return rows, columns
