"""Invented people: a million in a few seconds, as the engine's arrays, or one by one as its `Person`.

All draws come from one seeded generator, so that a size and a seed name the same people everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.bench.topics import CATALOGUE, TOPICS, Topic
from matching.engine import (
    Direction,
    Kind,
    People,
    Person,
    Places,
    Preference,
    Purpose,
    Role,
    Strength,
    Value,
)
from matching.engine.people import DIRECTIONS, STRENGTHS, with_targets
from matching.engine.rules import Array
from matching.engine.schema import MOST_CHOSEN

UNKNOWN: Final = -1
PURPOSES: Final = tuple(Purpose)
PURPOSE_SHARES: Final = (0.9, 0.07, 0.03)
"""One in ten surface answers is kept from rankings: most of those for rounds, some for monitoring alone."""

MOST_WANTED: Final = 3
ROWS_AT_A_TIME: Final = 100_000
ASKED: Final = {
    Role.MENTEE: {4: 0.1, 5: 0.2, 6: 0.4, 7: 0.2, 8: 0.1},
    Role.MENTOR: {0: 0.1, 1: 0.1, 2: 0.15, 3: 0.25, 4: 0.2, 5: 0.15, 6: 0.05},
}
"""How many preferences: 6 a mentee and 3 a mentor on average."""

CONDITIONS: Final = {Role.MENTEE: {0: 0.38, 1: 0.57, 2: 0.05}, Role.MENTOR: {0: 0.65, 1: 0.35}}
"""How many of them are conditions at most, as not all asks are apt to be one.

It comes to 0.6 a mentee and 0.2 a mentor; about 47% of pairs fit, and 39% have an open place too.
"""

READILY: Final = {
    Direction.SAME: 6,
    Direction.DIFFERENT: 0.2,
    Direction.ONE_OF: 1,
    Direction.ABOVE: 1,
    Direction.COMPLEMENTS: 1,
}
"""How readily an ask in each direction is a condition: with somebody like oneself far oftener than unlike."""

POINTS: Final = {Strength.NEED: 0.3, Strength.HELP: 0.4, Strength.SUPPORT: 0.3}
CAPACITIES: Final = {1: 0.35, 2: 0.35, 3: 0.2, 4: 0.1}
TAKEN: Final = 0.3
PAUSED: Final = 0.03
TIGHT: Final = 0.9
"""Places for each mentee where places are short."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """N invented people of one role.

    Args:
        ids: ascending as text.
        answers: of each characteristic the codes (N,), UNKNOWN where not answered; a multi's are bitmasks.
        purposes: of each surface characteristic the places in PURPOSES (N,).
        row, about, code, wanted: the E asks as `people.with_targets` takes them, of `wanted` the only word.
        capacity, taken, paused: (N,).
    """

    role: Role
    ids: Sequence[str]
    answers: Mapping[str, Array]
    purposes: Mapping[str, Array]
    row: Array
    about: Array
    code: Array
    wanted: Array
    capacity: Array
    taken: Array
    paused: Array

    def __len__(self) -> int:
        return len(self.ids)

    def people(self, *, rounds: bool = False) -> People:
        """As the engine's arrays; `rounds`: what is given for rounds counts too."""
        shown = self._columns((Purpose.PROFILE,))
        values = self._columns((Purpose.PROFILE, Purpose.ROUNDS)) if rounds else shown
        asks = with_targets(
            CATALOGUE, values, row=self.row, about=self.about, code=self.code, wanted=self.wanted[np.newaxis]
        )
        return People(
            catalogue=CATALOGUE,
            role=self.role,
            ids=self.ids,
            values=values,
            shown=shown,
            asks=asks,
            capacity=self.capacity,
            taken=self.taken,
            paused=self.paused,
        )

    def persons(self) -> Iterator[Person]:
        """One by one, in the order of their ids."""
        answers = {key: codes.tolist() for key, codes in self.answers.items()}
        purposes = {key: codes.tolist() for key, codes in self.purposes.items()}
        asks = list(zip(self.about.tolist(), self.code.tolist(), self.wanted.tolist(), strict=True))
        start = np.searchsorted(self.row, np.arange(len(self) + 1)).tolist()
        places = list(zip(self.capacity.tolist(), self.taken.tolist(), self.paused.tolist(), strict=True))
        for row, name in enumerate(self.ids):
            preferences = tuple(preference(*ask) for ask in asks[start[row] : start[row + 1]])
            known = {key: codes[row] for key, codes in answers.items() if codes[row] != UNKNOWN}
            yield Person(
                id=name,
                mentee=self.role is Role.MENTEE,
                mentor=Places(*places[row]) if self.role is Role.MENTOR else None,
                values={key: value(key, code) for key, code in known.items()},
                purposes={key: PURPOSES[codes[row]] for key, codes in purposes.items() if key in known},
                as_mentee=preferences if self.role is Role.MENTEE else (),
                as_mentor=preferences if self.role is Role.MENTOR else (),
            )

    def visible(self, key: str, purposes: Sequence[Purpose] = (Purpose.PROFILE,)) -> Array:
        """The codes (N,) of a characteristic that may be used for these purposes, UNKNOWN elsewhere."""
        codes = self.answers[key]
        if key not in self.purposes:
            return codes
        allowed = [PURPOSES.index(purpose) for purpose in purposes]
        return np.where(np.isin(self.purposes[key], allowed), codes, UNKNOWN)

    def _columns(self, purposes: Sequence[Purpose]) -> dict[str, Array]:
        columns = {}
        for key in CATALOGUE:
            codes = self.visible(key, purposes)
            known = np.flatnonzero(codes != UNKNOWN)
            columns[key] = CATALOGUE.measure(key).column(known.tolist(), codes[known].tolist(), len(self))
        return columns


