"""Invitations as a coordinator sees them: who was not written to, who was, who came."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.template.defaultfilters import date as as_date

from mentoring.domain import clock
from mentoring.enums import MembershipState, Role
from mentoring.models import Invitation, Membership


class Show(StrEnum):
    """The groups that the list can be narrowed to."""

    TO_WRITE = "to-write"
    WRITTEN = "written"
    TO_CHASE = "to-chase"
    CLAIMED = "claimed"
    OVER = "over"


LABELS: Final = {
    Show.TO_WRITE: "Not written to yet",
    Show.WRITTEN: "Invited, no answer yet",
    Show.TO_CHASE: "Could be reminded",
    Show.CLAIMED: "Claimed their place",
    Show.OVER: "Said no, or left",
}
_TAGS: Final = {
    Show.TO_WRITE: ("Not written to yet", "yellow"),
    Show.WRITTEN: ("Invited", "blue"),
    Show.CLAIMED: ("Claimed", "green"),
    Show.OVER: ("Said no, or left", "grey"),
}


def with_standing(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Each invitation with whether its place is still kept, and whether the person takes part."""
    own = Membership.objects.filter(programme=OuterRef("programme"), person=OuterRef("person"))
    kept = own.filter(state=MembershipState.INVITED)
    here = own.filter(state__in=[MembershipState.WAITING, MembershipState.MEMBER])
    return rows.annotate(still_kept=Exists(kept), takes_part=Exists(here))


def _groups() -> dict[Show, Q]:
    open_ = Q(still_kept=True, claimed_at__isnull=True)
    week_ago = clock.now() - clock.CHASE_AFTER
    return {
        Show.TO_WRITE: open_ & Q(sent_at__isnull=True),
        Show.WRITTEN: open_ & Q(sent_at__isnull=False),
        Show.TO_CHASE: open_ & Q(sent_at__lt=week_ago, chased_at__isnull=True),
        Show.CLAIMED: ~open_ & Q(takes_part=True),
        Show.OVER: ~open_ & Q(takes_part=False),
    }


def counts(rows: QuerySet[Invitation]) -> dict[Show, int]:
    """How many there are in each group; a coordinator's own list of named people, no statistic."""
    groups = _groups()
    found = rows.aggregate(**{show.name: Count("pk", filter=which) for show, which in groups.items()})
    return {show: found[show.name] for show in groups}


def narrowed(rows: QuerySet[Invitation], show: Show | None) -> QuerySet[Invitation]:
    """The rows of one group, or all."""
    return rows.filter(_groups()[show]) if show else rows


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation in the list."""

    pk: int
    name: str
    line: str
    tag: str
    colour: str
    to_write: bool
    still_open: bool


def invitation_rows(rows: Iterable[Invitation]) -> list[InvitationRow]:
    """Invitations as lines; needs `with_standing`, and person fetched. One query for all their roles."""
    listed = list(rows)
    roles: dict[object, list[str]] = {}
    places = Membership.objects.filter(
        programme__in={row.programme_id for row in listed},
        person__in=[row.person_id for row in listed],
        role__in=[Role.MENTEE, Role.MENTOR],
    )
    for place in places.order_by("role"):
        roles.setdefault((place.programme_id, place.person_id), []).append(place.get_role_display().lower())
    return [_row(row, roles.get((row.programme_id, row.person_id), [])) for row in listed]


def _row(row: Invitation, roles: list[str]) -> InvitationRow:
    kept, here = getattr(row, "still_kept", False), getattr(row, "takes_part", False)
    still_open = kept and row.claimed_at is None
    show = (Show.WRITTEN if row.sent_at else Show.TO_WRITE) if still_open else Show.CLAIMED if here else Show.OVER
    line = " · ".join(filter(None, [row.email, " and ".join(roles), _written(row)]))
    return InvitationRow(row.pk, row.person.name, line, *_TAGS[show], show == Show.TO_WRITE, still_open)


def _written(row: Invitation) -> str:
    if row.chased_at:
        return f"reminded {as_date(row.chased_at)}"
    return f"invited {as_date(row.sent_at)}" if row.sent_at else ""
