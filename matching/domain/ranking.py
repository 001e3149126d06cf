"""Ranking a programme's mentors for one mentee: what a page of *Find a mentor* is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from matching import engine
from matching.domain.inputs import Inputs
from matching.domain.lately import lately
from matching.domain.topic import ORGANISATION
from matching.domain.words import with_words
from matching.engine.columns import counts
from matching.engine.rules import SCALE_STEP, Array
from matching.engine.schema import FULL
from matching.enums import Order
from mentoring.enums import Kind
from mentoring.models import Membership
from mentoring.permissions import days_of_breaks_in, mentors_visible_to, ratings_in

A_PAGE: Final = 20
HALF: Final = 30
"""From this agreement of 60 on, a preference counts as met (our decision; see `satisfied` for two stricter cases)."""
FILTERED: Final = ("profession", "region", "meeting", ORGANISATION)
"""Characteristics by which the list can be narrowed, all of them always shown on a profile."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How the mentee narrowed the list: words to be found, options by characteristic, full mentors too; the order."""

    words: str = ""
    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    full: bool = False
    order: Order = Order.FIT

    @property
    def by_anything(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.words.strip()) or any(self.chosen.values())

    @property
    def with_closed(self) -> bool:
        """Whether those without a place are listed too: on request, and where the order is about when they have one."""
        return self.full or self.order == Order.FREE


@dataclass(frozen=True, slots=True)
class Mentor:
    """One who was found; the membership comes with person and employer."""

    match: engine.Match
    membership: Membership


@dataclass(frozen=True, slots=True)
class Found:
    """One page of mentors, best fit first; those without a place come after all others.

    `eligible` counts who fits and has a place, `closed` who fits and is full or on a break; `counts` says how
    many eligible mentors each option of a filter would leave, the other filters as they are.
    """

    mentors: tuple[Mentor, ...]
    eligible: int
    closed: int
    counts: Mapping[str, Mapping[str, int]]


def rank_mentors(*, inputs: Inputs, narrowing: Narrowing, page: int = 1) -> Found:
    """The page-th twenty mentors for the mentee. Two queries, one without words; one more in most orders."""
    left = _left(inputs, narrowing)
    among = _all_of(inputs, left)
    skip = (page - 1) * A_PAGE
    best = _in_order(inputs, among, _keys(inputs, narrowing.order), top=A_PAGE, skip=skip)
    eligible = sum(part.eligible for part in best)
    rest = A_PAGE - sum(len(part.ids) for part in best) if narrowing.with_closed else 0
    back = _back(inputs) if narrowing.order == Order.FREE else None
    closed = _in_order(inputs, among, back, top=rest, skip=max(skip - eligible, 0), pool=_closed(inputs))
    return Found(
        mentors=_mentors(inputs, *best, *closed),
        eligible=eligible,
        closed=sum(part.eligible for part in closed),
        counts=_counts(inputs, left),
    )


def best_mentors(*, inputs: Inputs, top: int) -> tuple[Mentor, ...]:
    """The few best eligible mentors."""
    return _mentors(inputs, _rank(inputs.pool, inputs, inputs.seen, top=top))


def explain_mentor(*, inputs: Inputs, mentor: Membership) -> engine.Explanation | None:
    """The mentee and one mentor, eligible or not; None for who is not in the pool any more."""
    if inputs.pool.people.row_of(str(mentor.person_id)) is None:
        return None
    return inputs.pool.explain(
        inputs.asker,
        str(mentor.person_id),
        excluded=inputs.excluded,
        mentee_share=inputs.programme.mentee_share,
    )


def satisfied(reason: engine.Reason, kind: str) -> bool:
    """Whether a preference counts in *fits 4 of the 5*: its condition holds, or at least half is there.

    Half would be too little for two: *more senior than me* is not the same band, and two steps of five on a
    scale may lie on either side of its middle.
    """
    if reason.passed is not None:
        return reason.passed
    least = HALF
    if reason.direction is engine.Direction.ABOVE:
        least = FULL
    elif kind == Kind.SCALE and reason.direction is engine.Direction.SAME:
        least = FULL - SCALE_STEP
    return reason.known and reason.agreement >= least


def _closed(inputs: Inputs) -> engine.Pool:
    """Those without a place, as if they had one, and they alone, so that they can be ranked by themselves."""
    places = (~inputs.pool.people.open).astype(np.int32)
    return inputs.pool.with_places(places, np.zeros_like(places), np.zeros(places.size, np.bool_))


