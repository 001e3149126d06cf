"""Who is in a programme already, by address."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from mentoring.enums import MembershipState, Role
from mentoring.models import Invitation, Membership, Person, Programme, User

T = TypeVar("T")
STANDS = (MembershipState.INVITED, MembershipState.WAITING, MembershipState.MEMBER)
AT_ONCE = 2_000


@dataclass(slots=True)
class Known:
    """Somebody who is, or was, in the programme; without an account they have not claimed their place."""

    person_id: UUID
    has_account: bool
    roles: dict[Role, Membership] = field(default_factory=dict)

    def stands_as(self, role: Role) -> Membership | None:
        """Their place in this role, unless they left or were declined."""
        row = self.roles.get(role)
        return row if row and row.state in STANDS else None


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, at most `size` at once."""
    return (items[at : at + size] for at in range(0, len(items), size))


def standing(programme: Programme, addresses: Collection[str]) -> dict[str, Known]:
    """Who of these addresses (in small letters) is known to the programme.

    Only to this programme: whether somebody has an account elsewhere is not a coordinator's to know.
    """
    found: dict[str, Known] = {}
    for some in parts(sorted(addresses), AT_ONCE):
        for rows in (_with_account(programme, some), _with_other_address(programme, some), _invited(programme, some)):
            found |= {address: Known(pk, user is not None) for address, pk, user in rows}
    _add_roles(programme, found)
    return found


def _invited(programme: Programme, some: Sequence[str]) -> "QuerySet[Invitation, tuple[str, UUID, int | None]]":
    rows = Invitation.objects.filter(programme=programme).annotate(address=Lower("email"))
    return rows.filter(address__in=some).values_list("address", "person_id", "person__user_id")


def _with_account(programme: Programme, some: Sequence[str]) -> list[tuple[str, UUID, int | None]]:
    """Accounts first, by the index on their addresses; then who of them is in the programme."""
    users = User.objects.annotate(address=Lower("email")).filter(address__in=some)
    addresses = dict(users.values_list("pk", "address"))
    rows = Person.objects.filter(user__in=list(addresses), memberships__programme=programme).distinct()
    return [(addresses[user], pk, user) for pk, user in rows.values_list("pk", "user_id")]


def _with_other_address(programme: Programme, some: Sequence[str]) -> list[tuple[str, UUID, int | None]]:
    """A second confirmed address of an account leads to the same person."""
    rows = EmailAddress.objects.annotate(address=Lower("email")).filter(address__in=some, verified=True)
    here = rows.filter(user__person__memberships__programme=programme)
    return list(here.values_list("address", "user__person__pk", "user_id").distinct())


def _add_roles(programme: Programme, found: dict[str, Known]) -> None:
    by_person: dict[UUID, list[Known]] = {}
    for known in found.values():
        by_person.setdefault(known.person_id, []).append(known)
    for some in parts(list(by_person), AT_ONCE):
        for row in Membership.objects.filter(programme=programme, person__in=some):
            for known in by_person[row.person_id]:
                known.roles[Role(row.role)] = row
