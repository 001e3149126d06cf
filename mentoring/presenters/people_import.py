"""A file of people as a coordinator sees it: what each column becomes, how many, what stays out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.text import Truncator

from mentoring.domain.people_file import Field, Use
from mentoring.domain.people_import import Findings
from mentoring.enums import ImportState
from mentoring.models import PeopleImport

MOST_VALUES: Final = 100
_STATE_COLOURS: Final = {
    ImportState.READ: "yellow",
    ImportState.WAITING: "blue",
    ImportState.TAKING: "blue",
    ImportState.DONE: "green",
    ImportState.STOPPED: "red",
    ImportState.DROPPED: "grey",
}
_BECOMES: Final = {
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.EMAIL: "Where the invitation goes",
    Field.ROLE: "Mentee, mentor or both",
    Field.PRONOUNS: "Pronouns",
    Field.JOB_TITLE: "The line under their name",
    Field.PROFESSION: "Profession",
    Field.BAND: "Pay band",
    Field.ORGANISATION: "Works for",
    Field.REGION: "Region",
    Field.SETTING: "Where they work",
    Field.PLACES: "How many mentees a mentor can have",
    Field.JOURNEY: "My journey",
    Field.MENTOR_EMAIL: "Pairs that exist already",
    Field.GRADE: "Pay band, where it names one",
    Field.BOTH: "Yes: mentor and mentee",
}
_NOT_TAKEN: Final = {
    Use.NEVER_STORED: ("Never stored", "Each person is asked when they claim their place."),
    Use.NOT_USED: ("Not used", ""),
    Use.SECOND: ("Not used", "Another column gives this already."),
}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file."""

    heading: str
    becomes: str
    note: str
    example: str
    colour: str


def column_rows(found: Findings) -> list[ColumnRow]:
    """Every column in its order, those that are left out by name too."""
    left_out: dict[str, int] = {}
    for name, _, count in found.unknown:
        left_out[name] = left_out.get(name, 0) + count
    return [_column(*column, left_out=left_out) for column in found.columns]


def _column(heading: str, use: str, name: str, example: str, *, left_out: dict[str, int]) -> ColumnRow:
    heading = heading or "No heading"
    if use != Use.TAKEN:
        words, note = _NOT_TAKEN[Use(use)]
        return ColumnRow(heading, words, note, "", "red" if use == Use.NEVER_STORED else "grey")
    number = left_out.get(name, 0)
    note = f"Left empty in {number:,} {'row' if number == 1 else 'rows'}, see below." if number else ""
    return ColumnRow(heading, _BECOMES[Field(name)], note, example, "")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    number: str
    label: str


def figures(upload: PeopleImport) -> list[Figure]:
    """The file in numbers; what is nought is not shown, but for new places and refused rows."""
    planned = upload.planned
    done = upload.state == ImportState.DONE
    numbers = {**planned, **(upload.taken if done else {})}
    labels = (
        ("new", ("place is kept", "places are kept") if done else ("new place", "new places")),
        ("more", ("place in another role", "places in another role")),
        (
            "pairs",
            ("pair brought along", "pairs brought along") if done else ("pair to bring along", "pairs to bring along"),
        ),
        ("here", ("row changes nothing", "rows change nothing")),
        ("refused", ("row is refused", "rows are refused")),
    )
    return [
        Figure(f"{numbers[name]:,}", one if numbers[name] == 1 else many)
        for name, (one, many) in labels
        if numbers.get(name) or name in ("new", "refused")
    ]


def to_take(upload: PeopleImport) -> int:
    """How many rows or pairs taking the file would change."""
    return sum(upload.planned.get(name, 0) for name in ("new", "more", "pairs"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker has come."""

    value: int
    most: int

    @property
    def words(self) -> str:
        """For everybody, and for who cannot see the bar."""
        return f"{self.value:,} of {self.most:,} done"


def progress(upload: PeopleImport) -> Progress:
    """What is done, or turned out to be done already, out of what there was to do."""
    most = max(to_take(upload), 1)
    return Progress(min(sum(upload.taken.values()), most), most)


def notes(upload: PeopleImport, found: Findings) -> list[str]:
    """What else is worth knowing, as sentences."""
    left = upload.taken.get("pairs_left", 0)
    told: Iterable[tuple[int, str, str]] = (
        (
            found.raised,
            "mentor gets as many places as they have mentees in this file, because it gives no number",
            "mentors get as many places as they have mentees in this file, because it gives no number",
        ),
        (found.pairs_here, "pair is here already", "pairs are here already"),
        (found.pairs_ended, "pair had ended and is not started again", "pairs had ended and are not started again"),
        (
            found.pairs_left,
            "pair is left out: the mentee has claimed their place, and asks for a mentor themselves",
            "pairs are left out: the mentees have claimed their places, and ask for a mentor themselves",
        ),
        (
            found.other_role,
            "person takes part already, and can ask for the other role themselves",
            "people take part already, and can ask for the other role themselves",
        ),
        (left, "pair could not be brought along, because something changed meanwhile",
         "pairs could not be brought along, because something changed meanwhile"),
    )  # fmt: skip
    return [*found.remarks, *(f"{number:,} {one if number == 1 else many}." for number, one, many in told if number)]


@dataclass(frozen=True, slots=True)
class UnknownValues:
    """The values of one column that we do not know, most frequent first; `more` are not shown."""

    column: str
    values: list[tuple[str, str]]
    more: int


def unknown_values(found: Findings) -> list[UnknownValues]:
    """Values that are left out, by column."""
    by_column: dict[str, list[tuple[str, str]]] = {}
    for name, value, count in found.unknown:
        words = f"{count:,} {'row' if count == 1 else 'rows'}"
        by_column.setdefault(name, []).append((Truncator(value).chars(80), words))
    return [
        UnknownValues(name.capitalize(), values[:MOST_VALUES], max(len(values) - MOST_VALUES, 0))
        for name, values in by_column.items()
    ]


def state_tag(upload: PeopleImport) -> tuple[str, str]:
    """The state's words and colour."""
    state = ImportState(upload.state)
    return state.label, _STATE_COLOURS[state]


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One earlier file in the list."""

    upload: PeopleImport
    line: str
    state: str
    colour: str


def upload_rows(uploads: Iterable[PeopleImport]) -> list[UploadRow]:
    """Earlier files as lines; needs who uploaded them fetched."""
    return [UploadRow(upload, _line(upload), *state_tag(upload)) for upload in uploads]


def _line(upload: PeopleImport) -> str:
    number = upload.planned.get("rows")
    rows = f"{number:,} {'row' if number == 1 else 'rows'}" if number else ""
    return " · ".join(filter(None, [rows, f"by {upload.by.name}" if upload.by else ""]))
