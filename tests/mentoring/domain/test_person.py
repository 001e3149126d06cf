"""Members change what they say of themselves, and are gone when they say so."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.domain import clock, consent, mentorship, notification
from mentoring.domain.action import NotPossible
from mentoring.domain.consent import Answer
from mentoring.domain.person import (
    UNCONFIRMED_FOR,
    create_person,
    delete_account,
    edit_profile,
    forget_unconfirmed,
)
from mentoring.emails import Email
from mentoring.enums import MembershipState, MentorshipState, Purpose, Role
from mentoring.models import (
    Block,
    Characteristic,
    CharacteristicValue,
    Consent,
    Invitation,
    Membership,
    Mentorship,
    Notification,
    Person,
    Programme,
    User,
)
from tests.factories import MentorshipFactory, PersonFactory, UserFactory
from tests.factories.invitations import InvitationFactory

pytestmark = pytest.mark.django_db


def test_an_account_has_one_person() -> None:
    user = UserFactory()
    assert create_person(user=user) == create_person(user=user)
    assert Person.objects.count() == 1


def test_only_profile_fields_are_changed(amina: Person) -> None:
    other = UserFactory()
    edit_profile(by=amina, changes={"headline": "On my way", "user": other, "joined_at": clock.now()})
    amina.refresh_from_db()
    assert (amina.headline, amina.user == other) == ("On my way", False)


def test_words_and_answers_of_a_page_are_kept_together_or_not_at_all(amina: Person) -> None:
    answers = [Answer(Characteristic.objects.get(pk="feedback"), point=7)]
    with pytest.raises(NotPossible):
        edit_profile(by=amina, changes={"headline": "Half"}, answers=answers)
    amina.refresh_from_db()
    assert amina.headline == ""


def test_deleting_leaves_nothing_of_the_person(amina: Person, folasade_membership: Membership) -> None:
    folasade = folasade_membership.person
    asked = mentorship.ask(mentor=folasade_membership, message="A canary in my words", by=amina)
    mentorship.accept(mentorship=asked, by=folasade)
    consent.give_value(
        characteristic=Characteristic.objects.get(pk="gender"), options=["woman"], purpose=Purpose.PROFILE, by=amina
    )
    Block.objects.create(blocker=PersonFactory(), blocked=amina)
    user = amina.user
    assert user is not None
    notification.queue(email=Email("x", "Subject", "Body"), address=user.email.upper(), subject_id="1")
    delete_account(by=amina)
    for model in (CharacteristicValue, Consent, Block):
        assert model.objects.count() == 0
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Person.objects.filter(pk=amina.pk).exists()
    assert not Notification.objects.filter(address__iexact=user.email).exists()
    kept = what_is_left(Mentorship.objects.get())
    assert kept == (MentorshipState.ENDED, None, folasade, "")


def what_is_left(row: Mentorship) -> tuple[str, Person | None, Person | None, str]:
    """What is left of a mentorship when one side has gone."""
    return row.state, row.mentee, row.mentor, row.message


def test_the_other_side_is_told_and_the_place_is_free(amina: Person, folasade_membership: Membership) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="", by=amina)
    mentorship.accept(mentorship=row, by=folasade_membership.person)
    delete_account(by=amina)
    folasade_membership.refresh_from_db()
    assert folasade_membership.taken == 0
    assert Notification.objects.filter(kind="mentorship_ended", person=folasade_membership.person).count() == 1


def test_a_mentors_kind_word_goes_with_them(amina: Person, folasade_membership: Membership) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="Please", by=amina)
    mentorship.decline(mentorship=row, kind_word="A canary of kindness", by=folasade_membership.person)
    delete_account(by=folasade_membership.person)
    row.refresh_from_db()
    assert (row.kind_word, row.mentor, row.message) == ("", None, "Please")


def test_an_only_coordinator_cannot_vanish(coretta: Person, programme: Programme) -> None:
    with pytest.raises(NotPossible):
        delete_account(by=coretta)
    assert Membership.objects.get(person=coretta).state == MembershipState.MEMBER


def test_an_account_that_nobody_confirmed_is_forgotten_after_a_month() -> None:
    forgotten = UserFactory(confirmed=False)
    kept = [UserFactory(), UserFactory(confirmed=False, is_staff=True), UserFactory(confirmed=False)]
    long_ago = clock.now() - UNCONFIRMED_FOR - timedelta(minutes=1)
    User.objects.exclude(pk=kept[2].pk).update(date_joined=long_ago)
    forget_unconfirmed()
    assert set(User.objects.all()) == set(kept)
    assert not User.objects.filter(pk=forgotten.pk).exists()


def test_deleting_never_counts_out_members_times_mentorships(amina: Person, folasade: Person) -> None:
    """Joined with each other, they take 72 seconds in a programme of 40,000; a subquery each takes milliseconds."""
    with CaptureQueriesContext(connection) as asked:
        delete_account(by=amina)
    tables = [set(re.findall(r'JOIN "(\w+)"', query["sql"])) for query in asked]
    assert [names for names in tables if {"mentoring_membership", "mentoring_mentorship"} <= names] == []
    assert not Person.objects.filter(pk=amina.pk).exists()


def test_what_was_kept_at_the_same_address_goes_too(amina: Person) -> None:
    assert amina.user is not None
    mine = InvitationFactory(email=amina.user.email.upper())
    MentorshipFactory(mentee=mine.person)
    other = InvitationFactory()
    delete_account(by=amina)
    assert list(Invitation.objects.all()) == [other]
    assert not Person.objects.filter(pk=mine.person_id).exists()
    assert Person.objects.filter(pk=other.person_id).exists()
    assert Membership.objects.filter(role=Role.MENTEE, state=MembershipState.INVITED).count() == 1


def test_what_belongs_to_an_address_that_was_only_claimed_stays(amina: Person) -> None:
    victim = InvitationFactory(email="victim@example.org")
    notification.queue(email=Email("x", "Subject", "Body"), address="victim@example.org", subject_id="1")
    EmailAddress.objects.create(user=amina.user, email="victim@example.org", verified=False)
    delete_account(by=amina)
    assert Person.objects.filter(pk=victim.person_id).exists()
    assert Invitation.objects.get() == victim
    assert Notification.objects.filter(address="victim@example.org").count() == 1
