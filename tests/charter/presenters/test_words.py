"""Exact results as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from charter.framework import load
from charter.presenters.framework import level_hints
from charter.presenters.words import asked_words, counted, down, joined, level_words, number_word, percent, up


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(996, 1000), "99%"),
        (Fraction(9999999, 10000000), "99%"),
        (Fraction(1), "100%"),
        (Fraction(799, 1000), "79%"),
        (Fraction(29, 100), "29%"),
        (Fraction(57, 100), "57%"),
        (Fraction(0), "0%"),
        (Fraction(1, 1000), "less than 1%"),
    ],
)
def test_a_percentage_is_rounded_down(exact: Fraction, shown: str) -> None:
    assert percent(exact) == shown


def test_a_ratio_never_looks_better_than_it_is() -> None:
    assert down(Fraction(79999, 100000)) == "0.79"
    assert up(1 / Fraction(79999, 100000)) == "1.26"
    assert down(Fraction(4, 5)) == "0.80"
    assert up(Fraction(5, 4)) == "1.25"
    assert down(Decimal("0.99999999")) == "0.99"


@pytest.mark.parametrize(
    ("criterion", "level", "shown"),
    [
        ("LEA-1", "bronze", "all of it in place"),
        ("MAT-4", "bronze", "the numbers given"),
        ("MAT-4", "silver", "50% or more; partly from 40%"),
        ("SPO-5", "gold", "0.80 or more"),
        ("ROL-1", "gold", "0.80 or more; partly from 0.70"),
    ],
)
def test_what_is_asked(criterion: str, level: str, shown: str) -> None:
    found = load("1.0").criterion(criterion)
    assert asked_words(found, found.thresholds.get(level)) == shown


def test_small_words() -> None:
    assert (number_word(4), number_word(12), number_word(1200)) == ("four", "12", "1,200")
    assert (counted(1, "question", "questions"), counted(2, "question", "questions")) == ("1 question", "2 questions")
    assert [joined(parts) for parts in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert (level_words(load("1.0"), "gold"), level_words(load("1.0"), "none")) == ("gold", "no level yet")


def test_what_each_level_asks_is_counted_from_the_edition() -> None:
    hints = level_hints(load("1.0"))
    assert hints["bronze"].startswith("15 questions in all. Of its own 16 requirements, nine are core")
    assert "It includes bronze and silver." in hints["gold"]
    assert "Silver must have been held for 12 months first." in hints["gold"]
