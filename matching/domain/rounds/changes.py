"""What a coordinator decides by hand: two stay together, or are not put together. Always with a reason."""

from django.db.models import Q

from matching.domain.rounds.fitting import why_not_together
from matching.domain.rounds.locking import lock_open_round
from matching.enums import ChangeKind
from matching.models import Change, Participant, Round
from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import Role
from mentoring.models import Membership, Person


@action
def keep_together(*, round_: Round, mentee: Person, mentor: Person, reason: str, by: Person) -> Change:
    """The two stay together in the runs to come, instead of what was decided about the mentee or the two before.

    Raises:
        NotPossible: the round is over, one of them is not in it, they do not fit, or the mentor's free places are
            kept for others.
    """
    row = lock_open_round(round_)
    _refuse_strangers(row, mentee, mentor)
    if why := why_not_together(programme=row.programme, mentee=mentee, mentor=mentor):
        raise NotPossible(why)
    _refuse_kept_for_others(row, mentee, mentor)
    return _decide(row, ChangeKind.KEEP, mentee, mentor, reason, by)


@action
def keep_apart(*, round_: Round, mentee: Person, mentor: Person, reason: str, by: Person) -> Change:
    """The two are not put together in the runs to come.

    Raises:
        NotPossible: the round is over, or one of them is not in it.
    """
    row = lock_open_round(round_)
    _refuse_strangers(row, mentee, mentor)
    return _decide(row, ChangeKind.EXCLUDE, mentee, mentor, reason, by)


@action
def undo(*, change: Change, by: Person) -> None:
    """Take a decision back; runs that were asked for while it stood keep it.

    Raises:
        NotPossible: the round is over.
    """
    lock_open_round(change.round)
    Change.objects.filter(pk=change.pk, undone_at__isnull=True).update(undone_at=clock.now())


def _refuse_strangers(row: Round, mentee: Person, mentor: Person) -> None:
    there = Participant.objects.filter(round=row)
    for person, role in ((mentee, Role.MENTEE), (mentor, Role.MENTOR)):
        if not there.filter(membership__person=person, membership__role=role).exists():
            raise NotPossible(f"{person.name} is not in this round as a {role.label.lower()}.")


def _refuse_kept_for_others(row: Round, mentee: Person, mentor: Person) -> None:
    places = Membership.objects.get(programme=row.programme_id, person=mentor, role=Role.MENTOR)
    kept = Change.objects.filter(round=row, kind=ChangeKind.KEEP, mentor=mentor, undone_at__isnull=True)
    if kept.exclude(mentee=mentee).count() >= places.free:
        raise NotPossible(f"Every free place with {mentor.called} is kept for somebody already. Undo one first.")


def _decide(row: Round, kind: ChangeKind, mentee: Person, mentor: Person, reason: str, by: Person) -> Change:
    """The change that stands from now on. With another reason it is another one, and the former is history."""
    standing = Change.objects.filter(round=row, mentee=mentee, undone_at__isnull=True)
    same = standing.filter(kind=kind, mentor=mentor, reason=reason).first()
    if same is not None:
        return same
    replaced = Q(mentor=mentor) | Q(kind=ChangeKind.KEEP) if kind == ChangeKind.KEEP else Q(mentor=mentor)
    now = clock.now()
    standing.filter(replaced).update(undone_at=now)
    return Change.objects.create(round=row, kind=kind, mentee=mentee, mentor=mentor, reason=reason, by=by, made_at=now)
