"""When somebody was here last: a day, once a day, and told to nobody more exactly than by the week."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain.activity import here_today, lately_of
from mentoring.enums import Lately
from mentoring.models import Person
from tests.factories import PersonFactory
from tests.matching.domain.test_mentor_pool import unfinished

As = Callable[[Person], Client]
WEDNESDAY = datetime(2026, 12, 2, 12, tzinfo=UTC)


def writes(asked: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in asked.captured_queries if "active_on\" = '" in query["sql"]]


@pytest.mark.django_db
def test_the_first_page_of_a_day_writes_it_and_no_other(as_: As) -> None:
    person = PersonFactory(active_on=date(2026, 11, 30))
    for day, written in ((0, 1), (0, 0), (1, 1), (1, 0)):
        with time_machine.travel(WEDNESDAY + timedelta(days=day), tick=False):
            client = as_(person)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse("profile_photo")).status_code == 200
        assert len(writes(asked)) == written
        person.refresh_from_db()
        assert person.active_on == date(2026, 12, 2) + timedelta(days=day)


@pytest.mark.django_db
def test_on_any_later_page_nothing_is_asked_for_it(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = PersonFactory()
    with django_assert_num_queries(0):
        here_today(person=person)


@pytest.mark.django_db
@time_machine.travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False)
def test_the_day_is_londons() -> None:
    person = PersonFactory(active_on=None)
    here_today(person=person)
    person.refresh_from_db()
    assert person.active_on == date(2027, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_no_page_waits_while_somebody_holds_the_person() -> None:
    person = PersonFactory(active_on=None)

    def hold() -> None:
        list(Person.objects.select_for_update().filter(pk=person.pk))

    with unfinished(hold), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        here_today(person=person)
    assert Person.objects.get(pk=person.pk).active_on is None
    here_today(person=Person.objects.get(pk=person.pk))
    assert Person.objects.get(pk=person.pk).active_on is not None


@pytest.mark.parametrize(
    ("day", "lately"),
    [
        (date(2026, 12, 2), Lately.THIS_WEEK),
        (date(2026, 11, 30), Lately.THIS_WEEK),
        (date(2026, 11, 29), Lately.THIS_MONTH),
        (date(2026, 11, 2), Lately.THIS_MONTH),
        (date(2026, 11, 1), Lately.LONG_AGO),
        (None, None),
    ],
)
@time_machine.travel(WEDNESDAY, tick=False)
def test_how_lately_is_told_by_weeks_from_monday(day: date | None, lately: Lately | None) -> None:
    assert lately_of(Person(active_on=day)) == lately


def test_of_two_who_came_in_one_week_nobody_can_tell_who_came_first() -> None:
    """From Monday to Sunday it is the same for both, and it changes on Monday for both."""
    early, late = Person(active_on=date(2026, 11, 30)), Person(active_on=date(2026, 12, 6))
    for days in range(60):
        with time_machine.travel(datetime(2026, 12, 6, 12, tzinfo=UTC) + timedelta(days=days), tick=False):
            assert lately_of(early) == lately_of(late)
