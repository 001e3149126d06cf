"""Publishing: each mentee gets one suggestion and one neutral email, nothing is imposed, and it ends by itself."""

from datetime import timedelta

import pytest
import time_machine

from matching.domain import rounds
from matching.enums import ProposalState, RoundState
from matching.models import Change, LeftOut, Pair, Participant, Proposal, Run
from matching.permissions import proposals_to
from mentoring.domain import clock
from mentoring.domain.action import NotPossible
from mentoring.domain.membership import leave
from mentoring.domain.mentorship import accept, block
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Membership, Mentorship, Notification, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory
from tests.factories.rounds import asked, begun, worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(programme: Programme, amina: Person, folasade: Person, coretta: Person) -> Run:
    """Amina with Folasade, ready to be published."""
    return worked_out(begun(programme, coretta), coretta)


def states() -> list[str]:
    return list(Proposal.objects.values_list("state", flat=True))


def test_publishing_suggests_and_writes_once(run: Run, amina: Person, coretta: Person) -> None:
    assert rounds.publish(run=run, by=coretta) == (1, 0)
    assert rounds.publish(run=run, by=coretta) == (1, 0)
    proposal = proposals_to(amina).get()
    assert proposal.until - proposal.made_at == timedelta(days=28)
    message = Notification.objects.get()
    assert amina.user
    assert message.address == amina.user.email
    for word in ("mentor", "Folasade", "round"):
        assert word not in message.subject + message.body
    run.round.refresh_from_db()
    assert run.round.state == RoundState.PUBLISHED
    assert Mentorship.objects.count() == 0


def test_a_run_that_is_not_ready_and_a_second_one_are_refused(run: Run, coretta: Person) -> None:
    second = worked_out(run.round, coretta)
    third = asked(run.round, coretta)
    with pytest.raises(NotPossible, match="not ready"):
        rounds.publish(run=third, by=coretta)
    rounds.publish(run=run, by=coretta)
    with pytest.raises(NotPossible, match="has been published"):
        rounds.publish(run=second, by=coretta)
    with pytest.raises(NotPossible, match="has been published"):
        asked(run.round, coretta)


def test_who_changed_meanwhile_is_passed_over(programme: Programme, coretta: Person) -> None:
    mentees = [MembershipFactory(programme=programme).person for _ in range(7)]
    mentors = [MentorFactory(programme=programme, capacity=1) for _ in range(7)]
    run = worked_out(begun(programme, coretta), coretta)
    by_mentee = {pair.mentee_id: pair.mentor for pair in Pair.objects.select_related("mentor")}
    places = {place.person_id: place for place in mentors}

    Membership.objects.filter(person=mentees[0]).update(state=MembershipState.LEFT)
    Membership.objects.filter(pk=places[by_mentee[mentees[1].pk].pk].pk).update(state=MembershipState.LEFT)
    Membership.objects.filter(pk=places[by_mentee[mentees[2].pk].pk].pk).update(paused=True)
    block(other=mentees[3], by=by_mentee[mentees[3].pk])
    MentorshipFactory(
        mentor_membership=places[by_mentee[mentees[4].pk].pk],
        state=MentorshipState.ACTIVE,
        answered_at=clock.now(),
    )
    MentorshipFactory(mentee=mentees[5], mentor_membership=MentorFactory(programme=programme))

    assert rounds.publish(run=run, by=coretta) == (1, 6)
    assert Proposal.objects.get().mentee == mentees[6]
    assert Notification.objects.filter(kind="suggestion_made").count() == 1


def test_what_was_decided_since_the_run_is_heeded(programme: Programme, coretta: Person) -> None:
    for _ in range(4):
        MembershipFactory(programme=programme)
        MentorFactory(programme=programme, capacity=1)
    row = begun(programme, coretta)
    run = worked_out(row, coretta)
    one, other, third, last = Pair.objects.order_by("pk")
    rounds.keep_apart(round_=row, mentee=one.mentee, mentor=one.mentor, reason="They share an office", by=coretta)
    taken_back = rounds.keep_apart(round_=row, mentee=last.mentee, mentor=last.mentor, reason="Too far", by=coretta)
    rounds.undo(change=taken_back, by=coretta)
    left_out = [
        Membership.objects.get(person=other.mentee, role=Role.MENTEE).pk,
        Membership.objects.get(person=third.mentor, role=Role.MENTOR).pk,
    ]
    rounds.leave_out(round_=row, people=left_out, left_out=True, by=coretta)

    assert rounds.publish(run=run, by=coretta) == (1, 3)
    assert Proposal.objects.get().mentee == last.mentee


