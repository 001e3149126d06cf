"""Who looked, as a person reads it: by day, with the name and the part of whoever it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format

from mentoring.models import Look


@dataclass(frozen=True, slots=True)
class LookDay:
    """One day, and for each who looked what at."""

    title: str
    rows: list[tuple[str, str]]


def look_days(looks: Iterable[Look]) -> list[LookDay]:
    """Looks in the order of days and viewers; needs the viewer fetched."""
    return [
        LookDay(
            date_format(day, "l j F Y"),
            [(who, "\n".join(look.get_kind_display() for look in theirs)) for who, theirs in groupby(rows, _who)],
        )
        for day, rows in groupby(looks, lambda look: look.day)
    ]


def _who(look: Look) -> str:
    name = look.viewer.name if look.viewer else "Somebody whose account is deleted"
    return f"{name}, {look.get_role_display()}"