def value(key: str, code: int) -> Value:
    """A code as the answer it stands for."""
    characteristic = CATALOGUE[key]
    if characteristic.kind == Kind.SCALE:
        return code + 1
    if characteristic.kind == Kind.MULTI:
        return CATALOGUE.measure(key).named(code)
    return characteristic.options[code]


def preference(about: int, code: int, wanted: int) -> Preference:
    """One ask of a crowd as the preference it stands for."""
    key = CATALOGUE.keys_in_order[about]
    direction, strength = DIRECTIONS[code // len(STRENGTHS)], STRENGTHS[code % len(STRENGTHS)]
    return Preference(key, direction, strength, CATALOGUE.measure(key).named(wanted))


def crowd(role: Role, people: int, seed: int, *, places: int | None = None) -> Crowd:
    """So many people of one role. `places`: no more free places in all than these."""
    random = np.random.default_rng([seed, list(Role).index(role)])
    letter = "e" if role is Role.MENTEE else "m"
    answers = {topic.key: _answers(random, topic, role, people) for topic in TOPICS}
    purposes = {topic.key: _choices(random, PURPOSE_SHARES, people) for topic in TOPICS if topic.characteristic.surface}
    row, about = _subjects(random, role, people)
    code, wanted = _asks(random, role, row, about)
    capacity = _counts(random, CAPACITIES, people) if role is Role.MENTOR else np.zeros(people, np.int32)
    taken = random.binomial(capacity, TAKEN).astype(np.int32)
    paused = (random.random(people) < PAUSED) & (role is Role.MENTOR)
    if places is not None:
        taken = _filled(random, capacity, taken, paused, places)
    ids = [f"{letter}{number:07}" for number in range(people)]
    return Crowd(role, ids, answers, purposes, row, about, code, wanted, capacity, taken, paused)


def pair_of_crowds(mentees: int, mentors: int, seed: int, *, tight: bool) -> tuple[Crowd, Crowd]:
    """Mentees and mentors of a cohort. `tight`: nine places for ten mentees at most."""
    places = int(mentees * TIGHT) if tight else None
    return crowd(Role.MENTEE, mentees, seed), crowd(Role.MENTOR, mentors, seed, places=places)


def _choices(random: np.random.Generator, shares: Sequence[float], count: int) -> Array:
    """So many places of `shares`, each as often as its share; int8."""
    ends = np.cumsum(shares) / np.sum(shares)
    return np.minimum(np.searchsorted(ends, random.random(count), side="right"), len(shares) - 1).astype(np.int8)


def _counts(random: np.random.Generator, shares: Mapping[int, float], count: int) -> Array:
    return np.array(list(shares), np.int32)[_choices(random, list(shares.values()), count)]


def _sets(random: np.random.Generator, shares: Sequence[float], count: int, most: int) -> Array:
    """So many bitmasks of one option to `most`; drawn with repeats, so that large sets are rare."""
    draws = random.integers(1, most, count, endpoint=True)
    masks = np.zeros(count, np.int64)
    for number in range(most):
        bits = np.int64(1) << _choices(random, shares, count).astype(np.int64)
        masks |= np.where(number < draws, bits, 0)
    return masks


def _answers(random: np.random.Generator, topic: Topic, role: Role, people: int) -> Array:
    multi = topic.characteristic.kind == Kind.MULTI
    codes = _sets(random, topic.shares, people, MOST_CHOSEN) if multi else _choices(random, topic.shares, people)
    answered = random.random(people) < topic.answered[list(Role).index(role)]
    return np.where(answered, codes, np.array(UNKNOWN, codes.dtype))


def _subjects(random: np.random.Generator, role: Role, people: int) -> tuple[Array, Array]:
    """What each asks about, as rows and places of characteristics: different ones, popular ones oftener."""
    shares = np.array([topic.asked if _may_ask(topic, role) else 0 for topic in TOPICS], np.float32)
    topics = np.flatnonzero(shares)
    rows, about = [], []
    for first in range(0, max(people, 1), ROWS_AT_A_TIME):
        size = min(ROWS_AT_A_TIME, people - first)
        asked = _counts(random, ASKED[role], size)
        # The least of exponential draws over shares are a weighted draw without repeats.
        arrival = random.standard_exponential((size, topics.size), np.float32) / shares[topics]
        order = np.argsort(arrival, axis=1)[:, : max(ASKED[role])]
        taken = np.arange(order.shape[1]) < asked[:, np.newaxis]
        rows.append(first + np.repeat(np.arange(size), asked))
        about.append(topics[order[taken]])
    return np.concatenate(rows), np.concatenate(about).astype(np.uint8)


def _may_ask(topic: Topic, role: Role) -> bool:
    """Nobody compares with what they are not asked themselves."""
    return topic.answered[list(Role).index(role)] > 0


def _asks(random: np.random.Generator, role: Role, row: Array, about: Array) -> tuple[Array, Array]:
    """Of each ask its code and the options wanted as bits."""
    direction = np.zeros(row.size, np.uint8)
    wanted = np.zeros(row.size, np.uint64)
    for place, topic in enumerate(TOPICS):
        at = np.flatnonzero(about == place)
        named = np.array([DIRECTIONS.index(each) for each in topic.directions], np.uint8)
        direction[at] = named[_choices(random, list(topic.directions.values()), at.size)]
        chosen = at[direction[at] == DIRECTIONS.index(Direction.ONE_OF)]
        wanted[chosen] = _wanted(random, topic, chosen.size)
    strengths = np.array([STRENGTHS.index(each) for each in POINTS], np.uint8)
    strength = strengths[_choices(random, list(POINTS.values()), row.size)]
    strength[_conditions(random, role, row, about, direction)] = STRENGTHS.index(Strength.REQUIRE)
    return direction * np.uint8(len(STRENGTHS)) + strength, wanted


def _wanted(random: np.random.Generator, topic: Topic, count: int) -> Array:
    """Up to three options; where options have groups, half the time a whole group."""
    masks = _sets(random, topic.shares, count, MOST_WANTED)
    parents = topic.characteristic.parents
    if not any(parents):
        return masks.astype(np.uint64)
    groups = [sum(1 << place for place, each in enumerate(parents) if each == parent) for parent in parents]
    whole = np.array(groups, np.int64)[_choices(random, topic.shares, count)]
    return np.where(random.random(count) < 0.5, whole, masks).astype(np.uint64)


def _conditions(random: np.random.Generator, role: Role, row: Array, about: Array, direction: Array) -> Array:
    """Which asks are conditions, bool; those first that are most readily made one, never a mentor's on surface."""
    readily = np.array([topic.required if _may_require(topic, role) else 0 for topic in TOPICS])[about]
    readily = readily * np.array([READILY[each] for each in DIRECTIONS])[direction]
    arrival = np.full(row.size, np.inf)
    arrival[readily > 0] = random.standard_exponential(np.count_nonzero(readily)) / readily[readily > 0]
    order = np.lexsort((arrival, row))
    people = int(row[-1]) + 1 if row.size else 0
    rank = np.arange(row.size) - np.searchsorted(row, np.arange(people))[row[order]]
    wanted = _counts(random, CONDITIONS[role], people)
    found = np.zeros(row.size, np.bool_)
    found[order] = (rank < wanted[row[order]]) & (arrival[order] < 1)
    return found


def _may_require(topic: Topic, role: Role) -> bool:
    return role is Role.MENTEE or not topic.characteristic.surface


def _filled(random: np.random.Generator, capacity: Array, taken: Array, paused: Array, places: int) -> Array:
    """`taken`, with so many places more that only `places` are left free."""
    owner = np.repeat(np.arange(capacity.size), np.where(paused, 0, capacity - taken))
    kept = random.permutation(owner)[:places]
    left = np.bincount(kept, minlength=capacity.size)
    return np.where(paused, taken, capacity - left).astype(np.int32)
