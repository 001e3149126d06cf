"""A person's data as a document to read."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.formats import date_format

from mentoring.domain.picture import MIME
from mentoring.models import Characteristic
from mentoring.presenters.feedback import halves_words
from mentoring.presenters.mentorship import day


class DataEncoder(DjangoJSONEncoder):
    """A person's data for machines: a picture as an address that a browser opens."""

    def default(self, o: Any) -> Any:
        """Bytes are pictures, and these are all of one kind."""
        return f"data:{MIME};base64,{b64encode(o).decode()}" if isinstance(o, bytes) else super().default(o)


PLAIN: Final = {
    "active at": "Began",
    "active on": "Last here",
    "capacity": "Places",
    "changed at": "Last changed",
    "created at": "Since",
    "date joined": "Account made",
    "halves": "Mean",
    "headline": "Myself in one line",
    "ip": "Network address, in part",
    "is active": "May sign in",
    "item": "About",
    "journey": "My journey",
    "last seen at": "Last used",
    "left out": "Left out by the coordinator",
    "mentees": "From how many mentees",
    "mentored": "Whom I have mentored",
    "primary": "Used to sign in and to write to me",
    "paused": "On a break",
    "side": "As whom",
    "state": "Where it stands",
    "strength": "Question",
    "taken": "Places taken",
    "user agent": "Browser",
    "verified": "Confirmed",
    "wants": "What I want from mentoring",
}
"""What a field is called on the page, where its own name is no word people use; the file for machines keeps that."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading with its entries, each as lines of label and words."""

    title: str
    entries: list[list[tuple[str, str]]]


_Ends = Mapping[str, tuple[str, str]]
"""What stands at the two ends of a scale, by its name."""


def data_topics(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Topic]:
    """Everything but what was left empty. One query."""
    ends = {str(scale): (scale.low, scale.high) for scale in Characteristic.objects.exclude(low="")}
    return [Topic(title, _entries(rows, ends)) for title, rows in data.items()]


def _entries(rows: Sequence[Mapping[str, Any]], ends: _Ends) -> list[list[tuple[str, str]]]:
    """Each row by itself; what is said by characteristic, a line each under its name."""
    if not all("characteristic" in row for row in rows):
        return [_lines(row, ends) for row in rows]
    return [[(lines[0][1], " · ".join(words for _, words in lines[1:])) for lines in _by_name(rows, ends)]]


def _by_name(rows: Sequence[Mapping[str, Any]], ends: _Ends) -> Iterator[list[tuple[str, str]]]:
    for row in rows:
        yield _lines({"characteristic": row["characteristic"], **row}, ends)


def _lines(row: Mapping[str, Any], ends: _Ends) -> list[tuple[str, str]]:
    poles = ends.get(row.get("characteristic", ""))
    said = ((_called(label), _told(label, value, poles)) for label, value in row.items())
    return [(label, words) for label, words in said if words]


def _called(label: str) -> str:
    name = PLAIN.get(label, label)
    return name[:1].upper() + name[1:]


def _told(label: str, value: Any, poles: tuple[str, str] | None) -> str:
    """A value in words, where a number alone says nothing to whoever reads it."""
    match label, value:
        case "point", int() if poles:
            return f"{value}, where 1 is “{poles[0]}” and 5 is “{poles[1]}”"
        case "halves", int():
            return f"{halves_words(value)} out of 5"
        case _:
            return _words(value)


def _words(value: Any) -> str:
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return day(value)
        case date():
            return date_format(value, "j F Y")
        case bytes():
            return f"{len(value) / 1024:.0f} KB, in the download"
        case list():
            return "; ".join(str(each) for each in value)
        case _:
            return str(value)
