"""Opening an assessment and changing its level."""

import pytest
from django.db import IntegrityError, transaction

from charter.domain.assessment import EDITION, change_level, open_assessment
from charter.domain.standing import standing_of
from charter.models import Assessment
from mentoring.domain.action import NotPossible
from mentoring.models import Organisation, Person
from tests.factories.charter import AssessmentFactory, answer_all

pytestmark = pytest.mark.django_db


def test_a_lead_opens_one_under_the_present_edition(northmoor: Organisation, marcus: Person) -> None:
    row = open_assessment(organisation=northmoor, level="silver", by=marcus)
    assert (row.framework, row.level, row.state, row.opened_by) == (EDITION, "silver", "draft", marcus)


def test_opening_it_again_gives_the_same(northmoor: Organisation, marcus: Person) -> None:
    first = open_assessment(organisation=northmoor, level="silver", by=marcus)
    assert open_assessment(organisation=northmoor, level="silver", by=marcus) == first


def test_a_second_for_another_level_is_refused(assessment: Assessment, marcus: Person) -> None:
    with pytest.raises(NotPossible, match="open already"):
        open_assessment(organisation=assessment.organisation, level="gold", by=marcus)


def test_nobody_else_opens_one(northmoor: Organisation, elsewhere: Person) -> None:
    with pytest.raises(NotPossible, match="charter lead"):
        open_assessment(organisation=northmoor, level="bronze", by=elsewhere)


def test_there_are_only_the_edition_s_levels(northmoor: Organisation, marcus: Person) -> None:
    with pytest.raises(NotPossible, match="one of the levels"):
        open_assessment(organisation=northmoor, level="platinum", by=marcus)


def test_the_database_keeps_one_open(assessment: Assessment) -> None:
    with pytest.raises(IntegrityError, match="assessment_one_open"), transaction.atomic():
        AssessmentFactory(organisation=assessment.organisation)


def test_changing_the_level_keeps_every_answer(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus)
    assert standing_of(assessment).reached == "bronze"
    change_level(assessment=assessment, level="silver", by=marcus)
    assessment.refresh_from_db()
    assert assessment.level == "silver"
    assert assessment.answers.count() == 15


def test_the_level_is_not_anybody_s_to_change(assessment: Assessment, elsewhere: Person) -> None:
    with pytest.raises(NotPossible, match="charter lead"):
        change_level(assessment=assessment, level="silver", by=elsewhere)


def test_a_higher_level_asks_more_of_the_action_plan(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus)
    change_level(assessment=assessment, level="silver", by=marcus)
    assessment.refresh_from_db()
    standing = standing_of(assessment)
    assert "LEA-4" in standing.unplanned
    assert standing.result.of("EVI-2")[0].status == "not_met"
    assert standing.reached == "none"
