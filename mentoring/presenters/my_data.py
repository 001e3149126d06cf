"""A person's data as a document to read."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.formats import date_format

from mentoring.domain.picture import MIME
from mentoring.presenters.mentorship import day


class DataEncoder(DjangoJSONEncoder):
    """A person's data for machines: a picture as an address that a browser opens."""

    def default(self, o: Any) -> Any:
        """Bytes are pictures, and these are all of one kind."""
        return f"data:{MIME};base64,{b64encode(o).decode()}" if isinstance(o, bytes) else super().default(o)


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading with its entries, each as lines of label and words."""

    title: str
    entries: list[list[tuple[str, str]]]


def data_topics(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Topic]:
    """Everything but what was left empty."""
    return [Topic(title, _entries(rows)) for title, rows in data.items()]


def _entries(rows: Sequence[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
    """Each row by itself; what is said by characteristic, a line each under its name."""
    if not all("characteristic" in row for row in rows):
        return [_lines(row) for row in rows]
    return [[(lines[0][1], " · ".join(words for _, words in lines[1:])) for lines in _by_name(rows)]]


def _by_name(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[tuple[str, str]]]:
    for row in rows:
        yield _lines({"characteristic": row["characteristic"], **row})


def _lines(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = ((label[:1].upper() + label[1:], _words(value)) for label, value in row.items())
    return [(label, words) for label, words in said if words]


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
