"""One characteristic, ready to be computed with: answers as whole numbers, and both sides' rules over arrays.

A *code* is an answer as one int: the place of the option (category, ordinal) or of the step (scale), or the
bitmask of the options (multi, any number of options). None means not answered or not to be seen. A *column*
holds the codes of a pool of N people: shape (N,), unknown = number of options; for a multi bit words of shape
(words, N), unknown = no bit. *Targets* are what K preferences ask in one direction: columns without unknowns.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from matching.engine.errors import EngineError
from matching.engine.rules import Array, coded_agreement, coded_passes, multi_agreement, multi_passes
from matching.engine.schema import DEFAULT_EXPECTED, FULL, SCALE, Characteristic, Direction, Kind, Value

WORD = 64
KEPT_TABLES = 1024


class Target(NamedTuple):
    """What one preference asks: own code or a mask of the options wanted, and the number of own options."""

    code: int
    size: int


class Targets(NamedTuple):
    """What K preferences of one direction ask: codes (K,) or bit words (words, K), and sizes (K,)."""

    codes: Array
    sizes: Array


class Verdicts(NamedTuple):
    """Agreement (uint8, 0-60) and whether a condition would hold (bool), one of each per person."""

    agreement: Array
    passes: Array


class Measure(Protocol):
    """What `Coded` and `Multi` have in common."""

    characteristic: Characteristic

    def encode(self, value: Value) -> int | None:
        """The code of an answer, None for an empty set; raises `EngineError` for one that can't be."""

    def source(self, direction: Direction) -> str:
        """The key of the characteristic in which the other is looked at."""

    def target(self, direction: Direction, own: int | None, options: Sequence[str]) -> Target | None:
        """What a preference asks, or None where it is skipped because the asker's own value is missing."""

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        """The column of a pool in which these rows have these codes and all others are unknown."""

    def code_at(self, column: Array, row: int) -> int | None:
        """The code of one person of a column."""

    def targets(self, direction: Direction, targets: Sequence[Target]) -> Targets:
        """Targets of one direction as arrays."""

    def of_all(self, direction: Direction, target: Target, column: Array) -> Verdicts:
        """One asker about everyone in a column of the source characteristic."""

    def by_all(self, direction: Direction, targets: Targets, other: int | None) -> Verdicts:
        """K askers about one person, whose code in the source characteristic is `other`."""

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        """One asker about one person."""


def expected(characteristic: Characteristic, direction: Direction) -> int:
    """Agreement that counts where the other's value is unknown, 0-60."""
    return characteristic.expected.get(direction, DEFAULT_EXPECTED)


def unknown(characteristic: Characteristic, direction: Direction, people: int) -> Verdicts:
    """What an unknown value is worth: the expected agreement, and no condition passed."""
    agreement = np.full(people, expected(characteristic, direction), np.uint8)
    return Verdicts(agreement, np.zeros(people, np.bool_))


def bits(codes: Iterable[int]) -> int:
    """The bitmask of these codes."""
    mask = 0
    for code in codes:
        mask |= 1 << code
    return mask


def pack(masks: Sequence[int], words: int) -> Array:
    """Bitmasks of any length as unsigned 64-bit words, lowest first; shape (words, masks)."""
    packed = np.empty((words, len(masks)), np.uint64)
    for word in range(words):
        packed[word] = [mask >> (WORD * word) & (2**WORD - 1) for mask in masks]
    return packed


