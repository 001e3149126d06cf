"""What everybody in a pool asks, ready to be held against anybody.

Every ask of the pool has a *slot*: its place in a table that is made anew for each person it is held against.
The table has a block per characteristic: for codes, what an asker of each direction, strength and own code finds
in this person; for sets, what such an asker finds who compares so many options and has so many in common. One
look-up then says what an ask earns, and whether it is a condition that fails.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from matching.engine.catalogue import Catalogue
from matching.engine.checks import allowed
from matching.engine.measures import KEPT_TABLES, Coded, expected, pack
from matching.engine.people import ASK_CODES, DIRECTIONS, STRENGTHS, Asks, People, asked_by
from matching.engine.rules import Array, multi_agreement, multi_passes
from matching.engine.schema import MOST_CHOSEN, WEIGHTS, Characteristic, Direction, Strength

FAILS: Final = 1 << 16
"""Added to a slot's value where a condition fails; below it stands weight times agreement, at most 240."""

COUNTS: Final = MOST_CHOSEN + 1
SET_BLOCK: Final = ASK_CODES * COUNTS * COUNTS
CODE_WEIGHTS: Final = np.array([WEIGHTS[asked_by(code)[1]] for code in range(ASK_CODES)], np.uint8)
_CODE_REQUIRES: Final = np.array([asked_by(code)[1] == Strength.REQUIRE for code in range(ASK_CODES)])
_ONE_OF: Final = DIRECTIONS.index(Direction.ONE_OF)
_COMPLEMENTS: Final = DIRECTIONS.index(Direction.COMPLEMENTS)


class Opinions:
    """The asks of N people.

    `weights` (N,) uint16 are the sums of each one's weights.
    """

    def __init__(self, people: People) -> None:
        asks = people.asks
        self._tables = _Tables(people.catalogue)
        self.entries = _Entries(asks.start, *self._tables.slots(asks))
        self.conditions = self._grouped(asks)
        total = np.concatenate([[0], np.cumsum(CODE_WEIGHTS[asks.code], dtype=np.int64)])
        self.weights = (total[asks.start[1:]] - total[asks.start[:-1]]).astype(np.uint16)

    @property
    def nbytes(self) -> int:
        """Bytes held beside the people's own arrays."""
        arrays = (self.entries.slot, self.entries.looks_at, self.weights, *self.conditions)
        return sum(array.nbytes for array in arrays)

    @property
    def bytes_of_conditions(self) -> int:
        """Bytes read to find all whose conditions fail."""
        return sum(array.nbytes for array in self.conditions)

    def about(self, other: Mapping[str, int]) -> "Held":
        """All of it held against one person with these shown codes."""
        return Held(self, *self._tables.about(other))

    def _grouped(self, asks: Asks) -> "_Conditions":
        """Few conditions are asked by many: each is looked up once."""
        required = np.flatnonzero(_CODE_REQUIRES[asks.code])
        slot, target = self.entries.slot[required], self.entries.target[:, required]
        alike = np.vstack([slot.astype(np.uint64), target])
        _, first, group, askers = np.unique(alike, axis=1, return_index=True, return_inverse=True, return_counts=True)
        return _Conditions(
            slot=slot[first],
            target=target[:, first],
            looks_at=self.entries.looks_at[required[first]],
            askers=askers.astype(np.int32),
            row=asks.row[required[np.argsort(group.ravel(), kind="stable")]],
        )


class Held:
    """The opinions of a pool, held against one person."""

    def __init__(self, opinions: Opinions, table: Array, masks: Array) -> None:
        self._opinions, self._table, self._masks = opinions, table, masks

    def failing(self) -> Array:
        """The rows of who has a condition that this person does not meet; one may come twice."""
        kinds = self._opinions.conditions
        fails = self._look_up(kinds.slot, kinds.target, kinds.looks_at) >= FAILS
        return kinds.row[np.repeat(fails, kinds.askers)]

    def earned(self, rows: Array) -> Array:
        """What this person is worth to the people of these rows: Σ weight x agreement, int64."""
        start, slot, target, looks_at = self._opinions.entries
        first = start[rows].astype(np.int64)
        count = start[rows + 1] - first
        ends = np.cumsum(count)
        at = np.repeat(first - (ends - count), count) + np.arange(int(ends[-1]) if ends.size else 0)
        found = self._look_up(slot.take(at), target.take(at, axis=1), looks_at.take(at))
        total = np.concatenate([[0], np.cumsum(found & (FAILS - 1), dtype=np.int64)])
        earned: Array = total[ends] - total[ends - count]
        return earned

    def _look_up(self, slot: Array, target: Array, looks_at: Array) -> Array:
        common = np.bitwise_count(target[0] & self._masks[0].take(looks_at))
        for word in range(1, len(target)):
            common += np.bitwise_count(target[word] & self._masks[word].take(looks_at))
        found: Array = self._table.take(slot + common)
        return found


class _Entries(NamedTuple):
    """Everybody's asks by row as in `Asks`: slots, what they compare, and which mask of the other they look at."""

    start: Array
    slot: Array
    target: Array
    looks_at: Array


class _Conditions(NamedTuple):
    """The different conditions, how many have each, and the rows of those one after the other."""

    slot: Array
    target: Array
    looks_at: Array
    askers: Array
    row: Array


