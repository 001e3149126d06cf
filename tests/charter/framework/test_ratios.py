"""Ratios: the charter's two vectors, the interval's edges, both directions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from charter.framework import Count, Status, Submission, parse_answer, quotient, read_ratio, score
from charter.framework.ratios import wholly_below_one
from tests.charter.framework.cases import DAY, FRAMEWORK

RULES = FRAMEWORK.rules.ratio


def _status(a: int, b: int, c: int, d: int) -> Status:
    answer = parse_answer(FRAMEWORK, "SPO-4", {"bme": {"n": a, "d": b}, "white": {"n": c, "d": d}})
    return score(FRAMEWORK, Submission(DAY, {"SPO-4": answer})).of("SPO-4")[0].status


@pytest.mark.parametrize(
    ("numbers", "shown", "upper", "status"),
    [
        ((12, 60, 150, 500), "0.667", "1.125", Status.PARTLY),
        ((40, 200, 300, 1000), "0.667", "0.894", Status.NOT_MET),
    ],
)
def test_vectors_of_the_charter(numbers: tuple[int, int, int, int], shown: str, upper: str, status: Status) -> None:
    a, b, c, d = numbers
    reading = read_ratio(RULES, Count(a, b), Count(c, d))
    assert reading is not None
    assert reading.value == Fraction(2, 3)
    assert f"{float(reading.value):.3f}" == shown
    assert str(round(reading.high, 3)) == upper
    assert _status(a, b, c, d) is status


def test_interval_has_fifty_digits() -> None:
    reading = read_ratio(RULES, Count(12, 60), Count(150, 500))
    assert reading is not None
    assert len(reading.high.as_tuple().digits) == 50
    assert abs(reading.low * reading.high - (Decimal(2) / 3) ** 2) < Decimal("1e-27")


def test_both_directions_mirror_each_other() -> None:
    reading = read_ratio(RULES, Count(12, 60), Count(150, 500))
    other = read_ratio(RULES, Count(150, 500), Count(12, 60))
    assert reading is not None
    assert other is not None
    mirrored = reading.reversed()
    assert mirrored.value == other.value == Fraction(3, 2)
    assert abs(mirrored.low - other.low) < Decimal("1e-45")
    assert abs(mirrored.high - other.high) < Decimal("1e-45")


@pytest.mark.parametrize(
    ("numbers", "status"),
    [
        ((24, 100, 30, 100), Status.MET),  # R = 0.80 exactly
        ((23, 100, 30, 100), Status.PARTLY),
        ((30, 100, 30, 100), Status.MET),
        ((22, 22, 30, 100), Status.INSUFFICIENT),
        ((23, 23, 30, 100), Status.MET),
        ((10, 100, 22, 22), Status.INSUFFICIENT),
        ((10, 100, 0, 100), Status.INSUFFICIENT),
        ((0, 100, 0, 100), Status.INSUFFICIENT),
        ((0, 100, 50, 100), Status.NOT_MET),  # no uptake at all is a finding
        ((0, 23, 1, 100), Status.PARTLY),  # though with so few it may be chance
        ((60, 60, 500, 500), Status.MET),  # an interval without width
    ],
)
def test_edges(numbers: tuple[int, int, int, int], status: Status) -> None:
    assert _status(*numbers) is status


def test_nobody_in_the_first_group_gives_zero_with_a_corrected_interval() -> None:
    reading = read_ratio(RULES, Count(0, 100), Count(50, 100))
    assert reading is not None
    assert reading.value == 0
    assert reading.corrected
    assert 0 < reading.low < reading.high < 1
    centre = (Decimal("0.5") / 101) / (Decimal("50.5") / 101)
    assert abs(reading.low * reading.high - centre**2) < Decimal("1e-27")
    assert reading.reversed().value is None


def test_an_interval_wholly_above_one_is_not_below_it() -> None:
    """With a = 0 the corrected ratio can lie far above 1, where (ln R)² is just as large."""
    first, second = Count(0, 23), Count(1, 1_000_000)
    reading = read_ratio(RULES, first, second)
    assert reading is not None
    assert reading.low > 1
    assert not wholly_below_one(RULES, first, second)


def test_insufficient_numbers_have_no_reading() -> None:
    assert read_ratio(RULES, Count(5, 22), Count(50, 100)) is None


def test_far_above_one_is_met_with_a_note() -> None:
    raw = {"bme": {"n": 60, "d": 100}, "white": {"n": 30, "d": 100}}
    result = score(FRAMEWORK, Submission(DAY, {"SPO-4": parse_answer(FRAMEWORK, "SPO-4", raw)}))
    assert result.of("SPO-4")[0].status is Status.MET
    assert any("SPO-4" in note and "more often" in note for note in result.notes)


@pytest.mark.parametrize(
    ("part", "status"), [(80, Status.MET), (79, Status.PARTLY), (70, Status.PARTLY), (69, Status.NOT_MET)]
)
def test_quotient_of_shares(part: int, status: Status) -> None:
    raw = {"part": {"n": part, "d": 400}, "whole": {"n": 300, "d": 1200}}
    assert quotient(Count(part, 400), Count(300, 1200)) == Fraction(part, 100)
    result = score(FRAMEWORK, Submission(DAY, {"ROL-1": parse_answer(FRAMEWORK, "ROL-1", raw)}))
    assert result.of("ROL-1")[0].status is status
