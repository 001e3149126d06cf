"""The mentorship, from request to ending.

Locks are taken in one order: the mentor's places, then people, then the mentorship.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q

from mentoring import emails
from mentoring.domain import clock, notification
from mentoring.domain.action import NotPossible, action
from mentoring.enums import MENTORSHIP_TRANSITIONS, OPEN, MembershipState, MentorshipState, Role
from mentoring.models import Block, KeptApart, Membership, Mentorship, Person

MOST_OPEN_REQUESTS = 3
_STANDS: Final = {
    MentorshipState.REQUESTED: "This request has not been answered yet.",
    MentorshipState.DECLINED: "This request has been declined already.",
    MentorshipState.WITHDRAWN: "This request has been withdrawn in the meantime.",
    MentorshipState.ACCEPTED: "This request has been accepted already.",
    MentorshipState.ACTIVE: "This mentorship is under way already.",
    MentorshipState.ENDED: "This mentorship has ended already.",
}


def _lock_places(membership_id: int | None) -> Membership | None:
    """The mentor's places; None when the mentor has deleted their account (then nothing holds a place either)."""
    if membership_id is None:
        return None
    return Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id).first()


def lock_people(*people: Person) -> None:
    """Let nobody begin anything new with these people until this transaction is over.

    Weak enough (no_key) that rows pointing at a person can still be written meanwhile.
    """
    keys = sorted(person.pk for person in people)
    list(Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk"))


def _locked(mentorship: Mentorship) -> Mentorship:
    return Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)


def _move(row: Mentorship, to: MentorshipState) -> bool:
    """Change the state under the lock; False when it is there already.

    Raises:
        NotPossible: the table of transitions has no such step.
    """
    if row.state == to:
        return False
    if to not in MENTORSHIP_TRANSITIONS[MentorshipState(row.state)]:
        raise NotPossible(_STANDS[MentorshipState(row.state)])
    moment = clock.now()
    if row.state == MentorshipState.REQUESTED and to != MentorshipState.WITHDRAWN:
        row.answered_at = moment
    if to not in OPEN:
        row.ended_at = moment
    row.state = to
    row.save(update_fields=["state", "answered_at", "ended_at", "kind_word"])
    return True


@action
def ask(*, mentor: Membership, message: str, by: Person) -> Mentorship:
    """A mentee asks a mentor; the mentor is told now and once more after five days of silence.

    While a request is open between the two, whoever asked, that one is returned.

    Raises:
        NotPossible: the two may not be in touch, the mentor has no room, or three requests are open already.
    """
    place = _lock_places(mentor.pk)
    if place is None:
        raise NotPossible("This mentor has left.")
    lock_people(by)
    between = Mentorship.objects.of(by).filter(Q(mentee=place.person_id) | Q(mentor=place.person_id))
    if (row := between.open().first()) is not None:
        return row
    _refuse_ask(place, by)
    row = Mentorship.objects.create(
        programme_id=place.programme_id,
        mentee=by,
        mentor_id=place.person_id,
        mentor_membership=place,
        state=MentorshipState.REQUESTED,
        message=message,
        asked_at=clock.now(),
    )
    _tell_mentor(row)
    return row


def why_not_ask(*, mentor: Membership, by: Person) -> str:
    """Why the person cannot ask this mentor now, as a sentence for them; empty when they can."""
    if mentor.state != MembershipState.MEMBER or not _is_mentee(by, mentor) or _kept_apart(by, mentor.person_id):
        return "This mentor is not in one of your programmes."
    if mentor.paused:
        return "This mentor is taking a break from new requests."
    if mentor.free <= 0:
        return "This mentor has no free place at present."
    earlier = Mentorship.objects.filter(mentee=by, mentor=mentor.person_id)
    if earlier.filter(state=MentorshipState.ENDED).exists():
        return "You have worked together before. Speak to your coordinator if you would both like to start again."
    recent = clock.now() - clock.ASK_AGAIN_AFTER
    if earlier.filter(state=MentorshipState.DECLINED, ended_at__gt=recent).exists():
        return "They could not say yes when you asked. You can ask again three months after that."
    if Mentorship.objects.filter(mentee=by, state=MentorshipState.REQUESTED).count() >= MOST_OPEN_REQUESTS:
        return f"You have {MOST_OPEN_REQUESTS} requests waiting. Withdraw one, or wait for an answer, to ask another."
    return ""


def _refuse_ask(place: Membership, by: Person) -> None:
    if reason := why_not_ask(mentor=place, by=by):
        raise NotPossible(reason)


