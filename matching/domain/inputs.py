"""Rows into what the engine takes: a programme's mentors, and the mentee who looks.

What others hid never leaves the database here: of other people, only answers for their profile are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from matching import engine
from matching.domain.topic import ORGANISATION, Topic, looked_at, topics
from matching.engine.schema import MOST_CHOSEN
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.domain import clock
from mentoring.enums import OPEN, Kind, MentorshipState, Purpose
from mentoring.models import CharacteristicValue, Membership, Mentorship, Person, Programme
from mentoring.permissions import mentors_visible_to


@dataclass(frozen=True, slots=True)
class Inputs:
    """One mentee, and the mentors of one programme whom they may see.

    People are keyed by their id as text. `excluded` holds the mentors whom the mentee cannot ask: an open
    request or mentorship, an earlier ending, a recent no; those blocked either way are not here at all.
    `softened` names the mentee's own conditions that count as needs in this programme.
    """

    programme: Programme
    topics: Mapping[str, Topic]
    catalogue: engine.Catalogue
    asker: engine.Person
    mentors: Mapping[str, engine.Person]
    memberships: Mapping[str, Membership]
    excluded: frozenset[str]
    softened: frozenset[str]


class _Answer(NamedTuple):
    """One row of what somebody said."""

    topic: str
    options: list[str]
    point: int | None
    purpose: str | None = None


def gather(*, person: Person, programme: Programme, only: Membership | None = None) -> Inputs:
    """Everything that ranking this programme's mentors for the person needs, in nine queries.

    Args:
        only: leave out all mentors but this one (for a page about one mentor).
    """
    offered = topics()
    visible = mentors_visible_to(person).filter(programme=programme)
    if only is not None:
        visible = visible.filter(pk=only.pk)
    memberships = {str(row.person_id): row for row in visible.select_related("person__organisation").order_by("pk")}
    people = [row.person_id for row in memberships.values()]
    answers = _shown_answers(people)
    mentor_asks = _asks(Preference.objects.filter(side=Side.AS_MENTOR, person__in=people))
    own_asks = _asks(Preference.objects.filter(side=Side.AS_MENTEE, person=person)).get(person.pk, [])
    may_require = bool(programme.positive_action_reason)
    return Inputs(
        programme=programme,
        topics=offered,
        catalogue=engine_catalogue(offered),
        asker=_asker(person, own_asks, offered, may_require),
        mentors={
            key: _mentor(row, answers.get(row.person_id, []), mentor_asks.get(row.person_id, []), offered)
            for key, row in memberships.items()
        },
        memberships=memberships,
        excluded=_excluded(person),
        softened=frozenset(
            row.characteristic_id for row in own_asks if not may_require and _requires_identity(row, offered)
        ),
    )


def engine_catalogue(offered: Mapping[str, Topic]) -> engine.Catalogue:
    """The engine's catalogue of what is offered; unknown answers count the engine's default agreement."""
    return engine.Catalogue(_characteristic(topic) for topic in offered.values())


def value_of(topic: Topic | None, options: Sequence[str], point: int | None) -> engine.Value | None:
    """An answer as the engine takes it; None where the catalogue no longer offers it."""
    if topic is None:
        return None
    if topic.kind == Kind.SCALE:
        return point
    chosen = tuple(dict.fromkeys(key for key in options if key in topic.choices))[:MOST_CHOSEN]
    if topic.kind == Kind.MULTI:
        return chosen or None
    return chosen[0] if chosen else None


def own_values(person: Person, offered: Mapping[str, Topic]) -> dict[str, engine.Value]:
    """What the person said of themselves, whatever for: only they may see what comes of it."""
    return _values(_own_answers(person), _employer(person), offered)


def _characteristic(topic: Topic) -> engine.Characteristic:
    category = topic.kind == Kind.CATEGORY
    return engine.Characteristic(
        key=topic.key,
        kind=engine.Kind(topic.kind),
        options=tuple(topic.choices),
        parents=tuple(choice.parent or None for choice in topic.choices.values()) if category else (),
        surface=topic.is_surface,
        step=topic.step,
        fits=topic.complements if category and topic.complements else None,
        counterpart=topic.counterpart or None,
    )


def _shown_answers(people: Sequence[UUID]) -> dict[UUID, list[_Answer]]:
    rows = CharacteristicValue.objects.filter(Q(purpose__isnull=True) | Q(purpose=Purpose.PROFILE), person__in=people)
    found: dict[UUID, list[_Answer]] = {}
    for person, topic, options, point in rows.values_list("person_id", "characteristic_id", "options", "point"):
        found.setdefault(person, []).append(_Answer(topic, options, point))
    return found


def _own_answers(person: Person) -> list[_Answer]:
    rows = CharacteristicValue.objects.filter(person=person)
    return [_Answer(*row) for row in rows.values_list("characteristic_id", "options", "point", "purpose")]


def _asks(rows: QuerySet[Preference]) -> dict[UUID, list[Preference]]:
    found: dict[UUID, list[Preference]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _asker(
    person: Person, asks: Iterable[Preference], offered: Mapping[str, Topic], may_require: bool
) -> engine.Person:
    answers = _own_answers(person)
    return engine.Person(
        id=str(person.pk),
        mentee=True,
        values=_values(answers, _employer(person), offered),
        purposes={
            row.topic: engine.Purpose(row.purpose)
            for row in answers
            if row.purpose and row.topic in offered and offered[row.topic].is_surface
        },
        as_mentee=_preferences(asks, offered, may_require),
    )


def _mentor(
    row: Membership, answers: Iterable[_Answer], asks: Iterable[Preference], offered: Mapping[str, Topic]
) -> engine.Person:
    return engine.Person(
        id=str(row.person_id),
        mentor=engine.Places(row.capacity or 0, row.taken, row.paused),
        values=_values(answers, _employer(row.person), offered),
        as_mentor=_preferences(asks, offered, may_require=False),
    )


def _employer(person: Person) -> str:
    return person.organisation.slug if person.organisation else ""


def _values(answers: Iterable[_Answer], employer: str, offered: Mapping[str, Topic]) -> dict[str, engine.Value]:
    found = {row.topic: value_of(offered.get(row.topic), row.options, row.point) for row in answers}
    for topic in offered.values():
        if topic.derived == ORGANISATION:
            found[topic.key] = value_of(topic, [employer], None)
    return {key: value for key, value in found.items() if value is not None}


def _preferences(
    rows: Iterable[Preference], offered: Mapping[str, Topic], may_require: bool
) -> tuple[engine.Preference, ...]:
    found = (_preference(row, offered, may_require) for row in rows)
    return tuple(each for each in found if each is not None)


def _preference(row: Preference, offered: Mapping[str, Topic], may_require: bool) -> engine.Preference | None:
    """A preference as the engine takes it; None where the catalogue no longer offers what it asks.

    A condition about identity counts as a need where the programme has not recorded why it may be one.
    """
    topic = offered.get(row.characteristic_id)
    if topic is None or row.direction not in topic.reasons:
        return None
    options = tuple(key for key in row.options if key in topic.choices or key in topic.groups)
    if row.direction == Direction.ONE_OF and not options:
        return None
    soften = not may_require and _requires_identity(row, offered)
    return engine.Preference(
        topic.key,
        engine.Direction(row.direction),
        engine.Strength(Strength.NEED if soften else row.strength),
        options,
    )


def _requires_identity(row: Preference, offered: Mapping[str, Topic]) -> bool:
    topic = offered.get(row.characteristic_id)
    if topic is None or row.strength != Strength.REQUIRE:
        return False
    return topic.is_surface or looked_at(topic, row.direction, offered).is_surface


def _excluded(person: Person) -> frozenset[str]:
    """Those with whom something is open, or who mentored the person before, or said no lately."""
    recent = clock.now() - clock.ASK_AGAIN_AFTER
    rows = Mentorship.objects.of(person).filter(
        Q(state__in=OPEN)
        | Q(state=MentorshipState.ENDED, mentee=person)
        | Q(state=MentorshipState.DECLINED, mentee=person, ended_at__gt=recent)
    )
    pairs = rows.values_list("mentee_id", "mentor_id")
    return frozenset(str(other) for pair in pairs for other in pair if other not in (None, person.pk))
