"""Answers: what is taken, what counts as unanswered, and what is refused with a sentence to act on."""

from datetime import date
from typing import Any

import pytest

from charter.framework import Answer, Count, FrameworkError, Status, Submission, parse_answer, score
from tests.charter.framework.cases import DAY, FRAMEWORK

LONG = "x" * 100


def test_a_statement() -> None:
    raw = {"status": "partly", "reason": " Half of it. ", "action_due": "2027-06-30"}
    assert parse_answer(FRAMEWORK, "LEA-3", raw) == Answer(
        "LEA-3", Status.PARTLY, reason="Half of it.", action_due=date(2027, 6, 30)
    )


def test_numbers() -> None:
    assert parse_answer(FRAMEWORK, "MAT-4", {"n": 40, "d": 90}).counts == (Count(40, 90),)
    ratio = parse_answer(FRAMEWORK, "SPO-5", {"white": {"n": 3, "d": 4}, "bme": {"n": 1, "d": 2}})
    assert ratio.counts == (Count(1, 2), Count(3, 4))
    overridden = parse_answer(FRAMEWORK, "RAC-2", {"n": 1, "d": 2, "reason": "Counted by hand."})
    assert overridden.reason == "Counted by hand."


@pytest.mark.parametrize(
    ("criterion", "raw"),
    [
        ("LEA-1", None),
        ("LEA-1", {}),
        ("LEA-1", {"status": None, "reason": ""}),
        ("LEA-1", {"reason": "Written before deciding."}),
        ("MAT-4", {"n": None, "d": None}),
        ("MAT-4", {"action_due": "2027-06-30"}),
        ("SPO-5", {"bme": None, "white": None}),
        ("SPO-5", {"bme": {"n": None, "d": None}, "white": {}}),
        ("ROL-1", {"part": {}}),
    ],
)
def test_unanswered(criterion: str, raw: Any) -> None:
    answer = parse_answer(FRAMEWORK, criterion, raw)
    assert not answer.answered
    result = score(FRAMEWORK, Submission(DAY, {criterion: answer}))
    assert {one.status for one in result.of(criterion)} == {Status.UNANSWERED}
    assert len(result.unanswered) == 42


