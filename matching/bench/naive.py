"""The rival in plain Python: objects, dictionaries and sets, one mentor after the other, the best kept in a heap.

It is what a careful first version would be: conditions are looked at first, what does not change is made ready once,
and the rules are written out a second time, so that it shares nothing with the engine but the data.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, NamedTuple

from matching.engine import Characteristic, Direction, Kind, Person, Places, Purpose, Role, Strength, Value

WEIGHTS = {Strength.REQUIRE: 0, Strength.NEED: 4, Strength.HELP: 2, Strength.SUPPORT: 1}
EXPECTED = 20

Answer = Any
"""An option, the place of an ordinal's option, 1-5 or a set of options."""

Rule = Callable[[Answer], tuple[int, bool]]
"""What an answer of the other comes to: agreement, and whether it would pass as a condition."""


class Wish(NamedTuple):
    """One preference: which answer it looks at, its weight (0 for a condition) and what it makes of the answer."""

    looks_at: str
    weight: int
    expected: int
    rule: Rule


@dataclass(slots=True)
class Someone:
    """A person ready to be compared; `shown` is what others may see."""

    id: str
    shown: dict[str, Answer]
    conditions: list[Wish]
    wishes: list[Wish]
    weight: int
    places: Places | None


class Naive:
    """All mentors as objects."""

    def __init__(self, catalogue: Mapping[str, Characteristic], mentors: Iterable[Person]) -> None:
        self._catalogue = catalogue
        self.mentors = [self.someone(person, Role.MENTOR) for person in mentors]

    def rank(self, asker: Person, top: int, mentee_share: int) -> list[tuple[str, int]]:
        """The ids and scores of the best mentors."""
        mentee = self.someone(asker, Role.MENTEE)
        found = []
        for mentor in self.mentors:
            places = mentor.places
            if places is None or places.paused or places.taken >= places.capacity or mentor.id == mentee.id:
                continue
            if fits(mentee, mentor) and fits(mentor, mentee):
                free = (places.capacity - places.taken) / places.capacity
                found.append((-score(mentee, mentor, mentee_share), -free, mentor.id))
        return [(name, -negative) for negative, _, name in nsmallest(top, found)]

    def someone(self, person: Person, role: Role) -> Someone:
        """Ready to be compared; a mentee's own hidden answers count for the mentee, who alone sees the list."""
        answers = {key: prepared(self._catalogue[key], value) for key, value in person.values.items()}
        hidden = {key for key, purpose in person.purposes.items() if purpose != Purpose.PROFILE}
        shown = {key: answer for key, answer in answers.items() if key not in hidden}
        own = answers if role is Role.MENTEE else shown
        wishes = []
        for asked in person.preferences(role):
            topic = self._catalogue[asked.characteristic]
            if asked.direction == Direction.ONE_OF or topic.key in own:
                rule = rule_of(topic, asked.direction, own.get(topic.key), asked.options)
                fitting = asked.direction == Direction.COMPLEMENTS and topic.counterpart
                expected = topic.expected.get(asked.direction, EXPECTED)
                wishes.append(Wish(fitting or topic.key, WEIGHTS[asked.strength], expected, rule))
        conditions = [wish for wish in wishes if not wish.weight]
        counted = [wish for wish in wishes if wish.weight]
        return Someone(person.id, shown, conditions, counted, sum(wish.weight for wish in counted), person.mentor)


def prepared(topic: Characteristic, value: Value) -> Answer:
    """An answer as it is compared."""
    if isinstance(value, tuple):
        return frozenset(value)
    return topic.options.index(str(value)) if topic.kind == Kind.ORDINAL else value


def fits(asker: Someone, other: Someone) -> bool:
    """Whether the other meets every condition of the asker."""
    for wish in asker.conditions:
        answer = other.shown.get(wish.looks_at)
        if answer is None or not wish.rule(answer)[1]:
            return False
    return True


def side(asker: Someone, other: Someone) -> int | None:
    """One side's score; None where nothing is weighed."""
    if not asker.weight:
        return None
    earned = 0
    for wish in asker.wishes:
        answer = other.shown.get(wish.looks_at)
        earned += wish.weight * (wish.expected if answer is None else wish.rule(answer)[0])
    return 10_000 * earned // (60 * asker.weight)


def score(mentee: Someone, mentor: Someone, mentee_share: int) -> int:
    """The score of a pair."""
    mine, theirs = side(mentee, mentor), side(mentor, mentee)
    if mine is None:
        return 5_000 if theirs is None else theirs
    return mine if theirs is None else (mentee_share * mine + (100 - mentee_share) * theirs) // 100


def rule_of(topic: Characteristic, direction: Direction, own: Answer, options: tuple[str, ...]) -> Rule:
    """The rule of a preference, as a function of the other's answer."""
    if direction == Direction.ONE_OF:
        return one_of(topic, options)
    return RULES[topic.kind](topic, direction, own)


def one_of(topic: Characteristic, options: tuple[str, ...]) -> Rule:
    """Any of these options, or of the options in these groups."""
    groups = dict(zip(topic.options, topic.parents, strict=False))
    wanted: frozenset[Answer] = frozenset(
        topic.options.index(option) if topic.kind == Kind.ORDINAL else option
        for option in topic.options
        if option in options or groups.get(option) in options
    )
    if topic.kind == Kind.MULTI:
        return lambda other: hit(not wanted.isdisjoint(other))
    return lambda other: hit(other in wanted)


def hit(holds: bool) -> tuple[int, bool]:
    """All or nothing."""
    return (60, True) if holds else (0, False)


def category(topic: Characteristic, direction: Direction, own: Answer) -> Rule:
    """The same option, one of the same group, or one that fits."""
    if direction == Direction.COMPLEMENTS:
        fitting = frozenset((topic.fits or {}).get(own, ()))
        return lambda other: hit(other in fitting)
    groups = dict(zip(topic.options, topic.parents, strict=True))
    likeness = {option: 30 if groups[own] is not None and groups[own] == groups[option] else 0 for option in groups}
    likeness[own] = 60
    if direction == Direction.SAME:
        return lambda other: (likeness[other], other == own)
    return lambda other: (60 - likeness[other], other != own)


def ordinal(topic: Characteristic, direction: Direction, own: Answer) -> Rule:
    """How many steps apart, or which is higher."""
    step = topic.step
    if direction == Direction.ABOVE:
        return lambda other: (60 if other > own else 30 if other == own else 0, other > own)
    if direction == Direction.SAME:
        return lambda other: (max(0, 60 - step * abs(other - own)), abs(other - own) <= 1)
    return lambda other: (60 - max(0, 60 - step * abs(other - own)), other != own)


def scale(topic: Characteristic, direction: Direction, own: Answer) -> Rule:
    """How many steps apart; neighbours pass as the same and not as different."""
    if direction == Direction.SAME:
        return lambda other: (60 - 15 * abs(other - own), abs(other - own) <= 1)
    return lambda other: (15 * abs(other - own), abs(other - own) >= 2)


def multi(topic: Characteristic, direction: Direction, own: Answer) -> Rule:
    """Which share of one's own options the other has."""
    size = len(own)
    if direction == Direction.DIFFERENT:
        return lambda other: (60 - 60 * len(own & other) // size, 2 * len(own & other) < size)
    return lambda other: (60 * len(own & other) // size, 2 * len(own & other) >= size)


RULES: Mapping[Kind, Callable[[Characteristic, Direction, Answer], Rule]] = {
    Kind.CATEGORY: category,
    Kind.ORDINAL: ordinal,
    Kind.SCALE: scale,
    Kind.MULTI: multi,
}
