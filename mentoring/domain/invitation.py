"""A place kept for somebody: invited when a coordinator asks for it, claimed, chased once."""

from collections.abc import Collection
from typing import Final

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring import emails
from mentoring.domain import clock, membership, mentorship, notification, trail
from mentoring.domain.action import NotPossible, action
from mentoring.domain.people_import.standing import standing
from mentoring.enums import MembershipState, Role
from mentoring.models import Invitation, KeptApart, Membership, Mentorship, Notification, Person, Programme

_SALT: Final = "mentoring.invitation"
LINK_LASTS: Final = 60 * 60 * 24 * 60
_BROUGHT_ALONG: Final = ("first_name", "last_name", "pronouns", "headline", "journey", "organisation")


def claim_code(invitation: Invitation) -> str:
    """The signed, dated code in the link of an invitation (valid for 60 days)."""
    return signing.dumps(invitation.pk, salt=_SALT)


def find(code: str) -> Invitation:
    """The invitation of a code.

    Raises:
        NotPossible: the code is altered, older than 60 days, or its place is gone.
    """
    try:
        pk = signing.loads(code, salt=_SALT, max_age=LINK_LASTS)
        return Invitation.objects.select_related("programme", "person").get(pk=pk)
    except (signing.BadSignature, Invitation.DoesNotExist) as error:
        raise NotPossible("This link is no longer in use. Ask your coordinator for a new one.") from error


@action
def send(*, programme: Programme, by: Person, only: Collection[int] | None = None) -> int:
    """Invite by email everybody of the programme (or `only` these) who was not written to yet; how many."""
    chosen = Q() if only is None else Q(pk__in=only)
    return _write(programme, chosen & Q(sent_at__isnull=True), chase=False)


@action
def chase(*, programme: Programme, by: Person) -> int:
    """Write once more to those invited a week ago or longer who have not claimed their place; how many."""
    before = clock.now() - clock.CHASE_AFTER
    return _write(programme, Q(sent_at__lt=before, chased_at__isnull=True), chase=True)


def _write(programme: Programme, which: Q, *, chase: bool) -> int:
    rows = list(unclaimed(programme).filter(which).select_for_update(of=("self",)).select_related("person"))
    notification.queue_all(
        (emails.invitation(called=row.person.first_name, claim=_link(row), chase=chase), row.email, row.pk)
        for row in rows
    )
    field = "chased_at" if chase else "sent_at"
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(**{field: clock.now()})
    return len(rows)


def _link(row: Invitation) -> str:
    return emails.link("claim", claim_code(row))


def unclaimed(programme: Programme) -> QuerySet[Invitation]:
    """Invitations of which the place is still kept."""
    kept = Membership.objects.filter(programme=programme, person=OuterRef("person"), state=MembershipState.INVITED)
    return Invitation.objects.filter(Exists(kept), programme=programme, claimed_at__isnull=True)


def _locked(invitation: Invitation) -> Invitation:
    """The row alone: joined with a person it would be gone for whoever waited while another claimed it.

    Raises:
        NotPossible: it has been taken back.
    """
    row = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise NotPossible("This place is no longer kept. Ask your coordinator for a new invitation.")
    return row


@action
def claim(*, invitation: Invitation, by: Person) -> None:
    """The signed-in person takes up the place; what was brought along becomes theirs to change.

    Repeating it changes nothing.

    Raises:
        NotPossible: somebody else claimed it, or it was turned down.
    """
    row = _locked(invitation)
    if row.person_id != by.pk:
        if row.person.user_id is not None:
            raise NotPossible("This place has been taken up already.")
        if not is_open(row):
            raise NotPossible("This place is no longer kept. Ask your coordinator for a new invitation.")
        _hand_over(row.person, by)
        row.person = by
    if row.claimed_at is None:
        row.claimed_at = clock.now()
    row.save(update_fields=["person", "claimed_at"])
    for kept in Membership.objects.filter(programme=row.programme_id, person=by, state=MembershipState.INVITED):
        membership.take_up(membership=kept, by=by)


@action
def turn_down(*, invitation: Invitation) -> None:
    """Whoever holds the link says no, with or without an account; the place is no longer kept.

    What was brought along about somebody without an account is wiped down to the name, which tells the
    coordinator who said no. Repeating it, or doing it after the place was taken up, changes nothing.
    """
    row = _locked(invitation)
    if row.claimed_at is not None:
        return
    for kept in Membership.objects.filter(programme=row.programme_id, person=row.person, state=MembershipState.INVITED):
        membership.turn_down(membership=kept, by=row.person)
    if row.person.user_id is None:
        _undo_what_was_arranged(row)
        _wipe_unless_kept_elsewhere(row.person)


def _undo_what_was_arranged(row: Invitation) -> None:
    """Quietly: the other side never saw it (see permissions.mentorships_of)."""
    Mentorship.objects.open().of(row.person).filter(programme=row.programme_id).delete()


