"""Dates: months that are too short, the edges of the calendar, an award's own dates."""

from datetime import date

import pytest

from charter.framework import add_months, expires_on, interim_check_on, renewal_ends_on
from tests.charter.framework.cases import FRAMEWORK


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 1), 36, date(2029, 11, 1)),
        (date(2026, 11, 1), -12, date(2025, 11, 1)),
        (date(2028, 2, 29), 36, date(2031, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(9998, 1, 1), 36, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_dates_of_an_award() -> None:
    decided = date(2026, 11, 1)
    assert expires_on(FRAMEWORK, decided) == date(2029, 11, 1)
    assert interim_check_on(FRAMEWORK, decided) == date(2028, 5, 1)
    assert renewal_ends_on(FRAMEWORK, date(2029, 11, 1)) == date(2030, 5, 1)
