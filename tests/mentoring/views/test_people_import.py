"""The import pages: looked at first, taken when asked, and nobody else's."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import people_import, question
from mentoring.domain.people_file import Field, read, table_of
from mentoring.domain.people_import import MOST_TRIES
from mentoring.enums import ImportState, Role
from mentoring.models import Characteristic, Invitation, Membership, Notification, PeopleImport, Person, Programme
from tests.factories import CoordinatorFactory, MentorshipFactory
from tests.factories.people_files import MENTORS, OURS, civil_service, csv_file, ours

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
CANARY = "canary-bisexual"


def upload(client: Client, programme: Programme, data: bytes, name: str = "people.csv") -> PeopleImport:
    """Upload the file as a coordinator does, and follow to its page."""
    response = client.post(reverse("people_imports", args=[programme.slug]), {"file": SimpleUploadedFile(name, data)})
    row = PeopleImport.objects.latest("made_at")
    assert response.headers["Location"] == page_of(row)
    return row


def page_of(row: PeopleImport, name: str = "people_import") -> str:
    return reverse(name, args=[row.programme.slug, row.pk])


def three_rows() -> bytes:
    return csv_file(OURS, [ours(1), ours(2, profession="Nurse"), ours(3, email="zoe3")])


def test_from_file_to_places(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, three_rows())
    shown = client.get(page_of(row)).content.decode()
    for words in (
        "Read as CSV, UTF-8, commas",
        "“zoe3” is not an email address.",
        "“Nurse”, 1 row",
        "Where the invitation goes",
        "Take the good rows",
    ):
        assert words in shown
    assert Invitation.objects.count() == 0

    assert client.post(page_of(row, "people_import_take")).headers["Location"] == page_of(row)
    waiting = client.get(page_of(row))
    assert waiting.headers["Refresh"] == "5"
    assert "0 of 2 done" in waiting.content.decode()

    people_import.take_due()
    done = client.get(page_of(row))
    assert "Refresh" not in done.headers
    assert "places are kept" in done.content.decode()
    assert Invitation.objects.count() == 2
    assert Notification.objects.count() == 0


def test_special_columns_are_named_and_gone(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, csv_file(MENTORS, [civil_service(1, CANARY)], encoding="utf-16"))
    shown = client.get(page_of(row)).content.decode()
    assert "Each person is asked when they claim their place." in shown
    assert "characteristics" in shown
    assert CANARY not in shown
    assert row.content
    assert CANARY not in str(people_import.findings_of(row))
    assert CANARY not in str(people_import.uploads.content_of(row))


def test_a_file_that_leaves_a_question_open_is_asked_about(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, b"first name,email\nAnn,ann@x.org\n")
    assert "Who are the people in this file?" in client.get(page_of(row)).content.decode()
    empty = client.post(page_of(row), {})
    assert "Say whether these people are mentees or mentors." in empty.content.decode()
    assert client.post(page_of(row), {"role": "mentor"}).status_code == 302
    assert "1</p>" in client.get(page_of(row)).content.decode()
    client.post(page_of(row, "people_import_take"))
    people_import.take_due()
    assert Membership.objects.get(role=Role.MENTOR).person.first_name == "Ann"


def test_taking_before_the_question_is_answered_is_refused_kindly(
    as_: As, coretta: Person, programme: Programme
) -> None:
    client = as_(coretta)
    row = upload(client, programme, b"first name,email\nAnn,ann@x.org\n")
    followed = client.post(page_of(row, "people_import_take"), follow=True)
    assert "Say first whether these people are mentees or mentors." in followed.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "This looks like a PDF."),
        (b"", "This file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
        (b"a,b\n1,2\n", "None of the headings in this file is one we know."),
    ],
)
def test_an_unreadable_file_is_refused_at_its_field(
    as_: As, coretta: Person, programme: Programme, data: bytes, words: str
) -> None:
    url = reverse("people_imports", args=[programme.slug])
    response = as_(coretta).post(url, {"file": SimpleUploadedFile("p.csv", data)})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "<title>Error: " in response.content.decode()
    assert PeopleImport.objects.count() == 0


def test_no_file_at_all_is_said_to_be_missing(as_: As, coretta: Person, programme: Programme) -> None:
    response = as_(coretta).post(reverse("people_imports", args=[programme.slug]), {})
    assert "Choose a file." in response.content.decode()


def test_refused_rows_can_be_downloaded_mended_and_uploaded(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, csv_file(OURS, [ours(1, **{"first name": "=1+1", "email": "zoe1"})]))
    response = client.get(page_of(row, "people_import_refused"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="people-refused.csv"'
    assert "'=1+1" in response.content.decode()
    again = table_of(read(response.content))
    assert again.rows[0].get(Field.FIRST_NAME) == "=1+1"
    mended = upload(client, programme, response.content.replace(b"zoe1,", b"zoe1@example.org,"))
    assert mended.planned["new"] == 1


def test_a_file_can_be_thrown_away(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, three_rows())
    assert "Throw people.csv away?" in client.get(page_of(row, "people_import_drop")).content.decode()
    client.post(page_of(row, "people_import_drop"))
    row.refresh_from_db()
    assert (row.state, row.content, row.findings) == (ImportState.DROPPED, None, None)
    assert "This file is gone" in client.get(page_of(row)).content.decode()
    assert client.get(page_of(row, "people_import_refused")).status_code == 404


def test_a_file_that_stopped_can_be_tried_again(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, three_rows())
    PeopleImport.objects.update(state=ImportState.STOPPED, tries=MOST_TRIES + 1)
    assert "It stopped half-way" in client.get(page_of(row)).content.decode()
    client.post(page_of(row, "people_import_take"))
    people_import.take_due()
    row.refresh_from_db()
    assert row.state == ImportState.DONE


def test_a_week_later_the_page_still_says_how_many(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    row = upload(client, programme, three_rows())
    client.post(page_of(row, "people_import_take"))
    people_import.take_due()
    PeopleImport.objects.update(content=None, findings=None)
    shown = client.get(page_of(row)).content.decode()
    assert "only these numbers are left" in shown
    assert "zoe3" not in shown


# --- Export -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["people_export_csv", "people_export_xlsx"])
def test_what_is_exported_and_imported_changes_nothing(
    as_: As, coretta: Person, programme: Programme, amina: Person, folasade_membership: Membership, name: str
) -> None:
    client = as_(coretta)
    rows = [ours(1, **{"mentor email": "zoe2@example.org"}), ours(2, role="both", journey="=HYPERLINK(1)", places="3")]
    row = upload(client, programme, csv_file(OURS, rows))
    client.post(page_of(row, "people_import_take"))
    people_import.take_due()
    MentorshipFactory(mentee=amina, mentor_membership=folasade_membership, state="active", answered_at=row.made_at)
    exported = client.get(reverse(name, args=[programme.slug])).content
    found = table_of(read(exported))
    assert [field.value for field in found.fields] == list(OURS)
    zoe = next(line for line in found.rows if line.get(Field.FIRST_NAME) == "Zoë2")
    assert zoe.values == dict(zip((Field(heading) for heading in OURS), rows[1], strict=True))
    again = upload(client, programme, exported)
    assert again.planned == {"rows": 4, "new": 0, "more": 0, "here": 4, "refused": 0, "pairs": 0}
    findings = people_import.findings_of(again)
    assert findings
    assert findings.pairs_here == 2


def test_an_export_holds_no_words_of_a_mentee_with_an_account(
    as_: As, coretta: Person, programme: Programme, amina: Person, folasade: Person, stranger: Person
) -> None:
    for person in (amina, folasade, stranger):
        Person.objects.filter(pk=person.pk).update(journey=f"The journey of {person.first_name}")
    text = as_(coretta).get(reverse("people_export_csv", args=[programme.slug])).content.decode()
    assert "The journey of Folasade" in text
    assert "The journey of Amina" not in text
    assert "Stranger" not in text
    assert "Coretta" not in text


def test_what_the_programme_does_not_ask_is_neither_taken_in_nor_given_out(
    as_: As, coretta: Person, programme: Programme
) -> None:
    client = as_(coretta)
    setting = Characteristic.objects.get(pk="setting")

    def told(number: int) -> tuple[bool, str]:
        """Whether the setting is kept of somebody brought in now, and what the file has of the first."""
        row = upload(client, programme, csv_file(OURS, [ours(number)]))
        client.post(page_of(row, "people_import_take"))
        people_import.take_due()
        found = table_of(read(client.get(reverse("people_export_csv", args=[programme.slug])).content))
        first = next(line for line in found.rows if line.get(Field.FIRST_NAME) == "Zoë1")
        person = Person.objects.get(first_name=f"Zoë{number}")
        return person.values.filter(characteristic=setting).exists(), first.get(Field.SETTING)

    assert told(1) == (True, "Acute hospital")
    question.choose(programme=programme, characteristic=setting, asked=False, reason="", by=coretta)
    assert told(2) == (False, "")


def test_the_empty_file_has_every_heading(as_: As, coretta: Person, programme: Programme) -> None:
    response = as_(coretta).get(reverse("people_template", args=[programme.slug]))
    assert list(read(response.content).headings) == list(OURS)


def test_an_export_asks_as_often_for_three_as_for_one(
    as_: As, coretta: Person, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(coretta)
    url = reverse("people_export_csv", args=[programme.slug])
    for _ in range(2):
        MentorshipFactory(mentor_membership__programme=programme)
        with django_assert_num_queries(12):
            client.get(url)


# --- Whose ------------------------------------------------------------------------------------------------------------

GETS = ("people_import", "people_import_drop", "people_import_refused")
POSTS = ("people_import", "people_import_take", "people_import_drop")
OF_PROGRAMME = ("people_imports", "people_template", "people_export_csv", "people_export_xlsx")


def test_nobody_else_s_imports(as_: As, coretta: Person, programme: Programme, amina: Person, folasade: Person) -> None:
    row = upload(as_(coretta), programme, three_rows())
    elsewhere = CoordinatorFactory().person
    for person in (amina, folasade, elsewhere):
        client = as_(person)
        assert {client.get(page_of(row, name)).status_code for name in GETS} == {404}
        assert {client.post(page_of(row, name), {"role": "mentee"}).status_code for name in POSTS} == {404}
        slug = [programme.slug]
        assert {client.get(reverse(name, args=slug)).status_code for name in OF_PROGRAMME} == {404}
        assert client.post(reverse("people_imports", args=slug), {}).status_code == 404
    row.refresh_from_db()
    assert row.state == ImportState.READ


def test_a_coordinator_cannot_reach_another_programme_s_import_through_their_own(
    as_: As, coretta: Person, programme: Programme
) -> None:
    row = upload(as_(coretta), programme, three_rows())
    elsewhere = CoordinatorFactory()
    client = as_(elsewhere.person)
    assert client.get(reverse("people_import", args=[elsewhere.programme.slug, row.pk])).status_code == 404
    missing = client.get(reverse("people_import", args=[elsewhere.programme.slug, uuid.uuid4()]))
    assert missing.status_code == 404


def test_anonymous_people_are_asked_to_sign_in(client: Client, programme: Programme) -> None:
    for name in OF_PROGRAMME:
        assert client.get(reverse(name, args=[programme.slug])).headers["Location"].startswith("/accounts/login/")


def test_unclaimed_people_are_seen_by_nobody_but_coordinators(
    as_: As, coretta: Person, programme: Programme, amina: Person, folasade: Person
) -> None:
    assert folasade.user
    client = as_(coretta)
    rows = [ours(1, **{"mentor email": folasade.user.email}), ours(2, role="mentor")]
    row = upload(client, programme, csv_file(OURS, rows))
    client.post(page_of(row, "people_import_take"))
    people_import.take_due()
    assert "Zoë1" in client.get(reverse("programme_people", args=[programme.slug])).content.decode()
    for person in (amina, folasade):
        for name in ("home", "my_mentoring", "find"):
            assert "Zoë" not in as_(person).get(reverse(name), follow=True).content.decode()
    pair = folasade.as_mentor.get()
    assert as_(folasade).get(reverse("mentorship", args=[pair.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_files_asks_as_often_for_three_as_for_one(
    as_: As, coretta: Person, programme: Programme, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(coretta)
    for _ in range(number):
        upload(client, programme, three_rows())
    with django_assert_num_queries(10):
        client.get(reverse("people_imports", args=[programme.slug]))
