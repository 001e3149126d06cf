"""Numbers in a row, many times over."""

import numpy as np

from matching.engine.rules import Array


def spans(first: Array, size: Array) -> Array:
    """The numbers of spans that start at `first` and have `size` each, one after the other."""
    numbers: Array = np.arange(size.sum()) + np.repeat(first - np.cumsum(size) + size, size)
    return numbers
