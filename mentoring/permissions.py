"""Who may see and do what. Every queryset a view uses comes from here, already scoped.

What someone may not see does not exist for them: views answer 404, never 403, for these querysets.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.enums import MembershipState, Role
from mentoring.models import (
    Block,
    Invitation,
    Membership,
    Mentorship,
    Organisation,
    Person,
    Programme,
)


def programmes_of(person: Person, role: Role) -> QuerySet[Programme]:
    """Programmes in which the person really holds the role."""
    return Programme.objects.filter(
        memberships__person=person, memberships__role=role, memberships__state=MembershipState.MEMBER
    )


def programmes_to_run(person: Person) -> QuerySet[Programme]:
    """Programmes that the person coordinates."""
    return programmes_of(person, Role.COORDINATOR)


def programmes_to_join() -> QuerySet[Programme]:
    """Every programme: that they exist, and how they describe themselves, is public."""
    return Programme.objects.all()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The person's own memberships, past ones too."""
    return Membership.objects.filter(person=person)


def memberships_to_manage(person: Person) -> QuerySet[Membership]:
    """Memberships of the programmes that the person coordinates."""
    return Membership.objects.filter(programme__in=programmes_to_run(person))


def invitations_to_manage(person: Person) -> QuerySet[Invitation]:
    """Invitations of the programmes that the person coordinates."""
    return Invitation.objects.filter(programme__in=programmes_to_run(person))


def mentors_visible_to(person: Person) -> QuerySet[Membership]:
    """Approved mentors of the programmes in which the person is a mentee; full and paused ones too.

    Nobody blocked by, or blocking, the person; never the person.
    """
    return (
        Membership.objects.mentors()
        .filter(programme__in=programmes_of(person, Role.MENTEE))
        .exclude(person=person)
        .exclude(blocked_between(person, "person"))
    )


def blocked_between(person: Person, field: str) -> Exists:
    """Whether a block stands, either way, between the person and the row's `field`."""
    other = OuterRef(field)
    return Exists(Block.objects.filter(Q(blocker=person, blocked=other) | Q(blocker=other, blocked=person)))


def mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """The person's own mentorships and requests, on either side."""
    return Mentorship.objects.of(person)


def requests_to(person: Person) -> QuerySet[Mentorship]:
    """What mentees asked of the person as a mentor."""
    return Mentorship.objects.filter(mentor=person)


def requests_by(person: Person) -> QuerySet[Mentorship]:
    """What the person asked of mentors."""
    return Mentorship.objects.filter(mentee=person)


def mentees_visible_to(person: Person) -> QuerySet[Person]:
    """People who have an open request to, or an open mentorship with, the person as their mentor.

    Mentors never browse mentees: these are the only mentees they see.
    """
    return Person.objects.filter(as_mentee__in=Mentorship.objects.open().filter(mentor=person)).distinct()


def blocks_of(person: Person) -> QuerySet[Block]:
    """Whom the person has blocked."""
    return Block.objects.filter(blocker=person)


def organisations_to_choose() -> QuerySet[Organisation]:
    """Employers a person can say they work for; their names are public."""
    return Organisation.objects.all()


def can_administer(person: Person) -> bool:
    """Whether the person may set up organisations, programmes and roles."""
    return person.user is not None and person.user.is_active and person.user.is_staff
