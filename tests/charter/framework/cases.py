"""Answers to edition 1.0 from which single tests depart."""

from datetime import date
from typing import Any

from charter.framework import Result, Submission, load, parse_answer, score

FRAMEWORK = load("1.0")
DAY = date(2026, 11, 1)
IN_TIME = "2027-06-30"
MET: dict[str, Any] = {"status": "met", "reason": "Because."}
PARTLY: dict[str, Any] = {"status": "partly", "reason": "Because.", "action_due": IN_TIME}
NOT_MET: dict[str, Any] = {"status": "not_met", "reason": "Because."}
CLAIMED: dict[str, Any] = {"status": "not_applicable", "reason": "No partner is near enough. " * 5}
NUMBERS: dict[str, dict[str, Any]] = {
    "ratio": {"bme": {"n": 30, "d": 100}, "white": {"n": 300, "d": 1000}},
    "quotient": {"part": {"n": 10, "d": 40}, "whole": {"n": 300, "d": 1200}},
    "measure": {"n": 100, "d": 100},
}


def all_met() -> dict[str, dict[str, Any]]:
    """An answer to everything, each met at every level."""
    return {criterion.id: dict(NUMBERS.get(criterion.kind, MET)) for criterion in FRAMEWORK.criteria}


def scored(changes: dict[str, Any] | None = None, *, silver_since: date | None = date(2025, 1, 1)) -> Result:
    """The score of everything met, but for these changes (None leaves an answer out)."""
    raw = all_met() | (changes or {})
    answers = {name: parse_answer(FRAMEWORK, name, answer) for name, answer in raw.items()}
    return score(FRAMEWORK, Submission(DAY, answers, {"silver": silver_since} if silver_since else {}))
