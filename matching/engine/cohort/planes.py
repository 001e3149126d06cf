"""What people answered as planes: for each thing that may be looked for, a row of whole numbers over the people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

import numpy as np

from matching.engine.checks import allowed
from matching.engine.measures import BYTE, KEPT_TABLES, Coded, Measure
from matching.engine.people import DIRECTIONS, People
from matching.engine.rules import Array
from matching.engine.schema import Direction

_COMPLEMENTS: Final = DIRECTIONS.index(Direction.COMPLEMENTS)
ONES: Final = 0
"""The plane that is 1 for everybody."""


class _Part(Protocol):
    """The planes of one characteristic."""

    def fill(self, planes: Array, others: Array) -> None:
        """Write what is to be said of these others into `planes` (k, others)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Codes:
    """Planes of codes: `table` (k, answers) looked up in `column`."""

    table: Array
    column: Array

    def fill(self, planes: Array, others: Array) -> None:
        np.take(self.table, self.column[others], axis=1, out=planes, mode="clip")


@dataclass(frozen=True, slots=True, eq=False)
class _Sets:
    """Planes of sets: who has which of `options` (k,); -1 asks who is not known to have any."""

    options: Array
    column: Array

    def fill(self, planes: Array, others: Array) -> None:
        column = self.column[:, others]
        np.copyto(planes, column[self.options // BYTE] >> (self.options % BYTE).astype(np.uint8)[:, np.newaxis] & 1)
        planes[self.options < 0] = ~column.any(axis=0)


class Sought(NamedTuple):
    """All that may be looked for in a code: rows over the other's answers, the last of which stands for unknown.

    Args:
        table: (rows, answers) uint8. First one row for each answer, which is 1 there alone.
        agreement: in which row the agreement of the own codes begins, for each direction.
        fails: in which row it begins whether a condition of the own codes would fail.
    """

    table: Array
    agreement: Sequence[int]
    fails: Sequence[int]


@lru_cache(KEPT_TABLES)
def sought_in(measure: Coded) -> Sought:
    """All directions but `one_of`, for whose options there are the rows of single answers."""
    rows: list[Array] = [np.eye(measure.size + 1, dtype=np.uint8)]
    starts: tuple[list[int], list[int]] = ([], [])
    for direction in DIRECTIONS:
        possible = direction != Direction.ONE_OF and allowed(measure.characteristic, direction)
        agreement, passes = measure.table(direction) if possible else np.zeros((2, 0, measure.size + 1), np.bool_)
        for start, part in zip(starts, (agreement, ~passes), strict=True):
            start.append(sum(map(len, rows)))
            rows.append(part.astype(np.uint8))
    return Sought(np.vstack(rows), *starts)


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """The planes that are looked for at all, `size` of them, of exactly this type."""

    parts: tuple[tuple[slice, _Part], ...]
    size: int
    exact: np.dtype[np.signedinteger]

    def of(self, others: Array) -> Array:
        """(size, others), of the rows of these others."""
        found = np.empty((self.size, others.size), self.exact)
        found[ONES] = 1
        for rows, part in self.parts:
            part.fill(found[rows], others)
        return found


class Numbered:
    """All planes there could be of some people, numbered characteristic by characteristic.

    Twice over: with all answers that count, and with those that conditions may see where these are not the same.
    Codes have the planes of `sought_in`, sets one for unknown and one for each option.
    """

    def __init__(self, people: People) -> None:
        catalogue = people.catalogue
        self._columns = [(people.values[key], people.shown[key]) for key in catalogue]
        self._measures = [catalogue.measure(key) for key in catalogue]
        self.coded = np.array([isinstance(each, Coded) for each in self._measures], np.bool_)
        self.answers = np.array([_answers(each) for each in self._measures], np.int64)
        keys = {key: place for place, key in enumerate(catalogue)}
        self._counterpart = np.array([keys[each.source(Direction.COMPLEMENTS)] for each in self._measures], np.int64)
        sizes = [len(sought_in(each).table) if isinstance(each, Coded) else _answers(each) for each in self._measures]
        self._first = ONES + 1 + np.cumsum([0, *np.repeat(sizes, 2)], dtype=np.int64)
        self._apart = np.array([not _equal(*columns) for columns in self._columns], np.bool_)
        starts = [_starts(each) for each in self._measures]
        self._starts = np.array(starts, np.int64).reshape(-1, 2, len(DIRECTIONS))

    def looked_at(self, about: Array, direction: Array) -> Array:
        """The places of the characteristics that asks look at in the other."""
        return np.where(direction == _COMPLEMENTS, self._counterpart[about], about) if about.size else about

    def first(self, place: Array, requires: Array) -> Array:
        """The number of the first plane of these characteristics, for conditions or not."""
        return self._first[2 * place + (requires & self._apart[place])] if place.size else place

    def of_own(self, about: Array, direction: Array, requires: Array) -> Array:
        """The number of the first plane for own codes: of what they agree to, or of whether conditions fail."""
        if not about.size:
            return about
        return self.first(about, requires) + self._starts[about, requires.astype(np.int64), direction]

    def used(self, numbers: Array, exact: np.dtype[np.signedinteger]) -> tuple[Array, Planes]:
        """Which place each number has among the planes that are used, and these."""
        used = np.zeros(self._first[-1], np.bool_)
        used[ONES] = True
        used[numbers] = True
        place = np.cumsum(used) - 1
        parts = []
        for look in np.unique(np.searchsorted(self._first, np.flatnonzero(used)[1:], "right") - 1).tolist():
            rows = np.flatnonzero(used[self._first[look] : self._first[look + 1]])
            at = place[self._first[look] + rows[0]]
            parts.append((slice(at, at + rows.size), self._part(look, rows, exact)))
        return place[numbers], Planes(tuple(parts), int(place[-1]) + 1, exact)

    def _part(self, look: int, rows: Array, exact: np.dtype[np.signedinteger]) -> _Part:
        measure, column = self._measures[look // 2], self._columns[look // 2][look % 2]
        if isinstance(measure, Coded):
            return _Codes(sought_in(measure).table[rows].astype(exact), column)
        return _Sets(rows - 1, column)


def _equal(values: Array, shown: Array) -> bool:
    return values is shown or np.array_equal(values, shown)


def _answers(measure: Measure) -> int:
    """How many different answers are told apart, unknown among them."""
    return measure.size + 1 if isinstance(measure, Coded) else len(measure.characteristic.options) + 1


def _starts(measure: Measure) -> Sequence[Sequence[int]]:
    return sought_in(measure)[1:] if isinstance(measure, Coded) else [[0] * len(DIRECTIONS)] * 2
