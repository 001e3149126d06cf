"""Files of people: every encoding, separator and column set; hostile files are refused in plain words."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.people_file import (
    Field,
    Table,
    Unreadable,
    Use,
    neutral,
    read,
    restored,
    table_of,
    to_csv,
    to_xlsx,
)
from mentoring.domain.people_file.columns import is_sensitive
from mentoring.domain.people_file.reading import TOO_WIDE
from mentoring.domain.people_file.table import TOO_FEW
from mentoring.domain.people_file.text import NOT_CLOSED
from tests.factories.people_files import ENCODINGS, MENTEES, MENTORS, OURS, civil_service, csv_file, ours, workbook

CANARY = "canary-bisexual"


def table(data: bytes) -> Table:
    return table_of(read(data))


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_our_columns_are_read_in_every_encoding_and_with_every_separator(encoding: str, delimiter: str) -> None:
    found = table(csv_file(OURS, [ours(1), ours(2)], encoding=encoding, delimiter=delimiter))
    assert [row.number for row in found.rows] == [2, 3]
    assert found.rows[0].values == dict(zip((Field(name) for name in OURS), ours(1), strict=True))
    assert found.role == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("headings", "role"), [(MENTORS, "mentor"), (MENTEES, "mentee")])
def test_the_matching_tool_s_columns_are_read_likewise(
    headings: tuple[str, ...], role: str, encoding: str, delimiter: str
) -> None:
    found = table(csv_file(headings, [civil_service(1, CANARY)], encoding=encoding, delimiter=delimiter))
    assert found.role == role
    assert found.rows[0].get(Field.JOURNEY) == "Café worker first,\nthen the fast stream."
    assert found.rows[0].get(Field.GRADE) == "Grade 7"
    assert [(column.heading, column.use) for column in found.columns][-1] == (headings[-1], Use.NEVER_STORED)


def test_what_is_never_stored_is_not_in_what_is_kept() -> None:
    found = table(csv_file(MENTORS, [civil_service(number, f"{CANARY}{number}") for number in range(3)]))
    assert CANARY not in str(found)
    assert Table.unpacked(found.packed()) == found


def test_a_row_that_slipped_is_not_kept_at_all_where_something_is_never_stored() -> None:
    whole = csv_file(MENTORS, [civil_service(1, CANARY)]).decode("utf-8-sig")
    short = whole + f"Ann,Lee,ann@example.org,no,Nurse,5,Trust,{CANARY}\r\n"
    wide = whole + f"Lee, Ann,Lee,ann@example.org,no,Nurse,5,Trust,Policy,Words,x,{CANARY}\r\n"
    assert [(row.number, row.values, row.trouble) for row in table(short.encode()).rows[1:]] == [(3, {}, TOO_FEW)]
    assert [(row.number, row.values, row.trouble) for row in table(wide.encode()).rows[1:]] == [(3, {}, TOO_WIDE)]


def test_short_rows_are_read_where_nothing_is_sensitive() -> None:
    found = table(b"first name,email,role\nAnn,ann@example.org\n")
    assert found.rows[0].get(Field.EMAIL) == "ann@example.org"
    assert found.rows[0].get(Field.ROLE) == ""


def test_excel_s_own_first_line_names_the_separator_and_is_no_row() -> None:
    found = table(b"sep=;\r\nFirst_Name ;LAST-NAME; E-mail Address\r\nAnn;Lee;ann@example.org\r\n")
    assert found.fields == [Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL]
    assert [row.number for row in found.rows] == [2]


def test_empty_rows_and_columns_are_skipped_counted_and_do_not_shift_numbers() -> None:
    found = table(b"first name,email,,\r\n,,,\r\nAnn,ann@example.org,,\r\n\r\nBea,bea@example.org,,\r\n,,,\r\n")
    assert [(row.number, row.get(Field.FIRST_NAME)) for row in found.rows] == [(3, "Ann"), (5, "Bea")]
    assert found.remarks == ("3 empty rows were skipped.", "2 empty columns were skipped.")


def test_a_broken_quotation_mark_costs_its_own_row_and_no_other() -> None:
    data = b'first name,email\nAnn,ann@x.org\n"Bea,bea@x.org\nCleo,cleo@x.org\n"Di" x,di@x.org\nEve,eve@x.org\n'
    found = table(data)
    assert [(row.number, row.get(Field.FIRST_NAME), row.trouble) for row in found.rows] == [
        (2, "Ann", ""),
        (3, "", NOT_CLOSED),
        (4, "Cleo", ""),
        (5, "", NOT_CLOSED),
        (6, "Eve", ""),
    ]


def test_nothing_is_silently_dropped() -> None:
    found = table(b"first name,email,favourite tea,,email address\nAnn,ann@x.org,Assam,stray,other@x.org\n")
    assert [(column.heading, column.use) for column in found.columns] == [
        ("first name", Use.TAKEN),
        ("email", Use.TAKEN),
        ("favourite tea", Use.NOT_USED),
        ("", Use.NOT_USED),
        ("email address", Use.SECOND),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Ethnicity",
            "ethnic group",
            "Religion or belief",
            "Sexual orientation",
            "Disability",
            "Do you have a disability?",
        ),
        *(
            "health conditions",
            "Health",
            "Gender identity",
            "Sex",
            "characteristics",
            "identity_to_match",
            "Nationality",
        ),
        *("Age", "Age band", "Date of birth", "DOB", "LGBTQ+", "Race", "Caring responsibilities", "First language"),
        *("match with similar identity", "Trade union", "Marital status", "Criminal convictions", "NHS number"),
    ],
)
def test_columns_that_only_the_person_can_answer_are_known_by_name(heading: str) -> None:
    assert is_sensitive(heading)


@pytest.mark.parametrize(
    "heading", ["Health board", "target profession", "Team", "Line manager", "Start date", "Pageant"]
)
def test_other_columns_are_just_not_used(heading: str) -> None:
    assert not is_sensitive(heading)


def test_a_workbook_is_read_as_a_person_sees_it() -> None:
    headings = ("First name", "Email", "Band", "Places", "Journey", "Both mentor and mentee")
    rows = [
        ("Ann", "ann@x.org", 6, 2.0, date(2026, 11, 22), True),
        (None,) * 6,
        ("Bea", "bea@x.org", "8a", None, 0.5, None),
    ]
    found = table(workbook(headings, rows, sheets=("Mentors", "Notes")))
    assert [list(row.values.values()) for row in found.rows] == [
        ["Ann", "ann@x.org", "6", "2", "22 November 2026", "yes"],
        ["Bea", "bea@x.org", "8a", "", "0.5", ""],
    ]
    assert [row.number for row in found.rows] == [2, 4]
    assert found.remarks[0] == "Only the first sheet, “Mentors”, was read; the other sheet was not read."


def test_a_value_beyond_the_headings_of_a_workbook_is_a_column_without_a_name() -> None:
    found = table(workbook(("First name", "Email"), [("Ann", "ann@x.org", "a note")]))
    assert [(column.heading, column.use) for column in found.columns][-1] == ("", Use.NOT_USED)
    assert found.rows[0].trouble == ""


# --- Writing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@SUM(A1)", "\tx", "\rx", "'=x", "''x", "＝x"])
def test_what_could_run_is_neutralised(text: str) -> None:
    assert neutral(text) == "'" + text
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["", "'", "'t Hooft", "O'Brien", "a=b", "5 - 6"])
def test_what_cannot_run_is_left_alone(text: str) -> None:
    assert neutral(text) == text
    assert restored(text) == text


@given(st.text())
def test_neutralising_can_always_be_undone(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\"\n;,"), max_size=30).map(
    lambda text: text.strip().strip("\u200b\u2060\ufeff\xa0").strip()
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_what_is_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    wanted = [row for row in rows if any(row)]
    for data in (to_csv(["first name", "journey"], rows), to_xlsx(["first name", "journey"], rows)):
        if wanted:
            found = [(row.get(Field.FIRST_NAME), row.get(Field.JOURNEY)) for row in table(data).rows]
            assert found == wanted


# --- Hostile and mistaken files -----------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def altered(part: str, content: bytes) -> bytes:
    """A good workbook with one part replaced or added."""
    made = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(workbook(("email",), [("a@x.org",)])))
    with good, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            if name != part:
                bad.writestr(name, good.read(name))
        bad.writestr(part, content)
    return made.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = b'<c r="A%d" t="inlineStr"><is><t>email</t></is></c>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "'
    + b"ha" * 5000
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 100) for level in range(6))
    + b"]>"
)
FAR_ROW = b'<row r="1">' + CELL % 1 + b'</row><row r="999999999"><c r="A999999999"><v>1</v></c></row>'
FAR_COLUMN = b'<row r="1">' + CELL % 1 + b'<c r="XFD1"><v>1</v></c></row>'
LAUGHING = LAUGHS + SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&g;</t></is></c></row>'
FIRST_SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "nothing": (b"", "This file is empty."),
    "spaces": (b" \r\n \n", "This file is empty."),
    "only separators": (b",,\n,,\n", "None of the headings in this file is one we know."),
    "PDF": (b"%PDF-1.7\n1 0 obj", "This looks like a PDF."),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This is an older Excel file (.xls)"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "This looks like a picture."),
    "program": (b"\x7fELF\x02\x01" + b"\0" * 50, "This looks like a program."),
    "web page": (b"<!DOCTYPE html><title>Log in</title>", "This looks like a web page."),
    "gzip": (b"\x1f\x8b\x08" + b"x" * 40, "This is a packed file."),
    "too large": (b"email\n" + b"x" * 10 * 1024 * 1024, "This file is larger than 10 MB."),
    "too many rows": (b"email\n" + b"a@x.org\n" * 20_001, "This file has more than 20,000 rows."),
    "too many columns": (b"email" + b",x" * 1_000_000, "This file has more than 200 columns."),
    "no headings": (b"Ann,Lee,ann@x.org\n", "None of the headings in this file is one we know."),
    "not a zip": (b"PK\x03\x04 and then nothing", "This Excel workbook is damaged or is not one."),
    "another zip": (zipped(**{"people.csv": b"email\n"}), "This is a zip archive and not a spreadsheet."),
    "Word": (zipped(**{"[Content_Types].xml": b"<T/>", "word__x.xml": b"<w/>"}), "This is another kind of document"),
    "zip bomb": (altered("xl/bomb.xml", b"\0" * 70 * 1024 * 1024), "This workbook is far larger inside"),
    "macros": (altered("xl/vbaProject.bin", b"x"), "This workbook has macros (.xlsm)."),
    "macro type": (altered("[Content_Types].xml", b"<T>macroEnabled</T>"), "This workbook has macros (.xlsm)."),
    "far away row": (altered(FIRST_SHEET, SHEET % FAR_ROW), "This sheet has too many rows."),
    "far away column": (altered(FIRST_SHEET, SHEET % FAR_COLUMN), "This file has more than 200 columns."),
    "billion laughs": (altered(FIRST_SHEET, LAUGHING), "This Excel workbook is damaged or is not one."),
    "quotation marks": (b"email\n" + b'"x" y\n' * 300, "Quotation marks do not pair up in more than 200 rows."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_mistaken_files_are_refused_in_plain_words(name: str) -> None:
    data, words = HOSTILE[name]
    assert refusal(data).startswith(words)


@pytest.mark.parametrize(
    "data",
    [
        b"email\nann@x.org\0\n",
        bytes(range(256)) * 40,
        b"\xef\xbb\xbfemail\n\xff\xfe\xfa\n",
        b"\xff\xfee\0m\0a",
        b"email\n\x81\x8d\n",
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    assert refusal(data).endswith("“CSV UTF-8 (comma delimited)” or “Excel workbook (.xlsx)”.")


def test_an_open_quotation_mark_at_every_line_is_no_way_to_keep_us_busy() -> None:
    assert refusal(b"email\n" + b'"' + b"x\n" * 15_000 + b'"y\n' * 15_000).startswith("Quotation marks")
