"""What one role asks of the other, as two sparse matrices whose product is the sum of weight times agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from matching.engine.catalogue import Catalogue
from matching.engine.measures import WORD, Coded, Measure, expected, widen, words_for
from matching.engine.people import DIRECTIONS, STRENGTHS, Asks, People
from matching.engine.rules import Array, coded_agreement, coded_passes, multi_passes
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
        """The type in which all that is computed of this side is exact."""
        return np.dtype(self.asks.dtype)


class _Group(NamedTuple):
    """The asks of one characteristic and direction; conditions are in a group of their own where they are apart."""

    measure: Measure
    direction: Direction
    condition: bool
    entries: Array


class _Cells:
    """Entries of a sparse matrix as they are found."""

    def __init__(self) -> None:
        self._found: list[tuple[Array, Array, Array]] = []

    def add(self, rows: Array, columns: Array | int, values: Array | int) -> None:
        """Add entries one by one; columns and values that are one number are for all rows."""
        columns, values = (
            each if isinstance(each, np.ndarray) else np.full(rows.size, each) for each in (columns, values)
        )
        self._found.append((rows, columns, values))

    def all(self) -> tuple[Array, Array, Array]:
        """Rows, columns and values of all that are not 0."""
        rows, columns, values = (np.concatenate(part) for part in zip(*self._found, strict=True))
        at = np.flatnonzero(values)
        return rows[at], columns[at], values[at]


class _Builder:
    def __init__(self, askers: People, others: People) -> None:
        self._catalogue: Catalogue = askers.catalogue
        self._asks: Asks = askers.asks
        self._others = others
        self._row = askers.asks.row
        strength = self._asks.code % len(STRENGTHS)
        self._weights, self._requires = _WEIGHTS[strength], strength == _REQUIRE
        self._weight = np.bincount(self._row, self._weights, len(askers)).astype(np.int64)
        self._barrier = FULL * int(self._weight.max(initial=0)) + 1
        self._width = 1
        self._places: dict[tuple[str, bool], int] = {}
        self._worths, self._answers = _Cells(), _Cells()
        nobody = np.zeros(0, np.int64)
        self._worths.add(nobody, 0, 0)
        self._answers.add(np.arange(len(others)), 0, 1)
        self._counted: list[Counted] = []

    def side(self) -> Side:
        for group in self._groups():
            if isinstance(group.measure, Coded):
                self._add_codes(group, group.measure)
            elif group.condition or group.direction == Direction.ONE_OF:
                self._add_counted(group)
            else:
                self._add_sets(group)
        asks, answers = self._worths.all(), self._answers.all()
        used = np.bincount(asks[1], minlength=self._width) * np.bincount(answers[1], minlength=self._width) > 0
        exact = self._exact(asks)
        return Side(
            _matrix(asks, self._weight.size, used, exact),
            _matrix(answers, len(self._others), used, exact),
            tuple(self._counted),
            self._weight,
        )

    def _exact(self, asks: tuple[Array, Array, Array]) -> np.dtype[np.floating]:
        """The narrowest type in which everything computed of this side is exact."""
        most = np.bincount(asks[0], np.abs(asks[2])).max(initial=0) + self._barrier
        small = most < EXACT_SUM and self._weight.max(initial=0) <= EXACT_WEIGHT
        return np.dtype(np.float32 if small else np.float64)

    def _groups(self) -> Iterator[_Group]:
        """Conditions are apart where they look at other answers than points do, or have to be counted."""
        direction = self._asks.code.astype(np.int64) // len(STRENGTHS)
        apart = np.array([self._looks_apart(key) for key in self._catalogue], np.bool_)
        about = self._asks.about.astype(np.int64)
        number = (about * len(DIRECTIONS) + direction) * 2 + (self._requires & apart[about])
        order = np.argsort(number, kind="stable")
        numbers, first = np.unique(number[order], return_index=True)
        for each, entries in zip(numbers.tolist(), np.split(order, first)[1:], strict=True):
            rest, condition = divmod(each, 2)
            place, way = divmod(rest, len(DIRECTIONS))
            measure = self._catalogue.measure(self._catalogue.keys_in_order[place])
            yield _Group(measure, DIRECTIONS[way], bool(condition), entries)

    def _looks_apart(self, key: str) -> bool:
        values, shown = self._others.values[key], self._others.shown[key]
        coded = isinstance(self._catalogue.measure(key), Coded)
        return not coded or (values is not shown and not np.array_equal(values, shown))

    def _add_codes(self, group: _Group, measure: Coded) -> None:
        """One feature for each answer, the last one standing for unknown."""
        entries = group.entries
        agreement, passes = _verdicts(measure, group.direction, self._asks.target[:, entries])
        fails = self._requires[entries, np.newaxis] & ~passes
        worth = self._weights[entries, np.newaxis] * agreement - self._barrier * fails
        place = self._block(measure.source(group.direction), group.condition)
        people, answers = worth.shape
        columns = np.tile(np.arange(place, place + answers), people)
        self._worths.add(np.repeat(self._row[entries], answers), columns, worth.ravel())

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
        self._worths.add(rows, place, unknown - full if unlike else unknown)
        if unlike:
            self._worths.add(rows, 0, full)

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
            self._worths.add(rows, 0, -self._barrier)
        else:
            unknown = weights * expected(group.measure.characteristic, group.direction)
            self._worths.add(rows, self._block(source, False), unknown)

    def _block(self, source: str, condition: bool) -> int:
        """The first feature about the answers in a characteristic: all that count, or those for conditions."""
        columns = self._others.shown if condition else self._others.values
        key = source, condition
        if key not in self._places:
            self._places[key] = self._width
            self._width += self._add_answers(self._catalogue.measure(source), columns[source])
        return self._places[key]

    def _add_answers(self, measure: Measure, column: Array) -> int:
        """Add a column's answers as features; returns how many features they are."""
        if isinstance(measure, Coded):
            self._answers.add(np.arange(column.size), self._width + column.astype(np.int64), 1)
            return measure.size + 1
        size = len(measure.characteristic.options)
        person, option = np.nonzero(_bits(widen(column, words_for(size)), size))
        self._answers.add(person, self._width + 1 + option, 1)
        self._answers.add(np.flatnonzero(~column.any(axis=0)), self._width, 1)
        return size + 1


