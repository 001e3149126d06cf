"""A mentor's break ends by itself on its day, in London, wherever it is looked at; nothing is written for it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine

from matching.domain.mentor_pool import pool_of
from matching.domain.rounds.choosing import free_mentors
from matching.domain.rounds.reading import persons
from matching.models import PackedMentor
from mentoring.domain.mentorship import why_not_ask
from mentoring.models import Membership, Person, Programme
from mentoring.permissions import mentors_visible_to
from mentoring.presenters.places import break_words
from tests.factories import MentorFactory
from tests.factories.matching import everything

BACK = date(2027, 7, 1)
LAST_MINUTE = datetime(2027, 6, 30, 22, 59, tzinfo=UTC)
"""In London it is still the day before, but for a minute; in UTC it is so for another hour."""
FIRST_MINUTE = datetime(2027, 6, 30, 23, 0, tzinfo=UTC)


@pytest.fixture
def away(programme: Programme) -> Membership:
    MentorFactory(programme=programme, paused=True)
    MentorFactory(programme=programme)
    return MentorFactory(programme=programme, paused=True, paused_until=BACK)


def open_in_the_pool(programme: Programme) -> set[str]:
    people = pool_of(programme=programme.pk, offered=everything(), expected={}).people
    return {people.ids[row] for row in people.open.nonzero()[0].tolist()}


LOOKS: dict[str, Callable[[Membership, Person], bool]] = {
    "their own page": lambda row, _: not row.on_break,
    "what mentees read": lambda row, _: not break_words(row),
    "asking": lambda row, mentee: not why_not_ask(mentor=row, by=mentee),
    "whom a round begins with": lambda row, _: row in free_mentors(row.programme),
    "what a round reads": lambda row, _: bool((one := persons([row], {}, {}, row.programme)[0].mentor) and one.open),
    "suggestions": lambda row, mentee: row in mentors_visible_to(mentee).with_room(),
    "the pool": lambda row, _: str(row.person_id) in open_in_the_pool(row.programme),
}


@pytest.mark.django_db
@pytest.mark.parametrize("look", LOOKS)
def test_a_break_ends_on_its_day_in_london(look: str, away: Membership, amina: Person) -> None:
    for moment, back in ((LAST_MINUTE, False), (FIRST_MINUTE, True)):
        with time_machine.travel(moment, tick=False):
            assert LOOKS[look](away, amina) is back


@pytest.mark.django_db
@pytest.mark.parametrize("look", LOOKS)
def test_a_break_without_a_day_goes_on(look: str, away: Membership, amina: Person) -> None:
    for_good = Membership.objects.get(paused=True, paused_until=None)
    with time_machine.travel(FIRST_MINUTE, tick=False):
        assert LOOKS[look](for_good, amina) is False


@pytest.mark.django_db(transaction=True)
def test_a_pool_that_was_read_the_day_before_follows_the_day(away: Membership, programme: Programme) -> None:
    stamps = list(PackedMentor.objects.order_by("pk").values_list("stamp", flat=True))
    with time_machine.travel(LAST_MINUTE, tick=False):
        before = open_in_the_pool(programme)
    with time_machine.travel(FIRST_MINUTE, tick=False):
        assert open_in_the_pool(programme) == before | {str(away.person_id)}
        assert open_in_the_pool(programme) == before | {str(away.person_id)}
    with time_machine.travel(LAST_MINUTE, tick=False):
        assert open_in_the_pool(programme) == before, "a clock that was put right"
    assert list(PackedMentor.objects.order_by("pk").values_list("stamp", flat=True)) == stamps


@pytest.mark.django_db
def test_a_break_that_gets_longer_is_packed(away: Membership, programme: Programme) -> None:
    with time_machine.travel(FIRST_MINUTE, tick=False):
        assert str(away.person_id) in open_in_the_pool(programme)
        Membership.objects.filter(pk=away.pk).update(paused_until=date(2027, 8, 1))
        assert str(away.person_id) not in open_in_the_pool(programme)
