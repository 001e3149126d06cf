"""Agreement (0-60) and passing, kind by kind: the table of rules, all of it our decision.

Every function takes whole numbers or arrays of them that broadcast, and only values that are known.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.schema import FULL, Characteristic, Direction, Kind

Array = NDArray[Any]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
SCALE_STEP = 15


def coded_agreement(characteristic: Characteristic, direction: Direction, own: Ints, other: Ints) -> Ints:
    """Agreement between codes of a category, ordinal or scale, for `same`, `different` and `above`."""
    if direction == Direction.ABOVE:
        return np.where(other > own, FULL, np.where(other == own, FULL // 2, 0))
    same = _likeness(characteristic, own, other)
    return FULL - same if direction == Direction.DIFFERENT else same


def _likeness(characteristic: Characteristic, own: Ints, other: Ints) -> Ints:
    if characteristic.kind == Kind.CATEGORY:
        group = parent_codes(characteristic)
        siblings = (group[own] == group[other]) & (group[own] >= 0)
        return np.where(own == other, FULL, np.where(siblings, FULL // 2, 0))
    step = SCALE_STEP if characteristic.kind == Kind.SCALE else min(characteristic.step, FULL)
    agreement: Ints = np.maximum(FULL - step * np.abs(own - other), 0)
    return agreement


def parent_codes(characteristic: Characteristic) -> Ints:
    """For each option the number of its parent group, -1 for none; shape (options,)."""
    numbers = {parent: number for number, parent in enumerate(dict.fromkeys(characteristic.parents))}
    return np.array([-1 if parent is None else numbers[parent] for parent in characteristic.parents])


def coded_passes(characteristic: Characteristic, direction: Direction, own: Ints, other: Ints) -> Bools:
    """Whether a condition holds between codes, for `same`, `different` and `above`.

    Neighbours pass as the same on an ordinal and a scale; on a scale they don't pass as different either.
    """
    if direction == Direction.ABOVE:
        return other > own
    distance: Ints = np.abs(own - other)
    if direction == Direction.SAME:
        return distance <= (0 if characteristic.kind == Kind.CATEGORY else 1)
    return distance >= (2 if characteristic.kind == Kind.SCALE else 1)


def multi_agreement(direction: Direction, common: Ints, size: Ints | int) -> Ints:
    """Agreement where `common` of the `size` options asked (1-6 of one's own, any for `one_of`) are found."""
    if direction == Direction.ONE_OF:
        return FULL * (common > 0)
    share = FULL * common // size
    return FULL - share if direction == Direction.DIFFERENT else share


def multi_passes(direction: Direction, common: Ints, size: Ints | int) -> Bools:
    """Whether a condition holds: any option asked, or at least half of mine (`different`: less than half)."""
    if direction == Direction.ONE_OF:
        return common > 0
    half: Bools = 2 * common >= size
    return ~half if direction == Direction.DIFFERENT else half
