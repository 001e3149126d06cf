"""Places kept for people who have no account yet."""

import itertools
from typing import Any

from mentoring.enums import MembershipState, Role
from mentoring.models import Invitation, Membership, Person, Programme
from tests.factories.people import PersonFactory, ProgrammeFactory

_numbers = itertools.count(1)


def InvitationFactory(
    *, programme: Programme | None = None, email: str = "", role: Role = Role.MENTEE, **kwame: Any
) -> Invitation:
    """A place kept for Kwame, who has no account; `kwame`: fields of the person."""
    programme = programme or ProgrammeFactory()
    person = PersonFactory(**{"user": None, "first_name": "Kwame", "last_name": "Mensah", **kwame})
    kept_place(person, programme, role)
    email = email or f"kwame{next(_numbers)}@example.org"
    return Invitation.objects.create(programme=programme, person=person, email=email)


def kept_place(person: Person, programme: Programme, role: Role) -> Membership:
    """A place of one role, kept for somebody."""
    return Membership.objects.create(
        programme=programme,
        person=person,
        role=role,
        state=MembershipState.INVITED,
        capacity=2 if role == Role.MENTOR else None,
    )
