"""Ranking a pool of mentors (or mentees) for one person.

Built from `profile` values alone: what someone hid is not in a pool, so no order or number of it can tell.

What the asker asks is added up for everyone, a column at a time. What everyone else asks of the asker is looked
up only for those who can still enter the top: even if the other side were all content, the rest would not.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import iadd

import numpy as np

from matching.engine.catalogue import Asked, Catalogue
from matching.engine.checks import whole
from matching.engine.errors import EngineError
from matching.engine.measures import Measure, Reader
from matching.engine.opinions import Held, Opinions
from matching.engine.people import People
from matching.engine.reasons import HIGHEST, NEUTRAL, Explanation, Match, pair_score, side_reasons, side_score
from matching.engine.rules import Array
from matching.engine.schema import DEFAULT_MENTEE_SHARE, FULL, WEIGHTS, Person, Role, Strength

Among = Array | Collection[str]
ABSENT = -1
BLOCK = 131_072
"""Rows gone through at a time: what is read and written of them stays near the processor (measured)."""

SAMPLE = 8_192
FIRST_LOOK = 512
"""About how many rows are looked at whole before anything is known of the best (measured)."""


@dataclass(frozen=True)
class Ranking:
    """How many are eligible in all, and one page of them, best first; reasons are made when they are asked for."""

    eligible: int
    ids: tuple[str, ...]
    scores: tuple[int, ...]
    explained: Callable[[str], Match]

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The page with its reasons."""
        return tuple(self.explained(each) for each in self.ids)


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks: what they ask (own values of any purpose), and the codes that the pool may see of them.

    `held` is what the pool asks, held against them; `share` is what their side makes up of a score, in per cent.
    """

    id: str
    asked: tuple[Asked, ...]
    shown: Mapping[str, int]
    held: Held
    open: bool
    share: int

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[each.preference.strength] for each in self.asked)


class Pool:
    """N people of one role, ready to be ranked; `people` are its arrays, never changed."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.catalogue = people.catalogue
        self.role = people.role
        self._opinions = Opinions(people)
        self._open = people.open

    @classmethod
    def of(cls, catalogue: Catalogue, people: Iterable[Person], role: Role) -> "Pool":
        """The pool of those of these people who have the role; full and paused mentors belong in it too.

        Errors as in `People.of`.
        """
        return cls(People.of(catalogue, people, role))

    def with_places(self, capacity: Array, taken: Array, paused: Array) -> "Pool":
        """The same people with other places, (N,) each; what they say and ask is not gone through again."""
        pool = copy(self)
        pool.people = replace(self.people, capacity=capacity, taken=taken, paused=paused)
        pool._open = pool.people.open
        return pool

    def __len__(self) -> int:
        return len(self.people)

    @property
    def ids(self) -> Sequence[str]:
        """The ids in the order of the rows."""
        return self.people.ids

    @property
    def nbytes(self) -> int:
        """Bytes that the pool holds."""
        return self.people.nbytes + self._opinions.nbytes + int(self._open.nbytes)

    def rank(
        self,
        asker: Person,
        *,
        among: Among | None = None,
        excluded: Collection[str] = (),
        mentee_share: int = DEFAULT_MENTEE_SHARE,
        top: int = 20,
        skip: int = 0,
    ) -> Ranking:
        """The eligible people of the pool for one asker of the other role, best first.

        Order: score, then (mentors) free places over capacity, emptier first, then id as text: ratings never
        count, else the popular would only get more popular (our decision). A full or paused mentor who asks
        gets nobody.

        `among`: a bool array (N,) by row, or ids; those not in the pool are ignored, as in `excluded`, which
        holds the ids that must not meet this asker. `mentee_share` in per cent. `top` matches from the
        `skip`-th on. Raises `EngineError` for numbers out of range, a mask of another length and an asker
        without the other role.
        """
        whole(top, 0, None, "top")
        whole(skip, 0, None, "skip")
        query = self._asker(asker, mentee_share)
        eligible = self._eligible(query, among, excluded)
        rows, scores = self._best(query, eligible, skip + top)
        page = slice(skip, skip + top)
        return Ranking(
            eligible=int(np.count_nonzero(eligible)),
            ids=tuple(self.people.ids[row] for row in rows[page].tolist()),
            scores=tuple(scores[page].tolist()),
            explained=lambda other: self._match(query, other, mentee_share),
        )

    def eligible(self, asker: Person, *, excluded: Collection[str] = ()) -> Array:
        """Who is eligible for one asker, (N,) bool by row; arguments and errors as in `rank`."""
        return self._eligible(self._asker(asker, DEFAULT_MENTEE_SHARE), None, excluded)

    def explain(
        self,
        asker: Person,
        other: str,
        *,
        excluded: Collection[str] = (),
        mentee_share: int = DEFAULT_MENTEE_SHARE,
    ) -> Explanation:
        """The asker and one person of the pool, eligible or not; arguments and errors as in `rank`.

        Also raises `EngineError` where the pool has nobody of that id.
        """
        query = self._asker(asker, mentee_share)
        match = self._match(query, other, mentee_share)
        conditions = all(reason.passed is not False for reason in match.reasons)
        fits = conditions and other != query.id and other not in excluded
        return Explanation(match, fits, fits and query.open and bool(self._open[self.people.row_of(other)]))

    def mask(self, ids: Iterable[str]) -> Array:
        """A bool array (N,), true for these ids; those not in the pool are ignored."""
        mask = np.zeros(len(self), np.bool_)
        mask[self.people.rows_of(ids)] = True
        return mask

    def bytes_read(self, asker: Person) -> int:
        """Bytes of the pool that ranking it for this asker must look at: what no way of ranking could spare."""
        query = self._asker(asker, DEFAULT_MENTEE_SHARE)
        columns = {id(column): column for column in map(self._column, query.asked)}
        return (
            sum(column.nbytes for column in columns.values())
            + int(self._open.nbytes)
            + self._opinions.bytes_of_conditions
        )

    def _asker(self, person: Person, mentee_share: int) -> _Asker:
        role = self.role.opposite
        if not person.has(role):
            raise EngineError(f"person {person.id!r} is not a {role.value}")
        whole(mentee_share, 0, 100, "mentee_share")
        shown = self.catalogue.shown(person)
        return _Asker(
            id=person.id,
            asked=tuple(self.catalogue.asked(person, role, self.catalogue.own(person))),
            shown=shown,
            held=self._opinions.about(shown),
            open=role is Role.MENTEE or (person.mentor is not None and person.mentor.open),
            share=mentee_share if role is Role.MENTEE else 100 - mentee_share,
        )

    def _eligible(self, query: _Asker, among: Among | None, excluded: Collection[str]) -> Array:
        """Who may be shown, (N,) bool."""
        if not query.open:
            return np.zeros(len(self), np.bool_)
        eligible: Array = self._open.copy() if among is None else self._open & self._among(among)
        for each in query.asked:
            if each.preference.strength == Strength.REQUIRE:
                passes = self._measure(each).passes(each.preference.direction, each.target)
                column = self._column(each)
                for at in self._blocks():
                    eligible[at] &= passes(column[..., at])
        eligible[query.held.failing()] = False
        eligible[self.people.rows_of([query.id, *excluded])] = False
        return eligible

    def _among(self, among: Among) -> Array:
        if not isinstance(among, np.ndarray):
            return self.mask(among)
        if among.shape != (len(self),) or among.dtype != np.bool_:
            raise EngineError(f"the mask must be {len(self)} bools, one for each person of the pool")
        return among

    def _measure(self, asked: Asked) -> Measure:
        return self.catalogue.measure(asked.preference.characteristic)

    def _column(self, asked: Asked) -> Array:
        """Where the pool's people are looked at for this."""
        return self.people.values[self._measure(asked).source(asked.preference.direction)]

    def _blocks(self) -> list[slice]:
        return [slice(start, min(start + BLOCK, len(self))) for start in range(0, len(self), BLOCK)]

    def _earned(self, query: _Asker) -> Array:
        """What everyone is worth to the asker: Σ weight x agreement, (N,) uint16 or what holds it."""
        earned = np.zeros(len(self), np.promote_types(np.uint16, np.min_scalar_type(FULL * query.weight)))
        bundles = _bundles([each for each in query.asked if WEIGHTS[each.preference.strength]])
        readers = [[(self._reader(each), self._column(each)) for each in bundle] for bundle in bundles]
        for at in self._blocks():
            for bundle in readers:
                earned[at] += reduce(iadd, (read(column[..., at]) for read, column in bundle))
        return earned

    def _reader(self, asked: Asked) -> Reader:
        preference = asked.preference
        return self._measure(asked).agreement(preference.direction, asked.target, WEIGHTS[preference.strength])

    def _best(self, query: _Asker, eligible: Array, wanted: int) -> tuple[Array, Array]:
        """The rows of the best `wanted` and their scores, in order."""
        earned = self._earned(query)
        least = _first_look(earned, eligible, wanted)
        rows = np.flatnonzero(eligible & (earned >= least))
        scores = self._scores(query, rows, earned[rows])
        enough = self._least_that_could(query, scores, wanted)
        if enough < least:
            more = np.flatnonzero(eligible & (earned >= enough) & (earned < least))
            rows = np.concatenate([rows, more])
            scores = np.concatenate([scores, self._scores(query, more, earned[more])])
        order = self._order(rows, scores, wanted)
        return rows[order], scores[order]

    def _least_that_could(self, query: _Asker, scores: Array, wanted: int) -> int:
        """The least earned with which somebody could still enter the best `wanted` of these and others."""
        if scores.size < wanted or not query.weight:
            return 0
        if not wanted:
            return FULL * query.weight + 1
        last = np.partition(scores, scores.size - wanted)[scores.size - wanted]
        sides = HIGHEST * np.arange(FULL * query.weight + 1) // (FULL * query.weight)
        at_most = (query.share * sides + (100 - query.share) * HIGHEST) // 100
        return int(np.searchsorted(at_most, last))

    def _scores(self, query: _Asker, rows: Array, earned: Array) -> Array:
        """Scores of these rows, 0-10,000; the vector form of `reasons.pair_score`."""
        mine = _sides(earned.astype(np.int64), np.full(rows.size, query.weight))
        theirs = _sides(query.held.earned(rows), self._opinions.weights[rows])
        both = (query.share * mine + (100 - query.share) * theirs) // 100
        alone = np.maximum(mine, theirs)
        return np.where(np.minimum(mine, theirs) != ABSENT, both, np.where(alone == ABSENT, NEUTRAL, alone))

    def _order(self, rows: Array, scores: Array, wanted: int) -> Array:
        """The places of the best `wanted` in order: by score, emptier first, then by id (rows are in that order)."""
        at = np.arange(rows.size)
        if wanted < rows.size:
            at = np.flatnonzero(scores >= np.partition(scores, rows.size - wanted)[rows.size - wanted] if wanted else 0)
        free = _free_share(self.people.capacity[rows[at]], self.people.taken[rows[at]])
        order: Array = at[np.lexsort((rows[at], -free, -scores[at]))][:wanted]
        return order

    def _match(self, query: _Asker, other: str, mentee_share: int) -> Match:
        row = self.people.row_of(other)
        if row is None:
            raise EngineError(f"there is no {self.role.value} {other!r}")
        asker = side_reasons(self.catalogue, self.role.opposite, query.asked, self.people.codes(row))
        pool = side_reasons(self.catalogue, self.role, self.people.asked(row), query.shown)
        mentee, mentor = (asker, pool) if self.role is Role.MENTOR else (pool, asker)
        mentee_side, mentor_side = side_score(mentee), side_score(mentor)
        score = pair_score(mentee_side, mentor_side, mentee_share)
        return Match(other, score, mentee_side, mentor_side, (*mentee, *mentor))


