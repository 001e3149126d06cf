"""One characteristic, ready to be computed with: answers as whole numbers, and its rules over arrays.

A *code* is an answer as one int: the place of the option (category, ordinal) or of the step (scale), or the
bitmask of the options (multi, any number of options). None means not answered or not to be seen. A *column*
holds the codes of N people: shape (N,), unknown = number of options; for a multi the bytes of the bitmask, lowest
first, shape (bytes, N), unknown = no bit: what shares nothing with a question need not be read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import iadd
from typing import NamedTuple, Protocol

import numpy as np

from matching.engine.errors import EngineError
from matching.engine.rules import SCALE_STEP, Array, coded_agreement, coded_passes, multi_agreement, multi_passes
from matching.engine.schema import DEFAULT_EXPECTED, FULL, MOST_CHOSEN, SCALE, Characteristic, Direction, Kind, Value

Reader = Callable[[Array], Array]
BYTE = 8
WORD = 64
KEPT_TABLES = 1024
MOST_COMPARED = 8


class Target(NamedTuple):
    """What one preference asks: own code or a mask of the options wanted, and the number of own options."""

    code: int
    size: int


class Verdicts(NamedTuple):
    """Agreement (uint8, 0-60) and whether a condition would hold (bool), for each of several answers."""

    agreement: Array
    passes: Array


class Measure(Protocol):
    """What `Coded` and `Multi` have in common."""

    characteristic: Characteristic

    @property
    def words(self) -> int:
        """How many 64-bit words a set of its options takes."""

    def encode(self, value: Value) -> int | None:
        """The code of an answer, None for an empty set; raises `EngineError` for one that can't be."""

    def source(self, direction: Direction) -> str:
        """The key of the characteristic in which the other is looked at."""

    def target(self, direction: Direction, own: int | None, options: Sequence[str]) -> Target | None:
        """What a preference asks, or None where it is skipped because the asker's own value is missing."""

    def named(self, mask: int) -> tuple[str, ...]:
        """The options of a bitmask."""

    def own_targets(self, direction: Direction, column: Array) -> tuple[Array, Array, Array]:
        """The targets of K askers with these own answers, for all directions but `one_of`.

        Codes (words, K) uint64, numbers of own options (K,), and whether the own answer is known (K,) bool.
        """

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        """The column in which these rows have these codes and all others are unknown."""

    def code_at(self, column: Array, row: int) -> int | None:
        """The code of one person of a column."""

    def bits(self, code: int) -> int:
        """An answer as a bitmask of options."""

    def agreement(self, direction: Direction, target: Target, weight: int) -> Reader:
        """What one asker finds in everyone of a column of the source characteristic.

        Weight (at most 4) times agreement, uint8.
        """

    def passes(self, direction: Direction, target: Target) -> Reader:
        """Whether everyone in a column of the source characteristic meets one asker's condition: bool."""

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        """Agreement and passing of one asker about one person."""


def expected(characteristic: Characteristic, direction: Direction) -> int:
    """Agreement that counts where the other's value is unknown, 0-60."""
    return characteristic.expected.get(direction, DEFAULT_EXPECTED)


def pack(masks: Sequence[int], words: int) -> Array:
    """Bitmasks of any length as unsigned 64-bit words, lowest first; shape (words, masks)."""
    packed = np.empty((words, len(masks)), np.uint64)
    for word in range(words):
        packed[word] = [mask >> (WORD * word) & (2**WORD - 1) for mask in masks]
    return packed


def join(words: Array) -> int:
    """The bitmask that `pack` or `pack_bytes` made these words or bytes of."""
    bits = words.itemsize * BYTE
    return sum(int(word) << (bits * place) for place, word in enumerate(words))


