"""How long a mentor usually takes: a fair word, from three answers on."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.domain.answering import usual_days
from matching.presenters.mentors import answers_words
from mentoring.domain import clock
from mentoring.enums import MentorshipState
from mentoring.models import Membership
from tests.factories import MentorshipFactory

pytestmark = pytest.mark.django_db


def answered(place: Membership, *hours: float, ago: timedelta = timedelta(days=30)) -> None:
    asked = clock.now() - ago
    for wait in hours:
        MentorshipFactory(
            mentor_membership=place,
            state=MentorshipState.DECLINED,
            asked_at=asked,
            answered_at=asked + timedelta(hours=wait),
            ended_at=asked + timedelta(hours=wait),
        )


@pytest.mark.parametrize(("hours", "days"), [((1, 2, 3), 1), ((10, 49, 200), 3), ((24, 48, 48, 72), 2)])
def test_it_is_the_median_in_whole_days(hours: tuple[float, ...], days: int, folasade_membership: Membership) -> None:
    answered(folasade_membership, *hours)
    assert usual_days([folasade_membership.person_id]) == {folasade_membership.person_id: days}


def test_two_answers_say_nothing_yet(folasade_membership: Membership) -> None:
    answered(folasade_membership, 5, 6)
    MentorshipFactory(mentor_membership=folasade_membership)
    assert usual_days([folasade_membership.person_id]) == {}


def test_old_answers_and_pairs_from_a_file_do_not_count(folasade_membership: Membership) -> None:
    answered(folasade_membership, 5, 6, 7, ago=timedelta(days=400))
    answered(folasade_membership, 0, 0, 0)
    assert usual_days([folasade_membership.person_id]) == {}


def test_one_query_for_all(folasade_membership: Membership, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    answered(folasade_membership, 5, 6, 7)
    with django_assert_num_queries(1):
        usual_days([folasade_membership.person_id, folasade_membership.person_id])


def test_the_words() -> None:
    assert [answers_words(days) for days in (None, 1, 3)] == [
        "",
        "Usually answers within a day",
        "Usually answers in 3 days",
    ]
