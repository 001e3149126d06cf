"""What one role asks of the other, as two sparse matrices whose product is the sum of weight times agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from matching.engine.catalogue import Catalogue
from matching.engine.measures import WORD, Coded, Measure, expected, widen, words_for
from matching.engine.people import DIRECTIONS, STRENGTHS, Asks, People
from matching.engine.rules import Array, multi_passes
from matching.engine.schema import FULL, WEIGHTS, Direction, Strength

_WEIGHTS: Final = np.array([WEIGHTS[strength] for strength in STRENGTHS], np.int64)
_REQUIRE: Final = STRENGTHS.index(Strength.REQUIRE)
EXACT_SUM: Final = 2**24
"""Whole numbers up to here are exact as float32."""

EXACT_WEIGHT: Final = 90
"""Sums of weights up to here leave a float32 quotient nearer to its own value than to the next whole number."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """K asks about sets that no product can judge: any of these options, or a condition about one's own.

    Args:
        rows: (K,) the askers, ascending, none twice.
        target: (words, K) in the words of `column`.
        size: (K,) how many options of one's own.
        gain: (K,) what is added where the ask passes.
        column: (words, others).
    """

    rows: Array
    direction: Direction
    target: Array
    size: Array
    gain: Array
    column: Array

    def gains(self, asks: Array, others: Array, exact: np.dtype[np.floating]) -> Array:
        """What these asks add about these others: (asks, others)."""
        column, target = self.column[:, others], self.target[:, asks, np.newaxis]
        if self.direction == Direction.ONE_OF:
            passes = np.any([mine & theirs for mine, theirs in zip(target, column, strict=True)], axis=0)
        else:
            common = sum(np.bitwise_count(mine & theirs) for mine, theirs in zip(target, column, strict=True))
            passes = multi_passes(self.direction, common, self.size[asks, np.newaxis]) & column.any(axis=0)
        gains: Array = passes * self.gain[asks, np.newaxis].astype(exact)
        return gains


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What N askers of one role ask of M others.

    Args:
        asks: (N, F) the worth of each answer to each asker: weight times agreement for points, minus more than
            all points together for an answer that fails a condition. So a sum below 0 says that they don't fit.
        answers: (M, F) 1 where that is the person's answer.
        counted: what has to be added to the product of the two.
        weight: (N,) the sum of each asker's weights.
    """

    asks: csr_array
    answers: csr_array
    counted: tuple[Counted, ...]
    weight: Array

    @classmethod
    def of(cls, askers: People, others: People) -> "Side":
        return _Builder(askers, others).side()

    @property
    def exact(self) -> np.dtype[np.floating]:
        """The narrowest type in which everything computed of this side is exact."""
        lowest = abs(self.asks).sum(axis=1).max(initial=0) if self.asks.nnz else 0
        small = lowest < EXACT_SUM and self.weight.max(initial=0) <= EXACT_WEIGHT
        return np.dtype(np.float32 if small else np.float64)


class _Group(NamedTuple):
    """The asks of one characteristic and direction, all conditions or all with a weight."""

    measure: Measure
    direction: Direction
    condition: bool
    entries: Array


class _Cells:
    """Entries of a sparse matrix as they are found."""

    def __init__(self) -> None:
        self._rows: list[Array] = []
        self._columns: list[Array] = []
        self._values: list[Array] = []

    def add(self, rows: Array, columns: Array, values: Array | int) -> None:
        shape = np.broadcast_shapes(rows.shape, columns.shape, np.shape(values))
        for found, more in ((self._rows, rows), (self._columns, columns), (self._values, np.asarray(values))):
            found.append(np.broadcast_to(more, shape).ravel())

    def matrix(self, rows: int, columns: int) -> csr_array:
        if not self._rows:
            return csr_array((rows, columns), dtype=np.float64)
        at = np.concatenate(self._rows), np.concatenate(self._columns)
        matrix = csr_array((np.concatenate(self._values).astype(np.float64), at), shape=(rows, columns))
        matrix.eliminate_zeros()
        return matrix


