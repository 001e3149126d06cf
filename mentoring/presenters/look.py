"""Who looked, as a person reads it: by day, with the name and the part of whoever it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format

from mentoring.domain.privacy import holdings
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
            [(who, "\n".join(_what(look) for look in theirs)) for who, theirs in groupby(rows, _who)],
        )
        for day, rows in groupby(looks, lambda look: look.day)
    ]


def _what(look: Look) -> str:
    held = holdings().get(look.of)
    return f"{look.get_kind_display()}: {held.what}" if held else str(look.get_kind_display())


def _who(look: Look) -> str:
    name = look.viewer.name if look.viewer else "Somebody whose account is deleted"
    return f"{name}, {look.get_role_display()}"