def _wipe_unless_kept_elsewhere(kept: Person) -> None:
    if kept.memberships.filter(state=MembershipState.INVITED).exists():
        return
    kept.pronouns = kept.headline = kept.journey = kept.wants = ""
    kept.organisation = None
    kept.save(update_fields=["pronouns", "headline", "journey", "wants", "organisation"])
    kept.values.all().delete()


def is_open(invitation: Invitation) -> bool:
    """Whether the place is still kept, and nobody took it up or turned it down."""
    return unclaimed(invitation.programme).filter(pk=invitation.pk).exists()


def _hand_over(kept: Person, to: Person) -> None:
    """Give what was brought along for an unclaimed person to the account's own; their own words win."""
    own = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=to.pk)
    empty = [field for field in _BROUGHT_ALONG if not getattr(own, field)]
    for field in empty:
        setattr(own, field, getattr(kept, field))
    own.save(update_fields=empty)
    theirs = to.values.values_list("characteristic_id", flat=True)
    kept.values.exclude(characteristic_id__in=list(theirs)).update(person=to)
    _hand_over_mentorships(kept, to)
    for place in kept.memberships.all():
        _hand_over_place(place, to)
    Invitation.objects.filter(person=kept).update(person=to)
    kept.delete()


def _hand_over_mentorships(kept: Person, to: Person) -> None:
    """What was arranged goes along, except where the account already has the same, or is the other side.

    Between two who never want to meet here it vanishes; neither had seen it.
    """
    apart = list(KeptApart.objects.filter(one=to).values_list("other_id", flat=True))
    Mentorship.objects.open().of(kept).filter(Q(mentee__in=apart) | Q(mentor__in=apart)).delete()
    busy = {other.pk for row in Mentorship.objects.open().of(to) if (other := row.other(to))}
    for row in Mentorship.objects.open().of(kept):
        other = row.other(kept)
        if other is None or other.pk in busy | {to.pk}:
            mentorship.close(mentorship=row, by=kept)
    Mentorship.objects.filter(mentee=kept).exclude(mentor=to).update(mentee=to)
    Mentorship.objects.filter(mentor=kept).exclude(mentee=to).update(mentor=to)


def _hand_over_place(place: Membership, to: Person) -> None:
    own = (
        Membership.objects.select_for_update(of=("self",))
        .filter(programme=place.programme_id, role=place.role, person=to)
        .first()
    )
    if own is None:
        place.person = to
        place.save(update_fields=["person"])
        return
    if own.capacity is not None:
        own.capacity = max(own.capacity, place.capacity or 0, own.taken + place.taken)
        own.save(update_fields=["capacity"])
    Mentorship.objects.filter(mentor_membership=place).update(mentor_membership=own)
    if place.state == MembershipState.INVITED:
        membership.invite(programme=own.programme, person=to, role=Role(own.role), by=None)


# --- One by one -----------------------------------------------------------------------------------------------


@action
def invite_by_hand(
    *, programme: Programme, email: str, first_name: str, last_name: str, roles: Collection[Role], by: Person
) -> Invitation:
    """Keep a place for one person; whoever left, or turned a place down, can be asked again this way.

    Raises:
        NotPossible: they take part in each of these roles, or a place is kept for them.
    """
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    address = email.strip().lower()
    known = standing(programme, [address]).get(address)
    if known and all(known.stands_as(role) for role in roles):
        raise NotPossible("They are in this programme already, or a place is being kept for them.")
    person = Person.objects.get(pk=known.person_id) if known else Person()
    if person.user_id is None:
        person.first_name, person.last_name = first_name, last_name
        person.save()
    for role in sorted(roles):
        membership.invite(programme=programme, person=person, role=role, by=by)
    return _anew(programme, person, address)


def _anew(programme: Programme, person: Person, address: str) -> Invitation:
    """An invitation that nobody has been sent yet; one that still stands is left as it is."""
    earlier = Invitation.objects.filter(programme=programme, email__iexact=address).first()
    if earlier and earlier.claimed_at is None and earlier.sent_at is None:
        return earlier
    if earlier:
        _forget(earlier)
    return Invitation.objects.create(programme=programme, person=person, email=address, made_at=clock.now())


@action
def take_back(*, invitation: Invitation, by: Person) -> None:
    """No longer keep a place. What was brought along goes with it, unless the person has an account of their own.

    Repeating it changes nothing.

    Raises:
        NotPossible: they have taken up their place, or turned it down, in the meantime.
    """
    row = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        return
    if not is_open(row):
        raise NotPossible("They have answered the invitation in the meantime.")
    person = row.person
    if person.user_id is None:
        _undo_what_was_arranged(row)
    person.memberships.filter(programme=row.programme_id, state=MembershipState.INVITED).delete()
    _forget(row)
    if person.user_id is None and not person.memberships.exists():
        key = person.pk
        person.delete()
        trail.forget_people(people=[key], users=[])


def _forget(row: Invitation) -> None:
    """The invitation with every message about it, sent or not."""
    kinds = ("invitation", "invitation_chase")
    Notification.objects.filter(key__in=[notification.intent(kind, row.pk, row.email) for kind in kinds]).delete()
    row.delete()
