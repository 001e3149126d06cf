"""Excel workbooks: the first sheet, as text. Macros are refused, links to elsewhere are never followed."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from mentoring.domain.people_file.text import Record, Unreadable

MOST_PARTS: Final = 1_000
MOST_UNPACKED: Final = 60 * 1024 * 1024
MOST_GAPS: Final = 100_000
_DAMAGED: Final = "This Excel workbook is damaged or is not one. Open it in Excel and save it again as .xlsx."
_BROKEN: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


def sheet(data: bytes) -> tuple[list[Record], list[str]]:
    """The rows of the first sheet, numbered as Excel shows them, and what is worth knowing about the rest.

    Raises:
        Unreadable: it is damaged, too large once unpacked, has macros, or is another kind of document.
    """
    try:
        _inspect(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets: list[Any] = [one for one in book.worksheets if isinstance(one, ReadOnlyWorksheet)]
        if not sheets:
            raise Unreadable("There is no sheet with rows in this workbook.")
        return list(_rows(sheets[0])), _remarks(sheets)
    except _BROKEN as error:
        raise Unreadable(_DAMAGED) from error


def _inspect(data: bytes) -> None:
    """Look at the list of parts before unpacking any (a part is never unpacked beyond its declared size)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Unreadable("This workbook is far larger inside than it looks. Save only the sheet of people.")
        if any(name.endswith("vbaproject.bin") for name in names):
            raise Unreadable("This workbook has macros (.xlsm). Save it as an Excel workbook without macros (.xlsx).")
        if "[content_types].xml" not in names:
            raise Unreadable("This is a zip archive and not a spreadsheet. Unpack it and choose the file inside.")
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Unreadable("This workbook has macros (.xlsm). Save it as an Excel workbook without macros (.xlsx).")
        if not any(name.startswith("xl/") for name in names):
            raise Unreadable("This is another kind of document and not a spreadsheet.")


def _rows(first: Any) -> Iterator[Record]:
    first.reset_dimensions()
    for number, cells in enumerate(first.iter_rows(values_only=True), start=1):
        if number > MOST_GAPS:
            raise Unreadable("This sheet has too many rows. Delete the empty ones below the last person.")
        texts = [_text(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield Record(number, texts)


def _remarks(sheets: list[Any]) -> list[str]:
    more = len(sheets) - 1
    if not more:
        return []
    others = "the other sheet was not read" if more == 1 else f"the other {more} sheets were not read"
    return [f"Only the first sheet, “{sheets[0].title}”, was read; {others}."]


def _text(value: object) -> str:
    """A cell as a person sees it: 6 and not 6.0, a day in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.day} {value:%B %Y}"
    return str(value).replace("_x000D_", "")
