"""The charter overview and a principle's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from charter.domain.standing import Standing
from charter.framework import Criterion, Principle, RequirementResult, Status, steps_to
from charter.presenters.levels import LevelRow, level_rows
from charter.presenters.words import STATUS_TAGS, counted, joined, level_words, number_word
from mentoring.presenters import pictures

_COUNTS = {Status.MET: "met", Status.PARTLY: "partly", Status.NOT_MET: "not_met", Status.UNANSWERED: "open"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that brings the next level nearer."""

    text: str
    href: str
    core: bool


@dataclass(frozen=True, slots=True)
class PrincipleRow:
    """One principle: how many of its criteria, asked for at the level applied for, stand how."""

    number: int
    title: str
    href: str
    counts: dict[str, int]
    aside: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the overview. `next_name` is the next level to reach, "" when all up to the one applied for are."""

    organisation: str
    reached: str
    reached_words: str
    applied_words: str
    edition: str
    pilot_note: str
    rows: list[LevelRow]
    principles: list[PrincipleRow]
    next_id: str
    next_name: str
    steps: list[Step]
    blocked_by: Sequence[str]
    decisive: str
    notes: Sequence[str]
    continue_href: str
    continue_title: str
    open_words: str
    plan_words: str

    @property
    def tracks(self) -> list[pictures.Track]:
        """The picture of the levels."""
        return [row.track for row in self.rows]

    @property
    def medal_title(self) -> str:
        """What the medal means: nothing has been awarded."""
        return f"Self-assessed: answers so far reach {self.reached_words}"


def overview_of(standing: Standing) -> Overview:
    """What the overview shows."""
    framework, following = standing.framework, standing.next_level
    pilot = " (pilot)" if framework.pilot else ""
    href, title = continue_with(standing)
    return Overview(
        organisation=standing.assessment.organisation.name,
        reached="" if standing.reached == "none" else standing.reached,
        reached_words=level_words(framework, standing.reached),
        applied_words=level_words(framework, standing.assessment.level),
        edition=f"{framework.title} {framework.version}{pilot}",
        pilot_note=framework.pilot_note if framework.pilot else "",
        rows=level_rows(standing),
        principles=[_principle_row(standing, principle) for principle in framework.principles],
        next_id=following or "",
        next_name=level_words(framework, following) if following else "",
        steps=_steps(standing, following) if following else [],
        blocked_by=standing.result.at(following).blocked_by if following else (),
        decisive=_decisive(standing, following) if following else "",
        notes=standing.result.notes,
        continue_href=href,
        continue_title=title,
        open_words=open_words(standing),
        plan_words=_plan_words(standing),
    )


def criterion_href(standing: Standing, criterion: str) -> str:
    """Where a criterion is answered."""
    return reverse("criterion", args=[standing.assessment.pk, criterion])


def continue_with(standing: Standing) -> tuple[str, str]:
    """Address and title of the first open question, or of the first criterion that wants an action; else nothing."""
    wanted = [*standing.open_questions, *standing.unplanned]
    if not wanted:
        return "", ""
    return criterion_href(standing, wanted[0]), standing.framework.criterion(wanted[0]).title


def open_words(standing: Standing) -> str:
    """How many questions the level applied for still has."""
    number = len(standing.open_questions)
    level = level_words(standing.framework, standing.assessment.level)
    if not number:
        return f"Every question for {level} is answered."
    return f"{counted(number, 'question', 'questions')} still open for {level}."


def _plan_words(standing: Standing) -> str:
    missing = len(standing.unplanned)
    if not missing:
        return "Your action plan covers everything that is not met yet."
    return f"Your action plan wants {counted(missing, 'more action', 'more actions')}, each with a date."


def _steps(standing: Standing, level: str) -> list[Step]:
    """Once for each criterion, at the highest of its levels that is wanted."""
    found = steps_to(standing.framework, standing.submission, standing.result, level)
    highest = {one.criterion: one for one in found}
    return [_step(standing, one) for one in highest.values()]


def _step(standing: Standing, one: RequirementResult) -> Step:
    criterion = standing.framework.criterion(one.criterion)
    return Step(
        f"{criterion.title}{_what_is_missing(standing, one)}", criterion_href(standing, one.criterion), one.core
    )


def _what_is_missing(standing: Standing, one: RequirementResult) -> str:
    if standing.framework.criterion(one.criterion).derived:
        return f": {counted(len(standing.unplanned), 'action', 'actions')} still to write"
    row = standing.rows.get(one.criterion)
    if one.more_needed and row is not None and row.first_n is not None:
        return f": {row.first_n:,} of {row.first_d:,}, {number_word(one.more_needed)} more"
    return {Status.PARTLY: ": partly met so far", Status.UNANSWERED: ": not answered yet"}.get(one.status, "")


def _decisive(standing: Standing, level: str) -> str:
    """Which criteria a level hangs on because their principle has no other."""
    titles = [f"“{standing.framework.criterion(name).title}”" for name in standing.result.at(level).decisive]
    if not titles:
        return ""
    name = standing.framework.level(level).name
    which = "it is" if len(titles) == 1 else "each is"
    only = f"{which} the only one of its principle that counts, so some of it must be in place"
    return f"{name} also hangs on {joined(titles)}: {only}."


def at_level(standing: Standing, criterion: Criterion) -> RequirementResult:
    """How a criterion stands at the highest of its levels that is asked for; above that, at its lowest."""
    results = standing.result.of(criterion.id)
    asked = [one for one in results if one.level in _asked(standing)]
    return asked[-1] if asked else results[0]


def _asked(standing: Standing) -> set[str]:
    return {level.id for level in standing.framework.levels_up_to(standing.assessment.level)}


def _is_asked(standing: Standing, criterion: Criterion) -> bool:
    return bool(_asked(standing) & set(criterion.levels))


def _principle_row(standing: Standing, principle: Principle) -> PrincipleRow:
    asked = [c for c in standing.framework.criteria_of(principle.number) if _is_asked(standing, c)]
    statuses = [at_level(standing, criterion).status for criterion in asked]
    counts = {word: statuses.count(status) for status, word in _COUNTS.items()}
    aside = len(statuses) - sum(counts.values())
    return PrincipleRow(
        number=principle.number,
        title=principle.title,
        href=reverse("principle", args=[standing.assessment.pk, principle.number]),
        counts=counts,
        aside=f"{aside} left out" if aside else "",
    )


@dataclass(frozen=True, slots=True)
class Task:
    """One criterion in a task list."""

    label: str
    href: str
    hint: str
    status: str
    colour: str


def tasks_of(standing: Standing, number: int) -> tuple[list[Task], list[Task]]:
    """A principle's criteria: those that the level applied for asks, and those for higher levels."""
    asked: list[Task] = []
    later: list[Task] = []
    for criterion in standing.framework.criteria_of(number):
        (asked if _is_asked(standing, criterion) else later).append(_task(standing, criterion))
    return asked, later


def _task(standing: Standing, criterion: Criterion) -> Task:
    status, colour = STATUS_TAGS[at_level(standing, criterion).status]
    plan = ", wants an action" if criterion.id in standing.unplanned and status != "To answer" else ""
    return Task(
        label=criterion.title,
        href=criterion_href(standing, criterion.id),
        hint=f"{criterion.id} · {level_names(standing, criterion)}{plan}",
        status=status,
        colour=colour,
    )


def level_names(standing: Standing, criterion: Criterion) -> str:
    """'bronze, silver and gold', with 'core' where it is."""
    names = joined(level_words(standing.framework, level) for level in criterion.levels)
    return f"{names}, core" if criterion.core else names


def neighbours(criteria: Iterable[Criterion], criterion: Criterion) -> tuple[Criterion | None, Criterion | None]:
    """The criteria before and after one, in framework order."""
    found = list(criteria)
    place = found.index(criterion)
    return (found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None)
