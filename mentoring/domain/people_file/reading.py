"""One way in for every kind of file: bytes to headings and numbered lines of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from mentoring.domain.people_file import text, workbook
from mentoring.domain.people_file.columns import is_known
from mentoring.domain.people_file.text import Record, Unreadable
from mentoring.domain.people_file.writing import restored

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
TOO_WIDE: Final = "This row has more values than there are columns."
UNSHOWABLE: Final = "This row has characters that cannot be shown."
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_TRIMMED: Final = " \t\r\n\f\v\xa0\u200b\u2060\ufeff"
_LOOKS_LIKE: Final = (
    (b"%PDF", "This looks like a PDF. Choose the spreadsheet it was made from."),
    (b"\xd0\xcf\x11\xe0", "This is an older Excel file (.xls), or one with a password. Save it as .xlsx without one."),
    (b"\x89PNG", "This looks like a picture. Choose a spreadsheet."),
    (b"\xff\xd8\xff", "This looks like a picture. Choose a spreadsheet."),
    (b"GIF8", "This looks like a picture. Choose a spreadsheet."),
    (b"\x1f\x8b", "This is a packed file. Unpack it and choose the file inside."),
    (b"7z\xbc\xaf", "This is a packed file. Unpack it and choose the file inside."),
    (b"{\\rtf", "This looks like a text document. Choose a spreadsheet."),
    (b"<!DOCTYPE", "This looks like a web page. Choose a spreadsheet."),
    (b"<html", "This looks like a web page. Choose a spreadsheet."),
    (b"MZ", "This looks like a program. Choose a spreadsheet."),
    (b"\x7fELF", "This looks like a program. Choose a spreadsheet."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings, with the number that a spreadsheet shows; `trouble` says why it cannot be used.

    It may have fewer cells than there are headings; where it has more, nothing of it is given, because nobody can
    tell any more what stands under which heading.
    """

    number: int
    cells: tuple[str, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. `read_as` and `remarks` are words for a person."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    read_as: str
    empty_rows: int = 0
    empty_columns: int = 0
    remarks: tuple[str, ...] = ()


def read(data: bytes) -> Sheet:
    """A CSV file or an Excel workbook, told by what is in it and not by its name.

    Raises:
        Unreadable: it is neither, too large, or has no heading that we know.
    """
    _refuse_at_sight(data)
    if data.startswith(b"PK"):
        found, remarks = workbook.sheet(data)
        return _sheet(found, "Excel workbook", remarks, grows=True)
    decoded, encoding = text.decode(data)
    found, delimiter = text.records(decoded)
    return _sheet(found, f"CSV, {encoding}, {text.DELIMITERS.get(delimiter, 'bars')}", [])


def _refuse_at_sight(data: bytes) -> None:
    if not data.strip():
        raise Unreadable("This file is empty.")
    if len(data) > MOST_BYTES:
        raise Unreadable("This file is larger than 10 MB. Split it, or leave out what is not about people.")
    for start, words in _LOOKS_LIKE:
        if data[:16].lstrip().startswith(start):
            raise Unreadable(words)


def _sheet(found: Sequence[Record], read_as: str, remarks: Sequence[str], *, grows: bool = False) -> Sheet:
    """Headings are the first row with anything in it. `grows`: values beyond them are columns without a name."""
    at = next((position for position, record in enumerate(found) if any(map(_clean, record.cells))), None)
    if at is None:
        raise Unreadable("There is nothing in this file.")
    below = [record for record in found[at + 1 :] if record.trouble or any(map(_clean, record.cells))]
    headings = [" ".join(_clean(cell).split()) for cell in found[at].cells]
    if grows:
        widest = max((len(record.cells) for record in below), default=0)
        headings += [""] * (widest - len(headings))
        below = [Record(record.number, record.cells + [""] * (len(headings) - len(record.cells))) for record in below]
    _refuse_size(headings, below)
    lines = tuple(_line(record, len(headings)) for record in below)
    empty_columns = sum(not heading and not any(values) for heading, values in _columns(headings, lines))
    empty_rows = len(found) - at - 1 - len(below)
    return Sheet(tuple(headings), lines, read_as, empty_rows, empty_columns, tuple(remarks))


def _columns(headings: Sequence[str], lines: Sequence[Line]) -> list[tuple[str, tuple[str, ...]]]:
    values = list(zip_longest(*(line.cells for line in lines), fillvalue=""))
    values += [()] * (len(headings) - len(values))
    return list(zip(headings, values, strict=False))


def _refuse_size(headings: Sequence[str], below: Sequence[Record]) -> None:
    if len(headings) > MOST_COLUMNS:
        raise Unreadable(f"This file has more than {MOST_COLUMNS} columns. Leave out those that are not needed.")
    if not any(map(is_known, headings)):
        raise Unreadable(
            "None of the headings in this file is one we know. "
            "The first row must name the columns: first name, last name, email, role …"
        )
    if len(below) > MOST_ROWS:
        raise Unreadable(f"This file has more than {MOST_ROWS:,} rows. Split it into several files.")


def _line(record: Record, width: int) -> Line:
    if record.trouble:
        return Line(record.number, (), record.trouble)
    cells = tuple(map(_clean, record.cells))
    if any(cells[width:]):
        return Line(record.number, (), TOO_WIDE)
    trouble = UNSHOWABLE if any(map(_CONTROLS.search, cells)) else ""
    return Line(record.number, cells[:width], trouble)


def _clean(cell: str) -> str:
    """One kind of line end, nothing around the text, and no mark against formulas in front of it."""
    ends = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return restored(ends.strip(_TRIMMED))