class _Builder:
    def __init__(self, askers: People, others: People) -> None:
        self._catalogue: Catalogue = askers.catalogue
        self._asks: Asks = askers.asks
        self._others = others
        self._row = askers.asks.row
        self._weights = _WEIGHTS[self._asks.code % len(STRENGTHS)]
        self._weight = np.bincount(self._row, self._weights, len(askers)).astype(np.int64)
        self._barrier = FULL * int(self._weight.max(initial=0)) + 1
        self._width = 1
        self._places: dict[tuple[str, bool], int] = {}
        self._worths, self._answers = _Cells(), _Cells()
        self._answers.add(np.arange(len(others)), np.zeros(1, np.int64), 1)
        self._counted: list[Counted] = []

    def side(self) -> Side:
        for group in self._groups():
            if isinstance(group.measure, Coded):
                self._add_codes(group, group.measure)
            elif group.condition or group.direction == Direction.ONE_OF:
                self._add_counted(group)
            else:
                self._add_sets(group)
        asks = self._worths.matrix(self._weight.size, self._width)
        answers = self._answers.matrix(len(self._others), self._width)
        used = np.flatnonzero((np.diff(asks.tocsc().indptr) > 0) & (np.diff(answers.tocsc().indptr) > 0))
        return Side(asks[:, used], answers[:, used], tuple(self._counted), self._weight)

    def _groups(self) -> Iterator[_Group]:
        direction, strength = np.divmod(self._asks.code.astype(np.int64), len(STRENGTHS))
        number = (self._asks.about.astype(np.int64) * len(DIRECTIONS) + direction) * 2 + (strength == _REQUIRE)
        order = np.argsort(number, kind="stable")
        numbers, first = np.unique(number[order], return_index=True)
        for each, entries in zip(numbers.tolist(), np.split(order, first[1:]), strict=bool(numbers.size)):
            rest, condition = divmod(each, 2)
            about, way = divmod(rest, len(DIRECTIONS))
            measure = self._catalogue.measure(self._catalogue.keys_in_order[about])
            yield _Group(measure, DIRECTIONS[way], bool(condition), entries)

    def _add_codes(self, group: _Group, measure: Coded) -> None:
        """One feature for each answer, the last one standing for unknown."""
        entries = group.entries
        agreement, passes = _verdicts(measure, group.direction, self._asks.target[:, entries])
        worth = -self._barrier * ~passes if group.condition else self._weights[entries, np.newaxis] * agreement
        place = self._block(measure.source(group.direction), group.condition)
        self._worths.add(self._row[entries, np.newaxis], place + np.arange(worth.shape[1]), worth)

    def _add_sets(self, group: _Group) -> None:
        """One feature for each option and one for unknown; what is unlike counts down from full agreement."""
        entries, rows = group.entries, self._row[group.entries]
        full = self._weights[entries] * FULL
        unlike = group.direction == Direction.DIFFERENT
        source = group.measure.source(group.direction)
        place = self._block(source, False)
        asker, option = np.nonzero(_bits(self._asks.target[:, entries], len(self._catalogue[source].options)))
        each = (full // self._asks.size[entries])[asker]
        self._worths.add(rows[asker], place + 1 + option, -each if unlike else each)
        unknown = self._weights[entries] * expected(group.measure.characteristic, group.direction)
        self._worths.add(rows, np.array([place]), unknown - full if unlike else unknown)
        if unlike:
            self._worths.add(rows, np.zeros(1, np.int64), full)

    def _add_counted(self, group: _Group) -> None:
        entries = group.entries[np.argsort(self._row[group.entries], kind="stable")]
        rows, weights = self._row[entries], self._weights[entries]
        source = group.measure.source(group.direction)
        column = (self._others.shown if group.condition else self._others.values)[source]
        gain = np.full(rows.size, self._barrier) if group.condition else FULL * weights
        kept = words_for(len(self._catalogue[source].options))
        words, target = _narrow(widen(column, kept), self._asks.target[:kept, entries])
        self._counted.append(Counted(rows, group.direction, target, self._asks.size[entries], gain, words))
        if group.condition:
            self._worths.add(rows, np.zeros(1, np.int64), -self._barrier)
        else:
            unknown = weights * expected(group.measure.characteristic, group.direction)
            self._worths.add(rows, np.array([self._block(source, False)]), unknown)

    def _block(self, source: str, condition: bool) -> int:
        """The first feature about the answers in a characteristic: all that count, or those for conditions."""
        values, shown = self._others.values[source], self._others.shown[source]
        key = source, condition and values is not shown and not np.array_equal(values, shown)
        if key not in self._places:
            self._places[key] = self._width
            self._width += self._add_answers(self._catalogue.measure(source), shown if key[1] else values)
        return self._places[key]

    def _add_answers(self, measure: Measure, column: Array) -> int:
        """Add a column's answers as features; returns how many features they are."""
        if isinstance(measure, Coded):
            self._answers.add(np.arange(column.size), self._width + column.astype(np.int64), 1)
            return measure.size + 1
        size = len(measure.characteristic.options)
        person, option = np.nonzero(_bits(widen(column, words_for(size)), size))
        self._answers.add(person, self._width + 1 + option, 1)
        self._answers.add(np.flatnonzero(~column.any(axis=0)), np.array([self._width]), 1)
        return size + 1


def _verdicts(measure: Coded, direction: Direction, target: Array) -> tuple[Array, Array]:
    """Agreement and passing of K asks about every answer of a coded characteristic: (K, answers)."""
    if direction == Direction.ONE_OF:
        passes = np.pad(_bits(target, measure.size), ((0, 0), (0, 1)))
        agreement = FULL * passes
        agreement[:, -1] = expected(measure.characteristic, direction)
        return agreement, passes
    codes, which = np.unique(target[0], return_inverse=True)
    tables = [measure.about_each(direction, code) for code in codes.tolist()]
    agreement, passes = (np.stack(part)[which] for part in zip(*tables, strict=True))
    return agreement, passes


def _bits(words: Array, size: int) -> Array:
    """Which of `size` options each set of a column holds: (sets, size) bool."""
    places = np.arange(size)
    return (words[places // WORD].T >> (places % WORD).astype(np.uint64) & np.uint64(1)).astype(np.bool_)


def _narrow(words: Array, others: Array) -> tuple[Array, Array]:
    """Both in the narrowest type of words that holds them."""
    most = max(words.max(initial=0), others.max(initial=0))
    narrow = np.min_scalar_type(most)
    return words.astype(narrow), others.astype(narrow)
