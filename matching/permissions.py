"""Who may see and do what in matching. Every queryset a view uses comes from here or from mentoring's own."""

from django.db.models import Q, QuerySet

from matching.enums import Side
from matching.models import Preference
from mentoring.enums import MembershipState, Role
from mentoring.models import Membership, Mentorship, Person, Programme
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.permissions import mentors_visible_to, programmes_of


def preferences_of(person: Person, side: Side) -> QuerySet[Preference]:
    """The person's own preferences. Nobody ever sees another's."""
    return Preference.objects.filter(person=person, side=side).order_by("characteristic__position")


def programmes_to_search(person: Person) -> QuerySet[Programme]:
    """Programmes in which the person can look for a mentor."""
    return programmes_of(person, Role.MENTEE)


def mentors_to_meet(person: Person) -> QuerySet[Membership]:
    """Mentors whose page the person may open and whom they may ask."""
    return mentors_visible_to(person)


def mentorships_with(person: Person, other: Person) -> MentorshipQuerySet:
    """Requests and mentorships between the two, newest first."""
    return Mentorship.objects.of(person).filter(Q(mentee=other) | Q(mentor=other)).order_by("-asked_at")


def can_ask_for_mentees(person: Person) -> bool:
    """Whether the person mentors somewhere, or waits to be approved, and so may say what they hope for."""
    return Membership.objects.filter(
        person=person, role=Role.MENTOR, state__in=[MembershipState.MEMBER, MembershipState.WAITING]
    ).exists()