def words_for(options: int) -> int:
    """How many 64-bit words a set of so many options takes."""
    return -(-options // WORD)


def _named(codes: dict[str, int], option: object, key: str) -> int:
    if not isinstance(option, str) or option not in codes:
        raise EngineError(f"{key!r}: there is no option {option!r:.60}")
    return codes[option]


class Coded:
    """A category, an ordinal or a scale."""

    def __init__(self, characteristic: Characteristic) -> None:
        self.characteristic = characteristic
        self.size = len(SCALE) if characteristic.kind == Kind.SCALE else len(characteristic.options)
        self._codes = {option: code for code, option in enumerate(characteristic.options)}
        self._wanted = {option: 1 << code for option, code in self._codes.items()}
        for option, parent in zip(characteristic.options, characteristic.parents, strict=False):
            if parent is not None:
                self._wanted[parent] = self._wanted.get(parent, 0) | self._wanted[option]
        self._row = lru_cache(KEPT_TABLES)(self._make_row)
        self._by_column = lru_cache(KEPT_TABLES)(self._make_by_column)

    def encode(self, value: Value) -> int | None:
        if self.characteristic.kind != Kind.SCALE:
            return _named(self._codes, value, self.characteristic.key)
        if value not in SCALE:
            raise EngineError(f"{self.characteristic.key!r}: must be 1 to 5, not {value!r:.60}")
        return SCALE.index(value)

    def source(self, direction: Direction) -> str:
        return self.characteristic.key

    def target(self, direction: Direction, own: int | None, options: Sequence[str]) -> Target | None:
        if direction == Direction.ONE_OF:
            mask = 0
            for option in options:
                mask |= _named(self._wanted, option, self.characteristic.key)
            return Target(mask, 0)
        return None if own is None else Target(own, 0)

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        column = np.full(people, self.size, np.min_scalar_type(self.size))
        column[list(rows)] = codes
        return column

    def code_at(self, column: Array, row: int) -> int | None:
        code = int(column[row])
        return None if code == self.size else code

    def targets(self, direction: Direction, targets: Sequence[Target]) -> Targets:
        codes = [target.code for target in targets]
        sizes = np.zeros(len(codes), np.int16)
        if direction == Direction.ONE_OF:
            return Targets(pack(codes, words_for(self.size)), sizes)
        return Targets(np.array(codes, np.min_scalar_type(self.size)), sizes)

    def of_all(self, direction: Direction, target: Target, column: Array) -> Verdicts:
        agreement, passes = self._row(direction, target.code)
        return Verdicts(agreement[column], passes[column])

    def by_all(self, direction: Direction, targets: Targets, other: int | None) -> Verdicts:
        if other is None:
            return unknown(self.characteristic, direction, targets.sizes.size)
        if direction == Direction.ONE_OF:
            passes = (targets.codes[other // WORD] >> np.uint64(other % WORD) & np.uint64(1)).astype(np.bool_)
            return Verdicts(passes * np.uint8(FULL), passes)
        agreement, passes = self._by_column(direction, other)
        return Verdicts(agreement[targets.codes], passes[targets.codes])

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        agreement, passes = self._row(direction, target.code)
        at = self.size if other is None else other
        return int(agreement[at]), bool(passes[at])

    def _make_row(self, direction: Direction, code: int) -> Verdicts:
        """What each value of the other is worth to one asker, the last entry standing for unknown."""
        everyone = np.arange(self.size)
        if direction == Direction.ONE_OF:
            known = self._hits([bool(code >> option & 1) for option in range(self.size)])
        else:
            known = self._known(direction, np.full(self.size, code), everyone)
        nobody = unknown(self.characteristic, direction, 1)
        return Verdicts(*(np.concatenate(both) for both in zip(known, nobody, strict=True)))

    def _make_by_column(self, direction: Direction, other: int) -> Verdicts:
        """What one person is worth to an asker of each own value."""
        return self._known(direction, np.arange(self.size), np.full(self.size, other))

    def _known(self, direction: Direction, own: Array, other: Array) -> Verdicts:
        if direction == Direction.COMPLEMENTS:
            pairs = zip(own.tolist(), other.tolist(), strict=True)
            return self._hits([self._fit(mine, theirs) for mine, theirs in pairs])
        agreement = coded_agreement(self.characteristic, direction, own, other).astype(np.uint8)
        return Verdicts(agreement, coded_passes(self.characteristic, direction, own, other))

    def _fit(self, own: int, other: int) -> bool:
        options = self.characteristic.options
        return options[other] in (self.characteristic.fits or {}).get(options[own], ())

    def _hits(self, hits: Sequence[bool]) -> Verdicts:
        passes = np.array(hits, np.bool_)
        return Verdicts(passes * np.uint8(FULL), passes)


class Multi:
    """A set of up to six options; `counterpart` is the characteristic that complements it, if any."""

    def __init__(self, characteristic: Characteristic, counterpart: Characteristic | None) -> None:
        self.characteristic = characteristic
        self._codes = {option: code for code, option in enumerate(characteristic.options)}
        self._words = words_for(len(characteristic.options))
        self._counterpart = counterpart or characteristic
        places = {option: code for code, option in enumerate(self._counterpart.options)}
        self._fitting = [1 << places[each] if each in places else 0 for each in characteristic.options]

    def encode(self, value: Value) -> int | None:
        if not isinstance(value, tuple):
            raise EngineError(f"{self.characteristic.key!r}: must be options, not {value!r:.60}")
        return self._mask(value) or None

    def _mask(self, options: Iterable[str]) -> int:
        return bits(_named(self._codes, option, self.characteristic.key) for option in options)

    def source(self, direction: Direction) -> str:
        asked = self._counterpart if direction == Direction.COMPLEMENTS else self.characteristic
        return asked.key

    def target(self, direction: Direction, own: int | None, options: Sequence[str]) -> Target | None:
        if direction == Direction.ONE_OF:
            return Target(self._mask(options), 0)
        if own is None:
            return None
        if direction == Direction.COMPLEMENTS:
            return Target(self._translated(own), own.bit_count())
        return Target(own, own.bit_count())

    def _translated(self, own: int) -> int:
        mask = 0
        for code, fitting in enumerate(self._fitting):
            mask |= fitting if own >> code & 1 else 0
        return mask

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        column = np.zeros((self._words, people), np.uint64)
        column[:, list(rows)] = pack(codes, self._words)
        return column

    def code_at(self, column: Array, row: int) -> int | None:
        return sum(int(word) << (WORD * place) for place, word in enumerate(column[:, row])) or None

    def targets(self, direction: Direction, targets: Sequence[Target]) -> Targets:
        asked = self._counterpart if direction == Direction.COMPLEMENTS else self.characteristic
        masks = pack([target.code for target in targets], words_for(len(asked.options)))
        return Targets(masks, np.array([target.size for target in targets], np.int16))

    def of_all(self, direction: Direction, target: Target, column: Array) -> Verdicts:
        known = column.any(axis=0)
        common = _common(column, pack([target.code], len(column)))
        agreement = multi_agreement(direction, common, target.size)
        agreement = np.where(known, agreement, self._expected(direction))
        return Verdicts(agreement.astype(np.uint8), multi_passes(direction, common, target.size) & known)

    def by_all(self, direction: Direction, targets: Targets, other: int | None) -> Verdicts:
        if other is None:
            return unknown(self.characteristic, direction, targets.sizes.size)
        common = _common(targets.codes, pack([other], len(targets.codes)))
        agreement = multi_agreement(direction, common, targets.sizes).astype(np.uint8)
        return Verdicts(agreement, multi_passes(direction, common, targets.sizes))

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        if other is None:
            return self._expected(direction), False
        common = np.array((target.code & other).bit_count())
        agreement = multi_agreement(direction, common, target.size)
        return int(agreement), bool(multi_passes(direction, common, target.size))

    def _expected(self, direction: Direction) -> int:
        return expected(self.characteristic, direction)


def _common(masks: Array, other: Array) -> Array:
    """How many bits each column of masks shares with the one other; wide enough to be multiplied by 60."""
    counts: Array = np.bitwise_count(masks & other).sum(axis=0, dtype=np.int16)
    return counts


def measure(characteristic: Characteristic, counterpart: Characteristic | None) -> Measure:
    """The measure of a characteristic that `checks.check_catalogue` found right."""
    if characteristic.kind == Kind.MULTI:
        return Multi(characteristic, counterpart)
    return Coded(characteristic)
