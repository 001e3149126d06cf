"""What a programme asks, as rows of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from mentoring.domain.question import ALWAYS
from mentoring.enums import Family
from mentoring.models import Characteristic, Person, Programme
from mentoring.permissions import decided_in, programmes_asking, questions_to_choose

_FAMILY_WORDS: Final[Mapping[str, str]] = {
    Family.PROFESSIONAL: "Work and practical things",
    Family.VALUES: "What matters to people",
    Family.WORKING_STYLES: "How people work",
    Family.SURFACE: "Identity",
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One thing that is asked or not. `fixed` where the programme has no choice; `own` where it made it itself."""

    label: str
    question: str
    asked: bool
    fixed: bool
    own: bool
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class QuestionFamily:
    """What belongs together, under a heading."""

    heading: str
    rows: tuple[QuestionRow, ...]


def families_of(programme: Programme) -> list[QuestionFamily]:
    """Everything the programme asks or could ask. Two queries."""
    decided = {row.characteristic_id: row for row in decided_in(programme)}
    found: dict[str, list[QuestionRow]] = {family: [] for family in _FAMILY_WORDS}
    for each in questions_to_choose(programme):
        row = decided.get(each.pk)
        found[each.family].append(
            QuestionRow(
                label=each.label,
                question=each.question,
                asked=row.asked if row else not each.on_request,
                fixed=each.pk in ALWAYS,
                own=each.programme_id is not None,
                reason=row.reason if row and row.asked else "",
                href=reverse("programme_question", args=[programme.slug, each.pk]),
            )
        )
    return [QuestionFamily(_FAMILY_WORDS[family], tuple(rows)) for family, rows in found.items() if rows]


@dataclass(frozen=True, slots=True)
class Why:
    """Why one programme asks something, in its own words."""

    programme: str
    reason: str


def why_asked(characteristic: Characteristic, person: Person) -> list[Why]:
    """The reasons of the person's programmes. One query."""
    rows = programmes_asking(characteristic, person).exclude(reason="").select_related("programme")
    return [Why(row.programme.name, row.reason) for row in rows]
