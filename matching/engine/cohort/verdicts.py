"""What is asked about sets that no single option can tell: any of these, or a condition about one's own."""

from dataclasses import dataclass

import numpy as np

from matching.engine.measures import widen
from matching.engine.rules import Array, multi_passes
from matching.engine.schema import Direction


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """K different asks in one direction about one characteristic.

    Args:
        size: (K,) how many options of one's own.
        target: (words, K) the options compared, in the words of `column`.
        column: (words, people).
    """

    direction: Direction
    size: Array
    target: Array
    column: Array

    @classmethod
    def of(cls, direction: Direction, size: Array, target: Array, column: Array) -> "Verdict":
        """`target` in 64-bit words, `column` in bytes: from here on both in the narrowest words that hold them."""
        words = widen(column, len(target))
        narrow = np.min_scalar_type(max(words.max(initial=0), target.max(initial=0)))
        return cls(direction, size.astype(np.uint8), target.astype(narrow), words.astype(narrow))

    def on(self, people: Array, asks: Array) -> Array:
        """Which of these people pass these asks: (asks, people) bool."""
        column, target = self.column[:, people], self.target[:, asks, np.newaxis]
        if self.direction == Direction.ONE_OF:
            passes: Array = target[0] & column[0] != 0
            for mine, theirs in zip(target[1:], column[1:], strict=True):
                passes |= mine & theirs != 0
            return passes
        common = sum(np.bitwise_count(mine & theirs) for mine, theirs in zip(target, column, strict=True))
        passes = multi_passes(self.direction, common, self.size[asks, np.newaxis]) & column.any(axis=0)
        return passes


class Verdicts:
    """All of them, numbered one after the other."""

    def __init__(self, parts: tuple[Verdict, ...]) -> None:
        self._parts = parts
        self._first = np.cumsum([0, *(part.size.size for part in parts)])
        self.size = int(self._first[-1])

    def on(self, people: Array, numbers: Array, exact: np.dtype) -> Array:
        """1 where these people pass the asks of these numbers, ascending: (numbers, people)."""
        found = np.empty((numbers.size, people.size), exact)
        ends = np.searchsorted(numbers, self._first)
        for part, first, start, end in zip(self._parts, self._first, ends, ends[1:], strict=False):
            if end > start:
                np.copyto(found[start:end], part.on(people, numbers[start:end] - first))
        return found