def widen(column: Array, words: int) -> Array:
    """The column of a multi as 64-bit words, lowest first; shape (words, N)."""
    padded = np.zeros((column.shape[1], words * (WORD // BYTE)), np.uint8)
    padded[:, : len(column)] = column.T
    return np.ascontiguousarray(padded.view("<u8").astype(np.uint64, copy=False).T)


def words_for(options: int) -> int:
    """How many 64-bit words a set of so many options takes."""
    return -(-options // WORD)


def bytes_for(options: int) -> int:
    """How many bytes a set of so many options takes in a column."""
    return -(-options // BYTE)


def pack_bytes(masks: Sequence[int], size: int) -> Array:
    """Bitmasks as bytes, lowest first; shape (size, masks)."""
    flat = b"".join(mask.to_bytes(size, "little") for mask in masks)
    return np.frombuffer(flat, np.uint8).reshape(len(masks), size).T


def _named(codes: dict[str, int], option: object, key: str) -> int:
    if not isinstance(option, str) or option not in codes:
        raise EngineError(f"{key!r}: there is no option {option!r:.60}")
    return codes[option]


class Coded:
    """A category, an ordinal or a scale."""

    def __init__(self, characteristic: Characteristic) -> None:
        self.characteristic = characteristic
        self.size = len(SCALE) if characteristic.kind == Kind.SCALE else len(characteristic.options)
        self.words = words_for(self.size)
        self._codes = {option: code for code, option in enumerate(characteristic.options)}
        self._wanted = {option: 1 << code for option, code in self._codes.items()}
        for option, parent in zip(characteristic.options, characteristic.parents, strict=False):
            if parent is not None:
                self._wanted[parent] = self._wanted.get(parent, 0) | self._wanted[option]
        self.table = lru_cache(KEPT_TABLES)(self._make_table)

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

    def named(self, mask: int) -> tuple[str, ...]:
        return tuple(option for option, code in self._codes.items() if mask >> code & 1)

    def own_targets(self, direction: Direction, column: Array) -> tuple[Array, Array, Array]:
        return column.astype(np.uint64)[np.newaxis], np.zeros(column.size, np.uint8), column != self.size

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        column = np.full(people, self.size, np.min_scalar_type(self.size))
        column[list(rows)] = codes
        return column

    def code_at(self, column: Array, row: int) -> int | None:
        code = int(column[row])
        return None if code == self.size else code

    def bits(self, code: int) -> int:
        return 1 << code

    def agreement(self, direction: Direction, target: Target, weight: int) -> Reader:
        table = self.about_each(direction, target.code).agreement * np.uint8(weight)
        if self.characteristic.kind == Kind.SCALE:
            return self._by_distance(direction, target.code, weight, table[-1])
        return _reader(table)

    def _by_distance(self, direction: Direction, code: int, weight: int, unknown: np.uint8) -> Reader:
        """The same for a scale by arithmetic: quicker where each code is worth something else (measured)."""
        step, most = np.uint8(SCALE_STEP * weight), np.uint8(FULL * weight)

        def read(column: Array) -> Array:
            found: Array = np.abs(column.view(np.int8) - np.int8(code)).view(np.uint8) * step
            if direction == Direction.SAME:
                np.subtract(most, found, out=found)
            known = column != self.size
            found *= known.view(np.uint8)
            found += (~known).view(np.uint8) * unknown
            return found

        return read

    def passes(self, direction: Direction, target: Target) -> Reader:
        read = _reader(self.about_each(direction, target.code).passes.view(np.uint8))
        return lambda column: read(column).view(np.bool_)

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        agreement, passes = self.about_each(direction, target.code)
        at = self.size if other is None else other
        return int(agreement[at]), bool(passes[at])

    def about_each(self, direction: Direction, code: int) -> Verdicts:
        """What each answer of the other is worth to one asker, the last entry standing for unknown."""
        if direction != Direction.ONE_OF:
            return Verdicts(*(each[code] for each in self.table(direction)))
        passes = np.array([*(bool(code >> option & 1) for option in range(self.size)), False], np.bool_)
        agreement = passes * np.uint8(FULL)
        agreement[-1] = expected(self.characteristic, direction)
        return Verdicts(agreement, passes)

    def _make_table(self, direction: Direction) -> Verdicts:
        """What each own answer finds in each of the other: (own, other), for all directions but `one_of`.

        The last entry of each row stands for unknown.
        """
        own, other = np.arange(self.size)[:, np.newaxis], np.arange(self.size)
        if direction == Direction.COMPLEMENTS:
            passes = self._fits()
            agreement = passes * np.uint8(FULL)
        else:
            passes = coded_passes(self.characteristic, direction, own, other)
            agreement = coded_agreement(self.characteristic, direction, own, other).astype(np.uint8)
        unknown = np.full((self.size, 1), expected(self.characteristic, direction), np.uint8)
        return Verdicts(np.hstack([agreement, unknown]), np.hstack([passes, np.zeros_like(unknown, np.bool_)]))

    def _fits(self) -> Array:
        options, fits = self.characteristic.options, self.characteristic.fits or {}
        return np.array([[other in fits.get(own, ()) for other in options] for own in options], np.bool_)


def _reader(table: Array) -> Reader:
    """`table[column]`, uint8. A few comparisons are quicker than a look-up each (measured)."""
    usual = int(np.bincount(table).argmax())
    levels: dict[int, list[int]] = {}
    for code in np.flatnonzero(table != usual).tolist():
        levels.setdefault((int(table[code]) - usual) % 256, []).append(code)
    if not 0 < sum(map(len, levels.values())) <= MOST_COMPARED:
        return table.take
    return lambda column: _compared(column, levels, usual)


def _compared(column: Array, levels: Mapping[int, Sequence[int]], usual: int) -> Array:
    """What is usual, and for the codes of each level so much more (modulo 256)."""
    found: list[Array] = []
    for difference, codes in levels.items():
        at = column == codes[0]
        for code in codes[1:]:
            at |= column == code
        more = at.view(np.uint8)
        found.append(np.multiply(more, np.uint8(difference), out=more))
    if usual:
        found[0] += np.uint8(usual)
    return reduce(iadd, found)


class Multi:
    """A set of up to six options; `counterpart` is the characteristic that complements it, if any."""

    def __init__(self, characteristic: Characteristic, counterpart: Characteristic | None) -> None:
        self.characteristic = characteristic
        self._codes = {option: code for code, option in enumerate(characteristic.options)}
        self._counterpart = counterpart or characteristic
        self.words = max(words_for(len(characteristic.options)), words_for(len(self._counterpart.options)))
        self._bytes = bytes_for(len(characteristic.options))
        places = {option: code for code, option in enumerate(self._counterpart.options)}
        self._fitting = [1 << places[each] if each in places else 0 for each in characteristic.options]

    def encode(self, value: Value) -> int | None:
        if not isinstance(value, tuple):
            raise EngineError(f"{self.characteristic.key!r}: must be options, not {value!r:.60}")
        if len(value) > MOST_CHOSEN:
            raise EngineError(f"{self.characteristic.key!r}: has {len(value)} options, more than {MOST_CHOSEN}")
        return self._mask(value) or None

    def _mask(self, options: Iterable[str]) -> int:
        mask = 0
        for option in options:
            mask |= 1 << _named(self._codes, option, self.characteristic.key)
        return mask

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

    def named(self, mask: int) -> tuple[str, ...]:
        return tuple(option for option, code in self._codes.items() if mask >> code & 1)

    def own_targets(self, direction: Direction, column: Array) -> tuple[Array, Array, Array]:
        words = widen(column, self.words)
        size = np.bitwise_count(words).sum(axis=0, dtype=np.uint8)
        if direction == Direction.COMPLEMENTS:
            masks, back = np.unique(words, axis=1, return_inverse=True)
            words = pack([self._translated(join(mask)) for mask in masks.T], self.words)[:, back]
        return words, size, size > 0

    def column(self, rows: Sequence[int], codes: Sequence[int], people: int) -> Array:
        column = np.zeros((self._bytes, people), np.uint8)
        column[:, list(rows)] = pack_bytes(codes, self._bytes)
        return column

    def code_at(self, column: Array, row: int) -> int | None:
        return join(column[:, row]) or None

    def bits(self, code: int) -> int:
        return code

    def agreement(self, direction: Direction, target: Target, weight: int) -> Reader:
        most = np.uint8(FULL * weight)
        unknown = np.uint8(expected(self.characteristic, direction) * weight)
        # Whole, as there are at most six of one's own and 60 divides by each of 1 to 6.
        each = most // np.uint8(target.size or 1)

        def read(column: Array) -> Array:
            common = self._common(target, column)
            found = (common > 0).view(np.uint8) * most if direction == Direction.ONE_OF else common * each
            if direction == Direction.DIFFERENT:
                np.subtract(most, found, out=found)
            known = _known(column)
            found *= known.view(np.uint8)
            found += (~known).view(np.uint8) * unknown
            return found

        return read

    def passes(self, direction: Direction, target: Target) -> Reader:
        def read(column: Array) -> Array:
            holds: Array = multi_passes(direction, self._common(target, column), target.size)
            # Nobody without an answer has anything in common, which only `different` takes for a yes.
            return holds & _known(column) if direction == Direction.DIFFERENT else holds

        return read

    def of_one(self, direction: Direction, target: Target, other: int | None) -> tuple[int, bool]:
        if other is None:
            return expected(self.characteristic, direction), False
        common = np.array((target.code & other).bit_count())
        agreement = multi_agreement(direction, common, target.size)
        return int(agreement), bool(multi_passes(direction, common, target.size))

    @staticmethod
    def _common(target: Target, column: Array) -> Array:
        """How many options of the target each has, uint8."""
        asked = [(place, np.uint8(target.code >> (BYTE * place) & 255)) for place in range(len(column))]
        found = [np.bitwise_count(column[place] & byte) for place, byte in asked if byte]
        common: Array = sum(found[1:], found[0]) if found else np.zeros(column.shape[1], np.uint8)
        return common


def _known(column: Array) -> Array:
    """Who has answered a multi at all."""
    some = column[0]
    for byte in column[1:]:
        some = some | byte
    known: Array = some != 0
    return known


def measure(characteristic: Characteristic, counterpart: Characteristic | None) -> Measure:
    """The measure of a characteristic that `checks.check_catalogue` found right."""
    if characteristic.kind == Kind.MULTI:
        return Multi(characteristic, counterpart)
    return Coded(characteristic)
