"""What each heading of a file becomes: one of ours, never stored, or not used."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What we take, by its own heading; the order is that of our files."""

    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    EMAIL = "email"
    ROLE = "role"
    PRONOUNS = "pronouns"
    JOB_TITLE = "job title"
    PROFESSION = "profession"
    BAND = "band"
    ORGANISATION = "organisation"
    REGION = "region"
    SETTING = "setting"
    PLACES = "places"
    JOURNEY = "journey"
    MENTOR_EMAIL = "mentor email"
    GRADE = "grade"
    BOTH = "both mentor and mentee"


OURS: Final = tuple(field for field in Field if field not in (Field.GRADE, Field.BOTH))


class Use(StrEnum):
    """What happens to a column."""

    TAKEN = "taken"
    NEVER_STORED = "never"
    NOT_USED = "unused"
    SECOND = "second"


# The second line of each is what the Civil Service's matching tool and its forms write.
_ALSO: Final[dict[Field, tuple[str, ...]]] = {
    Field.FIRST_NAME: ("firstname", "forename", "given name", "your first name"),
    Field.LAST_NAME: ("lastname", "surname", "family name", "your last name"),
    Field.EMAIL: (
        *("e mail", "e mail address", "mail", "work email", "work email address", "your email address"),
        *("email address", "your civil service email address"),
    ),
    Field.ROLE: ("role in programme", "mentoring role"),
    Field.JOB_TITLE: ("jobtitle", "job title or role", "your job title or role"),
    Field.PROFESSION: ("current profession", "your profession"),
    Field.BAND: ("pay band", "payband", "afc band", "nhs band"),
    Field.ORGANISATION: ("organization", "employer", "department", "your department or agency"),
    Field.SETTING: ("where i work", "workplace", "kind of place"),
    Field.PLACES: ("capacity", "number of places", "number of mentees"),
    Field.JOURNEY: ("my journey", "biography", "bio"),
    Field.MENTOR_EMAIL: ("mentor e mail", "mentor email address", "mentor emails", "mentors email"),
    Field.GRADE: ("your grade", "pay grade"),
}
_BY_HEADING: Final = {heading: field for field in Field for heading in (field.value, *_ALSO.get(field, ()))}

# Special-category data (UK GDPR, article 9), protected characteristics, and what comes close to either.
_SENSITIVE_WORDS: Final = frozenset(
    [
        *("age", "birth", "birthday", "dob", "gender", "sex", "trans", "lesbian", "gay", "bi", "orientation"),
        *("lgb", "lgbt", "lgbtq", "lgbtqi", "lgbtqia", "race", "racial", "racialised", "bme", "bame", "heritage"),
        *("belief", "beliefs", "faith", "caring", "carer", "carers", "marital", "married", "maternity", "paternity"),
        *("pregnancy", "pregnant", "medical", "characteristic", "characteristics", "identity", "identities"),
        *("nationality", "citizenship", "immigration", "asylum", "refugee", "visa", "political", "politics", "union"),
        *("conviction", "convictions", "criminal"),
    ]
)
_SENSITIVE_STEMS: Final = ("ethnic", "disab", "sexual", "bisexual", "religio", "neurodiv", "transgender")
_SENSITIVE_PHRASES: Final = (
    "first language",
    "mother tongue",
    "country of origin",
    "national insurance",
    "nhs number",
    "health condition",
    "health conditions",
    "health issues",
    "long term condition",
    "access needs",
    "reasonable adjustments",
    "skin colour",
)
_NOT_ABOUT_HEALTH: Final = frozenset(["board", "authority", "care", "profession", "service", "services", "trust"])
MENTORS_HEADING: Final = "characteristics"
MENTEES_HEADING: Final = "identity to match"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: where it stands (from 0), what it is called there, and what it becomes."""

    position: int
    heading: str
    use: Use
    field: Field | None = None


def plain(text: str) -> str:
    """Small letters and single spaces, so that *E-mail_Address* and *e mail address* are one."""
    return " ".join(re.sub(r"[^\w]|_", " ", text.casefold()).split())


def is_known(heading: str) -> bool:
    """Whether the heading is one that we take."""
    return plain(heading) in _BY_HEADING


def is_sensitive(heading: str) -> bool:
    """Whether a column of this name holds what only the person themselves may tell us."""
    words = plain(heading).split()
    phrase = " ".join(words)
    if any(word in _SENSITIVE_WORDS or word.startswith(_SENSITIVE_STEMS) for word in words):
        return True
    about_health = "health" in words and not _NOT_ABOUT_HEALTH & set(words)
    return about_health or any(part in phrase for part in _SENSITIVE_PHRASES)


def recognise(headings: Sequence[str], filled: Iterable[int] = ()) -> list[Column]:
    """Each column with what it becomes; one without a heading is listed when something stands in it (`filled`)."""
    found: list[Column] = []
    used: set[Field] = set()
    with_values = set(filled)
    for position, heading in enumerate(headings):
        if not heading and position not in with_values:
            continue
        column = _recognised(position, heading, used)
        found.append(column)
        if column.field and column.use == Use.TAKEN:
            used.add(column.field)
    return found


def _recognised(position: int, heading: str, used: set[Field]) -> Column:
    field = _BY_HEADING.get(plain(heading))
    if field is not None:
        return Column(position, heading, Use.SECOND if field in used else Use.TAKEN, field)
    return Column(position, heading, Use.NEVER_STORED if is_sensitive(heading) else Use.NOT_USED)
