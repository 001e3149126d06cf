"""What one role asks of the other: sparse worths, times dense planes of what the other has, are sums of points."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from matching.engine.catalogue import Catalogue
from matching.engine.cohort.planes import ONES, Numbered, Planes
from matching.engine.cohort.spans import spans
from matching.engine.cohort.verdicts import Verdict, Verdicts
from matching.engine.measures import WORD, expected, words_for
from matching.engine.people import DIRECTIONS, STRENGTHS, Asks, People
from matching.engine.rules import Array
from matching.engine.schema import FULL, WEIGHTS, Direction, Strength

_WEIGHTS: Final = np.array([WEIGHTS[strength] for strength in STRENGTHS], np.int64)
_REQUIRE: Final = STRENGTHS.index(Strength.REQUIRE)
_ONE_OF: Final = DIRECTIONS.index(Direction.ONE_OF)
_DIFFERENT: Final = DIRECTIONS.index(Direction.DIFFERENT)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What N askers of one role ask of others.

    Args:
        asks: (N, planes) what each plane is worth to each asker: for points so that it comes to weight times
            agreement; where a condition fails, minus more than all points together. So a sum below 0 says that
            they don't fit. Its type holds all sums.
        planes: of the others.
        counted: (N, verdicts) the same for verdicts on sets.
        verdicts: on the others.
        weight: (N,) the sum of each asker's weights.
    """

    asks: csr_array
    planes: Planes
    counted: csr_array
    verdicts: Verdicts
    weight: Array

    @classmethod
    def of(cls, askers: People, others: People) -> "Side":
        return _Builder(askers, others).side()

    def asked_by(self, rows: Array) -> "Asked":
        counted = self.counted[rows]
        used, places = np.unique(counted.indices, return_inverse=True)
        shape = rows.size, used.size
        return Asked(self, self.asks[rows], csr_array((counted.data, places, counted.indptr), shape=shape), used)


class Asked(NamedTuple):
    """What some of a side's askers ask; of `counted` there are only the verdicts that are `used`."""

    side: Side
    asks: csr_array
    counted: csr_array
    used: Array

    def of(self, others: Array, planes: Array) -> Array:
        """What these others, who have these planes, come to: (askers, others)."""
        sums: Array = self.asks @ planes
        if self.used.size:
            sums += self.counted @ self.side.verdicts.on(others, self.used, sums.dtype)
        return sums


class _Worths:
    """Entries of a sparse matrix as they are found: the asker, the number of the plane, and what it is worth."""

    def __init__(self) -> None:
        nobody = np.zeros(0, np.int64)
        self._found: list[tuple[Array, Array, Array]] = [(nobody, nobody, nobody)]

    def add(self, rows: Array, numbers: Array | int, values: Array | int) -> None:
        """Add entries one by one; numbers and values that are one are for all rows."""
        numbers, values = (
            each if isinstance(each, np.ndarray) else np.full(rows.size, each) for each in (numbers, values)
        )
        self._found.append((rows, numbers, values))

    def all(self) -> tuple[Array, Array, Array]:
        """Rows, numbers and values of all that are not 0."""
        rows, numbers, values = (np.concatenate(part) for part in zip(*self._found, strict=True))
        at = np.flatnonzero(values)
        return rows[at], numbers[at], values[at]


