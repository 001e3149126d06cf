"""What of a file may be kept: the columns that we take, and no other."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from mentoring.domain.people_file.columns import (
    MENTEES_HEADING,
    MENTORS_HEADING,
    Column,
    Field,
    Use,
    plain,
    recognise,
)
from mentoring.domain.people_file.reading import Line, Sheet

TOO_FEW: Final = (
    "This row has fewer values than there are columns, so nobody can tell which of them is one that we never store."
)
_MENTOR: Final = "mentor"
_MENTEE: Final = "mentee"


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row: its number in the file, what stands in the columns taken, or why it cannot be read."""

    number: int
    values: dict[Field, str]
    trouble: str = ""

    def get(self, field: Field) -> str:
        """What stands under this field; empty when nothing does."""
        return self.values.get(field, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file without everything that is not to be kept.

    Args:
        columns: every column of the file by name, also those whose values are gone.
        role: *mentor* or *mentee* when the headings tell what everybody in the file is, else empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    read_as: str
    role: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def fields(self) -> list[Field]:
        """What the file gives, in the order of its columns."""
        return [column.field for column in self.columns if column.field and column.use == Use.TAKEN]

    def only(self, numbers: Iterable[int]) -> "Table":
        """The same file with these rows alone."""
        wanted = set(numbers)
        return replace(self, rows=tuple(row for row in self.rows if row.number in wanted))

    def packed(self) -> bytes:
        """As bytes to keep."""
        content = {
            "columns": [[column.position, column.heading, column.use, column.field] for column in self.columns],
            "fields": self.fields,
            "rows": [[row.number, [row.get(field) for field in self.fields], row.trouble] for row in self.rows],
            "read_as": self.read_as,
            "role": self.role,
            "remarks": self.remarks,
        }
        return zlib.compress(json.dumps(content).encode(), 6)

    @classmethod
    def unpacked(cls, data: bytes) -> "Table":
        """What `packed` made."""
        content = json.loads(zlib.decompress(data))
        fields = [Field(field) for field in content["fields"]]
        return cls(
            columns=tuple(
                Column(position, heading, Use(use), Field(field) if field else None)
                for position, heading, use, field in content["columns"]
            ),
            rows=tuple(
                Row(number, dict(zip(fields, values, strict=True)), trouble)
                for number, values, trouble in content["rows"]
            ),
            read_as=content["read_as"],
            role=content["role"],
            remarks=tuple(content["remarks"]),
        )


def table_of(sheet: Sheet) -> Table:
    """Name every column, and keep the values of those taken."""
    filled = {position for line in sheet.lines for position, cell in enumerate(line.cells) if cell}
    columns = recognise(sheet.headings, filled)
    taken = [(column.position, column.field) for column in columns if column.use == Use.TAKEN and column.field]
    whole = len(sheet.headings) if any(column.use == Use.NEVER_STORED for column in columns) else 0
    rows = tuple(_row(line, taken, whole) for line in sheet.lines)
    return Table(tuple(columns), rows, sheet.read_as, _role(columns), (*sheet.remarks, *_skipped(sheet)))


def _row(line: Line, taken: Iterable[tuple[int, Field]], whole: int) -> Row:
    """The cells taken. A row shorter than `whole` may have slipped to the left, so that nothing of it is kept."""
    if line.trouble or len(line.cells) < whole:
        return Row(line.number, {}, line.trouble or TOO_FEW)
    return Row(line.number, {field: line.cells[position] for position, field in taken if position < len(line.cells)})


def _role(columns: Iterable[Column]) -> str:
    """The Civil Service's tool keeps mentors and mentees in two files, told apart by one heading."""
    headings = {plain(column.heading) for column in columns}
    mentors, mentees = MENTORS_HEADING in headings, MENTEES_HEADING in headings
    if mentors == mentees:
        return ""
    return _MENTOR if mentors else _MENTEE


def _skipped(sheet: Sheet) -> list[str]:
    counted = (("row", sheet.empty_rows), ("column", sheet.empty_columns))
    return [
        f"{number:,} empty {noun}{'s were' if number > 1 else ' was'} skipped." for noun, number in counted if number
    ]
