"""What programmes keep no longer than they said: what is deleted, what is not, and the second time nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.endorsement import endorse
from mentoring.domain.feedback import Said, give_feedback
from mentoring.domain.retention import due_in, forget_due, months_before
from mentoring.enums import MembershipState, MentorshipState
from mentoring.models import Endorsement, Feedback, Invitation, Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, ProgrammeFactory
from tests.factories.invitations import InvitationFactory

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LEFT, UNANSWERED, WORDS = 12, 3, 6
Make = Callable[[Programme, datetime], Any]


def keeps(name: str = "Strict") -> Programme:
    return ProgrammeFactory(name=name, months_left=LEFT, months_unanswered=UNANSWERED, months_words=WORDS)


@pytest.mark.parametrize(
    ("months", "before"),
    [
        (0, datetime(2026, 11, 30, 12)),
        (9, datetime(2026, 2, 28, 12)),
        (11, datetime(2025, 12, 30, 12)),
        (12, datetime(2025, 11, 30, 12)),
        (33, datetime(2024, 2, 29, 12)),
    ],
)
def test_months_are_those_of_the_calendar(months: int, before: datetime) -> None:
    assert months_before(NOW, months).replace(tzinfo=None) == before


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2060, 1, 1)), st.integers(1, 72))
def test_it_is_earlier_by_as_many_months_and_not_more(now: datetime, months: int) -> None:
    there = now.replace(tzinfo=UTC)
    apart = there - months_before(there, months)
    assert timedelta(days=28 * months - 1) < apart < timedelta(days=31 * months + 1)


def request(programme: Programme, at: datetime) -> Mentorship:
    return MentorshipFactory(mentor_membership=MentorFactory(programme=programme), asked_at=at, message="Hello")


def declined(programme: Programme, at: datetime) -> Mentorship:
    row = request(programme, at - timedelta(days=9))
    Mentorship.objects.filter(pk=row.pk).update(state=MentorshipState.DECLINED, answered_at=at, ended_at=at)
    return row


def ended(programme: Programme, at: datetime) -> Mentorship:
    return MentorshipFactory(
        mentor_membership=MentorFactory(programme=programme),
        state=MentorshipState.ENDED,
        message="Hello",
        **dict.fromkeys(("asked_at", "answered_at", "active_at", "ended_at"), at),
    )


def place(state: MembershipState) -> Make:
    return lambda programme, at: MembershipFactory(programme=programme, state=state, changed_at=at)


def invited(programme: Programme, at: datetime) -> Invitation:
    row = InvitationFactory(programme=programme)
    Invitation.objects.update(made_at=at)
    return row


CASES: list[tuple[str, Make, int]] = [
    ("unanswered", request, UNANSWERED),
    ("unanswered", declined, UNANSWERED),
    ("invitations", invited, UNANSWERED),
    ("words", ended, WORDS),
    ("ended", ended, LEFT),
    ("memberships", place(MembershipState.LEFT), LEFT),
    ("memberships", place(MembershipState.DECLINED), LEFT),
    ("memberships", place(MembershipState.WAITING), UNANSWERED),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("what", "make", "months"), CASES)
def test_it_is_due_when_its_months_are_over_and_not_before(what: str, make: Make, months: int) -> None:
    programme = keeps()
    since = months_before(NOW, months)
    row = make(programme, since)
    other = make(ProgrammeFactory(name="Patient", months_left=72, months_unanswered=24, months_words=36), since)
    assert list(getattr(due_in(programme, NOW), what)) == []
    assert list(getattr(due_in(programme, NOW + timedelta(minutes=1)), what)) == [row]
    assert list(getattr(due_in(programme, NOW), what)) == [], "what is due hangs on the time that is asked about"

    with time_machine.travel(NOW):
        forget_due()
    assert stands(row) == ("without words" if what == "ended" else "whole")
    for _ in range(2):
        with time_machine.travel(NOW + timedelta(minutes=1)):
            forget_due()
        assert stands(row) == ("without words" if what == "words" else "gone")
        assert stands(other) == "whole"


def stands(row: Any) -> str:
    found = type(row).objects.filter(pk=row.pk).first()
    if found is None:
        return "gone"
    return "without words" if row.__class__ is Mentorship and not found.message else "whole"


@pytest.mark.django_db
def test_what_is_under_way_is_kept_however_old() -> None:
    programme, long_ago = keeps(), NOW - timedelta(days=5_000)
    mentor = MentorFactory(programme=programme, changed_at=long_ago)
    active = MentorshipFactory(
        mentor_membership=mentor,
        state=MentorshipState.ACTIVE,
        message="Hello",
        **dict.fromkeys(("asked_at", "answered_at", "active_at"), long_ago),
    )
    before = set(Membership.objects.values_list("pk", flat=True))
    with time_machine.travel(NOW):
        forget_due()
    assert set(Membership.objects.values_list("pk", flat=True)) == before
    assert Mentorship.objects.get(pk=active.pk).message == "Hello"


@pytest.mark.django_db
@pytest.mark.parametrize("published", [True, False])
def test_what_a_mentee_said_can_be_taken_back_however_old(published: bool, as_: Callable[[Person], Client]) -> None:
    programme = keeps()
    row = ended(programme, NOW - timedelta(days=1_000))
    mentee, mentor = row.mentee, row.mentor
    assert mentee
    assert mentor
    if published:
        endorse(mentor=mentor, named=True, skills=["listening"], words="", by=mentee)
    else:
        give_feedback(mentor=mentor, said=Said({"listening": 4}, ""), by=mentee)
    with time_machine.travel(NOW):
        forget_due()
    assert stands(row) == "without words"
    as_(mentee).post(reverse("endorse_take_back" if published else "feedback_take_back", args=[row.pk]))
    with time_machine.travel(NOW):
        forget_due()
    assert not Endorsement.objects.exists()
    assert not Feedback.objects.exists()
    assert stands(row) == "gone"


@pytest.mark.django_db
def test_whoever_never_had_an_account_goes_with_the_last_place() -> None:
    programme = keeps()
    with time_machine.travel(NOW - timedelta(days=1_000)):
        kept = InvitationFactory(programme=programme)
    gone = MembershipFactory(programme=programme, person__user=None, state=MembershipState.LEFT, changed_at=NOW)
    Membership.objects.filter(pk=gone.pk).update(changed_at=NOW - timedelta(days=1_000))
    elsewhere = MembershipFactory(person=MembershipFactory(programme=programme, state=MembershipState.LEFT).person)
    Membership.objects.filter(person=elsewhere.person, programme=programme).update(
        changed_at=NOW - timedelta(days=1_000)
    )
    with time_machine.travel(NOW):
        forget_due()
    assert not Person.objects.filter(pk__in=[kept.person_id, gone.person_id]).exists()
    assert list(Membership.objects.filter(person=elsewhere.person)) == [elsewhere]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "months"), [("months_left", 5), ("months_unanswered", 25), ("months_words", 0)])
def test_the_database_keeps_the_bounds(field: str, months: int) -> None:
    programme = keeps()
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**{field: months})
