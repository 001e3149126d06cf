"""Characteristics as they are offered now: rows of the catalogue's tables, detached from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet

from matching.enums import Direction, Side
from mentoring.enums import Family, Kind
from mentoring.models import Characteristic, Option, Organisation, Person, Programme
from mentoring.permissions import characteristics_asked_in, characteristics_asked_of

ORGANISATION: Final = "organisation"
"""The name of the derived characteristic whose options are the employers themselves."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, or a group of them: alone on screen, and inside a sentence. `row` is an option's primary key."""

    key: str
    label: str
    inline: str
    parent: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one direction: what it asks for, and how an agreement reads (see the catalogue)."""

    preference: str
    strong: str
    partial: str
    weak: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One characteristic that is offered now, with the options that are.

    `poles` are the words for low, middle and high inside a sentence (a scale has them, nothing else).
    `reasons` has an entry for each direction that is offered. `label` is said by the person themselves,
    `label_of_other` of somebody else.
    """

    key: str
    number: int
    family: str
    kind: str
    label: str
    label_of_other: str
    question: str
    hint: str
    low: str
    high: str
    step: int
    unknown: str
    derived: str
    counterpart: str
    asked_of: str
    choices: Mapping[str, Choice]
    groups: Mapping[str, Choice]
    complements: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Words]
    poles: tuple[str, ...] = field(default=())

    @property
    def is_surface(self) -> bool:
        """Whether it is about identity."""
        return self.family == Family.SURFACE

    def inline(self, key: str) -> str:
        """An option or a group as it reads inside a sentence; empty for one that is no longer offered."""
        found = self.choices.get(key) or self.groups.get(key)
        return found.inline if found else ""

    def label_of(self, key: str) -> str:
        """An option or a group as it stands alone; empty for one that is no longer offered."""
        found = self.choices.get(key) or self.groups.get(key)
        return found.label if found else ""


def topics_in(programme: Programme) -> dict[str, Topic]:
    """What the programme asks, and so what its people can be matched by. Three queries."""
    return topics(characteristics_asked_in(programme))


def topics_for(person: Person) -> dict[str, Topic]:
    """What the person is asked by any programme of theirs, and so what they can ask for. Three queries."""
    return topics(characteristics_asked_of(person))


def topics(asked: QuerySet[Characteristic]) -> dict[str, Topic]:
    """These characteristics by key, in the catalogue's order, as far as they can be answered. Three queries."""
    options: dict[str, list[Option]] = {}
    for option in Option.objects.filter(retired=False, characteristic__retired=False):
        options.setdefault(option.characteristic_id, []).append(option)
    employers = [Choice(row.slug, row.name, row.name, row=row.pk) for row in Organisation.objects.all()]
    rows = list(asked)
    found = {row.key: _topic(row, options.get(row.key, []), employers) for row in rows}
    return {key: topic for key, topic in found.items() if _is_whole(topic, found)}


def directions_for(topic: Topic, side: Side, offered: Mapping[str, Topic]) -> tuple[str, ...]:
    """What somebody on this side can ask for in it.

    Some things only mentees or only mentors are asked about themselves: whoever compares must be asked about
    it, and so must the people they compare with.
    """
    own, others = ("mentee", "mentor") if side == Side.AS_MENTEE else ("mentor", "mentee")
    return tuple(
        direction
        for direction in topic.reasons
        if (not needs_own_value(direction) or topic.asked_of in ("everyone", own))
        and looked_at(topic, direction, offered).asked_of in ("everyone", others)
    )


def asked_label(topic: Topic, side: Side) -> str:
    """What somebody on this side asks about: said of the other, unless only the asker is ever asked about it."""
    own = "mentee" if side == Side.AS_MENTEE else "mentor"
    return topic.label if topic.asked_of == own else topic.label_of_other


def needs_own_value(direction: str) -> bool:
    """Whether a preference in this direction compares with what the asker said of themselves."""
    return direction != Direction.ONE_OF


def looked_at(topic: Topic, direction: str, offered: Mapping[str, Topic]) -> Topic:
    """The characteristic of the other person that a preference in this direction looks at."""
    if direction == Direction.COMPLEMENTS and topic.counterpart:
        return offered[topic.counterpart]
    return topic


def _is_whole(topic: Topic, found: Mapping[str, Topic]) -> bool:
    """Whether it can be answered and compared at all."""
    return (topic.kind == Kind.SCALE or bool(topic.choices)) and (not topic.counterpart or topic.counterpart in found)


def _topic(row: Characteristic, options: Iterable[Option], employers: Iterable[Choice]) -> Topic:
    words = row.words
    inline = words.get("inline", {})
    listed = list(options)
    choices = [Choice(each.key, each.label, inline.get(each.key, each.label), each.parent, each.pk) for each in listed]
    groups = {
        each.parent: Choice(each.parent, each.parent_label, inline.get(each.parent, each.parent_label))
        for each in listed
        if each.parent
    }
    if row.derived == ORGANISATION:
        choices = list(employers)
    offered = {choice.key: choice for choice in choices}
    return Topic(
        key=row.key,
        number=row.number,
        family=row.family,
        kind=row.kind,
        label=row.label,
        label_of_other=words.get("label_of_other") or row.label,
        question=row.question,
        hint=row.hint,
        low=row.low,
        high=row.high,
        step=row.step,
        unknown=words.get("unknown", ""),
        derived=row.derived,
        counterpart=row.counterpart_id or "",
        asked_of=words.get("asked_of", "everyone"),
        choices=offered,
        groups=groups,
        complements=_complements(row.complements, offered),
        reasons={
            direction: Words(**words["reasons"][direction])
            for direction in row.directions
            if direction in words.get("reasons", {})
        },
        poles=tuple(words.get("poles", ())),
    )


def _complements(raw: Mapping[str, list[str]], offered: Mapping[str, Choice]) -> dict[str, tuple[str, ...]]:
    return {mine: tuple(key for key in fitting if key in offered) for mine, fitting in raw.items() if mine in offered}
