"""What administrators look at, with nothing personal that they do not need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mentoring.models import Notification


@dataclass(frozen=True, slots=True)
class StuckMessage:
    """A message that could not be sent: never its subject, its text or the whole address."""

    pk: int
    address: str
    kind: str
    trouble: str
    tries: int
    since: datetime | None


def stuck_rows(rows: Iterable[Notification]) -> list[StuckMessage]:
    """Messages as lines of a list."""
    return [
        StuckMessage(
            pk=row.pk,
            address=masked(row.address),
            kind=row.kind.replace("_", " ").capitalize(),
            trouble=row.trouble or "No reason was given",
            tries=row.tries,
            since=row.finished_at,
        )
        for row in rows
    ]


def masked(address: str) -> str:
    """Enough of an address to know which mail server is in trouble: `a…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