REFUSED = [
    ("XXX-1", {}, "no criterion"),
    ("LEA-1", [], "object"),
    ("LEA-1", "met", "object"),
    ("LEA-1", {"status": "met"}, "reason"),
    ("LEA-1", {"status": "met", "reason": "  "}, "reason"),
    ("LEA-1", {"status": "met", "reason": 7}, "words"),
    ("LEA-1", {"status": "Met", "reason": "Because."}, "one of met, partly"),
    ("LEA-1", {"status": "insufficient", "reason": "Because."}, "one of met, partly"),
    ("LEA-1", {"status": "unanswered", "reason": "Because."}, "one of met, partly"),
    ("LEA-1", {"status": True, "reason": "Because."}, "one of met, partly"),
    ("LEA-1", {"status": ["met"], "reason": "Because."}, "one of met, partly"),
    ("LEA-1", {"status": "not_applicable", "reason": LONG}, "applies to everyone"),
    ("LEA-1", {"status": "met", "reason": "Because.", "n": 1, "d": 2}, "cannot be part"),
    ("LEA-1", {"status": "met", "reason": "Because.", "colour": "red"}, "colour"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": "2027-02-30"}, "date"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": "20270228"}, "date"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": "2027-W01-1"}, "date"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": "30/06/2027"}, "date"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": 2027}, "date"),
    ("LEA-3", {"status": "partly", "reason": "Because.", "action_due": True}, "date"),
    ("MAT-6", {"status": "not_applicable", "reason": LONG[1:]}, "100 characters"),
    ("MAT-6", {"status": "not_applicable", "reason": " " * 50 + LONG[1:]}, "100 characters"),
    ("MAT-6", {"status": "not_applicable"}, "100 characters"),
    ("MAT-6", {"status": "not_applicable", "reason": LONG, "na_accepted": "yes"}, "na_accepted"),
    ("MAT-6", {"status": "not_applicable", "reason": LONG, "na_accepted": 1}, "na_accepted"),
    ("MAT-4", {"status": "met", "n": 1, "d": 2}, "follows from the numbers"),
    ("MAT-4", {"status": "met"}, "follows from the numbers"),
    ("MAT-4", {"status": "not_applicable", "reason": LONG}, "applies to everyone"),
    ("MAT-4", {"n": 3, "d": 2}, "There cannot be more"),
    ("MAT-4", {"n": -1, "d": 2}, "whole number"),
    ("MAT-4", {"n": 0, "d": -2}, "whole number"),
    ("MAT-4", {"n": 1.5, "d": 2}, "whole number"),
    ("MAT-4", {"n": 1.0, "d": 2}, "whole number"),
    ("MAT-4", {"n": True, "d": 2}, "whole number"),
    ("MAT-4", {"n": "1", "d": 2}, "whole number"),
    ("MAT-4", {"n": 1}, "both numbers"),
    ("MAT-4", {"n": None, "d": 2}, "both numbers"),
    ("MAT-4", {"n": 0, "d": 0}, "cannot be 0"),
    ("EVI-1", {"n": 0, "d": 0}, "cannot be 0"),
    ("SPO-5", {"n": 1, "d": 2}, "cannot be part"),
    ("SPO-5", {"bme": {"n": 1, "d": 30}}, "both sides"),
    ("SPO-5", {"bme": [1, 30], "white": {"n": 1, "d": 30}}, "object with n and d"),
    ("SPO-5", {"bme": {"n": 1, "d": 30, "e": 1}, "white": {"n": 1, "d": 30}}, "cannot be part"),
    ("SPO-5", {"bme": {"n": 31, "d": 30}, "white": {"n": 1, "d": 30}}, "There cannot be more"),
    ("SPO-5", {"status": "not_met", "bme": {"n": 1, "d": 30}, "white": {"n": 1, "d": 30}}, "follows"),
    ("ROL-1", {"part": {"n": 0, "d": 0}, "whole": {"n": 1, "d": 30}}, "cannot be 0 here"),
    ("ROL-1", {"part": {"n": 0, "d": 3}, "whole": {"n": 0, "d": 0}}, "cannot be 0 here"),
    ("ROL-1", {"part": {"n": 0, "d": 3}, "whole": {"n": 0, "d": 30}}, "cannot be 0 here"),
    ("ROL-1", {"status": "met", "reason": "Because."}, "follows"),
    (
        "ROL-1",
        {"status": "not_applicable", "reason": LONG, "part": {"n": 1, "d": 3}, "whole": {"n": 1, "d": 3}},
        "not both",
    ),
]


@pytest.mark.parametrize(("criterion", "raw", "says"), REFUSED)
def test_refused_with_a_sentence(criterion: str, raw: Any, says: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        parse_answer(FRAMEWORK, criterion, raw)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in caught.value.line()
    if criterion in {one.id for one in FRAMEWORK.criteria}:
        assert caught.value.criterion == criterion


def test_not_applicable_with_exactly_enough_words_is_taken() -> None:
    for criterion in ("MAT-6", "ROL-1"):
        answer = parse_answer(FRAMEWORK, criterion, {"status": "not_applicable", "reason": LONG})
        assert answer.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("accepted", "status"), [(None, "not_applicable"), (True, "not_applicable"), (False, "not_met")]
)
def test_the_panel_decides_on_not_applicable(accepted: bool | None, status: str) -> None:
    raw = {"status": "not_applicable", "reason": LONG, "na_accepted": accepted}
    result = score(FRAMEWORK, Submission(DAY, {"MAT-6": parse_answer(FRAMEWORK, "MAT-6", raw)}))
    assert result.of("MAT-6")[0].status == status


def test_a_submission_that_does_not_fit_is_refused() -> None:
    answer = parse_answer(FRAMEWORK, "LEA-1", {"status": "met", "reason": "Because."})
    for submission in (
        Submission(DAY, {"LEA-2": answer}),
        Submission(DAY, {"XXX-1": answer}),
        Submission(DAY, {"LEA-1": answer}, {"platinum": DAY}),
    ):
        with pytest.raises(FrameworkError):
            score(FRAMEWORK, submission)
