"""A programme's privacy notice, and the page where it is said."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mentoring.domain.privacy import holdings
from mentoring.domain.trail import event_models
from mentoring.enums import LawfulBasis
from mentoring.models import Person, Programme
from mentoring.presenters.notice import OPEN_POINT, kept_of_people
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
SAID = {
    "controllers": "Leeds Teaching Hospitals and Leeds City Council, together",
    "privacy_contact": "Data protection, dpo@leeds.example",
    "lawful_basis": "public_task",
    "special_condition": "equality",
    "months_left": "12",
    "months_unanswered": "3",
    "months_words": "6",
}


def form(programme: Programme) -> str:
    return reverse("programme_protection", args=[programme.slug])


def notice(programme: Programme) -> str:
    return reverse("programme_privacy", args=[programme.slug])


def test_a_coordinator_says_it_and_anybody_reads_it(as_: As, coretta: Person, programme: Programme) -> None:
    client = as_(coretta)
    assert "Nothing recorded yet" in client.get(reverse("programme_settings", args=[programme.slug])).text
    assert OPEN_POINT in Client().get(notice(programme)).text
    response = client.post(form(programme), SAID)
    assert response.headers["Location"] == reverse("programme_settings", args=[programme.slug])
    programme.refresh_from_db()
    assert (programme.lawful_basis, programme.months_words) == (LawfulBasis.PUBLIC_TASK, 6)
    page = Client().get(notice(programme)).text
    assert OPEN_POINT not in page
    for words in (SAID["controllers"], SAID["privacy_contact"], "public task", "12 months", "6 months after it ended"):
        assert words in page


def test_an_administrator_says_it_too(as_: As, programme: Programme) -> None:
    client = as_(PersonFactory(user__is_staff=True))
    assert form(programme) in client.get(reverse("programme_set_up", args=[programme.slug])).text
    response = client.post(form(programme), SAID)
    assert response.headers["Location"] == reverse("programme_set_up", args=[programme.slug])


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("months_left", "5", "Enter a number of months from 6 to 72."),
        ("months_left", "73", "Enter a number of months from 6 to 72."),
        ("months_unanswered", "", "Enter a number of months from 1 to 24."),
        ("lawful_basis", "", "Choose a legal basis."),
        ("controllers", " ", "Enter who is responsible."),
    ],
)
def test_what_cannot_be_kept_is_said(
    as_: As, coretta: Person, programme: Programme, field: str, value: str, error: str
) -> None:
    page = as_(coretta).post(form(programme), {**SAID, field: value})
    assert error in page.text
    programme.refresh_from_db()
    assert programme.lawful_basis == ""


def test_everything_that_is_kept_of_a_person_is_in_it(programme: Programme) -> None:
    trails = {model._meta.label for model in event_models()}
    due = {each.what for label, each in holdings().items() if each.owners and label not in trails}
    assert {row.heading for row in kept_of_people()} == due | {"What changed"}
    page = Client().get(notice(programme)).text
    assert all(heading in page for heading in due)


def test_it_is_linked_where_people_need_it(as_: As, amina: Person, stranger: Person, programme: Programme) -> None:
    link = f'href="{notice(programme)}"'
    client = as_(amina)
    assert link in client.get(reverse("privacy")).text
    assert link not in as_(stranger).get(reverse("privacy")).text
    assert link in as_(stranger).get(reverse("programme_join", args=[programme.slug])).text
    notices = f'href="{reverse("privacy")}#notices"'
    assert client.get(reverse("home")).text.count(notices) == 1  # in the footer
    assert client.get(reverse("identity_answer", args=["gender"])).text.count(notices) == 2  # and beside the yes
    assert notices not in Client().get(reverse("privacy")).text


def test_the_record_of_processing_names_it(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(controllers="Leeds", lawful_basis="public_task", months_left=12)
    out = StringIO()
    call_command("privacy_report", stdout=out)
    for words in ("## Allied Health Futures", "Leeds", "Public task", "Explicit consent", "12 months"):
        assert words in out.getvalue()
