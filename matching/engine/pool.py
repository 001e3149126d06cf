"""A pool of mentors (or mentees) as arrays, built once, and ranking it for one person.

Built from `profile` values alone: what someone hid is not in a pool, so no order or number of it can tell.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matching.engine.catalogue import Asked, Catalogue
from matching.engine.checks import whole
from matching.engine.errors import EngineError
from matching.engine.preferences import Preferences, gather
from matching.engine.reasons import HIGHEST, NEUTRAL, Explanation, Match, pair_score, side_reasons, side_score
from matching.engine.rules import Array
from matching.engine.schema import DEFAULT_MENTEE_SHARE, FULL, WEIGHTS, Person, Places, Role, Strength

Among = Array | Collection[str]
ABSENT = -1


@dataclass(frozen=True, slots=True)
class Ranking:
    """How many are eligible in all, and the matches of one page, best first."""

    eligible: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks: what they ask (own values of any purpose), and the codes that the pool may see of them."""

    id: str
    asked: tuple[Asked, ...]
    shown: Mapping[str, int]
    open: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """N people of one role.

    `columns` of shown values by characteristic (shapes in `measures`); `open` (N,) bool: has a free place and
    is not paused, always true for mentees; `tie` (N,) int64: place among equal scores, mentors emptier first,
    then by id as text. Build it with `Pool.of`.
    """

    catalogue: Catalogue
    role: Role
    ids: tuple[str, ...]
    rows: Mapping[str, int]
    columns: Mapping[str, Array]
    preferences: Preferences
    open: Array
    tie: Array

    @classmethod
    def of(cls, catalogue: Catalogue, people: Iterable[Person], role: Role) -> "Pool":
        """The pool of those of these people who have the role; full and paused mentors belong in it too.

        `people` is gone through once and not kept. Raises `EngineError` for a second person of the same id,
        and for values and preferences that the catalogue doesn't know; other rules are
        `checks.check_person`'s to check.
        """
        ids: list[str] = []
        places: list[Places | None] = []
        shown: list[dict[str, int]] = []
        asked: list[tuple[Asked, ...]] = []
        for person in people:
            if person.has(role):
                ids.append(person.id)
                places.append(person.mentor if role is Role.MENTOR else None)
                shown.append(catalogue.shown(person))
                asked.append(tuple(catalogue.asked(person, role, shown[-1])))
        return cls(
            catalogue=catalogue,
            role=role,
            ids=tuple(ids),
            rows=_numbered(ids),
            columns=_columns(catalogue, shown),
            preferences=gather(catalogue, asked),
            open=np.array([place is None or place.open for place in places], np.bool_),
            tie=_tie(ids, places),
        )

    def __len__(self) -> int:
        return len(self.ids)

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
        _check_numbers(mentee_share, top, skip)
        query = self._asker(asker)
        rows, earned = self._eligible(query, among, excluded)
        if not query.open:
            rows = rows[:0]
        scores = self._scores(query, rows, earned[rows], mentee_share)
        page = rows[_best(scores, self.tie[rows], skip + top)[skip:]]
        matches = tuple(self._match(query, row, mentee_share) for row in page.tolist())
        return Ranking(rows.size, matches)

    def eligible(self, asker: Person, *, excluded: Collection[str] = ()) -> frozenset[str]:
        """The ids of all who are eligible for one asker, in no order; arguments and errors as in `rank`."""
        query = self._asker(asker)
        rows, _ = self._eligible(query, None, excluded)
        return frozenset(self.ids[row] for row in rows.tolist()) if query.open else frozenset()

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
        _check_numbers(mentee_share, 0, 0)
        query = self._asker(asker)
        row = self.rows.get(other)
        if row is None:
            raise EngineError(f"there is no {self.role.value} {other!r}")
        match = self._match(query, row, mentee_share)
        conditions = all(reason.passed is not False for reason in match.reasons)
        fits = conditions and other != query.id and other not in excluded
        return Explanation(match, fits, fits and query.open and bool(self.open[row]))

    def mask(self, ids: Iterable[str]) -> Array:
        """A bool array (N,), true for these ids; those not in the pool are ignored."""
        mask = np.zeros(len(self), np.bool_)
        mask[[self.rows[each] for each in ids if each in self.rows]] = True
        return mask

    def _asker(self, person: Person) -> _Asker:
        role = self.role.opposite
        if not person.has(role):
            raise EngineError(f"person {person.id!r} is not a {role.value}")
        return _Asker(
            id=person.id,
            asked=tuple(self.catalogue.asked(person, role, self.catalogue.own(person))),
            shown=self.catalogue.shown(person),
            open=role is Role.MENTEE or (person.mentor is not None and person.mentor.open),
        )

    def _eligible(self, query: _Asker, among: Among | None, excluded: Collection[str]) -> tuple[Array, Array]:
        """The rows that may be shown, ascending, and what everyone's own side earned (N,)."""
        hold, earned = self.preferences.judge(self.catalogue, query.shown)
        eligible = hold & self.open
        if among is not None:
            eligible &= self._among(among)
        eligible &= ~self.mask([query.id, *excluded])
        for each in query.asked:
            if each.preference.strength == Strength.REQUIRE:
                eligible &= self._verdicts(each, slice(None))[1]
        return np.flatnonzero(eligible), earned

    def _among(self, among: Among) -> Array:
        if not isinstance(among, np.ndarray):
            return self.mask(among)
        if among.shape != (len(self),) or among.dtype != np.bool_:
            raise EngineError(f"the mask must be {len(self)} bools, one for each person of the pool")
        return among

    def _verdicts(self, asked: Asked, rows: Array | slice) -> tuple[Array, Array]:
        """Agreement and passing of these rows in one of the asker's preferences."""
        preference = asked.preference
        measure = self.catalogue.measure(preference.characteristic)
        column = self.columns[measure.source(preference.direction)]
        return measure.of_all(preference.direction, asked.target, column[..., rows])

    def _scores(self, query: _Asker, rows: Array, pool_earned: Array, mentee_share: int) -> Array:
        """Scores of these rows, 0-10,000; the vector form of `reasons.pair_score`."""
        asker_earned = np.zeros(rows.size, np.int64)
        asker_weight = sum(WEIGHTS[each.preference.strength] for each in query.asked)
        for each in query.asked:
            weight = WEIGHTS[each.preference.strength]
            if weight:
                asker_earned += np.uint16(weight) * self._verdicts(each, rows)[0]
        asker_side = _sides(asker_earned, np.full(rows.size, asker_weight))
        pool_side = _sides(pool_earned, self.preferences.weights[rows])
        mentee_first = self.role is Role.MENTOR
        mentee, mentor = (asker_side, pool_side) if mentee_first else (pool_side, asker_side)
        both = (mentee_share * mentee + (100 - mentee_share) * mentor) // 100
        alone = np.maximum(mentee, mentor)
        return np.where(np.minimum(mentee, mentor) != ABSENT, both, np.where(alone == ABSENT, NEUTRAL, alone))

    def _match(self, query: _Asker, row: int, mentee_share: int) -> Match:
        asker = side_reasons(self.catalogue, self.role.opposite, query.asked, self._shown(row))
        pool = side_reasons(self.catalogue, self.role, self.preferences.of(row), query.shown)
        mentee, mentor = (asker, pool) if self.role is Role.MENTOR else (pool, asker)
        mentee_side, mentor_side = side_score(mentee), side_score(mentor)
        score = pair_score(mentee_side, mentor_side, mentee_share)
        return Match(self.ids[row], score, mentee_side, mentor_side, (*mentee, *mentor))

    def _shown(self, row: int) -> dict[str, int]:
        """One person's shown codes, those not answered left out."""
        measure = self.catalogue.measure
        codes = {key: measure(key).code_at(column, row) for key, column in self.columns.items()}
        return {key: code for key, code in codes.items() if code is not None}


