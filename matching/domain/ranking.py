"""Ranking a programme's mentors for one mentee: what a page of *Find a mentor* is made of."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from matching import engine
from matching.domain.inputs import Inputs
from matching.domain.topic import ORGANISATION
from matching.engine.rules import SCALE_STEP
from matching.engine.schema import FULL
from mentoring.enums import Kind
from mentoring.models import Membership

A_PAGE: Final = 20
HALF: Final = 30
"""From this agreement of 60 on, a preference counts as met (our decision; see `satisfied` for two stricter cases)."""
FILTERED: Final = ("profession", "region", "meeting", ORGANISATION)
"""Characteristics by which the list can be narrowed, all of them always shown on a profile."""
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
    | {"ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ŋ": "n", "ɛ": "e", "ɔ": "o", "ə": "e"}
    | dict.fromkeys("'’‘ʼʻ`´", "")
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How the mentee narrowed the list: words to be found, options by characteristic, full mentors too."""

    words: str = ""
    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    full: bool = False

    @property
    def by_anything(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.words.strip()) or any(self.chosen.values())


@dataclass(frozen=True, slots=True)
class Found:
    """One page of mentors, best fit first; those without a place come after all others.

    `eligible` counts who fits and has a place, `closed` who fits and is full or on a break; `counts` says how
    many eligible mentors each option of a filter would leave, the other filters as they are.
    """

    matches: tuple[engine.Match, ...]
    eligible: int
    closed: int
    counts: Mapping[str, Mapping[str, int]]


def rank_mentors(*, inputs: Inputs, narrowing: Narrowing, page: int = 1) -> Found:
    """The page-th twenty mentors for the mentee."""
    pool = _everyone(inputs)
    among = _among(inputs, narrowing)
    skip = (page - 1) * A_PAGE
    best = _rank(pool, inputs, among, top=A_PAGE, skip=skip)
    rest = A_PAGE - len(best.matches) if narrowing.full else 0
    closed = _rank(_closed(inputs), inputs, among, top=rest, skip=max(skip - best.eligible, 0))
    return Found(
        matches=best.matches + closed.matches,
        eligible=best.eligible,
        closed=closed.eligible,
        counts=_counts(pool, inputs, narrowing),
    )


def best_mentors(*, inputs: Inputs, top: int) -> tuple[engine.Match, ...]:
    """The few best eligible mentors."""
    return _rank(_everyone(inputs), inputs, None, top=top).matches


def explain_mentor(*, inputs: Inputs, mentor: Membership) -> engine.Explanation:
    """The mentee and one mentor of the inputs, eligible or not."""
    return _everyone(inputs).explain(
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


def plain(text: str) -> str:
    """Text as people type it in a hurry: no accents, no apostrophes, small letters."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _everyone(inputs: Inputs) -> engine.Pool:
    return engine.Pool.of(inputs.catalogue, inputs.mentors.values(), engine.Role.MENTOR)


def _closed(inputs: Inputs) -> engine.Pool:
    """Those without a place, as if they had one, so that they can be ranked by themselves."""
    closed = [
        replace(mentor, mentor=engine.Places(1))
        for mentor in inputs.mentors.values()
        if mentor.mentor and not mentor.mentor.open
    ]
    return engine.Pool.of(inputs.catalogue, closed, engine.Role.MENTOR)


def _rank(
    pool: engine.Pool, inputs: Inputs, among: Collection[str] | None, *, top: int, skip: int = 0
) -> engine.Ranking:
    return pool.rank(
        inputs.asker,
        among=among,
        excluded=inputs.excluded,
        mentee_share=inputs.programme.mentee_share,
        top=top,
        skip=skip,
    )


def _among(inputs: Inputs, narrowing: Narrowing, without: str = "") -> list[str] | None:
    """Ids of the mentors left by the words and by all filters but one; None where nothing narrows."""
    wanted = {key: set(keys) for key, keys in narrowing.chosen.items() if keys and key != without}
    words = plain(narrowing.words).split()
    if not wanted and not words:
        return None
    return [
        key
        for key, mentor in inputs.mentors.items()
        if all(_options(mentor, topic) & keys for topic, keys in wanted.items())
        and (not words or _has_words(inputs, key, words))
    ]


def _options(mentor: engine.Person, topic: str) -> set[str]:
    value = mentor.values.get(topic)
    return {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()


def _has_words(inputs: Inputs, key: str, words: Iterable[str]) -> bool:
    """Whether every word is in the mentor's name, their own words, or what they say of their work."""
    person = inputs.memberships[key].person
    said = (
        inputs.topics[topic].label_of(option)
        for topic in FILTERED
        if topic in inputs.topics
        for option in _options(inputs.mentors[key], topic)
    )
    text = plain(" ".join((person.name, person.headline, person.journey, *said)))
    return all(word in text for word in words)


def _counts(pool: engine.Pool, inputs: Inputs, narrowing: Narrowing) -> dict[str, dict[str, int]]:
    """For each filter and each option that an eligible mentor has, how many of them it would leave."""
    rows = np.flatnonzero(pool.eligible(inputs.asker, excluded=inputs.excluded)).tolist()
    eligible = frozenset(pool.ids[row] for row in rows)
    counts: dict[str, dict[str, int]] = {}
    for topic in (key for key in FILTERED if key in inputs.topics):
        others = _among(inputs, narrowing, without=topic)
        left = eligible if others is None else eligible.intersection(others)
        counts[topic] = dict(Counter(option for key in left for option in _options(inputs.mentors[key], topic)))
    return counts
