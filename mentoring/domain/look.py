"""That somebody looked: kept in the request that shows it, and told to whom it is about."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from mentoring.domain import clock
from mentoring.enums import LookKind, LookRole
from mentoring.models import Look, Person

KEPT_FOR: Final = timedelta(days=2 * 365)
AT_ONCE: Final = 5_000
SHOWS: Final[dict[LookKind, frozenset[str]]] = {
    LookKind.LIST: frozenset({"name", "part", "stage"}),
    LookKind.PERSON: frozenset({"name", "profile", "part"}),
    LookKind.CREDENTIAL: frozenset({"checked"}),
    LookKind.REPORT: frozenset({"published", "moderation"}),
    LookKind.INVITATION: frozenset({"contact", "part"}),
    LookKind.FILE: frozenset({"contact", "name", "profile", "part"}),
    LookKind.MATCH: frozenset({"proposal", "working", "stage"}),
    LookKind.OFFICE: frozenset({"office", "part"}),
    LookKind.MESSAGE: frozenset({"contact"}),
    LookKind.RECORD: frozenset({"contact", "part", "stage", "office"}),
}
"""The classes of privacy that each kind of page or file shows."""

_ROLES: Final = {
    LookKind.OFFICE: LookRole.ADMINISTRATOR,
    LookKind.MESSAGE: LookRole.ADMINISTRATOR,
    LookKind.RECORD: LookRole.TECHNICAL,
}


def record(*, subjects: Iterable[UUID | None], kind: LookKind, by: Person, of: str = "") -> None:
    """Keep that `by` looked at these people's details today. One query, none where it is nobody or only themselves.

    Looking again on the same day adds nothing.

    Args:
        of: the model's label, where what was opened is one row of it.
    """
    role = _ROLES.get(kind, LookRole.COORDINATOR)
    day = timezone.localdate(clock.now())
    rows = [
        Look(subject_id=subject, viewer=by, role=role, kind=kind, of=of, day=day)
        for subject in sorted(filter(None, set(subjects) - {by.pk}))
    ]
    Look.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def forget_old() -> None:
    """Delete what is older than two years."""
    Look.objects.filter(day__lt=timezone.localdate(clock.now() - KEPT_FOR)).delete()
