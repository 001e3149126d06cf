"""Credentials: one's own word, checked by somebody else, one's own word again once changed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mentoring.domain import credential as domain
from mentoring.domain.action import NotPossible
from mentoring.enums import CredentialKind
from mentoring.models import Credential, Person
from mentoring.permissions import credentials_shown, credentials_to_check
from tests.factories import CoordinatorFactory

pytestmark = pytest.mark.django_db

SAID = {"title": "Occupational therapist", "body": "HCPC", "number": "OT12345", "gained_on": date(2011, 9, 1)}


@pytest.fixture
def registration(folasade: Person) -> Credential:
    """Folasade's."""
    return domain.add_credential(kind=CredentialKind.REGISTRATION, said=SAID, by=folasade)


def checked(row: Credential, by: Person) -> Credential:
    domain.verify_credential(credential=row, seen=row.changed_at, note="Seen on the register", by=by)
    row.refresh_from_db()
    return row


def test_the_same_twice_is_one(registration: Credential, folasade: Person) -> None:
    assert domain.add_credential(kind=CredentialKind.REGISTRATION, said=SAID, by=folasade) == registration


def test_a_change_makes_it_one_s_own_word_again(registration: Credential, folasade: Person, coretta: Person) -> None:
    assert checked(registration, coretta).verified_by == coretta
    domain.change_credential(credential=registration, said=SAID, by=folasade)
    registration.refresh_from_db()
    assert registration.verified_at is not None
    domain.change_credential(credential=registration, said=SAID | {"number": "OT99999"}, by=folasade)
    registration.refresh_from_db()
    assert registration.verified_at is None
    assert (registration.verified_by_id, registration.note) == (None, "")


def test_what_was_changed_since_it_was_looked_at_is_not_checked(
    registration: Credential, folasade: Person, coretta: Person
) -> None:
    seen = registration.changed_at
    domain.change_credential(credential=registration, said=SAID | {"title": "Consultant"}, by=folasade)
    with pytest.raises(NotPossible):
        domain.verify_credential(credential=registration, seen=seen, note="Seen", by=coretta)


def test_nobody_checks_their_own(registration: Credential, folasade: Person, programme: object) -> None:
    CoordinatorFactory(programme=programme, person=folasade)
    with pytest.raises(NotPossible):
        checked(registration, folasade)
    assert not credentials_to_check(folasade).exists()


def test_a_check_can_be_taken_back(registration: Credential, coretta: Person) -> None:
    domain.take_back_verification(credential=checked(registration, coretta), by=coretta)
    registration.refresh_from_db()
    assert registration.verified_at is None


def test_nobody_changes_another_s(registration: Credential, coretta: Person) -> None:
    with pytest.raises(NotPossible):
        domain.change_credential(credential=registration, said=SAID | {"title": "Wizard"}, by=coretta)
    domain.remove_credential(credential=registration, by=coretta)
    assert Credential.objects.count() == 1


def test_there_are_no_more_than_a_profile_can_bear(folasade: Person) -> None:
    for number in range(domain.MOST):
        domain.add_credential(kind=CredentialKind.QUALIFICATION, said={"title": f"No {number}"}, by=folasade)
    with pytest.raises(NotPossible):
        domain.add_credential(kind=CredentialKind.QUALIFICATION, said={"title": "One more"}, by=folasade)


def test_the_number_is_not_even_fetched_for_others(registration: Credential, folasade: Person) -> None:
    assert {"number", "note"} <= credentials_shown([folasade]).get().get_deferred_fields()


def test_another_programme_s_coordinator_does_not_find_it(registration: Credential, coretta: Person) -> None:
    assert credentials_to_check(coretta).get() == registration
    assert not credentials_to_check(CoordinatorFactory().person).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "qualification", "number": "1"},
        {"kind": "training"},
        {"kind": "registration", "topic": "bias"},
        {"kind": "registration", "note": "Seen"},
    ],
)
def test_the_database_refuses_what_does_not_go_together(folasade: Person, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(person=folasade, title="Title", **wrong)
