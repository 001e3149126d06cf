"""The solver behind one function: OR-Tools' min-cost flow where it is installed, else SciPy's sparse assignment."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.engine.cohort.spans import spans
from matching.engine.rules import Array

try:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
except ImportError:
    SimpleMinCostFlow = None


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Whom to match so that the sum of costs is least.

    Args:
        row, column, cost: (E,) the pairs that may be matched; costs are whole numbers below 2^40.
        places: (M,) how many each column takes.
        alone: (N,) what it costs to leave a row unmatched, -1 where it must not be.
        full: (M,) bool, columns of which no place may stay empty.
    """

    row: Array
    column: Array
    cost: Array
    places: Array
    alone: Array
    full: Array


Solver = Callable[[Task], Array]
"""Gives the places in `row` of the pairs chosen, ascending."""


def solve_with_ortools(task: Task) -> Array:
    """A flow from each row over the pairs to the columns, their places and the end."""
    rows, columns = task.alone.size, task.places.size
    end = rows + columns
    free = np.flatnonzero(task.alone >= 0)
    open_ = np.flatnonzero(~task.full)
    flow = SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        task.row.astype(np.int32), (rows + task.column).astype(np.int32), np.ones(task.row.size, np.int64), task.cost
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        free.astype(np.int32), np.full(free.size, end, np.int32), np.ones(free.size, np.int64), task.alone[free]
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        (rows + open_).astype(np.int32),
        np.full(open_.size, end, np.int32),
        task.places[open_],
        np.zeros(open_.size, np.int64),
    )
    needed = np.where(task.full, task.places, 0)
    supplies = np.concatenate([np.ones(rows, np.int64), -needed, [needed.sum() - rows]])
    flow.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supplies)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow has no solution")
    return np.flatnonzero(flow.flows(pairs))


def solve_with_scipy(task: Task) -> Array:
    """A perfect matching of rows and empty places with places and rows left alone.

    Each place has a filler beside the rows, each row a stand-in beside the places. A filler takes its own place
    where that is empty, else the stand-in of the row that took it.
    """
    rows, columns = task.alone.size, task.places.size
    pair, place, owner = _expanded(task.row, task.column, task.places)
    filler, standing = rows + np.arange(owner.size), owner.size + np.arange(rows)
    free, empty = np.flatnonzero(task.alone >= 0), np.flatnonzero(~task.full[owner])
    left = np.concatenate([task.row[pair], free, filler[empty], filler[place]])
    right = np.concatenate([place, standing[free], empty, standing[task.row[pair]]])
    cost = np.concatenate([task.cost[pair], task.alone[free], np.zeros(empty.size + pair.size, np.int64)])
    both = rows + owner.size
    # An explicit 0 would count as no pair; 1 more for each changes nothing, as all of one side are matched.
    graph = coo_array((cost + 1.0, (left, right)), shape=(both, both)).tocsr()
    taken = min_weight_full_bipartite_matching(graph)[1][:rows]
    matched = np.flatnonzero(taken < owner.size)
    return np.searchsorted(task.row * columns + task.column, matched * columns + owner[taken[matched]])


def _expanded(row: Array, column: Array, places: Array) -> tuple[Array, Array, Array]:
    """Each pair once for each place it can have: pairs and places; and the column of each place.

    Where there are places for all pairs of a column, each pair has one of its own.
    """
    wanted = np.bincount(column, minlength=places.size)
    places = np.minimum(places, wanted)
    first = np.cumsum(places) - places
    order = np.argsort(column, kind="stable")
    rank = np.empty(order.size, np.int64)
    rank[order] = spans(np.zeros_like(wanted), wanted)
    ample = (places == wanted)[column]
    copies = np.where(ample, 1, places[column])
    pair = np.repeat(np.arange(copies.size), copies)
    place = spans(first[column] + np.where(ample, rank, 0), copies)
    return pair, place, np.repeat(np.arange(places.size), places)


fastest: Solver = solve_with_scipy if SimpleMinCostFlow is None else solve_with_ortools
