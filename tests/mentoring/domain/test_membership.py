"""Taking part: every step of the table, and that a programme keeps a coordinator."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError

from mentoring.domain import membership, mentorship
from mentoring.domain.action import NotPossible
from mentoring.domain.person import delete_account
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Membership, Mentorship, Notification, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, PersonFactory

M = MembershipState
DECISIONS: dict[str, Callable[[Membership, Person], None]] = {
    "approve": lambda row, by: membership.approve(membership=row, by=by),
    "decline": lambda row, by: membership.decline(membership=row, by=by),
}
# Where a coordinator's decision leads; what is not here is refused.
LEADS = {
    ("approve", M.WAITING): M.MEMBER,
    ("approve", M.MEMBER): M.MEMBER,
    ("approve", M.DECLINED): M.MEMBER,
    ("decline", M.WAITING): M.DECLINED,
    ("decline", M.DECLINED): M.DECLINED,
}


@pytest.mark.parametrize("state", M)
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_from_every_state(decision: str, state: MembershipState, coretta: Person) -> None:
    row = MembershipFactory(state=state)
    leads_to = LEADS.get((decision, state))
    if leads_to is None:
        with pytest.raises(NotPossible):
            DECISIONS[decision](row, coretta)
    else:
        for _ in range(2):
            DECISIONS[decision](row, coretta)
    row.refresh_from_db()
    assert row.state == (leads_to or state)
    changed = leads_to is not None and leads_to != state
    assert Notification.objects.filter(kind="membership_decided", person=row.person).count() == int(changed)
    assert row.decided_by == (coretta if changed else None)


def test_deciding_on_many_leaves_whoever_no_longer_waits(coretta: Person) -> None:
    rows = [MembershipFactory(state=state) for state in (M.WAITING, M.LEFT, M.WAITING)]
    assert membership.decide(memberships=rows, let_in=True, by=coretta) == 2
    assert membership.decide(memberships=rows, let_in=False, by=coretta) == 0
    assert [row.state for row in Membership.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")] == [
        M.MEMBER,
        M.LEFT,
        M.MEMBER,
    ]


def test_a_mentee_joins_by_link_at_once_and_a_mentor_waits(programme: Programme) -> None:
    programme.join_code = "the-code"
    programme.save()
    person = PersonFactory()
    for role, state in ((Role.MENTEE, M.MEMBER), (Role.MENTOR, M.WAITING)):
        row = membership.join_by_link(programme=programme, role=role, code="the-code", by=person)
        assert (row.role, row.state) == (role, state)
    for code in ("another", ""):
        with pytest.raises(NotPossible):
            membership.join_by_link(programme=programme, role=Role.MENTEE, code=code, by=person)


@pytest.mark.parametrize("state", [M.WAITING, M.DECLINED])
def test_a_link_does_not_go_over_a_coordinators_head(state: MembershipState, programme: Programme) -> None:
    programme.join_code = "the-code"
    programme.save()
    person = MembershipFactory(programme=programme, state=state).person
    for _ in range(2):
        row = membership.join_by_link(programme=programme, role=Role.MENTEE, code="the-code", by=person)
        assert row.state == M.WAITING


@pytest.mark.parametrize("state", [M.INVITED, M.LEFT])
def test_a_link_is_enough_for_who_is_invited_or_left(state: MembershipState, programme: Programme) -> None:
    programme.join_code = "the-code"
    programme.save()
    person = MembershipFactory(programme=programme, state=state).person
    row = membership.join_by_link(programme=programme, role=Role.MENTEE, code="the-code", by=person)
    assert row.state == M.MEMBER


def test_a_link_that_was_closed_since_the_page_was_opened_opens_nothing(programme: Programme) -> None:
    programme.join_code = "the-code"
    programme.save()
    Programme.objects.update(join_code=None)
    with pytest.raises(NotPossible):
        membership.join_by_link(programme=programme, role=Role.MENTEE, code="the-code", by=PersonFactory())


def test_without_a_link_an_empty_code_opens_nothing(programme: Programme) -> None:
    with pytest.raises(NotPossible):
        membership.join_by_link(programme=programme, role=Role.MENTEE, code="", by=PersonFactory())


def test_nobody_asks_or_is_invited_to_be_a_coordinator(programme: Programme) -> None:
    person = PersonFactory()
    with pytest.raises(NotPossible):
        membership.ask_to_join(programme=programme, role=Role.COORDINATOR, by=person)
    with pytest.raises(NotPossible):
        membership.invite(programme=programme, person=person, role=Role.COORDINATOR, by=None)
    assert not Membership.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("capacity", "possible"), [(0, False), (1, False), (2, True), (20, True), (21, False)])
def test_places_are_one_to_twenty_and_not_fewer_than_mentees(capacity: int, possible: bool) -> None:
    place = MentorFactory(capacity=5)
    for _ in range(2):
        mentee = MembershipFactory(programme=place.programme).person
        row = mentorship.ask(mentor=place, message="", by=mentee)
        mentorship.accept(mentorship=row, by=place.person)
    if possible:
        membership.set_places(membership=place, capacity=capacity, paused=True, by=place.person)
    else:
        with pytest.raises(NotPossible):
            membership.set_places(membership=place, capacity=capacity, paused=True, by=place.person)
    place.refresh_from_db()
    assert (place.capacity, place.paused) == ((capacity, True) if possible else (5, False))


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False)
def test_a_break_has_an_end_after_today_or_none() -> None:
    place = MentorFactory(capacity=2)
    for until in (date(2026, 11, 30), date(2026, 12, 1)):
        with pytest.raises(NotPossible, match="after today"):
            membership.set_places(membership=place, capacity=2, paused=True, paused_until=until, by=place.person)
    for paused, until, kept in ((True, date(2026, 12, 2), date(2026, 12, 2)), (False, date(2026, 12, 2), None)):
        membership.set_places(membership=place, capacity=2, paused=paused, paused_until=until, by=place.person)
        place.refresh_from_db()
        assert (place.paused, place.paused_until) == (paused, kept)


@pytest.mark.django_db
def test_the_database_keeps_no_end_of_a_break_that_never_began() -> None:
    place = MentorFactory()
    with pytest.raises(IntegrityError, match="membership_break_has_begun"):
        Membership.objects.filter(pk=place.pk).update(paused_until=date(2027, 1, 4))


def test_nobody_changes_what_is_anothers(coretta: Person) -> None:
    place = MentorFactory(capacity=1)
    invited = MembershipFactory(state=M.INVITED)
    for change in (
        lambda: membership.set_places(membership=place, capacity=9, paused=True, by=coretta),
        lambda: membership.take_up(membership=invited, by=coretta),
        lambda: membership.turn_down(membership=invited, by=coretta),
    ):
        with pytest.raises(NotPossible, match="not yours"):
            change()
    assert Membership.objects.get(pk=place.pk).capacity == 1
    assert Membership.objects.get(pk=invited.pk).state == M.INVITED


# --- Coordinators ---------------------------------------------------------------------------------------------


def test_appointing_tells_them_once(programme: Programme, coretta: Person) -> None:
    person = PersonFactory()
    rows = {membership.appoint_coordinator(programme=programme, person=person, by=coretta).pk for _ in range(2)}
    assert len(rows) == 1
    assert Notification.objects.filter(kind="appointed", person=person).count() == 1


def test_a_coordinator_can_be_dismissed_and_appointed_again(programme: Programme, coretta: Person) -> None:
    place = CoordinatorFactory(programme=programme)
    for _ in range(2):
        membership.dismiss_coordinator(membership=place, by=coretta)
    place.refresh_from_db()
    assert place.state == M.LEFT
    assert membership.appoint_coordinator(programme=programme, person=place.person, by=coretta).state == M.MEMBER


def test_the_last_coordinator_stays(programme: Programme, coretta: Person) -> None:
    place = coretta.memberships.get()
    CoordinatorFactory(programme=programme, person__user__is_active=False)
    CoordinatorFactory(programme=programme, state=M.LEFT)
    with pytest.raises(NotPossible):
        membership.dismiss_coordinator(membership=place, by=coretta)
    with pytest.raises(NotPossible):
        membership.leave(programme=programme, by=coretta)
    with pytest.raises(NotPossible):
        delete_account(by=coretta)
    place.refresh_from_db()
    assert place.state == M.MEMBER


def test_only_coordinators_are_dismissed(coretta: Person) -> None:
    with pytest.raises(NotPossible):
        membership.dismiss_coordinator(membership=MembershipFactory(), by=coretta)


# --- Leaving ----------------------------------------------------------------------------------------------------


def _open_ones(place: Membership) -> dict[str, Mentorship]:
    """A request to, and a mentorship with, the mentor; and a request of the mentor as a mentee elsewhere."""
    asked = mentorship.ask(mentor=place, message="", by=MembershipFactory(programme=place.programme).person)
    accepted = mentorship.ask(mentor=place, message="", by=MembershipFactory(programme=place.programme).person)
    mentorship.accept(mentorship=accepted, by=place.person)
    MembershipFactory(programme=place.programme, person=place.person)
    other = MentorFactory(programme=place.programme)
    return {
        "asked": asked,
        "accepted": accepted,
        "own": mentorship.ask(mentor=other, message="", by=place.person),
    }


def test_leaving_ends_everything_kindly_and_tells_the_others(folasade_membership: Membership) -> None:
    rows = _open_ones(folasade_membership)
    for _ in range(2):
        membership.leave(programme=folasade_membership.programme, by=folasade_membership.person)
    states = {name: Mentorship.objects.get(pk=row.pk).state for name, row in rows.items()}
    assert states == {
        "asked": MentorshipState.DECLINED,
        "accepted": MentorshipState.ENDED,
        "own": MentorshipState.WITHDRAWN,
    }
    assert set(folasade_membership.person.memberships.values_list("state", flat=True)) == {M.LEFT}
    told = Notification.objects.filter(kind__in=["request_answered", "mentorship_ended"], due_at__isnull=False)
    assert {(n.kind, n.person) for n in told} == {
        ("request_answered", rows["asked"].mentee),
        ("request_answered", rows["accepted"].mentee),
        ("mentorship_ended", rows["accepted"].mentee),
    }


def test_deleting_an_account_ends_everything_kindly_and_tells_the_others(folasade_membership: Membership) -> None:
    rows = _open_ones(folasade_membership)
    delete_account(by=folasade_membership.person)
    ended = Mentorship.objects.get(pk=rows["accepted"].pk)
    assert (ended.state, ended.mentor) == (MentorshipState.ENDED, None)
    assert Mentorship.objects.get(pk=rows["asked"].pk).state == MentorshipState.DECLINED
    assert Notification.objects.filter(kind="mentorship_ended", person=rows["accepted"].mentee).count() == 1
    assert not Person.objects.filter(pk=folasade_membership.person_id).exists()


def test_leaving_one_programme_leaves_the_others(amina: Person, programme: Programme) -> None:
    elsewhere = MembershipFactory(person=amina)
    membership.leave(programme=programme, by=amina)
    elsewhere.refresh_from_db()
    assert elsewhere.state == M.MEMBER
