"""Marks are shown as means of five at least, and whatever is compared, five people at least make the difference."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.domain import feedback
from mentoring.domain.action import NotPossible
from mentoring.domain.feedback import Said, count_month, give_feedback, take_back_feedback
from mentoring.enums import AllyAct, MentorshipState, Skill
from mentoring.models import Feedback, Mark, MeanMark, Membership, MentorRating, Person
from tests.factories import MembershipFactory, MentorshipFactory

pytestmark = pytest.mark.django_db

LISTENING = Skill.LISTENING.value
START = datetime(2026, 11, 3, tzinfo=ZoneInfo("Europe/London"))


def mentees_of(mentor: Membership, count: int) -> list[Person]:
    mentees = [MembershipFactory(programme=mentor.programme).person for _ in range(count)]
    for mentee in mentees:
        MentorshipFactory(
            mentor_membership=mentor,
            mentee=mentee,
            state=MentorshipState.ENDED,
            answered_at=START,
            active_at=START,
            ended_at=START,
        )
    return mentees


def says(mentee: Person, mentor: Membership, mark: int | None, words: str = "") -> None:
    give_feedback(mentor=mentor.person, said=Said({LISTENING: mark} if mark else {}, words), by=mentee)


def shown() -> Mapping[str, tuple[int, int]]:
    return {mean.item: (mean.halves, mean.mentees) for mean in MeanMark.objects.standing()}


def in_month(number: int) -> None:
    """Count as on some day of the number-th month from the start."""
    with time_machine.travel(START + timedelta(days=31 * number), tick=False):
        assert count_month()


def test_nothing_is_shown_of_four_and_a_mean_in_halves_of_five(folasade_membership: Membership) -> None:
    five = mentees_of(folasade_membership, 5)
    for mentee, mark in zip(five[:4], (5, 4, 4, 5), strict=True):
        says(mentee, folasade_membership, mark)
    in_month(0)
    assert shown() == {}
    says(five[4], folasade_membership, 4)
    in_month(1)
    assert shown() == {LISTENING: (9, 5)}
    rating = MentorRating.objects.get()
    assert (rating.halves, rating.mentees) == (9, 5)


def test_a_month_is_counted_once_however_often_it_is_tried(folasade_membership: Membership) -> None:
    for mentee in mentees_of(folasade_membership, 5):
        says(mentee, folasade_membership, 5)
    in_month(0)
    MeanMark.objects.all().delete()
    with time_machine.travel(START + timedelta(days=20), tick=False):
        assert not count_month()
    assert shown() == {}


def test_a_mean_moves_only_when_five_have_changed(folasade_membership: Membership) -> None:
    mentees = mentees_of(folasade_membership, 12)
    for mentee in mentees[:5]:
        says(mentee, folasade_membership, 5)
    in_month(0)
    for mentee in mentees[5:9]:
        says(mentee, folasade_membership, 1)
    in_month(1)
    assert shown() == {LISTENING: (10, 5)}
    says(mentees[0], folasade_membership, 1)  # the fifth who changed
    in_month(2)
    assert shown() == {LISTENING: (_halves([5, 5, 5, 5, 1, 1, 1, 1, 1]), 9)}


def _halves(marks: list[int]) -> int:
    return int(2 * sum(marks) / len(marks) + 0.5)


def test_whoever_leaves_counts_as_a_change_and_too_few_are_no_longer_shown(folasade_membership: Membership) -> None:
    mentees = mentees_of(folasade_membership, 6)
    for mentee in mentees[:5]:
        says(mentee, folasade_membership, 4)
    in_month(0)
    mentees[0].delete()
    in_month(1)
    assert shown() == {}
    assert MentorRating.objects.count() == 0
    # A fifth comes: but what would be shown differs by two people only from what was.
    says(mentees[5], folasade_membership, 1)
    in_month(2)
    assert shown() == {}


def test_words_are_passed_on_five_at_a_time_and_changed_words_wait_again(folasade_membership: Membership) -> None:
    mentees = mentees_of(folasade_membership, 5)
    for number, mentee in enumerate(mentees[:4]):
        says(mentee, folasade_membership, None, f"word {number}")
    in_month(0)
    assert not Feedback.objects.filter(told=True).exists()
    says(mentees[4], folasade_membership, None, "word 4")
    in_month(1)
    assert Feedback.objects.filter(told=True).count() == 5
    says(mentees[0], folasade_membership, None, "another word")
    assert Feedback.objects.filter(told=True).count() == 4
    take_back_feedback(mentor=folasade_membership.person, by=mentees[1])
    assert Feedback.objects.filter(told=True).count() == 3


def test_taken_back_and_never_counted_leaves_nothing(folasade_membership: Membership) -> None:
    mentee = mentees_of(folasade_membership, 1)[0]
    says(mentee, folasade_membership, 4, "word")
    take_back_feedback(mentor=folasade_membership.person, by=mentee)
    take_back_feedback(mentor=folasade_membership.person, by=mentee)
    assert (Feedback.objects.count(), Mark.objects.count()) == (0, 0)


def test_only_somebody_they_mentored_can_say_it(folasade_membership: Membership, amina: Person) -> None:
    MentorshipFactory(mentor_membership=folasade_membership, mentee=amina)
    with pytest.raises(NotPossible):
        says(amina, folasade_membership, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(mentee=amina, mentor=folasade_membership.person)


@pytest.mark.parametrize("marks", [{"listening": 6}, {"listening": 0}, {"charm": 3}])
def test_a_mark_that_is_not_asked_for_is_refused(folasade_membership: Membership, marks: dict[str, int]) -> None:
    mentee = mentees_of(folasade_membership, 1)[0]
    with pytest.raises(NotPossible):
        give_feedback(mentor=folasade_membership.person, said=Said(marks), by=mentee)
    assert Feedback.objects.count() == 0


def test_what_allies_do_counts_in_no_rating(folasade_membership: Membership) -> None:
    for mentee in mentees_of(folasade_membership, 5):
        give_feedback(mentor=folasade_membership.person, said=Said({AllyAct.HUMILITY.value: 3}), by=mentee)
    in_month(0)
    assert shown() == {AllyAct.HUMILITY.value: (6, 5)}
    assert MentorRating.objects.count() == 0


Steps = list[list[tuple[int, int | None]]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 8), st.one_of(st.none(), st.integers(1, 5))), min_size=4, max_size=9),
        min_size=1,
        max_size=6,
    )
)
def test_between_any_two_things_shown_five_people_differ(steps: Steps) -> None:
    """Each step is a month: who says, or takes back, what. Compared with a plain model of who was behind what."""
    with transaction.atomic():
        programme = MembershipFactory().programme
        mentor = MembershipFactory(programme=programme, role="mentor", capacity=1)
        mentees = mentees_of(mentor, 9)
        now: dict[int, int] = {}
        behind: list[dict[int, int]] = []
        for number, step in enumerate(steps):
            for who, mark in step:
                if mark is None:
                    take_back_feedback(mentor=mentor.person, by=mentees[who])
                    now.pop(who, None)
                else:
                    says(mentees[who], mentor, mark)
                    now[who] = mark
            before = shown().get(LISTENING)
            in_month(number)
            after = shown().get(LISTENING)
            if after is not None and after != before:
                assert after == (_halves(list(now.values())), len(now))
                behind.append(dict(now))
        for one in behind:
            assert len(one) >= feedback.FEWEST
        for one, other in pairwise(behind):
            assert sum(one.get(who) != other.get(who) for who in range(9)) >= feedback.FEWEST
        transaction.set_rollback(True)
