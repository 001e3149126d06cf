"""A typed view of a parsed table, so that a mistake in a framework file is named by its place."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from charter.framework.errors import FrameworkError


class Table:
    """One table of a framework file. Each getter takes a key once; `done` objects to keys never asked for."""

    def __init__(self, raw: object, place: str) -> None:
        self.place = place
        if not isinstance(raw, dict):
            self.fail("must be a table")
        self._raw: dict[str, object] = raw
        self._left = set(raw)

    def fail(self, problem: str) -> NoReturn:
        """Raise `FrameworkError` naming this place."""
        raise FrameworkError(f"Framework file: {self.place} {problem}.")

    def has(self, key: str) -> bool:
        """Whether the table has this key at all."""
        return key in self._raw

    def names(self) -> list[str]:
        """All keys, in file order."""
        return list(self._raw)

    def done(self) -> None:
        """Object to keys that nothing reads: most often a misspelling."""
        if self._left:
            self.fail(f"has unknown keys: {', '.join(sorted(self._left))}")

    def value(self, key: str) -> object:
        """Whatever stands under the key."""
        if key not in self._raw:
            self.fail(f"lacks {key!r}")
        self._left.discard(key)
        return self._raw[key]

    def text(self, key: str) -> str:
        """Words that are not blank."""
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(f"needs words for {key!r}")
        return value

    def optional_text(self, key: str) -> str:
        """Words, or "" when the key is absent."""
        return self.text(key) if self.has(key) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different words, not empty."""
        value = self.value(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
            self.fail(f"needs a list of words for {key!r}")
        if len(set(value)) != len(value):
            self.fail(f"says something twice in {key!r}")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self.value(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.fail(f"needs true or false for {key!r}")
        return value

    def whole(self, key: str, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fail(f"needs a whole number of at least {least} for {key!r}")
        return value

    def exact(self, key: str, most: int | None = 1) -> Fraction:
        """A number from 0 to `most`, exactly as written."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
            self.fail(f"needs a number for {key!r}")
        if value < 0 or (most is not None and value > most):
            self.fail(f"needs a number from 0 to {most} for {key!r}" if most is not None else f"{key!r} is below 0")
        return Fraction(value)

    def decimal(self, key: str) -> Decimal:
        """A number above 0 with finitely many decimals."""
        value = self.exact(key, most=None)
        if value <= 0:
            self.fail(f"needs a number above 0 for {key!r}")
        return Decimal(value.numerator) / Decimal(value.denominator)

    def table(self, key: str) -> "Table":
        """The table under the key."""
        return Table(self.value(key), f"{self.place}.{key}")

    def tables(self, key: str) -> Iterator["Table"]:
        """The list of tables under the key, not empty."""
        value = self.value(key)
        if not isinstance(value, list) or not value:
            self.fail(f"needs at least one [[{key}]]")
        for position, raw in enumerate(value, start=1):
            name = raw.get("id", raw.get("number", position)) if isinstance(raw, dict) else position
            yield Table(raw, f"{key} {name}")
