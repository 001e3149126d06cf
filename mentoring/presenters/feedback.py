"""What is said of mentors, in words and as a plot: means of many, and endorsements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format

from mentoring.enums import AllyAct, Skill
from mentoring.models import Endorsement, MeanMark, MentorRating, Person
from mentoring.permissions import endorsements_visible_to, means_about, skill_means, words_about

NOTHING_SHOWN: Final = "No feedback shown yet"
A_FEW: Final = 3
"""So many endorsements stand on one page of a mentor."""


def halves_words(halves: int) -> str:
    """Half marks as people write them: 9 is 4½."""
    return f"{halves // 2}{'½' if halves % 2 else ''}"


def rating_words(rating: MentorRating | None) -> str:
    """*4½, from 12 mentees*, or that there is none yet."""
    if rating is None:
        return NOTHING_SHOWN
    return f"{halves_words(rating.halves)} out of 5, from {rating.mentees} mentees"


def ratings_of(people: Iterable[Person]) -> dict[UUID, MentorRating]:
    """The rating of each who has one, by person. One query."""
    return MentorRating.objects.in_bulk([person.pk for person in people])


@dataclass(frozen=True, slots=True)
class SkillMean:
    """One line of the plot: the mean of 1 to 5 and of how many mentees; both None where nothing is shown."""

    label: str
    halves: int | None
    mentees: int | None

    @property
    def mean(self) -> float | None:
        """From 1 to 5."""
        return self.halves / 2 if self.halves else None

    @property
    def words(self) -> str:
        """*4½*, or a dash in words."""
        return halves_words(self.halves) if self.halves else "Not shown yet"


@dataclass(frozen=True, slots=True)
class Skills:
    """The seven skills of one mentor; empty where none of them is shown."""

    lines: tuple[SkillMean, ...]

    def __bool__(self) -> bool:
        return any(line.halves for line in self.lines)


def skills_of(mentor: Person) -> Skills:
    """The skills as everybody sees them. One query."""
    return Skills(_lines(Skill, skill_means().filter(mentor=mentor)))


def acts_of(mentor: Person) -> Skills:
    """What allies do, as the mentor alone sees it. One query."""
    return Skills(_lines(AllyAct, means_about(mentor)))


def _lines(items: type[Skill] | type[AllyAct], means: Iterable[MeanMark]) -> tuple[SkillMean, ...]:
    by_item = {mean.item: mean for mean in means}
    return tuple(
        SkillMean(str(item.label), by_item[item].halves, by_item[item].mentees)
        if item in by_item
        else SkillMean(str(item.label), None, None)
        for item in items
    )


def words_for(mentor: Person) -> list[str]:
    """What was passed on to the mentor, by the alphabet: an order that says nothing of when, or of whom."""
    return sorted(words_about(mentor).values_list("words", flat=True), key=str.casefold)


@dataclass(frozen=True, slots=True)
class EndorsementRow:
    """One endorsement as it is read.

    Args:
        who: the writer's name, or that it is kept.
        when: a month where the name is given, else a year: with a date one might guess.
    """

    pk: UUID
    who: str
    when: str
    skills: tuple[str, ...]
    words: str
    reply: str
    hidden: bool


def endorsement_rows(rows: Sequence[Endorsement]) -> list[EndorsementRow]:
    """As everybody reads them, the mentor too; the writers fetched."""
    return [
        EndorsementRow(
            pk=row.pk,
            who=row.writer.name if row.named else "Somebody they mentored",
            when=date_format(row.written_on, "F Y" if row.named else "Y"),
            skills=tuple(str(Skill(skill).label) for skill in row.skills),
            words=row.words,
            reply=row.reply,
            hidden=row.hidden_at is not None,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands about a mentor on a page that others read; `own` where they look at it themselves."""

    skills: Skills
    endorsements: list[EndorsementRow]
    page: Page[Endorsement]
    own: bool


def shown_about(mentor: Person, viewer: Person, number: str | None = None) -> Shown:
    """The skills and one page of endorsements, in an order that says nothing of when. Three queries."""
    rows = endorsements_visible_to(viewer, mentor).select_related("writer").order_by("pk")
    page = Paginator(rows, A_FEW).get_page(number)
    return Shown(skills_of(mentor), endorsement_rows(list(page)), page, own=mentor == viewer)