def _verdicts(measure: Coded, direction: Direction, target: Array) -> tuple[Array, Array]:
    """Agreement and passing of K asks about every answer, the last one standing for unknown: (K, answers)."""
    characteristic, size = measure.characteristic, measure.size
    agreement = np.full((target.shape[1], size + 1), expected(characteristic, direction), np.int64)
    passes = np.zeros(agreement.shape, np.bool_)
    if direction in (Direction.ONE_OF, Direction.COMPLEMENTS):
        passes[:, :-1] = _bits(target, size) if direction == Direction.ONE_OF else _fitting(measure)[target[0]]
        agreement[:, :-1] = FULL * passes[:, :-1]
    else:
        own, other = target[0, :, np.newaxis].astype(np.int64), np.arange(size)
        agreement[:, :-1] = coded_agreement(characteristic, direction, own, other)
        passes[:, :-1] = coded_passes(characteristic, direction, own, other)
    return agreement, passes


def _fitting(measure: Coded) -> Array:
    """Which options of a category fit which: (options, options) bool."""
    options = measure.characteristic.options
    fits = measure.characteristic.fits or {}
    return np.array([[other in fits.get(own, ()) for other in options] for own in options], np.bool_)


def _matrix(cells: tuple[Array, Array, Array], rows: int, used: Array, exact: np.dtype[np.floating]) -> csr_array:
    """A sparse matrix of the columns that are used alone."""
    row, column, value = cells
    at = np.flatnonzero(used[column])
    place = np.cumsum(used) - 1
    shape = rows, int(np.count_nonzero(used))
    return csr_array((value[at].astype(exact), (row[at], place[column[at]])), shape=shape)


def _bits(words: Array, size: int) -> Array:
    """Which of `size` options each set of a column holds: (sets, size) bool."""
    places = np.arange(size)
    return (words[places // WORD].T >> (places % WORD).astype(np.uint64) & np.uint64(1)).astype(np.bool_)


def _narrow(words: Array, others: Array) -> tuple[Array, Array]:
    """Both in the narrowest type of words that holds them."""
    most = max(words.max(initial=0), others.max(initial=0))
    narrow = np.min_scalar_type(most)
    return words.astype(narrow), others.astype(narrow)