def _is_mentee(person: Person, mentor: Membership) -> bool:
    return (
        Membership.objects.current()
        .filter(programme=mentor.programme_id, role=Role.MENTEE, person=person)
        .exclude(person=mentor.person_id)
        .exists()
    )


def _kept_apart(one: Person, other_id: UUID) -> bool:
    return KeptApart.objects.filter(one=one, other=other_id).exists()


def _tell_mentor(row: Mentorship) -> None:
    assert row.mentor is not None
    notification.queue(
        email=emails.request_received(called=row.mentor.first_name),
        to=row.mentor,
        subject_id=row.pk,
        mentorship=row,
        only_while=MentorshipState.REQUESTED,
    )
    remind_later(row)


def remind_later(row: Mentorship) -> None:
    """Queue the one reminder that goes to the mentor after five days without an answer."""
    assert row.mentor is not None
    notification.queue(
        email=emails.request_reminder(called=row.mentor.first_name),
        to=row.mentor,
        subject_id=row.pk,
        due=row.asked_at + clock.REMIND_MENTOR_AFTER,
        mentorship=row,
        only_while=MentorshipState.REQUESTED,
    )


@action
def withdraw(*, mentorship: Mentorship, by: Person) -> None:
    """The mentee takes the request back; no reason is owed."""
    row = _locked(mentorship)
    _refuse_unless(row.mentee_id == by.pk)
    _move(row, MentorshipState.WITHDRAWN)


@action
def accept(*, mentorship: Mentorship, by: Person) -> None:
    """The mentor says yes, and one of their places is taken.

    Raises:
        NotPossible: no place is free, or the request is no longer open.
    """
    place = _lock_places(mentorship.mentor_membership_id)
    row = _locked(mentorship)
    _refuse_unless(row.mentor_id == by.pk)
    if row.state == MentorshipState.REQUESTED and (place is None or place.free <= 0):
        raise NotPossible("All your places are taken. Offer another place first, or decline kindly.")
    if _move(row, MentorshipState.ACCEPTED):
        _tell_mentee(row)


@action
def decline(*, mentorship: Mentorship, kind_word: str, by: Person) -> None:
    """The mentor says no, with a kind word if they like."""
    row = _locked(mentorship)
    _refuse_unless(row.mentor_id == by.pk)
    if row.state == MentorshipState.REQUESTED:
        row.kind_word = kind_word
    if _move(row, MentorshipState.DECLINED):
        _tell_mentee(row)


@action
def end(*, mentorship: Mentorship, by: Person) -> None:
    """Either ends it, at any time, without a reason; the other is told."""
    _lock_places(mentorship.mentor_membership_id)
    row = _locked(mentorship)
    _refuse_unless(by.pk in (row.mentee_id, row.mentor_id))
    other = row.other(by)
    if _move(row, MentorshipState.ENDED) and other is not None:
        email = emails.mentorship_ended(called=other.first_name)
        notification.queue(email=email, to=other, subject_id=row.pk)


def close(*, mentorship: Mentorship, by: Person) -> None:
    """Whatever stage it is at, bring it to its end for the person who goes."""
    if mentorship.state != MentorshipState.REQUESTED:
        end(mentorship=mentorship, by=by)
    elif mentorship.mentee_id == by.pk:
        withdraw(mentorship=mentorship, by=by)
    else:
        decline(mentorship=mentorship, kind_word="", by=by)


@action
def block(*, other: Person, by: Person) -> None:
    """Never meet this person here again. What is under way between them ends; the block itself is not told."""
    places = Membership.objects.filter(person__in=[by, other], role=Role.MENTOR)
    list(places.select_for_update(of=("self",)).order_by("pk"))
    lock_people(by, other)
    for row in Mentorship.objects.open().of(by).filter(Q(mentee=other) | Q(mentor=other)):
        close(mentorship=row, by=by)
    Block.objects.get_or_create(blocker=by, blocked=other)


@action
def unblock(*, other: Person, by: Person) -> None:
    """Take a block back."""
    Block.objects.filter(blocker=by, blocked=other).delete()


def _refuse_unless(theirs: bool) -> None:
    if not theirs:
        raise NotPossible("This is not yours to change.")


def _tell_mentee(row: Mentorship) -> None:
    assert row.mentee is not None
    email = emails.request_answered(called=row.mentee.first_name)
    notification.queue(email=email, to=row.mentee, subject_id=row.pk)
