"""How people come to take part in a programme, and stop."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from mentoring import emails
from mentoring.domain import clock, mentorship, notification
from mentoring.domain.action import NotPossible, action
from mentoring.enums import MEMBERSHIP_TRANSITIONS, MembershipState, Role
from mentoring.models import Membership, Mentorship, Person, Programme

FIRST_CAPACITY = 1
MOST_PLACES = 20


def _locked(membership: Membership) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)


def _refuse_unless_own(row: Membership, by: Person) -> None:
    if row.person_id != by.pk:
        raise NotPossible("This is not yours to change.")


def _refuse_coordinator(role: Role) -> None:
    if role == Role.COORDINATOR:
        raise NotPossible("Coordinators are appointed by an administrator.")


def _move(row: Membership, to: MembershipState, by: Person | None) -> bool:
    """Change the state under the lock; False when it is there already.

    Raises:
        NotPossible: the table of transitions has no such step.
    """
    if row.state == to:
        return False
    if to not in MEMBERSHIP_TRANSITIONS[MembershipState(row.state)]:
        raise NotPossible("That has changed in the meantime. Look at the page again.")
    row.state, row.changed_at, row.decided_by = to, clock.now(), by
    row.save(update_fields=["state", "changed_at", "decided_by"])
    return True


def _row(*, programme: Programme, person: Person, role: Role, state: MembershipState) -> tuple[Membership, bool]:
    """The membership, locked, made in this state when there was none."""
    row, made = Membership.objects.get_or_create(
        programme=programme,
        person=person,
        role=role,
        defaults={"state": state, "capacity": FIRST_CAPACITY if role == Role.MENTOR else None},
    )
    return (row if made else _locked(row)), made


@action
def ask_to_join(*, programme: Programme, role: Role, by: Person) -> Membership:
    """A person would like to take part; a coordinator decides. Nobody can ask to be a coordinator."""
    return _ask(programme, role, by)[0]


def _ask(programme: Programme, role: Role, by: Person) -> tuple[Membership, bool]:
    """The membership, and whether a coordinator has it in hand already: it waits, or they said no."""
    _refuse_coordinator(role)
    row, made = _row(programme=programme, person=by, role=role, state=MembershipState.WAITING)
    in_hand = not made and row.state in (MembershipState.WAITING, MembershipState.DECLINED)
    if row.state in (MembershipState.DECLINED, MembershipState.LEFT):
        _move(row, MembershipState.WAITING, by)
    return row, in_hand


@action
def join_by_link(*, programme: Programme, role: Role, code: str, by: Person) -> Membership:
    """Join with the link a coordinator gave out: a mentee at once, a mentor once approved.

    The link does not go over a coordinator's head: who waits goes on waiting, who was declined waits again.

    Raises:
        NotPossible: the code is not the programme's.
    """
    if not code or not Programme.objects.filter(pk=programme.pk, join_code=code).exists():
        raise NotPossible("This link is no longer in use. Ask whoever gave it to you for a new one.")
    row, in_hand = _ask(programme, role, by)
    if role == Role.MENTEE and not in_hand:
        _move(row, MembershipState.MEMBER, None)
    return row


@action
def invite(*, programme: Programme, person: Person, role: Role, by: Person | None) -> Membership:
    """Keep a place for a person; they decide. Whoever takes part already is left as they are."""
    _refuse_coordinator(role)
    row, made = _row(programme=programme, person=person, role=role, state=MembershipState.INVITED)
    if not made and row.state in (MembershipState.LEFT, MembershipState.DECLINED):
        _move(row, MembershipState.INVITED, by)
    return row


@action
def take_up(*, membership: Membership, by: Person) -> Membership:
    """An invited person says yes: a mentee takes part at once, a mentor's profile is first looked at."""
    row = _locked(membership)
    _refuse_unless_own(row, by)
    if row.state == MembershipState.INVITED:
        _move(row, MembershipState.WAITING if row.role == Role.MENTOR else MembershipState.MEMBER, by)
    return row


@action
def turn_down(*, membership: Membership, by: Person) -> None:
    """An invited person says no; the place is no longer kept."""
    row = _locked(membership)
    _refuse_unless_own(row, by)
    if row.state == MembershipState.INVITED:
        _move(row, MembershipState.LEFT, by)


@action
def approve(*, membership: Membership, by: Person) -> None:
    """A coordinator lets a person in; a mentor becomes visible to the programme's mentees."""
    row = _locked(membership)
    if row.state == MembershipState.INVITED:
        raise NotPossible("They have not taken up their invitation yet.")
    if row.state == MembershipState.LEFT:
        raise NotPossible("They have left in the meantime.")
    if _move(row, MembershipState.MEMBER, by):
        _tell(row)


