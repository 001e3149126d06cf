"""Saved mentors as a list, and up to three of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.urls import reverse

from matching.domain.answering import usual_days
from matching.domain.inputs import Inputs, gather
from matching.domain.ranking import explain_mentor
from matching.presenters.mentors import Places, answers_words, places_of
from matching.presenters.reasons import Fit, fit_of
from mentoring.models import Membership, Person
from mentoring.permissions import characteristics_asked_in
from mentoring.presenters.feedback import rating_words, ratings_of
from mentoring.presenters.profile import Profile, profiles_of

NOT_ON_PROFILE = "Not on the profile"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """One saved mentor."""

    membership: Membership
    line: str
    places: Places


def saved_rows(rows: Sequence[Membership], viewer: Person) -> list[SavedRow]:
    """These memberships, with person and programme fetched, as a list."""
    profiles = _profiles(rows, viewer)
    return [
        SavedRow(row, " · ".join(filter(None, [profile.line, row.programme.name])), places_of(row))
        for row, profile in zip(rows, profiles, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One mentor in one line of the comparison. `met`: None where it is no preference."""

    words: str
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing about all of them."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns (name and address), then what the viewer asked for, then what they say of themselves."""

    columns: tuple[tuple[str, str], ...]
    asked: tuple[Line, ...]
    said: tuple[Line, ...]


def comparison(rows: Sequence[Membership], viewer: Person) -> Comparison:
    """Up to three mentors side by side, point by point."""
    inputs = {row.programme_id: gather(person=viewer, programme=row.programme) for row in rows}
    fits = [_fit(row, inputs[row.programme_id]) for row in rows]
    profiles = _profiles(rows, viewer)
    return Comparison(
        columns=tuple((row.person.name, reverse("mentor", args=[row.pk])) for row in rows),
        asked=_asked(fits),
        said=_said(rows, profiles),
    )


def _profiles(rows: Sequence[Membership], viewer: Person) -> list[Profile]:
    """Each as their programme has it. A few queries for each programme."""
    found: dict[int, Profile] = {}
    for programme in {row.programme for row in rows}:
        here = [row for row in rows if row.programme_id == programme.pk]
        asked = characteristics_asked_in(programme)
        profiles = profiles_of([row.person for row in here], viewer, asked=asked)
        found |= {row.pk: profile for row, profile in zip(here, profiles, strict=True)}
    return [found[row.pk] for row in rows]


def _fit(row: Membership, inputs: Inputs) -> Fit | None:
    explanation = explain_mentor(inputs=inputs, mentor=row)
    return fit_of(explanation.match, row.person, inputs) if explanation else None


def _asked(fits: Sequence[Fit | None]) -> tuple[Line, ...]:
    told = [{each.asked: each for each in fit.told} if fit else {} for fit in fits]
    labels = dict.fromkeys(chain.from_iterable(told))
    lines = [
        Line(
            label,
            tuple(Cell(each[label].said, each[label].met) if label in each else Cell(NOT_ON_PROFILE) for each in told),
        )
        for label in labels
    ]
    words = [fit.words if fit else "" for fit in fits]
    return (Line("All in all", tuple(map(Cell, words))), *lines) if any(words) else tuple(lines)


def _said(rows: Sequence[Membership], profiles: Sequence[Profile]) -> tuple[Line, ...]:
    ratings = ratings_of(row.person for row in rows)
    days = usual_days(row.person_id for row in rows)
    facts = [{fact.label: fact.text for fact in profile.work} for profile in profiles]
    labels = dict.fromkeys(chain.from_iterable(facts))
    return (
        _line("In one line", [row.person.headline for row in rows]),
        *(_line(label, [fact.get(label, "") for fact in facts]) for label in labels),
        _line("Can open doors", [profile.offers.text if profile.offers else "" for profile in profiles]),
        _line("What matters to them", [profile.values.text if profile.values else "" for profile in profiles]),
        _line("Talking about race", [profile.race_talk.text if profile.race_talk else "" for profile in profiles]),
        _line("Credentials", ["; ".join(each.words for each in profile.credentials) for profile in profiles]),
        _line("What mentees say", [rating_words(ratings.get(row.person_id)) for row in rows]),
        _line("Places", [places_of(row).words for row in rows]),
        _line("Answers", [answers_words(days.get(row.person_id)) or "Not known yet" for row in rows]),
    )


def _line(label: str, words: Sequence[str]) -> Line:
    return Line(label, tuple(Cell(each or NOT_ON_PROFILE) for each in words))
