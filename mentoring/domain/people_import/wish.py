"""One row of a file, understood or refused."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mentoring.domain.membership import MOST_PLACES
from mentoring.domain.people_file import Field, Row
from mentoring.domain.people_file.columns import plain
from mentoring.domain.people_import.standing import Known
from mentoring.enums import Role
from mentoring.models import Person

_LONGEST: Final = {
    name: getattr(Person._meta.get_field(kept), "max_length", 0)
    for name, kept in (
        (Field.FIRST_NAME, "first_name"),
        (Field.LAST_NAME, "last_name"),
        (Field.PRONOUNS, "pronouns"),
        (Field.JOB_TITLE, "headline"),
        (Field.JOURNEY, "journey"),
    )
}
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0", ""})
_ROLE_WORDS: Final = {
    "mentee": {Role.MENTEE},
    "mentees": {Role.MENTEE},
    "mentor": {Role.MENTOR},
    "mentors": {Role.MENTOR},
    "both": {Role.MENTEE, Role.MENTOR},
    "and": set[Role](),
}
_SPREADSHEET_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_SHOWN: Final = 60


class Refused(Exception):
    """Why a row cannot be taken, as a sentence for the coordinator."""


@dataclass(slots=True)
class Wish:
    """What a row asks for. `places` is what the file gives, None when it gives none."""

    row: Row
    email: str
    roles: frozenset[Role]
    places: int | None
    mentors: tuple[str, ...]
    known: Known | None = None

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.row.number

    @property
    def missing_roles(self) -> list[Role]:
        """Roles asked for in which nobody of this address ever was here."""
        held = self.known.roles if self.known else {}
        return sorted(role for role in self.roles if role not in held)


def understood(row: Row, file_role: str) -> Wish:
    """The row's wish, looking at nothing but the row.

    Raises:
        Refused: it cannot be understood.
    """
    if row.trouble:
        raise Refused(row.trouble)
    for field, text in row.values.items():
        if text in _SPREADSHEET_ERRORS:
            raise Refused(f"The spreadsheet shows the error {text} under “{field}”.")
    email = _address(row.get(Field.EMAIL))
    roles = _roles(row, file_role)
    mentors = _mentors(row)
    if mentors and Role.MENTEE not in roles:
        raise Refused("A mentor is named, but this person is no mentee here.")
    if email in mentors:
        raise Refused("Nobody can be their own mentor.")
    return Wish(row, email, roles, _places(row) if Role.MENTOR in roles else None, mentors)


def refuse_new(row: Row) -> None:
    """What somebody new needs besides: a name, and nothing longer than we can keep.

    Raises:
        Refused: it is not so.
    """
    if not row.get(Field.FIRST_NAME) and not row.get(Field.LAST_NAME):
        raise Refused("There is no name.")
    for field, longest in _LONGEST.items():
        if len(row.get(field)) > longest:
            raise Refused(f"“{field}” is longer than {longest:,} characters ({len(row.get(field)):,}).")


def quoted(text: str) -> str:
    """A piece of the file inside a sentence."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[:_SHOWN] + '…'}”"


def _address(text: str) -> str:
    if not text:
        raise Refused("There is no email address.")
    address = text.lower().removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(f"{quoted(text)} is not an email address.") from error
    if len(address) > 254:
        raise Refused("The email address is longer than 254 characters.")
    return address


def _roles(row: Row, file_role: str) -> frozenset[Role]:
    both = plain(row.get(Field.BOTH))
    if both not in _YES | _NO:
        raise Refused(f"{quoted(row.get(Field.BOTH))} under “{Field.BOTH}” is neither yes nor no.")
    if both in _YES:
        return frozenset({Role.MENTEE, Role.MENTOR})
    words = plain(row.get(Field.ROLE) or file_role).split()
    if not words:
        raise Refused("There is no role: write mentee, mentor or both.")
    if not set(words) <= set(_ROLE_WORDS) or set(words) == {"and"}:
        raise Refused(f"{quoted(row.get(Field.ROLE))} is not a role: write mentee, mentor or both.")
    return frozenset[Role]().union(*(_ROLE_WORDS[word] for word in words))


def _places(row: Row) -> int | None:
    text = row.get(Field.PLACES)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_PLACES):
        raise Refused(f"{quoted(text)} under “{Field.PLACES}” is not a whole number from 1 to {MOST_PLACES}.")
    return int(text)


def _mentors(row: Row) -> tuple[str, ...]:
    pieces = row.get(Field.MENTOR_EMAIL).replace(",", ";").replace("\n", ";").split(";")
    try:
        return tuple(dict.fromkeys(_address(piece.strip()) for piece in pieces if piece.strip()))
    except Refused as error:
        raise Refused(f"Under “{Field.MENTOR_EMAIL}”: {error}") from error