def _bundles(asked: Iterable[Asked]) -> list[list[Asked]]:
    """Preferences whose points together a byte still holds: adding bytes is quicker than adding wider numbers."""
    bundles: list[list[Asked]] = []
    room: list[int] = []
    for each in sorted(asked, key=lambda each: -WEIGHTS[each.preference.strength]):
        points = FULL * WEIGHTS[each.preference.strength]
        place = next((place for place, left in enumerate(room) if left >= points), len(room))
        if place == len(room):
            bundles.append([])
            room.append(int(np.iinfo(np.uint8).max))
        bundles[place].append(each)
        room[place] -= points
    return bundles


def _first_look(earned: Array, eligible: Array, wanted: int) -> int:
    """How much about a few hundred of the eligible earned at least, judged by a sample."""
    step = max(1, earned.size // SAMPLE)
    sample = np.sort(earned[::step][eligible[::step]])
    place = max(1, max(FIRST_LOOK, 2 * wanted) // step)
    return int(sample[-place]) if place <= sample.size else 0


def _free_share(capacity: Array, taken: Array) -> Array:
    """Free places over capacity. Equal fractions give equal floats, and others of so small numbers differ."""
    share: Array = (capacity - taken) / np.maximum(capacity, 1)
    return share


def _sides(earned: Array, weight: Array) -> Array:
    """Scores of one side, 0-10,000, or ABSENT where nothing was weighed."""
    weight = weight.astype(np.int64)
    return np.where(weight > 0, HIGHEST * earned // (FULL * np.maximum(weight, 1)), ABSENT)
