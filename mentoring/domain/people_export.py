"""The people of a programme as a file, in the very columns that can be brought in."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from mentoring.domain.people_file import Field
from mentoring.domain.people_file.columns import OURS
from mentoring.domain.people_import.standing import STANDS
from mentoring.enums import MembershipState, Role
from mentoring.models import CharacteristicValue, Invitation, Membership, Mentorship, Option, Person, Programme
from mentoring.permissions import characteristics_asked_in

HEADINGS: Final = [field.value for field in OURS]
_CATALOGUE: Final = (Field.PROFESSION, Field.BAND, Field.REGION, Field.SETTING)
_ROLES: Final = (Role.MENTEE, Role.MENTOR)
_PUBLISHED: Final = (MembershipState.WAITING, MembershipState.MEMBER)


def people_rows(programme: Programme) -> list[list[str]]:
    """Mentees and mentors who take part or are expected, a row each, in the order of `HEADINGS`.

    Nothing about identity, and no words of a mentee with an account: those are for their mentors. Whoever was
    invited is listed at the address of the invitation.
    """
    places = _places(programme)
    addresses, values, mentors = _addresses(programme), _values(programme), _mentors(programme)
    people = Person.objects.filter(pk__in=places).select_related("user", "organisation")
    rows = []
    for person in people.order_by("last_name", "first_name", "pk"):
        address = addresses.get(person.pk) or (person.user.email if person.user else "")
        own = places[person.pk]
        named = sorted(addresses.get(mentor) or address for mentor, address in mentors.get(person.pk, []))
        rows.append(_row(person, address, own, values.get(person.pk, {}), named))
    return rows


def _row(
    person: Person, address: str, places: Iterable[Membership], values: Mapping[Field, str], mentors: Iterable[str]
) -> list[str]:
    by_role = {Role(place.role): place for place in places}
    mentor = by_role.get(Role.MENTOR)
    cells: dict[Field, str] = {
        **values,
        Field.FIRST_NAME: person.first_name,
        Field.LAST_NAME: person.last_name,
        Field.EMAIL: address,
        Field.ROLE: "both" if len(by_role) == 2 else next(iter(by_role)).value,
        Field.PRONOUNS: person.pronouns,
        Field.JOB_TITLE: person.headline,
        Field.ORGANISATION: person.organisation.name if person.organisation else "",
        Field.PLACES: str(mentor.capacity) if mentor else "",
        Field.JOURNEY: person.journey if _is_shown(person, mentor) else "",
        Field.MENTOR_EMAIL: "; ".join(mentors),
    }
    return [cells.get(field, "") for field in OURS]


def _is_shown(person: Person, mentor: Membership | None) -> bool:
    """Whether a coordinator may read their journey: they brought it in, or it is a mentor's in this programme."""
    return person.user_id is None or (mentor is not None and mentor.state in _PUBLISHED)


def _places(programme: Programme) -> dict[UUID, list[Membership]]:
    found: dict[UUID, list[Membership]] = {}
    for row in Membership.objects.filter(programme=programme, role__in=_ROLES, state__in=STANDS).order_by("role"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _addresses(programme: Programme) -> dict[UUID, str]:
    return dict(Invitation.objects.filter(programme=programme).order_by("pk").values_list("person_id", "email"))


def _values(programme: Programme) -> dict[UUID, dict[Field, str]]:
    """What people say of their work, as far as the programme asks it, in the catalogue's own words."""
    labels = {
        (characteristic, key): label
        for characteristic, key, label in Option.objects.filter(characteristic__in=_CATALOGUE).values_list(
            "characteristic_id", "key", "label"
        )
    }
    found: dict[UUID, dict[Field, str]] = {}
    rows = CharacteristicValue.objects.filter(
        person__memberships__programme=programme,
        characteristic__in=characteristics_asked_in(programme).filter(pk__in=_CATALOGUE),
    ).values_list("person_id", "characteristic_id", "options")
    for person, characteristic, keys in rows:
        words = labels.get((characteristic, keys[0]), keys[0])
        found.setdefault(person, {})[Field(characteristic)] = words
    return found


def _mentors(programme: Programme) -> dict[UUID, list[tuple[UUID, str]]]:
    """For each mentee their mentors of today, with the address of an account where there is one."""
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in Mentorship.objects.under_way().filter(programme=programme).select_related("mentor__user"):
        if row.mentee_id and row.mentor:
            address = row.mentor.user.email if row.mentor.user else ""
            found.setdefault(row.mentee_id, []).append((row.mentor.pk, address))
    return found
