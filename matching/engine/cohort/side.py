"""What one role asks of the other, as two sparse matrices whose product is the sum of weight times agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from matching.engine.catalogue import Catalogue
from matching.engine.checks import allowed
from matching.engine.cohort.spans import spans
from matching.engine.measures import WORD, Coded, Measure, expected, widen, words_for
from matching.engine.people import DIRECTIONS, STRENGTHS, Asks, People
from matching.engine.rules import Array, multi_passes
from matching.engine.schema import FULL, WEIGHTS, Direction, Strength

_WEIGHTS: Final = np.array([WEIGHTS[strength] for strength in STRENGTHS], np.int64)
_REQUIRE: Final = STRENGTHS.index(Strength.REQUIRE)
_ONE_OF: Final = DIRECTIONS.index(Direction.ONE_OF)
_DIFFERENT: Final = DIRECTIONS.index(Direction.DIFFERENT)
_COMPLEMENTS: Final = DIRECTIONS.index(Direction.COMPLEMENTS)
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


class _Cells:
    """Entries of a sparse matrix as they are found."""

    def __init__(self) -> None:
        nobody = np.zeros(0, np.int64)
        self._found: list[tuple[Array, Array, Array]] = [(nobody, nobody, nobody)]

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


class _Features:
    """Which column of the product stands for which answer: 0 is there for everybody.

    Answers in a characteristic have a block each time they are looked at in another way: all that count, or those
    that conditions may see. A block of codes ends with unknown, one of options begins with it.
    """

    def __init__(self, others: People) -> None:
        self._others = others
        self._measures = [others.catalogue.measure(key) for key in others.catalogue]
        self.coded = np.array([isinstance(each, Coded) for each in self._measures], np.bool_)
        self.size = np.array([_answers_of(each) for each in self._measures], np.int64)
        keys = {key: place for place, key in enumerate(others.catalogue)}
        self._complement = np.array([keys[each.source(Direction.COMPLEMENTS)] for each in self._measures], np.int64)
        apart = [not coded or self._differ(key) for key, coded in zip(keys, self.coded.tolist(), strict=True)]
        self.apart = np.array(apart, np.bool_)

    def _differ(self, key: str) -> bool:
        values, shown = self._others.values[key], self._others.shown[key]
        return values is not shown and not np.array_equal(values, shown)

    def looked_at(self, about: Array, direction: Array) -> Array:
        """The places of the characteristics that asks look at in the other."""
        return np.where(direction == _COMPLEMENTS, self._complement[about], about) if about.size else about

    def blocks(self, wanted: Array) -> tuple[Array, int, _Cells]:
        """For 2 x place + 1 for conditions: the first column of each block wanted; how many columns there are; whose
        answers they are.
        """
        first = np.zeros(2 * self.size.size, np.int64)
        answers, width = _Cells(), 1
        answers.add(np.arange(len(self._others)), 0, 1)
        for number in np.unique(wanted).tolist():
            place, condition = divmod(number, 2)
            key = self._others.catalogue.keys_in_order[place]
            first[number] = width
            self._add(answers, place, width, (self._others.shown if condition else self._others.values)[key])
            width += int(self.size[place]) + 1
        return first, width, answers

    def _add(self, answers: _Cells, place: int, first: int, column: Array) -> None:
        if self.coded[place]:
            answers.add(np.arange(column.size), first + column.astype(np.int64), 1)
            return
        size = int(self.size[place])
        person, option = np.nonzero(_bits(widen(column, words_for(size)), size))
        answers.add(person, first + 1 + option, 1)
        answers.add(np.flatnonzero(~column.any(axis=0)), first, 1)


class _Builder:
    """Makes a side of it, all characteristics at once."""

    def __init__(self, askers: People, others: People) -> None:
        self._catalogue: Catalogue = askers.catalogue
        self._others = others
        self._features = _Features(others)
        self._asks: Asks = askers.asks
        self._row = askers.asks.row.astype(np.int64)
        self._about = askers.asks.about.astype(np.int64)
        self._direction, strength = np.divmod(self._asks.code.astype(np.int64), len(STRENGTHS))
        self._weights, self._requires = _WEIGHTS[strength], strength == _REQUIRE
        self._weight = np.bincount(self._row, self._weights, len(askers)).astype(np.int64)
        self._barrier = FULL * int(self._weight.max(initial=0)) + 1
        self._expected = np.array(
            [[expected(each, direction) for direction in DIRECTIONS] for each in self._catalogue.values()], np.int64
        ).reshape(-1, len(DIRECTIONS))

    def side(self) -> Side:
        features, one_of = self._features, self._direction == _ONE_OF
        coded = features.coded[self._about] if self._about.size else np.zeros(0, np.bool_)
        counted = ~coded & (self._requires | one_of)
        source = features.looked_at(self._about, self._direction)
        block = 2 * source + (self._requires & coded & features.apart[source])
        first, width, answers = features.blocks(block[coded | ~self._requires])
        place, worths = first[block], _Cells()
        self._add_codes(np.flatnonzero(coded & ~one_of), place, worths)
        self._add_options(np.flatnonzero(coded & one_of), place, worths)
        self._add_sets(np.flatnonzero(~coded & ~counted), place, worths)
        groups = tuple(self._counted(np.flatnonzero(counted), source, place, worths))
        asks, told = worths.all(), answers.all()
        used = np.bincount(asks[1], minlength=width) * np.bincount(told[1], minlength=width) > 0
        exact = self._exact(asks)
        matrices = (_matrix(asks, self._weight.size, used, exact), _matrix(told, len(self._others), used, exact))
        return Side(*matrices, groups, self._weight)

    def _exact(self, asks: tuple[Array, Array, Array]) -> np.dtype[np.floating]:
        """The narrowest type in which everything computed of this side is exact."""
        most = np.bincount(asks[0], np.abs(asks[2])).max(initial=0) + self._barrier
        small = most < EXACT_SUM and self._weight.max(initial=0) <= EXACT_WEIGHT
        return np.dtype(np.float32 if small else np.float64)

    def _add_codes(self, at: Array, place: Array, worths: _Cells) -> None:
        """One feature for each answer, what it is worth looked up in the tables of all characteristics."""
        start, agreement, passes = _tables(self._catalogue)
        answers = self._features.size[self._about[at]] + 1
        own = self._asks.target[0, at].astype(np.int64)
        cell = spans(start[self._about[at], self._direction[at]] + own * answers, answers)
        self._add_worths(at, answers, place, agreement[cell], passes[cell], worths)

    def _add_options(self, at: Array, place: Array, worths: _Cells) -> None:
        """One feature for each answer: it is one of those wanted, or it is not, or it is not known."""
        answers = self._features.size[self._about[at]] + 1
        option, entry = spans(np.zeros_like(answers), answers), np.repeat(at, answers)
        word = self._asks.target[np.minimum(option // WORD, len(self._asks.target) - 1), entry]
        known = option < np.repeat(answers - 1, answers)
        passes = known & (word >> (option % WORD).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
        agreement = np.where(known, FULL * passes, self._expected[self._about[entry], _ONE_OF])
        self._add_worths(at, answers, place, agreement, passes, worths)

    def _add_worths(
        self, at: Array, answers: Array, place: Array, agreement: Array, passes: Array, worths: _Cells
    ) -> None:
        weights, requires = np.repeat(self._weights[at], answers), np.repeat(self._requires[at], answers)
        worth = weights * agreement - self._barrier * (requires & ~passes)
        worths.add(np.repeat(self._row[at], answers), spans(place[at], answers), worth)

    def _add_sets(self, at: Array, place: Array, worths: _Cells) -> None:
        """One feature for each option and one for unknown; what is unlike counts down from full agreement."""
        full = self._weights[at] * FULL
        unlike = self._direction[at] == _DIFFERENT
        asker, option = np.nonzero(_bits(self._asks.target[:, at], WORD * len(self._asks.target)))
        each = (np.where(unlike, -full, full) // np.maximum(self._asks.size[at], 1))[asker]
        worths.add(self._row[at][asker], place[at][asker] + 1 + option, each)
        unknown = self._weights[at] * self._expected[self._about[at], self._direction[at]]
        worths.add(self._row[at], place[at], np.where(unlike, unknown - full, unknown))
        worths.add(self._row[at][unlike], 0, full[unlike])

    def _counted(self, at: Array, source: Array, place: Array, worths: _Cells) -> Iterator[Counted]:
        number = (source[at] * len(DIRECTIONS) + self._direction[at]) * 2 + self._requires[at]
        for each in np.unique(number).tolist():
            rest, condition = divmod(each, 2)
            entries = at[number == each]
            key = self._catalogue.keys_in_order[rest // len(DIRECTIONS)]
            column = (self._others.shown if condition else self._others.values)[key]
            kept = words_for(len(self._catalogue[key].options))
            words, target = _narrow(widen(column, kept), self._asks.target[:kept, entries])
            rows, weights = self._row[entries], self._weights[entries]
            gain = np.full(rows.size, self._barrier) if condition else FULL * weights
            yield Counted(rows, DIRECTIONS[rest % len(DIRECTIONS)], target, self._asks.size[entries], gain, words)
            if condition:
                worths.add(rows, 0, -self._barrier)
            else:
                worths.add(rows, place[entries], weights * self._expected[self._about[entries], _ONE_OF])


def _answers_of(measure: Measure) -> int:
    return measure.size if isinstance(measure, Coded) else len(measure.characteristic.options)


def _tables(catalogue: Catalogue) -> tuple[Array, Array, Array]:
    """What each own answer finds in each answer of the other, of all characteristics one after the other.

    Where each characteristic and direction starts (C, directions), agreement and passing.
    """
    start = np.zeros((len(catalogue), len(DIRECTIONS)), np.int64)
    tables, size = [], 0
    for place, key in enumerate(catalogue):
        measure = catalogue.measure(key)
        for way, direction in enumerate(DIRECTIONS):
            if isinstance(measure, Coded) and direction != Direction.ONE_OF and allowed(catalogue[key], direction):
                start[place, way] = size
                tables.append(measure.table(direction))
                size += tables[-1].agreement.size
    agreement = np.concatenate([np.zeros(0, np.uint8), *(each.agreement.ravel() for each in tables)])
    passes = np.concatenate([np.zeros(0, np.bool_), *(each.passes.ravel() for each in tables)])
    return start, agreement.astype(np.int64), passes


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
