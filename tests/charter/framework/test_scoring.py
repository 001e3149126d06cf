"""The award rules one by one, on edition 1.0."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from charter.framework import FrameworkError, Status, needs_action
from tests.charter.framework.cases import CLAIMED, FRAMEWORK, NOT_MET, PARTLY, scored

TOO_FEW = {"bme": {"n": 3, "d": 22}, "white": {"n": 300, "d": 1000}}
NOBODY = {"n": 0, "d": 0}


def test_everything_met_is_gold() -> None:
    result = scored()
    assert result.level == "gold"
    assert result.complete
    assert result.notes == ()
    assert all(level.reached and level.share == 1 and level.blocked_by == () for level in result.levels)


def test_nothing_answered_is_none_and_says_why() -> None:
    result = scored(dict.fromkeys([criterion.id for criterion in FRAMEWORK.criteria]))
    assert result.level == "none"
    assert result.unanswered == tuple(criterion.id for criterion in FRAMEWORK.criteria)
    assert result.at("bronze").principles_unmet == tuple(range(1, 9))
    assert len(result.at("bronze").core_unmet) == 9
    assert (
        "LEA-1 (A board sponsor and a public commitment) is core and not answered yet."
        in result.at("bronze").blocked_by
    )


def test_an_unmet_core_stops_its_level_and_those_above() -> None:
    result = scored({"RAC-3": PARTLY})
    assert result.level == "bronze"
    assert result.at("silver").core_unmet == ("RAC-3",)
    assert result.at("gold").core_unmet == ()
    assert result.at("gold").blocked_by == ("Silver comes first.",)


def test_core_ratio_with_too_few_people_caps_at_silver() -> None:
    result = scored({"SPO-5": TOO_FEW})
    assert result.level == "silver"
    assert result.of("SPO-5")[0].status is Status.INSUFFICIENT
    assert result.of("SPO-5")[0].credit == 0
    assert result.at("gold").core_unmet == ("SPO-5",)


def test_non_core_without_enough_numbers_leaves_the_denominator_twice_a_level() -> None:
    gone = {"SPO-4": TOO_FEW, "REL-5": {"n": 10, "d": 10}}
    two = scored(gone).at("gold")
    assert (two.applicable, two.share) == (10, Fraction(1))
    three = scored(gone | {"ALY-2": NOBODY})
    assert three.of("ALY-2")[0].status is Status.NOT_MET
    assert (three.at("gold").applicable, three.at("gold").credit) == (10, Fraction(9))
    assert any(note.startswith("ALY-2 (gold): Not enough numbers") for note in three.notes)


def test_core_insufficient_does_not_use_up_the_cap() -> None:
    result = scored({"SPO-5": TOO_FEW, "SPO-4": TOO_FEW, "REL-5": {"n": 10, "d": 10}})
    assert result.of("SPO-4")[0].status is Status.INSUFFICIENT


def test_caps_are_per_level() -> None:
    result = scored({"REL-3": {"n": 0, "d": 10}, "EVI-3": NOBODY, "SPO-3": NOBODY})
    assert [one.status for one in result.of("EVI-3")] == [Status.NOT_MET, Status.NOT_MET]
    assert [one.status for one in result.of("SPO-3")] == [Status.INSUFFICIENT, Status.INSUFFICIENT]


def test_one_answer_is_judged_at_each_level_by_its_own_threshold() -> None:
    result = scored({"MAT-4": {"n": 45, "d": 100}, "RAC-2": {"n": 85, "d": 100}})
    assert [one.status for one in result.of("MAT-4")] == [Status.MET, Status.PARTLY, Status.NOT_MET]
    assert [one.status for one in result.of("RAC-2")] == [Status.MET, Status.MET, Status.PARTLY]
    assert [one.more_needed for one in result.of("MAT-4")] == [None, 5, 35]
    assert [one.more_needed for one in result.of("RAC-2")] == [0, 0, 10]


@pytest.mark.parametrize(
    ("n", "status"), [(50, Status.MET), (49, Status.PARTLY), (40, Status.PARTLY), (39, Status.NOT_MET)]
)
def test_the_margin_of_a_measure(n: int, status: Status) -> None:
    assert scored({"VOI-3": {"n": n, "d": 100}}).of("VOI-3")[0].status is status


@pytest.mark.parametrize(
    ("criterion", "answer", "status"),
    [
        ("REL-3", {"n": 10, "d": 10}, Status.INSUFFICIENT),
        ("REL-3", {"n": 11, "d": 11}, Status.MET),
        ("VOI-3", {"n": 1, "d": 1}, Status.MET),
        ("VOI-3", NOBODY, Status.INSUFFICIENT),
        ("PEE-2", {"n": 0, "d": 4}, Status.NOT_MET),
        ("PEE-2", NOBODY, Status.NOT_MET),
        ("PEE-2", {"n": 1, "d": 1}, Status.MET),
    ],
)
def test_small_numbers_of_measures(criterion: str, answer: dict[str, int], status: Status) -> None:
    assert scored({criterion: answer}).of(criterion)[0].status is status


@pytest.mark.parametrize(
    ("due", "counts"),
    [
        (None, False),
        ("2026-11-01", False),
        ("2026-11-02", True),
        ("2029-10-31", True),
        ("2029-11-01", False),
    ],
)
def test_partly_counts_only_with_an_action_in_time(due: str | None, counts: bool) -> None:
    result = scored({"LEA-3": PARTLY | {"action_due": due}})
    assert result.of("LEA-3")[0].status is Status.PARTLY
    assert result.of("LEA-3")[0].credit == (Fraction(1, 2) if counts else 0)
    assert bool(result.of("LEA-3")[0].note) is not counts


def test_only_a_quarter_may_be_partly_met_in_framework_order() -> None:
    """Bronze has seven non-core requirements, so one may count: the first that has an action."""
    late = PARTLY | {"action_due": None}
    result = scored({"PEE-1": PARTLY, "SPO-1": PARTLY, "LEA-3": late})
    assert result.at("bronze").partly_limit == 1
    credits = {name: result.of(name)[0].credit for name in ("LEA-3", "SPO-1", "PEE-1")}
    assert credits == {"LEA-3": 0, "SPO-1": Fraction(1, 2), "PEE-1": 0}
    assert result.at("bronze").credit == Fraction(9, 2)
    assert result.at("bronze").credit_short == Fraction(3, 4)
    assert "Beside the core ones, Bronze has 4½ of 7 credits; it takes 5½ (75%)." in result.at("bronze").blocked_by


def test_a_principle_with_nothing_met_blocks() -> None:
    result = scored({"SPO-1": NOT_MET})
    assert result.at("bronze").principles_unmet == (6,)
    assert result.level == "none"
    assert result.at("bronze").credit == 6
    assert result.at("silver").principles_unmet == ()


def test_partly_without_credit_still_keeps_a_principle() -> None:
    assert scored({"SPO-1": PARTLY | {"action_due": None}}).level == "gold"


def test_the_items_a_level_hangs_on_are_named() -> None:
    result = scored()
    assert [level.decisive for level in result.levels] == [("SPO-1", "PEE-1"), (), ()]


def test_not_applicable_leaves_the_denominator() -> None:
    assert scored({"MAT-6": CLAIMED}).at("silver").applicable == 15
    assert scored({"MAT-6": CLAIMED | {"na_accepted": False}}).at("silver").applicable == 16


@pytest.mark.parametrize(
    ("since", "level"),
    [
        (None, "silver"),
        (date(2025, 11, 1), "gold"),
        (date(2025, 11, 2), "silver"),
        (date(2027, 1, 1), "silver"),
    ],
)
def test_gold_needs_silver_held_for_a_year(since: date | None, level: str) -> None:
    result = scored(silver_since=since)
    assert result.level == level
    if level == "silver":
        assert result.at("gold").blocked_by == ("Silver must have been held for 12 months by then.",)


def test_applying_for_one_level_asks_for_that_and_below() -> None:
    result = scored({"VOI-4": None, "LEA-4": None, "MAT-4": None})
    assert result.unanswered == ("LEA-4", "VOI-4", "MAT-4")
    assert result.unanswered_up_to("bronze") == ("MAT-4",)
    assert result.unanswered_up_to("silver") == ("LEA-4", "MAT-4")
    assert not result.complete


def test_the_award_is_never_above_the_level_applied_for() -> None:
    result = scored()
    assert result.awarded_when_applying_for("bronze") == "bronze"
    assert scored({"LEA-1": NOT_MET}).awarded_when_applying_for("gold") == "none"
    with pytest.raises(FrameworkError):
        result.awarded_when_applying_for("platinum")


def test_actions_are_asked_for_what_is_unmet_at_or_below_the_level() -> None:
    changes: dict[str, Any] = {"EVI-2": NOT_MET, "LEA-4": PARTLY, "VOI-4": NOT_MET, "SPO-5": TOO_FEW, "MAT-6": CLAIMED}
    result = scored(changes | {"MAT-4": {"n": 60, "d": 100}})
    assert needs_action(FRAMEWORK, result, "bronze") == ()
    assert needs_action(FRAMEWORK, result, "silver") == ("LEA-4",)
    assert needs_action(FRAMEWORK, result, "gold") == ("LEA-4", "VOI-4", "MAT-4", "SPO-5")
