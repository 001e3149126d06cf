"""People from a file: what would happen (`plan`), and making it happen without ever doing it twice (`taking`)."""

from mentoring.domain.people_import.plan import Plan, Refusal, make_plan, needs_role
from mentoring.domain.people_import.taking import MOST_TRIES, take_due, take_now
from mentoring.domain.people_import.uploads import (
    KEPT_FOR,
    Findings,
    ask_to_take,
    choose_role,
    drop,
    findings_of,
    forget,
    keep,
    refused_rows,
    wipe_old,
)

__all__ = [
    "KEPT_FOR",
    "MOST_TRIES",
    "Findings",
    "Plan",
    "Refusal",
    "ask_to_take",
    "choose_role",
    "drop",
    "findings_of",
    "forget",
    "keep",
    "make_plan",
    "needs_role",
    "refused_rows",
    "take_due",
    "take_now",
    "wipe_old",
]
