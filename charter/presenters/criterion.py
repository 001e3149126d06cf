"""One criterion's page: how it stands and why, what changed when, and two people's answers side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from charter.domain.answer import Stale
from charter.domain.content import NAMES, Content, content_of, stored
from charter.domain.standing import Standing
from charter.enums import AnswerStatus
from charter.framework import Count, Criterion, Kind, Reading, RequirementResult, quotient, read_ratio
from charter.models import Answer, AnswerChange
from charter.presenters.words import STATUS_TAGS, asked_words, counted, down, percent, up
from mentoring.models import Person


@dataclass(frozen=True, slots=True)
class Judged:
    """How a criterion stands at one level."""

    level: str
    name: str
    asked: str
    status: str
    colour: str
    why: str


def judged(standing: Standing, criterion: Criterion) -> list[Judged]:
    """A row for each level of the criterion."""
    return [_judged(standing, criterion, one) for one in standing.result.of(criterion.id)]


def _judged(standing: Standing, criterion: Criterion, one: RequirementResult) -> Judged:
    status, colour = STATUS_TAGS[one.status]
    name = standing.framework.level(one.level).name
    asked = asked_words(criterion, criterion.thresholds.get(one.level))
    return Judged(one.level, name, asked, status, colour, " ".join(filter(None, [_shown(standing, one), one.note])))


def _shown(standing: Standing, one: RequirementResult) -> str:
    """The answer's own value, as far as there is one."""
    if one.criterion in standing.submission.answers and standing.framework.criterion(one.criterion).derived:
        return _plan(standing)
    row = standing.rows.get(one.criterion)
    if one.value is None or row is None:
        return ""
    if row.second_d is None:
        more = f" {one.more_needed:,} more would be enough." if one.more_needed else ""
        return f"{row.first_n:,} of {row.first_d:,} is {percent(one.value)}.{more}"
    return f"The ratio is {down(one.value)}."


def _plan(standing: Standing) -> str:
    if not standing.unplanned:
        return "Everything not met at the level you apply for has an action with a date."
    missing = counted(
        len(standing.unplanned), "criterion that is not met yet wants", "criteria that are not met yet want"
    )
    return f"{missing} an action with a date."


def unplanned_of(standing: Standing, criterion: Criterion) -> list[Criterion]:
    """For the action plan's own page: what still wants an action."""
    return [standing.framework.criterion(name) for name in standing.unplanned] if criterion.derived else []


# --- Ratios ----------------------------------------------------------------------------------------------------


def reading_words(standing: Standing, criterion: Criterion) -> list[str]:
    """A ratio in both directions with its interval, as sentences; nothing for other kinds or too few numbers."""
    row = standing.rows.get(criterion.id)
    if row is None or row.second_d is None:
        return []
    first, second = Count(row.first_n or 0, row.first_d or 0), Count(row.second_n or 0, row.second_d)
    if criterion.kind is Kind.QUOTIENT:
        return _quotient_words(criterion, first, second)
    reading = read_ratio(standing.framework.rules.ratio, first, second)
    return _ratio_words(standing, reading, first, second) if reading else []


def _quotient_words(criterion: Criterion, part: Count, whole: Count) -> list[str]:
    one, other = (f"{count.n:,} of {count.d:,}, or {percent(count.share)}" for count in (part, whole))
    sides = criterion.sides
    value = quotient(part, whole)
    forth = f"The first share is {down(value)} times the second."
    back = f"The other way round, the second is {up(1 / value)} times the first." if value else ""
    return [
        f"Among {sides[0].denominator}: {one}.",
        f"Among {sides[1].denominator}: {other}.",
        f"{forth} {back}".strip(),
    ]


