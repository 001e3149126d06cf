"""Who meets whom: mentors in sight, mentorships, who is kept apart."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from mentoring.enums import (
    OPEN,
    MentorshipState,
    Role,
)
from mentoring.models import (
    Block,
    KeptApart,
    ManagedBy,
    Membership,
    Mentorship,
    NeverShownTo,
    Person,
    Programme,
)
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.models.programme import MembershipQuerySet
from mentoring.permissions.programme import programmes_of, programmes_to_run


def mentors_visible_to(person: Person) -> MembershipQuerySet:
    """Approved mentors of the programmes in which the person is a mentee; full and paused ones too.

    Nobody who is kept apart from the person; never the person.
    """
    return (
        Membership.objects.mentors()
        .filter(programme__in=programmes_of(person, Role.MENTEE))
        .exclude(person=person)
        .exclude(kept_apart(person, "person"))
    )


def kept_apart(person: Person, field: str) -> Exists:
    """Whether the person and the row's `field` are kept apart, whichever of them said so, and how."""
    return Exists(KeptApart.objects.filter(one=person, other=OuterRef(field)))


def mentorships_of(person: Person) -> MentorshipQuerySet:
    """The person's own mentorships and requests, on either side.

    A pair that a coordinator brought along shows once the other has claimed their place: until then nobody but
    coordinators sees that they are expected.
    """
    seen = Q()
    for side in ("mentee", "mentor"):
        seen &= Q(**{side: person}) | Q(**{f"{side}__isnull": True}) | Q(**{f"{side}__user__isnull": False})
    return Mentorship.objects.of(person).filter(seen)


def requests_to(person: Person) -> MentorshipQuerySet:
    """What mentees asked of the person as a mentor."""
    return mentorships_of(person).filter(mentor=person)


def requests_by(person: Person) -> MentorshipQuerySet:
    """What the person asked of mentors."""
    return mentorships_of(person).filter(mentee=person)


def can_see_partner(person: Person, mentorship: Mentorship) -> bool:
    """Whether the person may read the profile of the other in their mentorship.

    Both do while it is open. Afterwards a mentee does where they see the mentor anyway; a mentor does not.
    """
    if mentorship.state in OPEN:
        return True
    is_mentee = mentorship.mentee_id == person.pk
    return is_mentee and mentors_visible_to(person).filter(person=mentorship.mentor_id).exists()


def blocks_of(person: Person) -> QuerySet[Block]:
    """Whom the person has blocked."""
    return Block.objects.filter(blocker=person)


def never_shown_to_of(person: Person) -> QuerySet[NeverShownTo]:
    """Employers and teams the person is never shown to, as they put them on their list."""
    return NeverShownTo.objects.filter(person=person).order_by("organisation__name", "team")


def managers_of(person: Person) -> QuerySet[ManagedBy]:
    """Addresses of those who manage the person, as they wrote them down."""
    return ManagedBy.objects.filter(person=person).order_by("email")


def quiet_requests_to_follow(person: Person, before: datetime) -> MentorshipQuerySet:
    """Requests older than `before` without an answer, in programmes that the person coordinates.

    Who and since when; what was written is for the mentor alone and is not even fetched.
    """
    return Mentorship.objects.filter(
        programme__in=programmes_to_run(person), state=MentorshipState.REQUESTED, asked_at__lt=before
    ).defer("message", "kind_word")


def people_to_block(person: Person) -> QuerySet[Person]:
    """Whom the person may come across here, or did: visible mentors, and both sides of their mentorships."""
    mentorships = mentorships_of(person)
    return Person.objects.filter(
        Q(pk__in=mentors_visible_to(person).values("person"))
        | Q(pk__in=mentorships.values("mentee"))
        | Q(pk__in=mentorships.values("mentor"))
        | Q(pk__in=blocks_of(person).values("blocked"))
    ).exclude(pk=person.pk)


def days_of_breaks_in(programme: Programme) -> MembershipQuerySet:
    """A programme's mentors who have a place again as soon as their break ends; their day stands on their profiles."""
    return Membership.objects.mentors().filter(
        programme=programme, paused=True, paused_until__gt=timezone.localdate(), taken__lt=F("capacity")
    )
