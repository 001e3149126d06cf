"""What is offered, and what somebody says and asks, in the engine's terms.

What the catalogue no longer offers (an option, a characteristic, a direction) is left out on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from matching import engine
from matching.domain.topic import ORGANISATION, Topic, looked_at
from matching.engine.schema import MOST_CHOSEN
from matching.enums import Direction, Strength
from matching.models import Preference
from mentoring.enums import Kind
from mentoring.models import CharacteristicValue, Person

Expected = Mapping[str, Mapping[str, int]]
"""Expected agreements, 0 to 60, by characteristic and direction; the engine's default where there is none."""


class Answer(NamedTuple):
    """One row of what somebody said."""

    topic: str
    options: list[str]
    point: int | None
    purpose: str | None = None


def engine_catalogue(offered: Mapping[str, Topic], expected: Expected | None = None) -> engine.Catalogue:
    """The engine's catalogue of what is offered, with a programme's expected agreements."""
    return engine.Catalogue(_characteristic(topic, (expected or {}).get(key, {})) for key, topic in offered.items())


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


def own_answers(person: Person) -> list[Answer]:
    """All that the person said of themselves, whatever for, but what waits for their yes. One query."""
    rows = CharacteristicValue.objects.in_use().filter(person=person)
    return [Answer(*row) for row in rows.values_list("characteristic_id", "options", "point", "purpose")]


def own_values(person: Person, offered: Mapping[str, Topic]) -> dict[str, engine.Value]:
    """What the person said of themselves, whatever for: only they may see what comes of it."""
    return values_from(own_answers(person), employer_of(person), offered)


def asks_by_person(rows: QuerySet[Preference]) -> dict[UUID, list[Preference]]:
    """Preferences by person, each person's in the order given. One query."""
    found: dict[UUID, list[Preference]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def employer_of(person: Person) -> str:
    """The person's employer as the option of the derived characteristic."""
    return person.organisation.slug if person.organisation else ""


def values_from(answers: Iterable[Answer], employer: str, offered: Mapping[str, Topic]) -> dict[str, engine.Value]:
    """Somebody's answers as the engine takes them."""
    found = {row.topic: value_of(offered.get(row.topic), row.options, row.point) for row in answers}
    for topic in offered.values():
        if topic.derived == ORGANISATION:
            found[topic.key] = value_of(topic, [employer], None)
    return {key: value for key, value in found.items() if value is not None}


def purposes_from(answers: Iterable[Answer], offered: Mapping[str, Topic]) -> dict[str, engine.Purpose]:
    """What somebody allows their answers about identity to be used for."""
    return {
        row.topic: engine.Purpose(row.purpose)
        for row in answers
        if row.purpose and row.topic in offered and offered[row.topic].is_surface
    }


def preferences_from(
    rows: Iterable[Preference], offered: Mapping[str, Topic], may_require: bool
) -> tuple[engine.Preference, ...]:
    """Somebody's preferences as the engine takes them.

    A condition about identity counts as a need where the programme has not recorded why it may be one.
    """
    found = (_preference(row, offered, may_require) for row in rows)
    return tuple(each for each in found if each is not None)


def requires_identity(row: Preference, offered: Mapping[str, Topic]) -> bool:
    """Whether it is a condition that looks at somebody's identity, or at one's own."""
    topic = offered.get(row.characteristic_id)
    if topic is None or row.strength != Strength.REQUIRE:
        return False
    return topic.is_surface or looked_at(topic, row.direction, offered).is_surface


def _characteristic(topic: Topic, expected: Mapping[str, int]) -> engine.Characteristic:
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
        expected={engine.Direction(direction): agreement for direction, agreement in expected.items()},
    )


def _preference(row: Preference, offered: Mapping[str, Topic], may_require: bool) -> engine.Preference | None:
    topic = offered.get(row.characteristic_id)
    if topic is None or row.direction not in topic.reasons:
        return None
    options = tuple(key for key in row.options if key in topic.choices or key in topic.groups)
    if row.direction == Direction.ONE_OF and not options:
        return None
    soften = not may_require and requires_identity(row, offered)
    return engine.Preference(
        topic.key,
        engine.Direction(row.direction),
        engine.Strength(Strength.NEED if soften else row.strength),
        options,
    )
