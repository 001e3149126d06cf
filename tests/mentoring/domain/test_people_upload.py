"""The uploaded file: kept without what is never stored, taken once whoever is interrupted, wiped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import clock, membership, people_import
from mentoring.domain.action import NotPossible
from mentoring.domain.people_file import Field, read, table_of
from mentoring.domain.people_import import taking
from mentoring.domain.people_import.uploads import content_of
from mentoring.domain.person import delete_account
from mentoring.enums import ImportState, Role
from mentoring.models import (
    Invitation,
    Membership,
    Mentorship,
    PeopleImport,
    Person,
    Programme,
)
from tests.factories import (
    ProgrammeFactory,
)
from tests.factories.people_files import MENTORS, civil_service, csv_file
from tests.mentoring.domain.test_people_import import person, table, taken, text_of_all_tables

pytestmark = pytest.mark.django_db
CANARY = "canary-bisexual-muslim"


# --- The upload -------------------------------------------------------------------------------------------------------


def kept(programme: Programme, *rows: dict[str, str], role: str = "") -> PeopleImport:
    return people_import.keep(programme=programme, table=table(*rows), file_name="p.csv", role=role, by=None)


def without_role(name: str) -> dict[str, str]:
    return {key: value for key, value in person(name).items() if key != "role"}


def test_a_file_that_does_not_say_what_its_people_are_waits_for_an_answer(programme: Programme) -> None:
    upload = kept(programme, without_role("Ann"))
    assert upload.planned == {}
    with pytest.raises(NotPossible, match="mentees or mentors"):
        people_import.ask_to_take(upload=upload, by=None)
    people_import.choose_role(upload=upload, role=Role.MENTOR, by=None)
    upload.refresh_from_db()
    assert upload.planned["new"] == 1
    people_import.ask_to_take(upload=upload, by=None)
    people_import.take_due()
    assert Membership.objects.get().role == Role.MENTOR


def test_what_a_file_says_wins_over_the_role_chosen(programme: Programme) -> None:
    taken(programme, table(person("Ann"), person("Bea", "mentor")), role="mentor")
    assert set(Membership.objects.values_list("person__first_name", "role")) == {("Ann", "mentee"), ("Bea", "mentor")}


def test_done_means_only_refused_rows_are_left_and_after_a_week_nothing(programme: Programme) -> None:
    upload = taken(programme, table(person("Ann"), person("Bad", email="bad@")))
    assert [row.get(Field.FIRST_NAME) for row in content_of(upload).rows] == ["Bad"]
    assert "Ann" not in str(people_import.findings_of(upload))
    assert people_import.refused_rows(upload) == (
        ["first name", "email", "role", "row", "why it was not taken"],
        [["Bad", "bad@", "mentee", "3", "“bad@” is not an email address."]],
    )
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=False):
        people_import.wipe_old()
    upload.refresh_from_db()
    assert (upload.state, upload.content, upload.findings) == (ImportState.DONE, None, None)
    assert upload.planned["refused"] == 1


def test_mended_rows_of_the_matching_tool_keep_their_role(programme: Programme) -> None:
    rows = [civil_service(1, CANARY, **{"email address": "nobody"})]
    upload = taken(programme, table_of(read(csv_file(MENTORS, rows))))
    headings, mended = people_import.refused_rows(upload)
    mended[0][headings.index("email address")] = "mended@example.org"
    again = taken(programme, table_of(read(csv_file(headings, mended))))
    assert again.planned["new"] == 1
    assert Membership.objects.get().role == Role.MENTOR


def test_what_nobody_took_is_thrown_away_after_a_week(programme: Programme) -> None:
    upload = kept(programme, person("Ann"))
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        people_import.wipe_old()
    upload.refresh_from_db()
    assert upload.state == ImportState.READ
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        people_import.wipe_old()
    upload.refresh_from_db()
    assert (upload.state, upload.content, upload.findings) == (ImportState.DROPPED, None, None)
    with pytest.raises(NotPossible, match="removed in the meantime"):
        people_import.ask_to_take(upload=upload, by=None)


def test_throwing_away_and_taking_are_harmless_to_repeat(programme: Programme) -> None:
    upload = kept(programme, person("Ann"))
    people_import.drop(upload=upload, by=None)
    people_import.drop(upload=upload, by=None)
    done = taken(programme, table(person("Ann")))
    people_import.ask_to_take(upload=done, by=None)
    assert people_import.take_due() == 0
    with pytest.raises(NotPossible, match="has been taken"):
        people_import.drop(upload=done, by=None)


def test_only_ten_files_wait_at_once(programme: Programme) -> None:
    for _ in range(10):
        kept(programme, person("Ann"))
    with pytest.raises(NotPossible, match="10 files wait"):
        kept(programme, person("Ann"))


def test_deleting_an_account_reaches_files_that_are_still_kept(programme: Programme, amina: Person) -> None:
    assert amina.user
    kept(programme, person("Amina", email=amina.user.email))
    address = amina.user.email
    delete_account(by=amina)
    assert address not in text_of_all_tables()


def test_whoever_is_erased_goes_from_files_that_are_still_kept(programme: Programme) -> None:
    upload = kept(programme, person("Ann"), person("Bea"), person("Ann", places="x", role="mentor"))
    people_import.forget(addresses=["ANN@example.org"])
    assert "ann@example.org" not in text_of_all_tables().lower()
    upload.refresh_from_db()
    assert [row.get(Field.FIRST_NAME) for row in content_of(upload).rows] == ["Bea"]


# --- Interrupted, and raced -------------------------------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "PART", 3)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("step", ["_add_people", "_add_roles", "_add_pairs", "_finish"])
@pytest.mark.parametrize("after", [0, 1])
def test_a_worker_that_goes_in_the_middle_is_taken_over_from(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    """The connection goes at a step, before or after it is done; another worker finds the lease run out."""
    taken(programme, table(person("Old0"), person("Old1"), person("Old2"), person("Old3")))
    mentees = [person(f"New{n}", mentor_email="old0@example.org;mo@example.org") for n in range(7)]
    olds = [person(f"Old{n}", "mentor") for n in range(4)]
    upload = kept(programme, *mentees, *olds, person("Mo", "mentor"), person("Bad", email=""))
    people_import.ask_to_take(upload=upload, by=None)

    real: Callable[..., None] = getattr(taking, step)
    calls: list[int] = []

    def gone(**kwargs: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            if after:
                real(**kwargs)
            raise OperationalError("the connection is gone")
        real(**kwargs)

    monkeypatch.setattr(taking, step, gone)
    people_import.take_due()
    assert people_import.take_due() == 0
    with time_machine.travel(clock.now() + clock.LEASE * 2, tick=False):
        people_import.take_due()
    upload.refresh_from_db()
    assert upload.state == ImportState.DONE
    assert upload.planned == {"rows": 13, "new": 8, "more": 4, "here": 0, "refused": 1, "pairs": 14}
    assert {key: upload.taken[key] for key in ("new", "more", "pairs")} == {"new": 8, "more": 4, "pairs": 14}
    assert Invitation.objects.count() == 12
    assert Mentorship.objects.count() == 14
    assert set(Membership.objects.filter(role=Role.MENTOR, taken__gt=0).values_list("capacity", "taken")) == {(7, 7)}


def test_a_file_that_stops_every_worker_is_set_aside_visibly(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise OperationalError("no")

    monkeypatch.setattr(taking, "_add_people", fails)
    upload = kept(programme, person("Ann"))
    people_import.ask_to_take(upload=upload, by=None)
    begun = 0
    for minute in range(0, 20, 2):
        with time_machine.travel(clock.now() + timedelta(minutes=minute), tick=False):
            begun += people_import.take_due()
    upload.refresh_from_db()
    assert (upload.state, begun) == (ImportState.STOPPED, people_import.MOST_TRIES)
    monkeypatch.undo()
    people_import.ask_to_take(upload=upload, by=None)
    people_import.take_due()
    upload.refresh_from_db()
    assert upload.state == ImportState.DONE


def test_somebody_who_comes_between_plan_and_taking_is_not_doubled(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking._begin

    def late(**kwargs: object) -> None:
        real(**kwargs)  # type: ignore[arg-type]
        other = Person.objects.create(first_name="Ann")
        membership.invite(programme=programme, person=other, role=Role.MENTEE, by=None)
        Invitation.objects.create(programme=programme, person=other, email="Ann@Example.org")

    monkeypatch.setattr(taking, "_begin", late)
    upload = taken(programme, table(person("Ann"), person("Bea")))
    assert (upload.taken["new"], upload.planned["here"]) == (1, 1)
    assert Invitation.objects.count() == 2


def test_queries_do_not_grow_with_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for names in (["Ann"], ["Bea", "Cleo", "Di"]):
        programme = ProgrammeFactory()
        upload = kept(
            programme, *(person(name, mentor_email="mo@example.org") for name in names), person("Mo", "mentor")
        )
        people_import.ask_to_take(upload=upload, by=None)
        row = taking._claim_next()
        assert row
        with django_assert_num_queries(43):
            taking._take(row)
