"""Programmes: who takes part in which, runs it, sets it up."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from mentoring.enums import (
    STANDS,
    MembershipState,
    NotificationState,
    Role,
)
from mentoring.models import (
    Invitation,
    Membership,
    Notification,
    Organisation,
    PeopleImport,
    Person,
    Programme,
)
from mentoring.models.programme import MembershipQuerySet

SHOWN_TO_COORDINATORS = (MembershipState.WAITING, MembershipState.MEMBER)
"""When a coordinator reads what a mentor says of themselves."""


def programmes_of(person: Person, role: Role) -> QuerySet[Programme]:
    """Programmes in which the person really holds the role."""
    return Programme.objects.filter(
        memberships__person=person, memberships__role=role, memberships__state=MembershipState.MEMBER
    )


def programmes_to_run(person: Person) -> QuerySet[Programme]:
    """Programmes that the person coordinates."""
    return programmes_of(person, Role.COORDINATOR)


def programmes_to_protect(person: Person) -> QuerySet[Programme]:
    """Programmes of which the person may say how they protect data: those they coordinate, all for administrators."""
    return programmes_to_set_up(person) if can_administer(person) else programmes_to_run(person)


def programmes_to_join() -> QuerySet[Programme]:
    """Every programme: that they exist, and how they describe themselves, is public."""
    return Programme.objects.all()


def memberships_of(person: Person) -> MembershipQuerySet:
    """The person's own memberships, past ones too."""
    return Membership.objects.filter(person=person)


def roles_of(person: Person) -> set[Role]:
    """What the person is, or hopes or is invited to be, in any programme."""
    rows = memberships_of(person).filter(state__in=STANDS).order_by()
    return {Role(role) for role in rows.values_list("role", flat=True).distinct()}


def places_of(person: Person) -> MembershipQuerySet:
    """The person's own memberships as a mentor, approved or still waiting: they hold places."""
    return memberships_of(person).filter(role=Role.MENTOR, state__in=STANDS)


def invitations_kept_for(person: Person) -> QuerySet[Invitation]:
    """Places kept at the confirmed address of the person's account and not taken up or turned down yet."""
    if person.user is None:
        return Invitation.objects.none()
    kept = Membership.objects.filter(
        programme=OuterRef("programme"), person=OuterRef("person"), state=MembershipState.INVITED
    )
    rows = Invitation.objects.filter(Exists(kept), claimed_at__isnull=True, person__user__isnull=True)
    return rows.alias(address=Lower("email")).filter(address=person.user.email.lower())


def memberships_to_manage(person: Person) -> MembershipQuerySet:
    """Memberships of the programmes that the person coordinates."""
    return Membership.objects.filter(programme__in=programmes_to_run(person))


def invitations_to_manage(person: Person) -> QuerySet[Invitation]:
    """Invitations of the programmes that the person coordinates."""
    return Invitation.objects.filter(programme__in=programmes_to_run(person))


def people_imports_to_manage(person: Person) -> QuerySet[PeopleImport]:
    """Files of people uploaded to the programmes that the person coordinates."""
    return PeopleImport.objects.filter(programme__in=programmes_to_run(person))


def organisations_to_choose() -> QuerySet[Organisation]:
    """Employers a person can say they work for; their names are public."""
    return Organisation.objects.all()


def can_administer(person: Person) -> bool:
    """Whether the person may set up organisations, programmes and roles."""
    return person.user is not None and person.user.is_active and person.user.is_staff


def coordinators() -> QuerySet[Person]:
    """Everybody who runs a programme."""
    rows = Membership.objects.filter(role=Role.COORDINATOR, state=MembershipState.MEMBER)
    return Person.objects.filter(pk__in=rows.order_by().values("person"))


def programmes_to_set_up(person: Person) -> QuerySet[Programme]:
    """Programmes that the person may set up: all for an administrator, none for anybody else."""
    return Programme.objects.all() if can_administer(person) else Programme.objects.none()


def organisations_to_set_up(person: Person) -> QuerySet[Organisation]:
    """Organisations that the person may set up: all for an administrator, none for anybody else."""
    return Organisation.objects.all() if can_administer(person) else Organisation.objects.none()


def coordinators_to_appoint(person: Person) -> MembershipQuerySet:
    """The coordinators of every programme, for administrators."""
    coordinators = Membership.objects.filter(role=Role.COORDINATOR, state=MembershipState.MEMBER)
    return coordinators if can_administer(person) else coordinators.none()


def messages_to_handle(person: Person) -> QuerySet[Notification]:
    """Messages that could not be sent, for administrators."""
    stuck = Notification.objects.filter(state=NotificationState.QUARANTINED)
    return stuck if can_administer(person) else stuck.none()
