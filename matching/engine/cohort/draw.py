"""A number for each pair that looks drawn by chance and is always the same: it settles what scores leave open."""

from typing import Final

import numpy as np

from matching.engine.rules import Array

DRAW_BITS: Final = 40


def draw(rows: Array, columns: Array) -> Array:
    """Whole numbers of `DRAW_BITS` bits, int64, for pairs of rows and columns (the mixing of SplitMix64)."""
    mixed = rows.astype(np.uint64) << np.uint64(32) | columns.astype(np.uint64)
    mixed += np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ mixed >> np.uint64(31)) >> np.uint64(64 - DRAW_BITS)).astype(np.int64)
