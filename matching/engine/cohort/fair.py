"""The most mentees matched, then the worst-off pair's score as high as possible: the floor for all pairs."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.engine.cohort.flow import expanded
from matching.engine.cohort.graph import Graph, Pairs, blocks, where
from matching.engine.cohort.scores import Board
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array

KEEP = 16
MORE = 8


class Floors:
    """How many can be matched where every pair scores at least so much, proven against all pairs."""

    def __init__(self, board: Board, wide: Graph, places: Array) -> None:
        self._board, self._places = board, places
        self.graph = wide

    def highest(self) -> int:
        """The highest floor at which as many can be matched as without one."""
        most = self._proven(0)
        low, high = 0, HIGHEST + 1
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
        """The column of each row, -1 for none, with as many matched as can be."""
        pair, place, owner = expanded(graph.row, graph.column, self._places)
        if not pair.size:
            return np.full(graph.shape[0], -1)
        shape = graph.shape[0], owner.size
        table = csr_array((np.ones(pair.size, np.bool_), (graph.row[pair], place)), shape=shape)
        taken = maximum_bipartite_matching(table, perm_type="column")
        return np.where(taken < 0, -1, owner[taken])

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