class _Builder:
    """Makes a side of it, all characteristics at once."""

    def __init__(self, askers: People, others: People) -> None:
        self._catalogue: Catalogue = askers.catalogue
        self._others = others
        self._planes = Numbered(others)
        self._asks: Asks = askers.asks
        self._row = askers.asks.row.astype(np.int64)
        self._about = askers.asks.about.astype(np.int64)
        self._direction, strength = np.divmod(self._asks.code.astype(np.int64), len(STRENGTHS))
        self._weights, self._requires = _WEIGHTS[strength], strength == _REQUIRE
        self._weight = np.bincount(self._row, self._weights, len(askers)).astype(np.int64)
        self._barrier = FULL * int(self._weight.max(initial=0)) + 1
        self._source = self._planes.looked_at(self._about, self._direction)
        self._expected = np.array(
            [[expected(each, direction) for direction in DIRECTIONS] for each in self._catalogue.values()], np.int64
        ).reshape(-1, len(DIRECTIONS))

    def side(self) -> Side:
        coded = self._planes.coded[self._about] if self._about.size else np.zeros(0, np.bool_)
        one_of = self._direction == _ONE_OF
        counted = ~coded & (self._requires | one_of)
        worths = _Worths()
        self._add_codes(np.flatnonzero(coded & ~one_of), worths)
        self._add_options(np.flatnonzero(coded & one_of), worths)
        self._add_sets(np.flatnonzero(~coded & ~counted), worths)
        verdicts, judged = self._add_counted(np.flatnonzero(counted), worths)
        rows, numbers, values = worths.all()
        places, planes = self._planes.used(numbers, self._exact)
        asks = self._matrix(rows, places, values, planes.size)
        return Side(asks, planes, self._matrix(*judged.all(), verdicts.size), verdicts, self._weight)

    def _matrix(self, rows: Array, columns: Array, values: Array, width: int) -> csr_array:
        cells = values.astype(self._exact), (rows.astype(np.int32), columns.astype(np.int32))
        return csr_array(cells, shape=(self._weight.size, width))

    @cached_property
    def _exact(self) -> np.dtype[np.signedinteger]:
        """The narrowest type that holds what any asker's points and conditions come to."""
        conditions = np.bincount(self._row, self._requires).max(initial=0)
        return np.dtype(np.min_scalar_type(-self._barrier * (int(conditions) + 1)))

    def _add_codes(self, at: Array, worths: _Worths) -> None:
        """One plane of what the own code finds in each answer."""
        own, requires = self._asks.target[0, at].astype(np.int64), self._requires[at]
        numbers = self._planes.of_own(self._about[at], self._direction[at], requires) + own
        worths.add(self._row[at], numbers, np.where(requires, -self._barrier, self._weights[at]))

    def _add_options(self, at: Array, worths: _Worths) -> None:
        """One plane for each option wanted and one for unknown."""
        requires = self._requires[at]
        first = self._planes.first(self._about[at], requires)
        answers = self._planes.answers[self._about[at]]
        option, entry = spans(np.zeros_like(answers), answers), np.repeat(np.arange(at.size), answers)
        word = self._asks.target[np.minimum(option // WORD, len(self._asks.target) - 1), at[entry]]
        wanted = option < answers[entry] - 1
        wanted &= (word >> (option % WORD).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
        option, entry = option[wanted], entry[wanted]
        gain = np.where(requires, self._barrier, FULL * self._weights[at])
        worths.add(self._row[at[entry]], first[entry] + option, gain[entry])
        rest = np.where(requires, -self._barrier, self._weights[at] * self._expected[self._about[at], _ONE_OF])
        worths.add(self._row[at], np.where(requires, ONES, first + answers - 1), rest)

    def _add_sets(self, at: Array, worths: _Worths) -> None:
        """One plane for each option and one for unknown; what is unlike counts down from full agreement."""
        full = self._weights[at] * FULL
        first = self._planes.first(self._source[at], self._requires[at])
        unlike = self._direction[at] == _DIFFERENT
        asker, option = np.nonzero(_bits(self._asks.target[:, at], WORD * len(self._asks.target)))
        each = (np.where(unlike, -full, full) // np.maximum(self._asks.size[at], 1))[asker]
        worths.add(self._row[at][asker], first[asker] + 1 + option, each)
        unknown = self._weights[at] * self._expected[self._about[at], self._direction[at]]
        worths.add(self._row[at], first, np.where(unlike, unknown - full, unknown))
        worths.add(self._row[at][unlike], ONES, full[unlike])

    def _add_counted(self, at: Array, worths: _Worths) -> tuple[Verdicts, _Worths]:
        """The verdicts on sets that are asked for, and what they are worth."""
        parts, judged, size = [], _Worths(), 0
        number = (self._source[at] * len(DIRECTIONS) + self._direction[at]) * 2 + self._requires[at]
        for each in np.unique(number).tolist():
            rest, condition = divmod(each, 2)
            place, direction = divmod(rest, len(DIRECTIONS))
            entries = at[number == each]
            key = self._catalogue.keys_in_order[place]
            column = (self._others.shown if condition else self._others.values)[key]
            asked = np.vstack([self._asks.size[entries].astype(np.uint64), self._asks.target[:, entries]])
            sets, places = np.unique(asked, axis=1, return_inverse=True)
            parts.append(
                Verdict.of(
                    DIRECTIONS[direction], sets[0], sets[1 : 1 + words_for(len(self._catalogue[key].options))], column
                )
            )
            rows, weights = self._row[entries], self._weights[entries]
            judged.add(rows, size + places.ravel(), np.full(rows.size, self._barrier) if condition else FULL * weights)
            size += sets.shape[1]
            if condition:
                worths.add(rows, ONES, -self._barrier)
            else:
                unknown = self._planes.first(self._source[entries], self._requires[entries])
                worths.add(rows, unknown, weights * self._expected[self._about[entries], _ONE_OF])
        return Verdicts(tuple(parts)), judged


def _bits(words: Array, size: int) -> Array:
    """Which of `size` options each set of a column holds: (sets, size) bool."""
    places = np.arange(size)
    return (words[places // WORD].T >> (places % WORD).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
