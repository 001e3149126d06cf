"""Saving answers: what is kept, what is refused, and who is told when two write at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from charter.domain.answer import Stale
from charter.domain.content import Content, content_of, stored
from charter.domain.standing import today
from charter.models import Answer, AnswerChange, Assessment
from mentoring.domain.action import NotPossible
from mentoring.models import Person
from tests.factories.charter import answer, in_months, planned

pytestmark = pytest.mark.django_db

YES = Content(status="met", reason="The board signed in March.")
CLAIM = Content(status="not_applicable", reason="x" * 100)


def test_an_answer_is_kept_with_who_and_when(assessment: Assessment, marcus: Person) -> None:
    row = answer(assessment, "LEA-1", YES, marcus)
    assert (content_of(row), row.version, row.changed_by) == (YES, 1, marcus)


def test_every_version_is_kept(assessment: Assessment, marcus: Person, tunde: Person) -> None:
    answer(assessment, "LEA-1", planned(), marcus)
    row = answer(assessment, "LEA-1", YES, tunde, version=1)
    kept = AnswerChange.objects.filter(answer=row).order_by("version")
    assert [(change.version, change.changed_by, stored(change.content)) for change in kept] == [
        (1, marcus, planned()),
        (2, tunde, YES),
    ]


def test_saving_what_stands_there_changes_nothing(assessment: Assessment, marcus: Person, tunde: Person) -> None:
    answer(assessment, "LEA-1", YES, marcus)
    row = answer(assessment, "LEA-1", YES, tunde, version=0)
    assert (row.version, row.changed_by) == (1, marcus)


def test_a_stale_save_is_told_theirs_and_the_earlier_text(
    assessment: Assessment, marcus: Person, tunde: Person
) -> None:
    answer(assessment, "LEA-1", planned(), marcus)
    answer(assessment, "LEA-1", YES, tunde, version=1)
    with pytest.raises(Stale) as caught:
        answer(assessment, "LEA-1", replace(YES, reason="Mine."), marcus, version=1)
    assert (content_of(caught.value.theirs), caught.value.base) == (YES, planned())
    assert content_of(Answer.objects.get()) == YES


def test_the_first_answer_can_be_stale_too(assessment: Assessment, marcus: Person, tunde: Person) -> None:
    answer(assessment, "LEA-1", YES, tunde)
    with pytest.raises(Stale) as caught:
        answer(assessment, "LEA-1", planned(), marcus)
    assert caught.value.base is None


def test_saving_over_theirs_knowingly(assessment: Assessment, marcus: Person, tunde: Person) -> None:
    answer(assessment, "LEA-1", YES, tunde)
    assert answer(assessment, "LEA-1", planned(), marcus, version=1).version == 2


def test_answers_to_different_criteria_never_conflict(assessment: Assessment, marcus: Person, tunde: Person) -> None:
    answer(assessment, "LEA-1", YES, marcus)
    answer(assessment, "LEA-2", YES, tunde)
    assert Answer.objects.count() == 2


def test_a_version_that_never_was(assessment: Assessment, marcus: Person) -> None:
    with pytest.raises(NotPossible, match="out of date"):
        answer(assessment, "LEA-1", YES, marcus, version=4)


def test_nobody_else_answers(assessment: Assessment, elsewhere: Person, mai: Person) -> None:
    for person in (elsewhere, mai):
        with pytest.raises(NotPossible, match="charter lead"):
            answer(assessment, "LEA-1", YES, person)


@pytest.mark.parametrize(
    ("criterion", "content", "why"),
    [
        ("LEA-1", Content(status="met"), "Say why"),
        ("LEA-1", Content(), "Answer the question"),
        ("LEA-1", CLAIM, "cannot be claimed"),
        ("MAT-6", Content(status="not_applicable", reason="x" * 99), "at least 100"),
        ("REL-2", Content(first_n=5, first_d=4), "cannot be more"),
        ("REL-2", Content(first_n=5), "both numbers"),
        ("REL-2", Content(status="met", reason="Yes."), "follows from the numbers"),
        ("MAT-4", Content(first_n=0, first_d=0), "cannot be 0"),
        ("SPO-5", Content(first_n=5, first_d=50), "both sides"),
        ("ROL-1", replace(CLAIM, first_n=1, first_d=2, second_n=1, second_d=2), "not both"),
        ("EVI-2", YES, "worked out"),
        ("LEA-1", Content(action="Begin."), "by when"),
        ("LEA-1", Content(action_due=date(2100, 1, 1)), "what you will do"),
    ],
)
def test_the_framework_s_rules_hold(
    assessment: Assessment, marcus: Person, criterion: str, content: Content, why: str
) -> None:
    with pytest.raises(NotPossible, match=why):
        answer(assessment, criterion, content, marcus)
    assert not Answer.objects.exists()


def test_an_action_falls_due_after_today_and_before_an_award_would_end(assessment: Assessment, marcus: Person) -> None:
    for due in (today(), in_months(36)):
        with pytest.raises(NotPossible, match="after today"):
            answer(assessment, "LEA-1", planned(action_due=due), marcus)
    answer(assessment, "LEA-1", planned(action_due=today() + timedelta(days=1)), marcus)
    answer(assessment, "LEA-2", planned(action_due=in_months(36) - timedelta(days=1)), marcus)


def test_an_action_that_slipped_does_not_block_the_next_save(assessment: Assessment, marcus: Person) -> None:
    row = answer(assessment, "LEA-1", planned(), marcus)
    Answer.objects.filter(pk=row.pk).update(action_due=date(2020, 1, 1))
    answer(assessment, "LEA-1", planned(reason="More.", action_due=date(2020, 1, 1)), marcus, version=1)


def test_an_action_without_an_answer_is_kept(assessment: Assessment, marcus: Person) -> None:
    row = answer(assessment, "REL-2", planned(status="", reason=""), marcus)
    assert not content_of(row).answered


def test_one_claim_in_a_principle_looks_at_the_other_answers(assessment: Assessment, marcus: Person) -> None:
    answer(assessment, "MAT-6", CLAIM, marcus)
    answer(assessment, "ROL-1", CLAIM, marcus)
    assert Answer.objects.filter(status="not_applicable").count() == 2


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("answer_status_has_reason", {"status": "met"}),
        ("answer_status_known", {"status": "perhaps", "reason": "x"}),
        ("answer_status_or_counts", {"status": "met", "reason": "x", "first_n": 1, "first_d": 2}),
        ("answer_first_count", {"first_n": 3, "first_d": 2}),
        ("answer_first_count", {"first_n": 3}),
        ("answer_second_count", {"second_n": 1, "second_d": 2}),
        ("answer_action_has_date", {"action": "Begin."}),
        ("answer_version", {"version": 0}),
    ],
)
def test_the_database_forbids_what_cannot_be(assessment: Assessment, field: str, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        Answer.objects.create(assessment=assessment, criterion="LEA-1", **fields)


def test_one_answer_to_a_criterion(assessment: Assessment) -> None:
    Answer.objects.create(assessment=assessment, criterion="LEA-1")
    with pytest.raises(IntegrityError, match="answer_once"), transaction.atomic():
        Answer.objects.create(assessment=assessment, criterion="LEA-1")
