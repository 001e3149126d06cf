"""The most mentees matched, then the largest total score, proven against all pairs."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np

from matching.engine.cohort.draw import draw
from matching.engine.cohort.flow import Solver, Task
from matching.engine.cohort.graph import Graph, Pairs
from matching.engine.cohort.prices import Prices, least_prices
from matching.engine.cohort.proof import Proof
from matching.engine.cohort.scores import Board
from matching.engine.reasons import HIGHEST
from matching.engine.rules import Array


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The pairs chosen, ascending by row, and the bound on their total, given that they are so many."""

    pairs: Pairs
    bound: int


def largest_total(
    board: Board, graph: Graph, places: Array, floor: int, solver: Solver, progress: Callable[[float], None]
) -> Best:
    """The best matching of all pairs that score `floor` or more.

    The solver sees the pairs of the graph. Its prices tell which others could still make a difference: they are
    looked for among all pairs, and added until there are none. Nobody can say how often that will be, so `progress`
    is told at each turn that half of the rest is done.
    """
    prize = HIGHEST * int(min(graph.shape[0], places.sum())) + HIGHEST + 1
    proof = Proof(board, graph.shape, prize, floor)
    for turn in count(1):
        progress(1 - 0.5**turn)
        chosen = _matched(graph, places, prize, solver)
        prices = least_prices(graph, prize, chosen)
        worth = int((graph.score[chosen] + prize).sum())
        more = proof.missed(graph, prices, worth)
        if not more.row.size:
            break
        graph = graph.with_pairs(more)
    chosen = _drawn(graph, prices, places, prize, solver)
    return Best(graph.pairs.at(chosen), proof.bound - prize * chosen.size)


def _matched(graph: Graph, places: Array, prize: int, solver: Solver) -> Array:
    """A best matching of the graph; to leave somebody alone costs more than all scores together."""
    alone = np.full(graph.shape[0], HIGHEST + prize)
    nowhere = np.zeros(graph.shape[1], np.bool_)
    return solver(Task(graph.row, graph.column, HIGHEST - graph.score, places, alone, nowhere))


def _drawn(graph: Graph, prices: Prices, places: Array, prize: int, solver: Solver) -> Array:
    """Of all best matchings of the graph the one that is drawn, whichever solver looks for it.

    A matching is a best one where it has only pairs that are worth just what the two sides get, leaves nobody
    alone who gets something, and no place empty that has a price.
    """
    tight = np.flatnonzero(graph.score + prize == prices.gain[graph.row] + prices.price[graph.column])
    row, column = graph.row[tight], graph.column[tight]
    alone = np.where(prices.gain > 0, -1, 0)
    return tight[solver(Task(row, column, draw(row, column), places, alone, prices.price > 0))]
