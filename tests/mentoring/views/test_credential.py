"""The pages of credentials: listing, changing, checking, and reading them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import Credential, Membership, Person, Programme
from tests.factories import MembershipFactory
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
REGISTRATION = {"title": "Occupational therapist", "body": "HCPC", "number": "OT12345", "gained_on": "09/2011"}


@pytest.fixture
def registration(as_: As, folasade: Person) -> Credential:
    """Folasade's, typed by her."""
    as_(folasade).post(reverse("credential_add", args=["registration"]), REGISTRATION)
    return Credential.objects.get()


def check(as_: As, coretta: Person, programme: Programme, row: Credential, **said: str) -> int:
    address = reverse("credential_check", args=[programme.slug, row.person_id, row.pk])
    return as_(coretta).post(address, {"seen": row.changed_at.isoformat(), **said}).status_code


def test_it_is_read_without_its_number_and_says_whose_word_it_is(
    as_: As,
    folasade_membership: Membership,
    coretta: Person,
    programme: Programme,
    registration: Credential,
) -> None:
    reader = as_(MembershipFactory(programme=programme).person)
    address = reverse("mentor", args=[folasade_membership.pk])
    page = reader.get(address).text
    assert "Occupational therapist, HCPC, September 2011" in page
    assert "In their own word" in page
    assert "OT12345" not in page
    assert check(as_, coretta, programme, registration, decision="yes", note="Seen on the register") == 302
    page = reader.get(address).text
    assert "Checked by the programme on" in page
    assert "Seen on the register" not in page


def test_a_coordinator_sees_the_number_and_says_how_they_checked(
    as_: As, coretta: Person, programme: Programme, registration: Credential
) -> None:
    person = reverse("programme_person", args=[programme.slug, registration.person_id])
    address = reverse("credential_check", args=[programme.slug, registration.person_id, registration.pk])
    assert address in as_(coretta).get(person).text
    assert "OT12345" in as_(coretta).get(address).text
    assert check(as_, coretta, programme, registration, decision="yes") == 200
    assert Credential.objects.get().verified_at is None
    check(as_, coretta, programme, registration, decision="yes", note="Seen")
    check(as_, coretta, programme, registration, decision="no")
    assert Credential.objects.get().verified_at is None


def test_a_training_shows_on_the_card(
    as_: As, folasade: Person, coretta: Person, programme: Programme, folasade_membership: Membership
) -> None:
    said = {"topic": "allyship", "title": "Active allyship", "gained_on": "03/2026"}
    as_(folasade).post(reverse("credential_add", args=["training"]), said)
    reader = as_(MembershipFactory(programme=programme).person)
    assert "Completed allyship training, March 2026" in reader.get(reverse("find")).text
    check(as_, coretta, programme, Credential.objects.get(), decision="yes", note="Certificate seen")
    assert "Completed allyship training, March 2026, checked by the programme" in reader.get(reverse("find")).text


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"title": ""}, "Enter what you are registered as."),
        ({"gained_on": "13/2011"}, "Enter a month and a year, for example 03/2026."),
        ({"gained_on": "01/2999"}, "Enter a month that is not in the future."),
    ],
)
def test_bad_input_is_told_and_kept(as_: As, folasade: Person, said: dict[str, str], error: str) -> None:
    page = as_(folasade).post(reverse("credential_add", args=["registration"]), REGISTRATION | said).text
    assert error in page
    assert "OT12345" in page
    assert Credential.objects.count() == 0


def test_what_is_no_kind_is_no_page(as_: As, folasade: Person) -> None:
    assert as_(folasade).get(reverse("credential_add", args=["charm"])).status_code == 404


def test_removed_is_gone(as_: As, folasade: Person, registration: Credential) -> None:
    as_(folasade).post(reverse("credential_remove", args=[registration.pk]))
    assert Credential.objects.count() == 0


def test_what_can_be_counted_on_is_read_by_mentees_and_asked_of_mentors(
    as_: As, amina: Person, folasade: Person, folasade_membership: Membership
) -> None:
    client = as_(folasade)
    assert reverse("profile_step", args=["commitments"]) in client.get(reverse("profile")).text
    assert reverse("profile_step", args=["commitments"]) not in as_(amina).get(reverse("profile")).text
    client.post(
        reverse("profile_step", args=["commitments"]), {"commitments": ["honest"], "commitment_words": "Truly."}
    )
    page = as_(amina).get(reverse("mentor", args=[folasade_membership.pk])).text
    assert "When I do not know, I say so, and go and find out" in page
    assert "Truly." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_little_for_three_as_for_one(as_: As, folasade: Person, count: int) -> None:
    for number in range(count):
        as_(folasade).post(reverse("credential_add", args=["qualification"]), {"title": f"Degree {number}"})
    assert Credential.objects.count() == count
    assert queries_of(as_(folasade), reverse("credentials")) == 8
