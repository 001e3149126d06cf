"""How long a programme keeps what is over: as many months as it has said, and then it is gone.

What is due depends on the rows and on the time that is asked about, and on nothing else; asked twice, the second time
finds nothing.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from mentoring.domain import clock, trail
from mentoring.domain.invitation import take_back
from mentoring.enums import MembershipState, MentorshipState
from mentoring.models import Endorsement, Feedback, Invitation, Membership, Mentorship, Person, Programme
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.models.programme import MembershipQuerySet

AT_ONCE: Final = 500
_OVER: Final = (MembershipState.LEFT, MembershipState.DECLINED)


def months_before(now: datetime, months: int) -> datetime:
    """The same time of day that many months ago in London; a day which that month has not is its last."""
    local = timezone.localtime(now)
    whole = local.year * 12 + local.month - 1 - months
    year, month = divmod(whole, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)


@dataclass(frozen=True, slots=True)
class Due:
    """What a programme has kept long enough.

    Args:
        unanswered: requests to mentors that nobody answered, that were declined or taken back.
        invitations: places kept for people who never answered.
        words: ended mentorships with words in them that the two wrote to each other.
        ended: ended mentorships, but where what the mentee said of the mentor stands: from there they take it back.
        memberships: people who left or were not let in, and who asked to join and never heard.
    """

    unanswered: MentorshipQuerySet
    invitations: QuerySet[Invitation]
    words: MentorshipQuerySet
    ended: MentorshipQuerySet
    memberships: MembershipQuerySet


def due_in(programme: Programme, now: datetime) -> Due:
    """What is due in a programme at a time."""
    left, unanswered, words = (
        months_before(now, months)
        for months in (programme.months_left, programme.months_unanswered, programme.months_words)
    )
    pairs = Mentorship.objects.filter(programme=programme)
    ended = pairs.filter(state=MentorshipState.ENDED)
    places = Membership.objects.filter(programme=programme)
    kept = places.filter(person=OuterRef("person"), state=MembershipState.INVITED)
    asked = Invitation.objects.alias(last=Coalesce("chased_at", "sent_at", "made_at"))
    came_to_nothing = Q(state__in=(MentorshipState.DECLINED, MentorshipState.WITHDRAWN), ended_at__lt=unanswered)
    pair = {"mentor": OuterRef("mentor")}
    said = Exists(Feedback.objects.filter(mentee=OuterRef("mentee"), **pair))
    published = Exists(Endorsement.objects.filter(writer=OuterRef("mentee"), **pair))
    return Due(
        unanswered=pairs.filter(Q(state=MentorshipState.REQUESTED, asked_at__lt=unanswered) | came_to_nothing),
        invitations=asked.filter(Exists(kept), programme=programme, claimed_at__isnull=True, last__lt=unanswered),
        words=ended.filter(ended_at__lt=words).exclude(message="", kind_word=""),
        ended=ended.filter(~said, ~published, ended_at__lt=left),
        memberships=places.filter(
            Q(state__in=_OVER, changed_at__lt=left) | Q(state=MembershipState.WAITING, changed_at__lt=unanswered)
        ),
    )


def forget_due() -> None:
    """Delete what each programme has kept long enough (beat asks again and again; the rows say what is due)."""
    now = clock.now()
    for programme in Programme.objects.order_by("pk"):
        due = due_in(programme, now)
        for invitation in due.invitations.select_related("person").order_by("pk")[:AT_ONCE]:
            take_back(invitation=invitation, by=invitation.person)
        for rows in (due.unanswered, due.ended):
            _each(rows, lambda keys: Mentorship.objects.filter(pk__in=keys).delete())
        _each(due.words, lambda keys: Mentorship.objects.filter(pk__in=keys).update(message="", kind_word=""))
        _each(due.memberships, _forget_memberships)


def _each(rows: "MentorshipQuerySet | MembershipQuerySet", act: Callable[[list[Any]], object]) -> None:
    """Claim what is due, so that whoever comes back at this moment is not deleted under their hands, then act."""
    with transaction.atomic():
        claimed = rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        if keys := list(claimed.values_list("pk", flat=True)[:AT_ONCE]):
            act(keys)


def _forget_memberships(keys: list[Any]) -> None:
    """Whoever never had an account and is in no programme any more goes with their place."""
    rows = Membership.objects.filter(pk__in=keys)
    people = list(rows.filter(person__user__isnull=True).values_list("person_id", flat=True))
    rows.delete()
    without = Person.objects.filter(pk__in=people, memberships__isnull=True)
    gone = list(without.values_list("pk", flat=True))
    Person.objects.filter(pk__in=gone).delete()
    trail.forget_people(people=gone, users=[])
