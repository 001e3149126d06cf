"""That somebody looked: a row a day, told to whom it is about, forgotten after two years."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import clock, look
from mentoring.domain.my_data import everything_of
from mentoring.domain.person import delete_account
from mentoring.domain.privacy import CLASSES, Audience
from mentoring.enums import LookKind
from mentoring.models import Look, Membership, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
LIST, PERSON = LookKind.LIST, LookKind.PERSON


def seen(subject: Person) -> set[tuple[str, str, date]]:
    return set(Look.objects.filter(subject=subject).values_list("kind", "role", "day"))


def test_every_class_that_those_who_run_things_see_is_of_some_kind() -> None:
    run_things = {Audience.COORDINATORS, Audience.ADMINISTRATORS}
    shown = {key for key, each in CLASSES.items() if each.seen_by & run_things}
    recorded = set().union(*look.SHOWS.values())
    # A file that is brought in is of people who are not here yet; technical staff alone read the trail.
    assert shown - recorded == {"upload", "change", "actor"}
    assert set(look.SHOWS) == set(LookKind)


def test_once_a_day_a_kind_and_a_viewer(amina: Person, coretta: Person, programme: Programme) -> None:
    other = CoordinatorFactory(programme=programme).person
    for by in (coretta, coretta, other):
        look.record(subjects=[amina.pk, amina.pk], kind=LIST, by=by)
    look.record(subjects=[amina.pk], kind=PERSON, by=coretta)
    assert Look.objects.filter(subject=amina).count() == 3
    with time_machine.travel(clock.now() + timedelta(days=1)):
        look.record(subjects=[amina.pk], kind=LIST, by=coretta)
    assert Look.objects.filter(subject=amina).count() == 4


def test_it_is_one_query_for_many_and_none_for_oneself(
    coretta: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [PersonFactory().pk for _ in range(3)]
    with django_assert_num_queries(1):
        look.record(subjects=many, kind=LIST, by=coretta)
    with django_assert_num_queries(0):
        look.record(subjects=[coretta.pk, None], kind=LIST, by=coretta)


def test_the_day_is_the_day_in_london(amina: Person, coretta: Person) -> None:
    with time_machine.travel("2026-06-30T23:30:00Z"):
        look.record(subjects=[amina.pk], kind=LIST, by=coretta)
    assert {day for _, _, day in seen(amina)} == {date(2026, 7, 1)}


def test_it_is_read_by_whom_it_is_about(amina: Person, coretta: Person, stranger: Person, as_: As) -> None:
    look.record(subjects=[amina.pk], kind=LIST, by=coretta)
    page = as_(amina).get(reverse("looks")).text
    assert f"{coretta.name}, coordinator".replace("'", "&#x27;") in page
    assert "in a list" in page
    assert "Nobody so far" in as_(stranger).get(reverse("looks")).text
    told = everything_of(amina)["Who looked at my information"]
    assert [row["who looked"] for row in told] == [coretta.name]


def test_a_mentor_read_by_a_mentee_is_not_recorded(amina: Person, folasade_membership: Membership, as_: As) -> None:
    url = reverse("mentor", args=[folasade_membership.pk])
    assert as_(amina).get(url).status_code == 200
    assert not Look.objects.exists()


def test_a_deleted_account_is_named_no_more(amina: Person, coretta: Person, programme: Programme, as_: As) -> None:
    CoordinatorFactory(programme=programme)
    look.record(subjects=[amina.pk], kind=LIST, by=coretta)
    look.record(subjects=[coretta.pk], kind=LIST, by=CoordinatorFactory(programme=programme).person)
    delete_account(by=coretta)
    assert [row.viewer for row in Look.objects.all()] == [None]
    assert "Somebody whose account is deleted, coordinator" in as_(amina).get(reverse("looks")).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_whatever_there_is(
    number: int, amina: Person, programme: Programme, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        look.record(subjects=[amina.pk], kind=LIST, by=CoordinatorFactory(programme=programme).person)
    client = as_(amina)
    client.get(reverse("looks"))
    with django_assert_num_queries(9):
        client.get(reverse("looks"))


def test_a_list_records_the_page_that_is_shown(coretta: Person, programme: Programme, as_: As) -> None:
    for _ in range(21):
        MembershipFactory(programme=programme)
    as_(coretta).get(reverse("programme_people", args=[programme.slug]))
    assert Look.objects.count() in (19, 20)  # twenty a page, of whom one may be herself


def test_it_is_forgotten_after_two_years(amina: Person, coretta: Person) -> None:
    look.record(subjects=[amina.pk], kind=LIST, by=coretta)
    with time_machine.travel(clock.now() + look.KEPT_FOR):
        look.forget_old()
        assert Look.objects.count() == 1
    with time_machine.travel(clock.now() + look.KEPT_FOR + timedelta(days=1)):
        look.forget_old()
        assert not Look.objects.exists()
