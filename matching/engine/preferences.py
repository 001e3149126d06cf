"""What the people of a pool ask, as arrays: grouped for the score, row by row for the reasons.

Preferences whose asker's own value may not be seen are skipped, so they never get in here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.catalogue import Asked, Catalogue
from matching.engine.measures import Targets
from matching.engine.rules import Array
from matching.engine.schema import WEIGHTS, Direction, Strength


@dataclass(frozen=True, slots=True)
class Group:
    """K preferences of one characteristic and direction, all conditions or all with a weight.

    `rows` (K,) are the askers' rows in the pool, each at most once; `weights` (K,) uint16, 0 for conditions.
    """

    characteristic: str
    direction: Direction
    condition: bool
    rows: Array
    targets: Targets
    weights: Array


@dataclass(frozen=True, slots=True)
class Preferences:
    """What N people ask: the groups, each person's sum of weights (N,), and all by row.

    `by_row` holds distinct preferences once each and refers to them by number: row i asks
    `distinct[number]` for the numbers `asked[start[i]:start[i + 1]]`, in the order given.
    """

    groups: tuple[Group, ...]
    weights: Array
    start: Array
    asked: Array
    distinct: tuple[Asked, ...]

    def of(self, row: int) -> list[Asked]:
        """What one person asks, in the order given."""
        numbers = self.asked[self.start[row] : self.start[row + 1]]
        return [self.distinct[number] for number in numbers.tolist()]

    def judge(self, catalogue: Catalogue, other: Mapping[str, int]) -> tuple[Array, Array]:
        """Everyone about one person with these shown codes.

        Returns whether each one's conditions hold, (N,) bool, and their sums of weight times agreement,
        (N,) int64.
        """
        hold = np.ones(self.weights.size, np.bool_)
        earned = np.zeros(self.weights.size, np.int64)
        for group in self.groups:
            measure = catalogue.measure(group.characteristic)
            code = other.get(measure.source(group.direction))
            agreement, passes = measure.by_all(group.direction, group.targets, code)
            if group.condition:
                hold[group.rows] &= passes
            else:
                earned[group.rows] += group.weights * agreement
        return hold, earned


def gather(catalogue: Catalogue, asked: Sequence[Sequence[Asked]]) -> Preferences:
    """The preferences of a pool from those of each of its rows."""
    numbers: dict[Asked, int] = {}
    flat = [numbers.setdefault(each, len(numbers)) for row in asked for each in row]
    distinct = tuple(numbers)
    weight = np.array([WEIGHTS[each.preference.strength] for each in distinct], np.int64)
    start = np.concatenate([[0], np.cumsum([len(row) for row in asked], dtype=np.int64)]).astype(np.int64)
    rows = np.repeat(np.arange(len(asked)), np.diff(start))
    numbered = np.array(flat, np.int32)
    return Preferences(
        groups=_groups(catalogue, distinct, numbered, rows),
        weights=np.bincount(rows, weight[numbered], len(asked)).astype(np.int64),
        start=start,
        asked=numbered,
        distinct=distinct,
    )


def _groups(
    catalogue: Catalogue,
    distinct: Sequence[Asked],
    numbered: Array,
    rows: Array,
) -> tuple[Group, ...]:
    """Each group's arrays are filled from its few distinct preferences, not from its many askers."""
    members: dict[tuple[str, Direction, bool], list[int]] = {}
    for number, each in enumerate(distinct):
        preference = each.preference
        condition = preference.strength == Strength.REQUIRE
        members.setdefault((preference.characteristic, preference.direction, condition), []).append(number)
    group_of, place_of = _places(list(members.values()), len(distinct))
    order = np.argsort(group_of[numbered], kind="stable")
    ends = np.cumsum(np.bincount(group_of[numbered], minlength=len(members)))
    chosen = np.split(order, ends[:-1]) if members else []
    return tuple(
        _group(catalogue, key, [distinct[number] for number in numbers], rows[at], place_of[numbered[at]])
        for (key, numbers), at in zip(members.items(), chosen, strict=True)
    )


def _places(members: Sequence[Sequence[int]], distinct: int) -> tuple[Array, Array]:
    """Of each distinct preference, the number of its group and its place within it."""
    group_of, place_of = np.zeros(distinct, np.int64), np.zeros(distinct, np.int64)
    for group, numbers in enumerate(members):
        group_of[numbers] = group
        place_of[numbers] = np.arange(len(numbers))
    return group_of, place_of


def _group(
    catalogue: Catalogue,
    key: tuple[str, Direction, bool],
    distinct: Sequence[Asked],
    rows: Array,
    places: Array,
) -> Group:
    characteristic, direction, condition = key
    codes, sizes = catalogue.measure(characteristic).targets(direction, [each.target for each in distinct])
    weights = np.array([WEIGHTS[each.preference.strength] for each in distinct], np.uint16)
    return Group(
        characteristic=characteristic,
        direction=direction,
        condition=condition,
        rows=rows,
        targets=Targets(codes[..., places], sizes[places]),
        weights=weights[places],
    )
