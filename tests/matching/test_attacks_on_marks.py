"""From month to month, nothing that is sent tells who gave which mark, or that a few changed theirs or took it back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from mentoring.domain.feedback import Said, count_month, give_feedback, take_back_feedback
from mentoring.enums import MentorshipState, Skill
from mentoring.models import Feedback, FeedbackMonth, MeanMark, Membership, MentorRating, Person
from tests.conftest import Count
from tests.factories import MembershipFactory, MentorshipFactory
from tests.matching.test_attacks import Sent, bits, differing, get

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
START = datetime(2026, 11, 3, tzinfo=ZoneInfo("Europe/London"))
# Month by month who says what, by number: a mark for all skills, or None for taking all of it back.
Months = Sequence[Mapping[int, int | None]]
MONTHS: Months = (
    {0: 5, 1: 4, 2: 4, 3: 2, 4: 5, 5: 3},
    {6: 1},
    {0: 1, 1: None},
    {2: 5, 3: 5, 7: 2, 8: 4},
    {4: None},
)


@pytest.fixture
def mentees(folasade_membership: Membership) -> list[Person]:
    """Nine whom Folasade has mentored."""
    found = [MembershipFactory(programme=folasade_membership.programme).person for _ in range(9)]
    for mentee in found:
        MentorshipFactory(
            mentor_membership=folasade_membership,
            mentee=mentee,
            state=MentorshipState.ENDED,
            answered_at=START,
            active_at=START,
            ended_at=START,
        )
    return found


Watch = Callable[[Months, Sequence[Person]], Sent]


@pytest.fixture
def watch(folasade_membership: Membership, amina: Person, coretta: Person, as_: As) -> Watch:
    """Everything about Folasade that a mentee, she herself and her coordinator are sent, after each month."""
    mentor, programme = folasade_membership.person, folasade_membership.programme.slug
    readers = {
        amina: (f"/mentors/{folasade_membership.pk}/", "/find/?order=rating"),
        mentor: ("/mentoring/said-of-me/", "/"),
        coretta: (f"/programmes/{programme}/people/", f"/programmes/{programme}/people/{mentor.pk}/"),
    }

    def see(months: Months, people: Sequence[Person]) -> Sent:
        sent: Sent = {}
        for model in (Feedback, MeanMark, MentorRating, FeedbackMonth):
            model.objects.all().delete()
        Person.objects.update(active_on=None)  # that they were here is another matter than their marks
        for number, said in enumerate(months):
            with time_machine.travel(START + timedelta(days=31 * number), tick=False):
                for who, mark in said.items():
                    say(mentor, people[who], mark)
                assert count_month()
                for reader, paths in readers.items():
                    client = as_(reader)
                    sent |= {f"month {number} {path}": get(client, path) for path in paths}
        return sent

    return see


def say(mentor: Person, mentee: Person, mark: int | None) -> None:
    if mark is None:
        take_back_feedback(mentor=mentor, by=mentee)
    else:
        give_feedback(mentor=mentor, said=Said(dict.fromkeys(Skill.values, mark)), by=mentee)


def test_who_gave_which_mark_is_told_nowhere(watch: Watch, mentees: list[Person], count: Count) -> None:
    worlds = [watch(MONTHS, people) for people in (mentees, mentees[::-1], mentees[4:] + mentees[:4])]
    count("pages about marks compared, month by month, in each of three worlds", len(worlds[0]))
    assert any("out of 5, from 6 mentees" in text for text in worlds[0].values())
    assert bits(worlds) == 0, differing(worlds)


def test_that_up_to_four_changed_or_took_back_their_marks_is_told_nowhere(watch: Watch, mentees: list[Person]) -> None:
    first: Mapping[int, int | None] = dict.fromkeys(range(9), 4)
    later: list[Mapping[int, int | None]] = [{}, {0: 1}, {0: 5, 1: None}, {0: 1, 1: None, 2: 1, 3: None}]
    assert bits(worlds := [watch((first, change), mentees) for change in later]) == 0, differing(worlds)


def test_five_make_a_difference_that_is_seen(watch: Watch, mentees: list[Person]) -> None:
    """The negative control: the comparison notices a mean that moved."""
    first: Mapping[int, int | None] = dict.fromkeys(range(9), 4)
    later: list[Mapping[int, int | None]] = [{}, dict.fromkeys(range(5), 1)]
    assert bits([watch((first, change), mentees) for change in later]) > 0