def _rank(pool: engine.Pool, inputs: Inputs, among: Array, *, top: int, skip: int = 0) -> engine.Ranking:
    return pool.rank(
        inputs.asker,
        among=among,
        excluded=inputs.excluded,
        mentee_share=inputs.programme.mentee_share,
        top=top,
        skip=skip,
    )


def _keys(inputs: Inputs, order: Order) -> Array | None:
    """What comes before fit in an order, (N,), more is better; None where nothing does."""
    people = inputs.pool.people
    if order == Order.FREE:
        free: Array = people.capacity - people.taken
        return free
    if order == Order.ACTIVE:
        return lately(inputs.pool, inputs.programme.pk)
    if order == Order.RATING:
        keys = np.zeros(len(people), np.int64)
        for person, halves in ratings_in(inputs.programme).values_list("mentor_id", "halves"):
            row = people.row_of(str(person))
            if row is not None:
                keys[row] = halves
        return keys
    return None


def _back(inputs: Inputs) -> Array:
    """For those on a break that ends on a day, how soon, (N,), more is sooner; 0 for all others. One query."""
    people = inputs.pool.people
    keys = np.zeros(len(people), np.int64)
    for person, day in days_of_breaks_in(inputs.programme).values_list("person_id", "paused_until"):
        row = people.row_of(str(person))
        if row is not None and day is not None:
            keys[row] = date.max.toordinal() - day.toordinal()
    return keys


def _in_order(
    inputs: Inputs, among: Array, keys: Array | None, *, top: int, skip: int, pool: engine.Pool | None = None
) -> list[engine.Ranking]:
    """One page as rankings one after the other, one for each value of the keys."""
    pool = pool or inputs.pool
    if keys is None:
        return [_rank(pool, inputs, among, top=top, skip=skip)]
    found = []
    for key in np.unique(keys[among])[::-1]:
        part = _rank(pool, inputs, among & (keys == key), top=top, skip=skip)
        skip, top = max(skip - part.eligible, 0), top - len(part.ids)
        found.append(part)
    return found


def _mentors(inputs: Inputs, *rankings: engine.Ranking) -> tuple[Mentor, ...]:
    """Who was ranked, in order, as far as the mentee may still see them. One query."""
    visible = mentors_visible_to(inputs.person).filter(
        programme=inputs.programme, person__in=[each for ranking in rankings for each in ranking.ids]
    )
    found = {str(row.person_id): row for row in visible.select_related("person__organisation")}
    return tuple(
        Mentor(ranking.explained(each), found[each]) for ranking in rankings for each in ranking.ids if each in found
    )


def _left(inputs: Inputs, narrowing: Narrowing) -> dict[str, Array]:
    """Who is left by each filter that narrows, and by the words (the entry without a name), (N,) bool each."""
    left = {
        topic: _chose(inputs.pool, topic, chosen)
        for topic, chosen in narrowing.chosen.items()
        if chosen and topic in inputs.topics
    }
    if narrowing.words.strip():
        left[""] = with_words(inputs.pool, inputs.programme.pk, narrowing.words)
    return left


def _all_of(inputs: Inputs, left: Mapping[str, Array], without: str = "-") -> Array:
    """Whom the mentee may see and all filters but one leave, (N,) bool."""
    all_of: Array = np.logical_and.reduce([inputs.seen, *(mask for topic, mask in left.items() if topic != without)])
    return all_of


def _chose(pool: engine.Pool, topic: str, options: Collection[str]) -> Array:
    """Who has any of these options on their profile, (N,) bool."""
    measure, column = pool.catalogue.measure(topic), pool.people.values[topic]
    target = measure.target(engine.Direction.ONE_OF, None, tuple(options))
    assert target is not None
    chose: Array = measure.passes(engine.Direction.ONE_OF, target)(column)
    return chose


def _counts(inputs: Inputs, left: Mapping[str, Array]) -> dict[str, dict[str, int]]:
    """For each filter and each option that an eligible mentor has, how many of them it would leave."""
    pool = inputs.pool
    eligible = pool.eligible(inputs.asker, excluded=inputs.excluded)
    found = {}
    for topic in (key for key in FILTERED if key in inputs.topics):
        rows = eligible & _all_of(inputs, left, without=topic)
        numbers = counts(pool.catalogue[topic], pool.people.values[topic][..., rows])
        found[topic] = {option: number for option, number in numbers.items() if number}
    return found
