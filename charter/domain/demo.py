"""Charter work of invented employers, for a trial."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from charter.domain.answer import save_answer
from charter.domain.assessment import framework_of, open_assessment
from charter.domain.assessor import name_assessor
from charter.domain.content import Content
from charter.domain.lead import appoint_lead
from charter.domain.standing import today
from charter.framework import Criterion, Kind, add_months
from charter.models import Assessment
from mentoring.demo.cast import CAST
from mentoring.domain.demo import Demo
from mentoring.models import Person

MATERIAL: Final = Path(__file__).with_name("demo.toml")


def seed(demo: Demo) -> None:
    """Leads, assessors, and two assessments: one a single answer away from bronze, one nearly at gold."""
    for row in CAST:
        if "assessor" in row.roles:
            name_assessor(person=demo.people[row.key], by=None)
    for given in tomllib.loads(MATERIAL.read_text(encoding="utf-8"))["assessment"]:
        _assessment(demo, given)


def _assessment(demo: Demo, given: Mapping[str, Any]) -> None:
    organisation = demo.organisations[given["organisation"]]
    colleagues = [row.key for row in demo.drawn if row.organisation == given["organisation"] and row not in CAST]
    wanted = [key for key in (given["lead"], *colleagues) if key][:2]
    for key in wanted:
        appoint_lead(organisation=organisation, person=demo.people[key], by=None)
    if wanted:
        lead = demo.people[wanted[0]]
        row = open_assessment(organisation=organisation, level=given["level"], by=lead)
        for criterion_id, answer in given["answers"].items():
            _answer(row, criterion_id, answer, lead)


def _answer(row: Assessment, criterion_id: str, answer: Mapping[str, Any], lead: Person) -> None:
    criterion = framework_of(row).criterion(criterion_id)
    content = Content(
        status=answer.get("status", ""),
        reason=answer.get("reason", ""),
        action=answer.get("action", ""),
        action_due=add_months(today(), answer["due"]) if "due" in answer else None,
        **_counts(criterion, answer),
    )
    save_answer(assessment=row, criterion_id=criterion_id, content=content, version=0, by=lead)


def _counts(criterion: Criterion, answer: Mapping[str, Any]) -> dict[str, int]:
    if criterion.kind is Kind.MEASURE:
        pairs = [answer] if "n" in answer else []
    else:
        pairs = [cast(Mapping[str, Any], answer[side.key]) for side in criterion.sides]
    boxes = (("first_n", "first_d"), ("second_n", "second_d"))
    counts: dict[str, int] = {}
    for (n, d), pair in zip(boxes, pairs, strict=False):
        counts |= {n: pair["n"], d: pair["d"]}
    return counts