def test_no_more_are_suggested_than_there_are_places_left(programme: Programme, coretta: Person) -> None:
    place = MentorFactory(programme=programme, capacity=3)
    for _ in range(3):
        MembershipFactory(programme=programme)
    run = worked_out(begun(programme, coretta), coretta)
    Membership.objects.filter(pk=place.pk).update(capacity=2)
    assert rounds.publish(run=run, by=coretta) == (2, 1)


def test_asking_takes_it_up(run: Run, amina: Person, folasade_membership: Membership, coretta: Person) -> None:
    rounds.publish(run=run, by=coretta)
    rounds.ask_mentor(mentor=folasade_membership, message="Hello", by=amina)
    assert states() == [ProposalState.ASKED]
    assert Mentorship.objects.get().state == MentorshipState.REQUESTED


def test_not_for_me_needs_no_reason_and_tells_nobody(
    run: Run, amina: Person, folasade: Person, coretta: Person
) -> None:
    rounds.publish(run=run, by=coretta)
    proposal = Proposal.objects.get()
    with pytest.raises(NotPossible):
        rounds.decline_proposal(proposal=proposal, by=folasade)
    for _ in range(2):
        rounds.decline_proposal(proposal=proposal, by=amina)
    assert states() == [ProposalState.DECLINED]
    assert not proposals_to(amina).exists()
    assert Notification.objects.exclude(kind="suggestion_made").count() == 0


@pytest.mark.parametrize("what", ["time", "left", "mentor left", "blocked", "somebody", "closed"])
def test_a_suggestion_ends_by_itself(
    run: Run, amina: Person, folasade_membership: Membership, coretta: Person, what: str
) -> None:
    rounds.publish(run=run, by=coretta)
    assert rounds.lapse_old() == 0
    now = clock.now()
    folasade = folasade_membership.person
    if what == "time":
        now += rounds.STANDS_FOR + timedelta(minutes=1)
    elif what == "left":
        leave(programme=folasade_membership.programme, by=amina)
    elif what == "mentor left":
        leave(programme=folasade_membership.programme, by=folasade)
    elif what == "blocked":
        block(other=folasade, by=amina)
    elif what == "somebody":
        other = MentorFactory(programme=folasade_membership.programme)
        row = rounds.ask_mentor(mentor=other, message="Hello", by=amina)
        assert proposals_to(amina).exists()
        accept(mentorship=row, by=other.person)
    else:
        rounds.close_round(round_=run.round, by=coretta)
    with time_machine.travel(now, tick=True):
        assert not proposals_to(amina).exists()
        rounds.lapse_old()
    assert states() == [ProposalState.LAPSED]
    with pytest.raises(NotPossible, match="no longer open"):
        rounds.decline_proposal(proposal=Proposal.objects.get(), by=amina)


def test_a_mentor_who_filled_up_is_not_shown_until_a_place_is_free(
    run: Run, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    rounds.publish(run=run, by=coretta)
    places = Membership.objects.filter(pk=folasade_membership.pk)
    places.update(paused=True)
    assert not proposals_to(amina).exists()
    places.update(paused=False)
    assert proposals_to(amina).exists()


def test_the_latest_suggestion_takes_the_place_of_an_earlier_one(
    run: Run, programme: Programme, amina: Person, coretta: Person
) -> None:
    rounds.publish(run=run, by=coretta)
    again = worked_out(begun(programme, coretta), coretta)
    rounds.publish(run=again, by=coretta)
    assert sorted(states()) == [ProposalState.LAPSED, ProposalState.OFFERED]
    assert proposals_to(amina).get().run == again
    assert Notification.objects.count() == 2


def test_ninety_days_after_closing_only_numbers_are_left(run: Run, amina: Person, coretta: Person) -> None:
    pair = Pair.objects.get()
    rounds.keep_apart(round_=run.round, mentee=amina, mentor=pair.mentor, reason="They share an office", by=coretta)
    rounds.close_round(round_=run.round, by=coretta)
    rounds.forget_old()
    assert (Pair.objects.count(), Change.objects.count(), Participant.objects.count()) == (1, 1, 2)
    with time_machine.travel(clock.now() + timedelta(days=91), tick=True):
        rounds.forget_old()
    for model in (Pair, LeftOut, Proposal, Change, Participant):
        assert model.objects.count() == 0
    run.refresh_from_db()
    assert run.matched == 1


def test_nobody_without_an_account_is_in_a_round(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    expected = MembershipFactory(programme=programme, person__user=None).person
    row = begun(programme, coretta)
    assert not row.participants.filter(membership__person=expected, membership__role=Role.MENTEE).exists()
