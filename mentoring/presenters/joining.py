"""Programmes as somebody meets them who may join, and what a kept place brings along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import prefetch_related_objects
from django.urls import reverse

from mentoring.domain.invitation import claim_code
from mentoring.enums import STANDS, MembershipState, MentorshipState, Role
from mentoring.models import Invitation, Membership, Mentorship, Person, Programme
from mentoring.permissions import characteristics_asked_in, invitations_kept_for, memberships_of, mentorships_of
from mentoring.presenters.needs import Need
from mentoring.presenters.profile import Fact, ScaleFact, profile_of

_ASKED_FOR: Final = (Role.MENTEE, Role.MENTOR)
_TAGS: Final = {
    MembershipState.INVITED: ("A place is kept for you", "yellow"),
    MembershipState.WAITING: ("Waiting for approval", "blue"),
    MembershipState.MEMBER: ("You take part", "green"),
    MembershipState.DECLINED: ("Not this time", "grey"),
    MembershipState.LEFT: ("You left", "grey"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One role of the person in a programme and how far it has come."""

    membership: Membership
    tag: str
    colour: str

    @property
    def role(self) -> str:
        """Mentee, mentor or coordinator, in small letters."""
        return Role(self.membership.role).label.lower()


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme, who runs it, and how the person stands to it."""

    programme: Programme
    organisations: tuple[str, ...]
    coordinators: tuple[str, ...]
    standings: tuple[Standing, ...]

    @property
    def by_state(self) -> dict[str, list[Standing]]:
        """The person's roles by state, for a template to pick from."""
        found: dict[str, list[Standing]] = {}
        for standing in self.standings:
            found.setdefault(standing.membership.state, []).append(standing)
        return found

    @property
    def kept_as_mentor(self) -> bool:
        """Whether a place as a mentor is kept for the person."""
        return any(row.membership.role == Role.MENTOR for row in self.by_state.get(MembershipState.INVITED, []))

    @property
    def open_roles(self) -> list[Role]:
        """What the person can still ask for."""
        held = {row.membership.role for row in self.standings if row.membership.state in STANDS}
        return [role for role in _ASKED_FOR if role not in held]

    @property
    def only_role(self) -> str:
        """The one role left to ask for, in small letters; empty when there are two or none."""
        return self.open_roles[0].label.lower() if len(self.open_roles) == 1 else ""

    @property
    def takes_part(self) -> bool:
        """Whether there is anything to leave."""
        return any(row.membership.state in (MembershipState.WAITING, MembershipState.MEMBER) for row in self.standings)


def offers(programmes: Sequence[Programme], person: Person | None) -> list[Offer]:
    """Each programme of a page, in order; three queries however many they are."""
    prefetch_related_objects(list(programmes), "organisations")
    here = Membership.objects.filter(programme__in=[programme.pk for programme in programmes])
    run_by = here.current().filter(role=Role.COORDINATOR).select_related("person").order_by("pk")
    coordinators = _by_programme(run_by)
    own = _by_programme(here.filter(person=person).order_by("pk")) if person else {}
    return [
        Offer(
            programme=programme,
            organisations=tuple(organisation.name for organisation in programme.organisations.all()),
            coordinators=tuple(row.person.name for row in coordinators.get(programme.pk, [])),
            standings=tuple(Standing(row, *_TAGS[MembershipState(row.state)]) for row in own.get(programme.pk, [])),
        )
        for programme in programmes
    ]


def _by_programme(rows: Iterable[Membership]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.programme_id, []).append(row)
    return found


# --- A kept place ---------------------------------------------------------------------------------------------


def brought_along(invitation: Invitation) -> list[Fact]:
    """What a coordinator brought along about somebody, for that somebody to check. Never anything about identity.

    Of somebody with an account nothing: whoever holds the link must not read what they say of themselves.
    """
    kept = invitation.person
    if kept.user_id is not None:
        return []
    words = [
        ("name", "Name", kept.name if kept.first_name or kept.last_name else ""),
        ("headline", "In one line", kept.headline),
        ("journey", "My journey", kept.journey),
        ("organisation", "Works for", kept.organisation.name if kept.organisation else ""),
    ]
    facts = [Fact(key, label, (text,)) for key, label, text in words if text]
    asked = characteristics_asked_in(invitation.programme)
    seen = profile_of(kept, asked=asked, role=Role.MENTEE)
    also = profile_of(kept, asked=asked, role=Role.MENTOR)
    said = [*seen.work, seen.wants, also.offers, seen.values, seen.race_talk]
    return [*facts, *(fact for fact in said if fact), *_scales(seen.scales)]


def _scales(scales: Iterable[ScaleFact]) -> list[Fact]:
    names = ", ".join(scale.label for scale in scales)
    return [Fact("scales", "How I work", (names,))] if names else []


def roles_kept(invitation: Invitation) -> list[Role]:
    """As what the place is kept."""
    rows = memberships_of(invitation.person).filter(programme=invitation.programme_id, state=MembershipState.INVITED)
    return [Role(role) for role in rows.order_by("role").values_list("role", flat=True)]


# --- What leaving ends ------------------------------------------------------------------------------------------


def what_leaving_ends(programme: Programme, person: Person) -> list[str]:
    """What happens when the person leaves, as sentences for them."""
    rows = mentorships_of(person).open().filter(programme=programme).select_related("mentee", "mentor")
    return [*(_ending(row, person) for row in rows), *_always()]


def _ending(row: Mentorship, person: Person) -> str:
    other = row.other(person)
    name = other.name if other else "somebody"
    if row.state != MentorshipState.REQUESTED:
        return f"Your mentorship with {name} ends, and {name} is told that something has changed."
    if row.mentee_id == person.pk:
        return f"Your request to {name} is withdrawn."
    return f"The request from {name} is declined, kindly."


def _always() -> list[str]:
    return [
        "You are no longer found in this programme, and no longer find anybody in it.",
        "Your profile stays yours, and other programmes are not touched. You can ask to come back.",
    ]


# --- What needs somebody now --------------------------------------------------------------------------------------


def needs(person: Person) -> list[Need]:
    """Places kept at the person's address, wishes that wait for a coordinator, or no programme at all."""
    states = list(memberships_of(person).filter(state__in=STANDS).select_related("programme"))
    kept = list(invitations_kept_for(person).select_related("programme")[:5])
    found = [_kept_need(row.programme, reverse("claim", args=[claim_code(row)])) for row in kept]
    for row in states:
        page = reverse("programme_join", args=[row.programme.slug])
        if row.state == MembershipState.INVITED:
            found.append(_kept_need(row.programme, page))
        elif row.state == MembershipState.WAITING:
            found.append(_waiting_need(row, page))
    if not states and not kept:
        found.append(
            Need(
                order=65,  # an administrator or a charter lead may want none
                text="Choose a programme",
                detail="Mentors and mentees meet in programmes. See which there are, and ask to join one.",
                action="See programmes",
                url=reverse("programmes_to_join"),
            )
        )
    return found


def _kept_need(programme: Programme, page: str) -> Need:
    return Need(
        order=20,
        text=f"A place is kept for you in {programme.name}",
        detail="See what it is about, then take it up or turn it down.",
        action="Have a look",
        url=page,
    )


def _waiting_need(row: Membership, page: str) -> Need:
    role = Role(row.role).label.lower()
    return Need(
        order=60,
        text=f"Your wish to join {row.programme.name} as a {role} is waiting for approval",
        detail="A coordinator looks at it, and we email you when there is an answer. You have nothing to do.",
        action="See where it stands",
        url=page,
    )
