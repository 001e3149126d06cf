"""The invented people, however many: their loading is not held to the limits of a page."""

import pytest
from django.db import connection
from pytest_django import Settings

from mentoring.demo.cast import CAST
from mentoring.domain.activity import lately_of
from mentoring.domain.demo import Demo, seed_demo
from mentoring.domain.demo_mentors import HALF_WAY, MOST_PHOTOS
from mentoring.enums import Lately
from mentoring.models import Membership, Person, Photo
from mentoring.presenters.setup import steps_of

seen: list[list[str]] = []


def limits() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setting FROM pg_settings WHERE name IN "
            "('statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name"
        )
        return [setting for (setting,) in cursor.fetchall()]


def look(demo: Demo) -> None:
    """Named in `settings.DEMO`, as what seeds another app is."""
    seen.append(limits())


@pytest.mark.django_db(transaction=True)
def test_no_limit_of_time_holds_while_people_are_made_and_all_do_afterwards(settings: Settings) -> None:
    before = limits()
    settings.DEMO = [f"{__name__}.look"]
    seed_demo(people=0, seed=7)
    assert seen == [["0", "0"]]
    assert limits() == before == ["10000", "5000"]


@pytest.mark.django_db
def test_some_mentors_have_a_photo_some_are_on_a_break_and_none_of_those_one_signs_in_as(settings: Settings) -> None:
    settings.DEMO = []
    seed_demo(people=120, seed=7)
    away = Membership.objects.filter(paused=True)
    assert away.exclude(paused_until=None).exists()
    assert away.filter(paused_until=None).exists()
    assert {lately_of(person) for person in Person.objects.all()} == set(Lately)
    half_way = Person.objects.get(user__email=HALF_WAY)
    assert [step.done for step in steps_of(half_way)] == [True] * 5 + [False] * 2
    assert 0 < Photo.objects.count() <= MOST_PHOTOS
    assert not away.filter(person__user__email__in=[person.email for person in CAST]).exists()