@action
def decline(*, membership: Membership, by: Person) -> None:
    """A coordinator does not let a person in."""
    row = _locked(membership)
    if _move(row, MembershipState.DECLINED, by):
        _tell(row)


@action
def decide(*, memberships: Iterable[Membership], let_in: bool, by: Person) -> int:
    """Answer several people at once; whoever no longer waits is left as they are. How many were answered."""
    keys = [membership.pk for membership in memberships]
    waiting = Membership.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=MembershipState.WAITING)
    rows = list(waiting.order_by("pk"))
    for row in rows:
        (approve if let_in else decline)(membership=row, by=by)
    return len(rows)


@action
def appoint_coordinator(*, programme: Programme, person: Person, by: Person | None) -> Membership:
    """An administrator makes a person a coordinator."""
    row, made = _row(programme=programme, person=person, role=Role.COORDINATOR, state=MembershipState.MEMBER)
    if made or _move(row, MembershipState.MEMBER, by):
        email = emails.appointed(called=person.first_name)
        notification.queue(email=email, to=person, subject_id=f"{row.pk}:{row.changed_at.isoformat()}")
    return row


@action
def dismiss_coordinator(*, membership: Membership, by: Person) -> None:
    """An administrator takes the role of coordinator back; what else the person does here goes on.

    Raises:
        NotPossible: the programme would be without a coordinator.
    """
    _lock_programme(membership.programme_id)
    row = _locked(membership)
    if row.role != Role.COORDINATOR:
        raise NotPossible("This person is not a coordinator.")
    if row.state == MembershipState.MEMBER and _is_last_coordinator(row):
        raise NotPossible("A programme needs a coordinator. Appoint another first.")
    _move(row, MembershipState.LEFT, by)


@action
def set_places(
    *, membership: Membership, capacity: int, paused: bool, by: Person, paused_until: date | None = None
) -> None:
    """A mentor says how many mentees they can have, or takes a break from new requests, for good or until a day.

    Raises:
        NotPossible: fewer places than mentees, a number outside 1 to 20 (our decision), or a break that is over.
    """
    row = _locked(membership)
    _refuse_unless_own(row, by)
    if not 1 <= capacity <= MOST_PLACES:
        raise NotPossible(f"Choose between 1 and {MOST_PLACES} places.")
    if capacity < row.taken:
        raise NotPossible(f"You have {row.taken} mentees at present, so choose at least {row.taken} places.")
    if paused and paused_until is not None and paused_until <= timezone.localdate(clock.now()):
        raise NotPossible("Choose a day after today for the end of your break.")
    row.capacity, row.paused, row.paused_until = capacity, paused, paused_until if paused else None
    row.save(update_fields=["capacity", "paused", "paused_until"])


@action
def leave(*, programme: Programme, by: Person) -> None:
    """Leave a programme with every role; what is under way there ends.

    Raises:
        NotPossible: the person is its only coordinator.
    """
    _lock_programme(programme.pk)
    open_rows = Mentorship.objects.open().of(by).filter(programme=programme)
    # Own places, and those of mentors: all places before people, as everywhere (see domain/mentorship.py).
    theirs = Q(programme=programme, person=by) | Q(pk__in=open_rows.values("mentor_membership"))
    rows = list(Membership.objects.select_for_update(of=("self",)).filter(theirs).order_by("pk"))
    mentorship.lock_people(by)
    for open_row in open_rows.order_by("mentor_membership", "pk"):
        mentorship.close(mentorship=open_row, by=by)
    for row in rows:
        if row.person_id != by.pk or row.state in (MembershipState.LEFT, MembershipState.DECLINED):
            continue
        if row.role == Role.COORDINATOR and _is_last_coordinator(row):
            raise NotPossible(
                "You are this programme’s only coordinator. Ask an administrator to appoint another first."
            )
        _move(row, MembershipState.LEFT, by)


def _lock_programme(pk: int) -> None:
    """Coordinators come and go one at a time, so that two who leave at once do not each count on the other."""
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def _is_last_coordinator(membership: Membership) -> bool:
    others = Membership.objects.current().filter(programme=membership.programme_id, role=Role.COORDINATOR)
    return not others.exclude(pk=membership.pk).exists()


def _tell(row: Membership) -> None:
    email = emails.membership_decided(called=row.person.first_name)
    notification.queue(email=email, to=row.person, subject_id=f"{row.pk}:{row.changed_at.isoformat()}")