def _ratio_words(standing: Standing, reading: Reading, first: Count, second: Count) -> list[str]:
    one, other = (group.name for group in standing.framework.groups)
    rates = f"{percent(first.share)} of {one} staff, and {percent(second.share)} of {other} staff."
    if reading.value is None:
        return [rates]
    forth = f"{one} staff were {down(reading.value)} times as likely as {other} staff."
    back = reading.reversed()
    if back.value is not None:
        forth += f" The other way round: {other} staff were {up(back.value)} times as likely."
    chance = (
        f"Chance moves numbers like these: the true ratio could well lie anywhere from {down(reading.low)}"
        f" to {down(reading.high)} (the other way round, from {up(back.low)} to {up(back.high)})."
        f" {_chance(reading)}"
    )
    extra = ["Nobody in the first group did it, so a half is added to each count to find that range."]
    return [rates, forth, chance, *(extra if reading.corrected else [])]


def _chance(reading: Reading) -> str:
    if reading.high < 1:
        return "All of it is below 1, which would mean no difference: that is more than chance explains."
    if reading.low > 1:
        return "All of it is above 1, which would mean no difference: that is more than chance explains."
    return "1, no difference, lies within it: it could be chance."


# --- What an answer says, and what changed ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One part of an answer: its name, what it was, what it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One saved version, told as what it changed."""

    who: str
    when: str
    said: list[Said]


def change_rows(criterion: Criterion, changes: Sequence[AnswerChange], earlier: AnswerChange | None) -> list[ChangeRow]:
    """Versions, newest first; `earlier` is the one before the oldest of them."""
    befores = [*changes[1:], earlier][: len(changes)]
    return [_change_row(criterion, change, before) for change, before in zip(changes, befores, strict=True)]


def _change_row(criterion: Criterion, change: AnswerChange, before: AnswerChange | None) -> ChangeRow:
    old = stored(before.content) if before else Content()
    moment = date_format(timezone.localtime(change.changed_at), "j F Y, H:i")
    return ChangeRow(who(change.changed_by), moment, differences(criterion, old, stored(change.content)))


def who(person: Person | None) -> str:
    """The name of whoever changed an answer."""
    return person.name if person else "Somebody who has left"


def differences(criterion: Criterion, before: Content, after: Content) -> list[Said]:
    """The parts that are not the same."""
    old, new = _parts(criterion, before), _parts(criterion, after)
    return [Said(label, old[label], new[label]) for label in new if old[label] != new[label]]


def _parts(criterion: Criterion, content: Content) -> dict[str, str]:
    """Every part in words, by its name on screen."""
    labels = _labels(criterion)
    return {labels[name]: _text(name, getattr(content, name)) for name in NAMES if name in labels}


def _labels(criterion: Criterion) -> Mapping[str, str]:
    counts: dict[str, str] = {}
    for names, side in zip((("first_n", "first_d"), ("second_n", "second_d")), criterion.sides, strict=False):
        counts |= dict(zip(names, (_capital(side.numerator), _capital(side.denominator)), strict=True))
    return {"status": "Answer", **counts, "reason": "Reason", "action": "Action", "action_due": "By when"}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _text(name: str, value: object) -> str:
    if value is None or value == "":
        return "Nothing"
    if name == "status":
        return str(AnswerStatus(str(value)).label)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return f"{value:,}" if isinstance(value, int) else str(value)


# --- Two at once -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else's answer, saved while this one was being written, beside what both began with."""

    who: str
    when: str
    rows: list[tuple[str, str, str]]


def conflict_of(criterion: Criterion, stale: Stale) -> Conflict:
    """The earlier text and theirs, where they differ; the person's own stays in the form."""
    theirs = _parts(criterion, content_of(stale.theirs))
    earlier = _parts(criterion, stale.base or Content())
    return Conflict(
        who=who(stale.theirs.changed_by),
        when=date_format(timezone.localtime(stale.theirs.changed_at), "j F Y, H:i"),
        rows=[(label, earlier[label], theirs[label]) for label in theirs if earlier[label] != theirs[label]],
    )


def state_words(row: Answer | None) -> str:
    """Who saved the answer last; nothing where there is none."""
    if row is None:
        return ""
    return f"Last saved by {who(row.changed_by)}, {date_format(timezone.localtime(row.changed_at), 'j F Y, H:i')}."
