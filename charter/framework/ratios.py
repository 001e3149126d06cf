"""The ratio of two rates with its interval, and the quotient of two shares.

The interval is the usual one for a ratio of two risks (normal on the log scale, Katz and others 1978); for a zero
count, ½ is added to counts and 1 to totals. That both are used here, and the four-fifths threshold, is our decision.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from charter.framework.answers import Count
from charter.framework.schema import RatioRules


@dataclass(frozen=True)
class Reading:
    """A ratio with its interval. `value` is exact (None: undefined); the bounds have the edition's digits.

    `corrected`: nobody in one group did it, so the interval is that of the corrected counts.
    """

    value: Fraction | None
    low: Decimal
    high: Decimal
    corrected: bool
    digits: int

    def reversed(self) -> "Reading":
        """The same comparison in the other direction; its value is None when this one is 0."""
        with localcontext(Context(prec=self.digits)):
            low, high = 1 / self.high, 1 / self.low
        return Reading(1 / self.value if self.value else None, low, high, self.corrected, self.digits)


def sufficient(rules: RatioRules, first: Count, second: Count) -> bool:
    """Whether a ratio says anything: enough people on both sides, and somebody in the second group did it."""
    return min(first.d, second.d) >= rules.minimum and second.n > 0


def ratio(first: Count, second: Count) -> Fraction:
    """R, the first rate over the second, exactly; the second rate must not be 0."""
    return first.share / second.share


def quotient(part: Count, whole: Count) -> Fraction:
    """Q, the share in the part over the share in the whole, exactly."""
    return part.share / whole.share


def read_ratio(rules: RatioRules, first: Count, second: Count) -> Reading | None:
    """R with its interval, for people to read; None when the numbers are insufficient."""
    if not sufficient(rules, first, second):
        return None
    centre, variance = _log_scale(rules, first, second)
    with localcontext(Context(prec=rules.digits)):
        reach = rules.z * _decimal(variance).sqrt()
        middle = _decimal(centre).ln()
        low, high = (middle - reach).exp(), (middle + reach).exp()
    return Reading(ratio(first, second), low, high, first.n == 0, rules.digits)


def wholly_below_one(rules: RatioRules, first: Count, second: Count) -> bool:
    """Whether the interval lies wholly below 1: R < 1 and (ln R)² > z² · (1/a − 1/b + 1/c − 1/d)."""
    centre, variance = _log_scale(rules, first, second)
    if centre >= 1:
        return False
    with localcontext(Context(prec=rules.digits)):
        return _decimal(centre).ln() ** 2 > rules.z**2 * _decimal(variance)


def _log_scale(rules: RatioRules, first: Count, second: Count) -> tuple[Fraction, Fraction]:
    """R and the variance of ln R, exactly; from corrected counts when nobody in the first group did it."""
    a, b, c, d = (Fraction(number) for number in (first.n, first.d, second.n, second.d))
    if a == 0:
        a, c = a + rules.zero_adds_to_count, c + rules.zero_adds_to_count
        b, d = b + rules.zero_adds_to_total, d + rules.zero_adds_to_total
    return (a / b) / (c / d), 1 / a - 1 / b + 1 / c - 1 / d


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)
