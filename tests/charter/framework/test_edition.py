"""Edition 1.0: what the file says, against the charter's own table, and whether it speaks to people."""

import subprocess
import sys
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from charter.framework import Criterion, Kind, editions, load
from tests.charter.framework.edition_1_0 import RULES

FRAMEWORK = load("1.0")


def _plain(criterion: Criterion) -> dict[str, Any]:
    levels: dict[str, Any] = dict.fromkeys(criterion.levels)
    for name, threshold in criterion.thresholds.items():
        bands = [threshold.met, threshold.partly] if criterion.kind is Kind.QUOTIENT else threshold.met
        levels[name] = "reported" if threshold.met is None else bands
    return {
        "id": criterion.id,
        "principle": criterion.principle,
        "kind": criterion.kind.value,
        "levels": levels,
        "core": criterion.core,
        "na": criterion.not_applicable,
        "survey": criterion.survey,
        "never_empty": criterion.empty == "error",
        "at_least": criterion.at_least,
    }


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    def exact(value: Any) -> Any:
        if isinstance(value, list):
            return [Fraction(one) for one in value]
        return value if value in (None, "reported") else Fraction(value)

    levels = {name: exact(value) for name, value in row["levels"].items()}
    return row | {"levels": levels, "at_least": row.get("at_least", 0)}


def test_every_criterion_has_the_rules_of_the_charters_table() -> None:
    assert [_plain(criterion) for criterion in FRAMEWORK.criteria] == [_expected(row) for row in RULES["criteria"]]


def test_there_are_42_criteria_and_49_requirements() -> None:
    counts = Counter(requirement.level for requirement in FRAMEWORK.requirements)
    core = Counter(r.level for r in FRAMEWORK.requirements if r.criterion.core)
    assert (len(FRAMEWORK.criteria), len(FRAMEWORK.requirements)) == (42, 49)
    assert counts == {"bronze": 16, "silver": 19, "gold": 14}
    assert core == {"bronze": 9, "silver": 3, "gold": 2}


def test_numbers_of_the_rules_are_those_of_the_charter() -> None:
    rules = FRAMEWORK.rules
    assert [(level.id, level.share) for level in FRAMEWORK.levels] == [
        ("bronze", Fraction(3, 4)),
        ("silver", Fraction(4, 5)),
        ("gold", Fraction(4, 5)),
    ]
    assert (rules.partly_margin, rules.partly_share) == (Fraction(1, 10), Fraction(1, 4))
    assert (rules.credit.met, rules.credit.partly, rules.credit.not_met) == (Fraction(1), Fraction(1, 2), Fraction(0))
    assert (rules.insufficient_per_level, rules.not_applicable_per_principle) == (2, 1)
    assert (rules.not_applicable_reason, rules.survey_minimum, rules.ratio.minimum) == (100, 11, 23)
    assert (str(rules.ratio.z), rules.ratio.digits, rules.ratio.note_above) == ("1.96", 50, Fraction(5, 4))
    assert (rules.validity.years, rules.validity.interim_months, rules.validity.renewal_months) == (3, 18, 6)
    held = FRAMEWORK.level("gold").needs_held
    assert held is not None
    assert (held.level, held.months) == ("silver", 12)


def test_what_the_app_can_count_by_itself_is_marked() -> None:
    auto = {criterion.id for criterion in FRAMEWORK.criteria if criterion.auto}
    wanted = "VOI-3 MAT-5 REL-2 REL-3 REL-4 REL-5 RAC-2 SPO-3 PEE-2 PEE-3 EVI-3"
    assert auto == set(wanted.split())
    assert [criterion.id for criterion in FRAMEWORK.criteria if criterion.derived] == ["EVI-2"]


def test_the_edition_is_a_pilot_and_groups_every_census_category_once() -> None:
    assert FRAMEWORK.pilot
    assert "co-produced" in FRAMEWORK.pilot_note
    categories = [name for group in FRAMEWORK.groups for name in group.categories]
    assert len(categories) == len(set(categories)) == 19
    assert [group.id for group in FRAMEWORK.groups] == ["bme", "white"]


def test_principles_are_eight_and_each_is_needed() -> None:
    assert [principle.number for principle in FRAMEWORK.principles] == list(range(1, 9))
    assert all(FRAMEWORK.criteria_of(principle.number) for principle in FRAMEWORK.principles)


@pytest.mark.parametrize("criterion", FRAMEWORK.criteria, ids=lambda criterion: criterion.id)
def test_words_are_fit_for_the_screen(criterion: Criterion) -> None:
    words = [criterion.title, criterion.requirement, criterion.why, criterion.evidence, *criterion.good]
    assert all(text == text.strip() and "  " not in text for text in words)
    assert all(text[0] == '"' or text[0].isupper() for text in words)
    assert all(text.endswith(".") for text in words[1:])
    assert len(criterion.title) <= 55
    assert len(criterion.good) >= 2
    assert len(criterion.why) <= 320


def test_no_title_or_hint_stands_twice() -> None:
    for words in (
        [criterion.title for criterion in FRAMEWORK.criteria],
        [good for criterion in FRAMEWORK.criteria for good in criterion.good],
        [criterion.why for criterion in FRAMEWORK.criteria],
    ):
        assert len(words) == len(set(words))


def test_editions_are_listed() -> None:
    assert "1.0" in editions()
    assert load("1.0") is FRAMEWORK


def test_importing_the_package_brings_in_neither_django_nor_numpy() -> None:
    code = "import sys, charter.framework.__main__; print(sorted({'django', 'numpy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
