"""The level that answers reach, as they change; and the action plan that is worked out."""

from datetime import timedelta

import pytest
import time_machine

from charter.domain.content import Content
from charter.domain.standing import Standing, standing_of
from charter.framework import Status
from charter.models import Answer, Assessment
from mentoring.models import Person
from tests.factories.charter import answer, answer_all, in_months, planned

pytestmark = pytest.mark.django_db


def plan(standing: Standing) -> Status:
    """The status of the action plan's criterion."""
    return standing.result.of("EVI-2")[0].status


def test_nothing_answered_reaches_nothing(assessment: Assessment) -> None:
    standing = standing_of(assessment)
    assert (standing.reached, standing.next_level, len(standing.open_questions)) == ("none", "bronze", 15)
    assert plan(standing) is Status.NOT_MET


def test_everything_met_reaches_the_level_applied_for_and_no_more(assessment: Assessment, marcus: Person) -> None:
    assessment.level = "gold"
    answer_all(assessment, marcus)
    for level in ("bronze", "silver"):
        assessment.level = level
        assert standing_of(assessment).reached == level


def test_one_answer_makes_it_bronze(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus, but={"LEA-2": planned(status="partly")})
    assert standing_of(assessment).reached == "none"
    answer(assessment, "LEA-2", Content(status="met", reason="Hours are agreed."), marcus, version=1)
    assert standing_of(assessment).reached == "bronze"


def test_gold_waits_for_silver_to_have_been_held(assessment: Assessment, marcus: Person) -> None:
    assessment.level = "gold"
    answer_all(assessment, marcus)
    standing = standing_of(assessment)
    assert (standing.reached, standing.next_level) == ("silver", "gold")
    assert standing.result.at("gold").blocked_by == ("Silver must have been held for 12 months by then.",)


def test_the_plan_is_met_when_everything_unmet_has_an_action(assessment: Assessment, marcus: Person) -> None:
    without = Content(status="not_met", reason="Not yet.")
    answer_all(assessment, marcus, but={"LEA-3": without, "MAT-2": planned()})
    standing = standing_of(assessment)
    assert (plan(standing), standing.unplanned) == (Status.NOT_MET, ("LEA-3",))
    answer(assessment, "LEA-3", planned(), marcus, version=1)
    standing = standing_of(assessment)
    assert (plan(standing), standing.unplanned) == (Status.MET, ())


def test_an_open_question_wants_an_action_too(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus, but={"RAC-2": None})
    assert standing_of(assessment).unplanned == ("RAC-2",)
    answer(assessment, "RAC-2", planned(status="", reason=""), marcus)
    standing = standing_of(assessment)
    assert (plan(standing), standing.open_questions) == (Status.MET, ("RAC-2",))


def test_criteria_above_the_level_want_no_action(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus)
    answer(assessment, "LEA-4", Content(status="not_met", reason="Not yet."), marcus)
    assert standing_of(assessment).unplanned == ()


def test_an_action_whose_day_has_come_no_longer_counts(assessment: Assessment, marcus: Person) -> None:
    answer_all(assessment, marcus, but={"LEA-3": planned(action_due=in_months(1))})
    assert plan(standing_of(assessment)) is Status.MET
    with time_machine.travel(in_months(1) - timedelta(days=1), tick=False):
        assert plan(standing_of(assessment)) is Status.MET
    with time_machine.travel(in_months(1), tick=False):
        assert plan(standing_of(assessment)) is Status.NOT_MET


def test_numbers_are_judged_by_the_engine(assessment: Assessment, marcus: Person) -> None:
    answer(assessment, "RAC-2", Content(first_n=22, first_d=31), marcus)
    statuses = [one.status for one in standing_of(assessment).result.of("RAC-2")]
    assert statuses == [Status.MET, Status.PARTLY, Status.NOT_MET]


@pytest.mark.parametrize("answers", [1, 15])
def test_scoring_asks_the_database_once(
    assessment: Assessment, marcus: Person, answers: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    answer_all(assessment, marcus)
    Answer.objects.exclude(pk__in=Answer.objects.values("pk")[:answers]).delete()
    with django_assert_num_queries(1):  # type: ignore[operator]
        standing_of(assessment)
