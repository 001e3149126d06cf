"""Files of people: bytes to rows, and rows to bytes. Nothing here asks or changes the database."""

from mentoring.domain.people_file.columns import Column, Field, Use, recognise
from mentoring.domain.people_file.reading import MOST_BYTES, MOST_ROWS, read
from mentoring.domain.people_file.table import Row, Table, table_of
from mentoring.domain.people_file.text import Unreadable
from mentoring.domain.people_file.writing import neutral, restored, to_csv, to_xlsx

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Column",
    "Field",
    "Row",
    "Table",
    "Unreadable",
    "Use",
    "neutral",
    "read",
    "recognise",
    "restored",
    "table_of",
    "to_csv",
    "to_xlsx",
]