class _Tables:
    """Where the slots of a catalogue are, and what stands in them for a given person."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._measures = [catalogue.measure(key) for key in catalogue]
        sizes = [ASK_CODES * each.size if isinstance(each, Coded) else 0 for each in self._measures]
        blocks = np.cumsum([0, *(size + SET_BLOCK for size in sizes)], dtype=np.int64)
        self._coded_base = blocks[:-1]
        self._set_base = blocks[:-1] + sizes
        self._size = np.array([each.size if isinstance(each, Coded) else 0 for each in self._measures], np.int64)
        self._sets = _set_block(None)
        self._unknown = [_set_block(_expected(each.characteristic)) for each in self._measures]
        self._coded = lru_cache(KEPT_TABLES)(self._coded_block)

    def slots(self, asks: Asks) -> tuple[Array, Array, Array]:
        """For each ask its slot, (E,) int32, its target, and which mask of the other it looks at, (E,) uint16."""
        code, about = asks.code.astype(np.int64), asks.about.astype(np.int64)
        direction = code // len(STRENGTHS)
        by_code = (self._size[about] > 0) & (direction != _ONE_OF)
        coded = self._coded_base[about] + code * self._size[about] + asks.target[0].astype(np.int64)
        sets = self._set_base[about] + (code * COUNTS + asks.size) * COUNTS
        looks_at = about + np.where(direction == _COMPLEMENTS, len(self._measures), 0)
        looks_at = np.where(by_code, 2 * len(self._measures), looks_at)
        return np.where(by_code, coded, sets).astype(np.int32), asks.target, looks_at.astype(np.uint16)

    def about(self, other: Mapping[str, int]) -> tuple[Array, Array]:
        """The table for a person with these shown codes, and their answers as bits.

        Masks (words, 2 C + 1): each answer, then each as it is looked at by who wants it to complement theirs,
        last an empty one.
        """
        blocks: list[Array] = []
        bits = [0] * (2 * len(self._measures) + 1)
        for place, measure in enumerate(self._measures):
            code = other.get(measure.characteristic.key)
            if isinstance(measure, Coded):
                blocks.append(self._coded(place, code))
            blocks.append(self._set(place, other))
            bits[place] = 0 if code is None else measure.bits(code)
            bits[place + len(self._measures)] = self._complement(place, other)
        return np.concatenate(blocks) if blocks else np.zeros(0, np.uint32), pack(bits, self._catalogue.words)

    def _set(self, place: int, other: Mapping[str, int]) -> Array:
        """The block of sets; its part for `complements` looks at the counterpart, which may be (un)known by itself."""
        measure = self._measures[place]
        block = self._sets if measure.characteristic.key in other else self._unknown[place]
        fitting = self._sets if measure.source(Direction.COMPLEMENTS) in other else self._unknown[place]
        if fitting is block:
            return block
        part = slice(_COMPLEMENTS * len(STRENGTHS) * COUNTS**2, (_COMPLEMENTS + 1) * len(STRENGTHS) * COUNTS**2)
        block = block.copy()
        block[part] = fitting[part]
        return block

    def _complement(self, place: int, other: Mapping[str, int]) -> int:
        measure = self._measures[place]
        return 0 if isinstance(measure, Coded) else other.get(measure.source(Direction.COMPLEMENTS), 0)

    def _coded_block(self, place: int, code: int | None) -> Array:
        measure = self._measures[place]
        assert isinstance(measure, Coded)
        block = np.zeros((ASK_CODES, measure.size), np.uint32)
        for number in range(ASK_CODES):
            direction, strength = asked_by(number)
            if direction != Direction.ONE_OF and allowed(measure.characteristic, direction):
                agreement, passes = measure.table(direction)
                found = measure.size if code is None else code
                block[number] = _values(strength, agreement[:, found], passes[:, found])
        return block.ravel()


def _expected(characteristic: Characteristic) -> tuple[int, ...]:
    return tuple(expected(characteristic, direction) for direction in DIRECTIONS)


@lru_cache(KEPT_TABLES)
def _set_block(unknown: tuple[int, ...] | None) -> Array:
    """What sets earn by (ask code, own options, options in common); with what is expected, where nothing is known.

    Kept, as all pools share few of them: a pool is made anew whenever one of its people changes.
    """
    common = np.arange(COUNTS)
    block = np.zeros((ASK_CODES, COUNTS, COUNTS), np.uint32)
    for number in range(ASK_CODES):
        direction, strength = asked_by(number)
        for size in range(COUNTS) if direction != Direction.ABOVE else ():
            agreement = multi_agreement(direction, common, max(size, 1)).clip(0, None)
            passes = multi_passes(direction, common, size)
            if unknown is not None:
                agreement, passes = np.full(COUNTS, unknown[DIRECTIONS.index(direction)]), np.zeros(COUNTS, np.bool_)
            block[number, size] = _values(strength, agreement, passes)
    return block.ravel()


def _values(strength: Strength, agreement: Array, passes: Array) -> Array:
    if strength == Strength.REQUIRE:
        return np.where(passes, 0, FAILS).astype(np.uint32)
    return (WEIGHTS[strength] * agreement.astype(np.uint32)).astype(np.uint32)