def _check_numbers(mentee_share: int, top: int, skip: int) -> None:
    whole(mentee_share, 0, 100, "mentee_share")
    whole(top, 0, None, "top")
    whole(skip, 0, None, "skip")


def _numbered(ids: Sequence[str]) -> dict[str, int]:
    rows = {each: row for row, each in enumerate(ids)}
    if len(rows) != len(ids):
        repeated = next(each for row, each in enumerate(ids) if rows[each] != row)
        raise EngineError(f"two people have the id {repeated!r}")
    return rows


def _columns(catalogue: Catalogue, shown: Sequence[Mapping[str, int]]) -> dict[str, Array]:
    """One column for each characteristic of the catalogue, also for those that nobody answered."""
    rows: dict[str, list[int]] = {key: [] for key in catalogue}
    codes: dict[str, list[int]] = {key: [] for key in catalogue}
    for row, person in enumerate(shown):
        for key, code in person.items():
            rows[key].append(row)
            codes[key].append(code)
    return {key: catalogue.measure(key).column(rows[key], codes[key], len(shown)) for key in catalogue}


def _tie(ids: Sequence[str], places: Sequence[Places | None]) -> Array:
    """The place of each row among equals: emptier first, as exact fractions, then by id as text."""
    shares = sorted({_free_share(place) for place in set(places)}, reverse=True)
    grades = {share: number for number, share in enumerate(shares)}
    grade = {place: grades[_free_share(place)] for place in set(places)}
    order = sorted(range(len(ids)), key=lambda row: (grade[places[row]], ids[row]))
    tie = np.empty(len(ids), np.int64)
    tie[order] = np.arange(len(ids))
    return tie


def _free_share(place: Places | None) -> Fraction:
    if place is None or place.capacity == 0:
        return Fraction(0)
    return Fraction(place.capacity - place.taken, place.capacity)


def _sides(earned: Array, weight: Array) -> Array:
    """Scores of one side, 0-10,000, or ABSENT where nothing was weighed."""
    return np.where(weight > 0, HIGHEST * earned // (FULL * np.maximum(weight, 1)), ABSENT)


def _best(scores: Array, tie: Array, wanted: int) -> Array:
    """The places of the best `wanted`, in order. No two keys are equal, so the order is one alone."""
    keys = (HIGHEST - scores) * (tie.max(initial=0) + 1) + tie
    if wanted < keys.size:
        chosen = np.argpartition(keys, wanted)[:wanted]
        return chosen[np.argsort(keys[chosen])]
    return np.argsort(keys)
