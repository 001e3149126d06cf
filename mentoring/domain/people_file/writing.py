"""Rows to bytes that a spreadsheet program opens without running anything in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

_STARTS_FORMULA: Final = "=+-@\t\r＝＋－＠"
_MARK: Final = "'"
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet might take it for a formula; see `restored`."""
    runs = text[:1] and text[0] in _STARTS_FORMULA
    return _MARK + text if runs or _is_marked(text) else text


def restored(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return len(text) > 1 and text[0] == _MARK and text[1] in _STARTS_FORMULA + _MARK


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as Excel likes it: UTF-8 with a mark, commas, and nothing that runs."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerows([neutral(cell) for cell in row] for row in [headings, *rows])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel workbook with one sheet, every cell text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in [headings, *rows]:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value="")
            cell.value, cell.data_type = _ILLEGAL.sub("", neutral(text)), "s"
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
