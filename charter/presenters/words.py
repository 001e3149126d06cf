"""Statuses, shares and ratios in plain words. The one place where an exact result becomes a number on screen."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import floor
from typing import Final

from charter.framework import Criterion, Framework, Kind, Status
from charter.framework.schema import Threshold
from charter.framework.wording import percent as exact_percent

STATUS_TAGS: Final = {
    Status.MET: ("Met", "green"),
    Status.PARTLY: ("Partly met", "yellow"),
    Status.NOT_MET: ("Not met", "red"),
    Status.NOT_APPLICABLE: ("Not applicable", "grey"),
    Status.INSUFFICIENT: ("Too few to tell", "grey"),
    Status.UNANSWERED: ("To answer", "blue"),
}
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_HUNDREDTH: Final = Decimal("0.01")


def percent(exact: Fraction) -> str:
    """A result as a whole percentage, rounded down: 99.6% never shows as 100%, nor 79.9% as 80%."""
    whole = floor(exact * 100)
    return "less than 1%" if whole == 0 and exact > 0 else f"{whole}%"


def down(exact: Fraction | Decimal) -> str:
    """A ratio with two decimals, rounded down, so that it never looks as if it reached what it did not."""
    return str(_decimal(exact).quantize(_HUNDREDTH, ROUND_FLOOR))


def up(exact: Fraction | Decimal) -> str:
    """A ratio in its other direction, rounded up for the same reason."""
    return str(_decimal(exact).quantize(_HUNDREDTH, ROUND_CEILING))


def _decimal(exact: Fraction | Decimal) -> Decimal:
    if isinstance(exact, Decimal):
        return exact
    return Context(prec=50).divide(Decimal(exact.numerator), Decimal(exact.denominator))


def number_word(number: int) -> str:
    """one to nine in letters, others in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    """'1 question', '12 questions'."""
    return f"{number:,} {one if number == 1 else many}"


def joined(parts: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def level_words(framework: Framework, level: str) -> str:
    """A level's name inside a sentence; 'no level yet' for none."""
    names = {one.id: one.name.lower() for one in framework.levels}
    return names.get(level, "no level yet")


def asked_words(criterion: Criterion, threshold: Threshold | None) -> str:
    """What it takes for one level to be met."""
    if threshold is None:
        return "all of it in place"
    if threshold.met is None:
        return "the numbers given"
    if criterion.kind is Kind.MEASURE:
        return _bands(exact_percent(threshold.met), exact_percent(threshold.partly) if threshold.partly else "")
    return _bands(down(threshold.met), down(threshold.partly) if threshold.partly else "")


def _bands(met: str, partly: str) -> str:
    return f"{met} or more" + (f"; partly from {partly}" if partly else "")


def kind_words(criterion: Criterion) -> str:
    """How a criterion is answered."""
    if criterion.derived:
        return "Worked out from your actions"
    return {
        Kind.STATEMENT: "Answered in words",
        Kind.MEASURE: "Answered with two numbers",
        Kind.RATIO: "Answered with four numbers, two for each group",
        Kind.QUOTIENT: "Answered with four numbers, two for each share",
    }[criterion.kind]
