"""A place kept for somebody: sent, chased once, claimed or turned down by whoever holds the link."""

from datetime import timedelta

import pytest
import time_machine

from mentoring.domain import clock, consent, invitation
from mentoring.domain.action import NotPossible
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import (
    Characteristic,
    Invitation,
    Membership,
    Mentorship,
    Notification,
    Person,
    Programme,
)
from mentoring.permissions import invitations_kept_for
from tests.factories import (
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.factories.invitations import InvitationFactory, kept_place

pytestmark = pytest.mark.django_db


def states(person: Person) -> list[tuple[str, str]]:
    return list(Membership.objects.filter(person=person).order_by("role").values_list("role", "state"))


def say(person: Person, key: str, *options: str) -> None:
    consent.give_value(characteristic=Characteristic.objects.get(pk=key), options=options, by=person)


def test_nobody_is_written_to_twice(coretta: Person, programme: Programme) -> None:
    InvitationFactory(programme=programme)
    InvitationFactory(programme=programme)
    assert [invitation.send(programme=programme, by=coretta) for _ in range(2)] == [2, 0]
    assert Notification.objects.filter(kind="invitation").count() == 2


def test_a_chase_goes_once_and_a_week_later(coretta: Person, programme: Programme) -> None:
    InvitationFactory(programme=programme)
    invitation.send(programme=programme, by=coretta)
    assert invitation.chase(programme=programme, by=coretta) == 0
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert [invitation.chase(programme=programme, by=coretta) for _ in range(2)] == [1, 0]


def test_the_mail_says_nothing_but_a_name_and_the_link(coretta: Person, programme: Programme) -> None:
    row = InvitationFactory(programme=programme)
    invitation.send(programme=programme, by=coretta)
    mail = Notification.objects.get()
    assert "Mensah" not in mail.body + mail.subject
    assert programme.name not in mail.body + mail.subject
    assert "mentor" not in mail.subject.lower()
    code = mail.body.split("/claim/")[1].split("/")[0]
    assert invitation.find(code) == row


def test_a_code_that_is_altered_or_old_leads_nowhere() -> None:
    code = invitation.claim_code(InvitationFactory())
    with pytest.raises(NotPossible):
        invitation.find(code[:-1] + ("a" if code[-1] != "a" else "b"))
    with time_machine.travel(clock.now() + timedelta(days=61)), pytest.raises(NotPossible):
        invitation.find(code)
    Invitation.objects.all().delete()
    with pytest.raises(NotPossible):
        invitation.find(code)


def test_claiming_hands_over_what_was_brought_along_and_own_words_win() -> None:
    row = InvitationFactory(headline="From the list", journey="Brought along")
    say(row.person, "profession", "physiotherapy")
    say(row.person, "values", "growth")
    kept = row.person
    me = PersonFactory(first_name="", last_name="", headline="My own line")
    say(me, "values", "kindness")
    invitation.claim(invitation=row, by=me)
    me.refresh_from_db()
    assert (me.name, me.headline, me.journey) == ("Kwame Mensah", "My own line", "Brought along")
    assert dict(me.values.values_list("characteristic_id", "options")) == {
        "profession": ["physiotherapy"],
        "values": ["kindness"],
    }
    assert states(me) == [(Role.MENTEE, MembershipState.MEMBER)]
    assert not Person.objects.filter(pk=kept.pk).exists()


def test_a_mentor_who_claims_is_looked_at_first() -> None:
    row = InvitationFactory(role=Role.MENTOR)
    me = PersonFactory()
    invitation.claim(invitation=row, by=me)
    assert states(me) == [(Role.MENTOR, MembershipState.WAITING)]


def test_claiming_twice_is_harmless_and_nobody_else_can() -> None:
    row = InvitationFactory()
    me, other = PersonFactory(), PersonFactory()
    invitation.claim(invitation=row, by=me)
    invitation.claim(invitation=row, by=me)
    with pytest.raises(NotPossible):
        invitation.claim(invitation=row, by=other)
    assert states(me) == [(Role.MENTEE, MembershipState.MEMBER)]
    assert states(other) == []


def test_somebody_who_left_comes_back_by_claiming() -> None:
    row = InvitationFactory()
    me = MembershipFactory(programme=row.programme, state=MembershipState.LEFT).person
    invitation.claim(invitation=row, by=me)
    assert states(me) == [(Role.MENTEE, MembershipState.MEMBER)]


def test_what_was_arranged_comes_along_with_its_place() -> None:
    row = InvitationFactory(role=Role.MENTOR)
    place = Membership.objects.get(person=row.person)
    arranged = MentorshipFactory(mentor_membership=place, state=MentorshipState.ACTIVE, answered_at=clock.now())
    own = MentorFactory(programme=row.programme, capacity=1)
    invitation.claim(invitation=row, by=own.person)
    own.refresh_from_db()
    arranged.refresh_from_db()
    assert (arranged.mentor, arranged.mentor_membership) == (own.person, own)
    assert (own.taken, own.capacity) == (1, 2)


def test_what_cannot_come_along_ends_instead_of_breaking() -> None:
    row = InvitationFactory()
    me = MentorFactory(programme=row.programme, capacity=2)
    busy = MentorFactory(programme=row.programme, capacity=2)
    with_myself = MentorshipFactory(mentor_membership=me, mentee=row.person)
    twice = MentorshipFactory(mentor_membership=busy, mentee=row.person)
    MentorshipFactory(mentor_membership=busy, mentee=me.person)
    invitation.claim(invitation=row, by=me.person)
    ended = Mentorship.objects.filter(pk__in=[with_myself.pk, twice.pk]).values_list("state", flat=True)
    assert list(ended) == [MentorshipState.WITHDRAWN, MentorshipState.WITHDRAWN]


def test_turning_down_needs_no_account_and_wipes_all_but_the_name() -> None:
    row = InvitationFactory(headline="From the list")
    say(row.person, "profession", "physiotherapy")
    invitation.turn_down(invitation=row)
    invitation.turn_down(invitation=row)
    row.person.refresh_from_db()
    assert states(row.person) == [(Role.MENTEE, MembershipState.LEFT)]
    assert (row.person.name, row.person.headline, row.person.values.count()) == ("Kwame Mensah", "", 0)
    assert not invitation.is_open(row)


def test_a_place_kept_elsewhere_keeps_what_was_brought_along() -> None:
    row = InvitationFactory(headline="From the list")
    kept_place(row.person, ProgrammeFactory(), Role.MENTEE)
    invitation.turn_down(invitation=row)
    row.person.refresh_from_db()
    assert row.person.headline == "From the list"


def test_a_place_turned_down_cannot_be_claimed() -> None:
    row = InvitationFactory()
    invitation.turn_down(invitation=row)
    me = PersonFactory()
    with pytest.raises(NotPossible):
        invitation.claim(invitation=row, by=me)
    assert states(me) == []


def test_turning_down_after_claiming_changes_nothing() -> None:
    row = InvitationFactory()
    me = PersonFactory()
    invitation.claim(invitation=row, by=me)
    invitation.turn_down(invitation=row)
    assert states(me) == [(Role.MENTEE, MembershipState.MEMBER)]


def test_places_are_found_by_the_accounts_address_alone() -> None:
    row = InvitationFactory(email="Kwame@Example.org")
    me = PersonFactory(user=UserFactory(email="kwame@example.org"))
    assert list(invitations_kept_for(me)) == [row]
    assert list(invitations_kept_for(PersonFactory())) == []
    assert list(invitations_kept_for(row.person)) == []
    invitation.claim(invitation=row, by=me)
    assert list(invitations_kept_for(me)) == []
