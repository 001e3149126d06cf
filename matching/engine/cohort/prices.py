"""What a place with each mentor is worth: prices that prove a matching the best of its graph.

Of all prices that do, these are the least, so they do not depend on which of several best matchings was found.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.cohort.graph import Graph
from matching.engine.rules import Array


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Gain (N,) of each row and price (M,) of each column's places, int64: no pair is worth more than the two."""

    gain: Array
    price: Array


def least_prices(graph: Graph, prize: int, chosen: Array) -> Prices:
    """The prices of a graph of which the pairs at the places `chosen` are a best matching.

    A pair is worth its score and a prize.

    Who is left alone bids all that a place is worth to them, others what it is worth more than their own; whoever
    finds their own place dearer bids anew.
    """
    rows, columns = graph.shape
    row, column, worth = graph.row, graph.column, graph.score + prize
    mate = np.full(rows, -1)
    mate[row[chosen]] = column[chosen]
    has = np.zeros(rows, np.int64)
    has[row[chosen]] = worth[chosen]
    price = np.zeros(columns, np.int64)
    bidding = np.ones(rows, np.bool_)
    own = np.zeros(rows, np.int64)
    while bidding.any():
        own = np.where(mate < 0, 0, price[mate])
        _, pairs = graph.of_rows(np.flatnonzero(bidding))
        bids = worth[pairs] + (own - has)[row[pairs]]
        before = price.copy()
        np.maximum.at(price, column[pairs], bids)
        bidding = (mate >= 0) & (price > before)[mate]
    return Prices(np.where(mate < 0, 0, has - price[mate]), price)
