"""Files of people, made from plain rows."""

import csv
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook

OURS = (
    *("first name", "last name", "email", "role", "pronouns", "job title", "profession", "band"),
    *("organisation", "region", "setting", "places", "journey", "mentor email"),
)
CIVIL_SERVICE = (
    *("first name", "last name", "email address", "both mentor and mentee", "job title", "grade"),
    *("organisation", "profession", "biography"),
)
MENTORS = (*CIVIL_SERVICE, "characteristics")
MENTEES = (*CIVIL_SERVICE, "identity to match")
ENCODINGS = ("utf-8-sig", "utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
Rows = Sequence[Sequence[object]]


def csv_file(headings: Sequence[str], rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """As Excel writes it: `utf-16` with its mark, the others as their names say."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([headings, *rows])
    return made.getvalue().encode(encoding)


def workbook(headings: Sequence[str], rows: Rows, *, sheets: Sequence[str] = ("People",)) -> bytes:
    """An Excel workbook; further sheets are empty but for their name."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = sheets[0]
    for row in [headings, *rows]:
        first.append(list(row))
    for name in sheets[1:]:
        book.create_sheet(name)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ours(number: int, **more: str) -> list[str]:
    """A whole row of our own columns."""
    values = {
        "first name": f"Zoë{number}",
        "last name": "O’Néill",
        "email": f"zoe{number}@example.org",
        "role": "mentee",
        "pronouns": "she/her",
        "job title": "Senior OT; hands & upper limbs",
        "profession": "Occupational therapy",
        "band": "Band 7",
        "organisation": "",
        "region": "London",
        "setting": "Acute hospital",
        "places": "",
        "journey": 'Trained in Leeds.\nThen "abroad", for a year.',
        "mentor email": "",
    }
    whole = {**values, **more}
    return [whole[heading] for heading in OURS]


def civil_service(number: int, identity: str = "", **more: str) -> list[str]:
    """A whole row of the matching tool's columns, mentors' or mentees'."""
    values = {
        "first name": f"Renée{number}",
        "last name": "Okafor",
        "email address": f"renee{number}@example.org",
        "both mentor and mentee": "no",
        "job title": "Policy adviser",
        "grade": "Grade 7",
        "organisation": "Department of Mentors",
        "profession": "Policy",
        "biography": "Café worker first,\nthen the fast stream.",
    }
    whole = {**values, **more}
    return [*(whole[heading] for heading in CIVIL_SERVICE), identity]


def broken(rows: list[list[str]], email: int, every: int = 100) -> Iterator[tuple[int, str]]:
    """Break every so-many-th row, each time in another way; the row's number in the file, and what was broken."""
    ways = ("no address", "no @", "twice", "no name")
    for count, at in enumerate(range(every - 1, len(rows), every)):
        way = ways[count % len(ways)]
        row = rows[at]
        if way == "no address":
            row[email] = ""
        elif way == "no @":
            row[email] = "nobody at example.org"
        elif way == "twice":
            row[email] = rows[0][email].upper()
        else:
            row[0] = row[1] = " "
        yield at + 2, way
