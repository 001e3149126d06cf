"""The invented charter work: one answer away from bronze."""

from dataclasses import replace

import pytest

from charter.domain.content import content_of
from charter.domain.standing import standing_of
from charter.models import Answer, Assessment, Assessor
from mentoring.domain.demo import seed_demo
from tests.factories.charter import answer

pytestmark = pytest.mark.django_db


def test_meeting_lea_2_makes_it_bronze() -> None:
    made = seed_demo(people=40, seed=7)
    marcus, mai = made.people["marcus"], made.people["mai"]
    assessment = Assessment.objects.get(organisation=made.organisations["wharfe_washburn"])
    before = standing_of(assessment)
    assert (assessment.level, before.reached, before.unplanned) == ("silver", "none", ())
    assert before.result.at("bronze").core_unmet == ("LEA-2",)
    row = Answer.objects.get(assessment=assessment, criterion="LEA-2")
    answer(assessment, "LEA-2", replace(content_of(row), status="met"), marcus, version=row.version)
    assert standing_of(assessment).reached == "bronze"
    assert Assessor.objects.get().person == mai


def test_another_is_nearly_gold() -> None:
    made = seed_demo(people=40, seed=7)
    assessment = Assessment.objects.get(organisation=made.organisations["thamesmouth"])
    assert (assessment.level, standing_of(assessment).reached) == ("gold", "silver")
