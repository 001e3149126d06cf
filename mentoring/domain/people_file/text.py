"""Text files: which letters, which separator, and records that survive a broken neighbour."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mentoring.domain.action import NotPossible
from mentoring.domain.people_file.columns import is_known

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
MOST_BROKEN: Final = 200
_LOOKED_AT: Final = 200
NOT_CLOSED: Final = "A quotation mark in this row is not closed, or stands where none can be."
_SAVE_AGAIN: Final = "In Excel, choose Save as, and “CSV UTF-8 (comma delimited)” or “Excel workbook (.xlsx)”."
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


class Unreadable(NotPossible):
    """The file cannot be read at all. The text is a sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in the file, from 1; with `trouble` when it could not be taken apart."""

    number: int
    cells: list[str]
    trouble: str = ""


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding: by its mark, else UTF-8, else UTF-16 by its NULs, else Windows-1252.

    Raises:
        Unreadable: it is no text, or not in the letters it claims.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec), name
    if b"\0" in data:
        return _decoded(data, _utf16_without_mark(data)), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), "Windows-1252"


def _decoded(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(f"Some letters in this file cannot be read. {_SAVE_AGAIN}") from error
    if "\0" in text:
        raise Unreadable(f"There is something in this file that is not text. {_SAVE_AGAIN}")
    return text


def _utf16_without_mark(data: bytes) -> str:
    """Which end comes first, told by where the zero halves of Latin letters and separators stand."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and 8 * max(first, second) >= len(data) and max(first, second) > 4 * min(first, second):
        return "utf-16-be" if first > second else "utf-16-le"
    raise Unreadable(f"There is something in this file that is not text. {_SAVE_AGAIN}")


def records(text: str) -> tuple[list[Record], str]:
    """All records of a text, and its delimiter: the one that Excel's `sep=` line names or that knows most headings."""
    named = re.match(r"\ufeff?\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    text = text[named.end() :] if named else text.removeprefix("\ufeff")
    lines = io.StringIO(text, newline="").readlines()
    delimiter = named[1] if named and named[1] in {*DELIMITERS, "|"} else _delimiter(lines)
    return list(_records(lines, delimiter)), delimiter


def _delimiter(lines: list[str]) -> str:
    def fit(delimiter: str) -> tuple[int, int]:
        first = next((record.cells for record in _records(lines[:50], delimiter) if any(record.cells)), [])
        return sum(is_known(cell) for cell in first[:_LOOKED_AT]), len(first)

    return max(DELIMITERS, key=fit)


def _records(lines: list[str], delimiter: str) -> Iterator[Record]:
    """Records one by one. Where quotation marks do not pair up only that line is lost, and said to be."""
    at = number = broken = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, None), delimiter=delimiter, skipinitialspace=True, strict=True)
        start = at
        try:
            for cells in reader:
                number += 1
                at = start + reader.line_num
                yield Record(number, cells)
        except csv.Error as error:
            number, at, broken = number + 1, at + 1, broken + 1
            if broken > MOST_BROKEN:
                raise Unreadable(f"Quotation marks do not pair up in more than {MOST_BROKEN} rows.") from error
            yield Record(number, [], NOT_CLOSED)
