"""Reasons as sentences, made of the catalogue's words. Only a person's own side is ever turned into words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching import engine
from matching.catalogue.schema import FULL_AGREEMENT, SCALE_MIDDLE, tone
from matching.domain.inputs import Inputs
from matching.domain.ranking import satisfied
from matching.domain.topic import ORGANISATION, Topic, looked_at
from matching.engine.schema import WEIGHTS
from matching.enums import Direction
from mentoring.enums import Kind
from mentoring.models import Person

_WEIGHTS: Final = {**WEIGHTS, engine.Strength.REQUIRE: WEIGHTS[engine.Strength.NEED]}
_BEST: Final = 3
# What is said of somebody who fits everything: the first of these in which the two differ.
_TOLD_ANYWAY: Final = ("profession", ORGANISATION, "setting", "region")


@dataclass(frozen=True, slots=True)
class Told:
    """One preference about one mentor, in words. `alike`: at least something of it is there."""

    asked: str
    said: str
    strength: str
    known: bool
    met: bool
    alike: bool
    softened: bool
    agreement: int
    points: int
    possible: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How one mentor fits one mentee, in words and numbers, by the mentee's own preferences alone.

    `parts` is for the match bar: by question, how much of its weight is there. `score` is of 10,000, None when
    nothing but conditions was asked.
    """

    asked: int
    met: int
    words: str
    parts: Mapping[str, tuple[float, float]]
    told: tuple[Told, ...]
    best: tuple[str, ...]
    difference: str
    score: int | None


def fit_of(match: engine.Match, person: Person, inputs: Inputs) -> Fit:
    """The mentee's own side of a match with a person of the pool, in words."""
    reasons = match.side(engine.Role.MENTEE)
    values = inputs.values_of(match.id)
    told = tuple(_told(reason, values, person, inputs) for reason in reasons)
    met = sum(each.met for each in told)
    return Fit(
        asked=len(told),
        met=met,
        words=fits_words(met, len(told)),
        parts=_parts(reasons),
        told=told,
        best=_best(told),
        difference=_difference(told) or _other_difference(values, person, inputs),
        score=match.mentee_side,
    )


def fits_words(met: int, asked: int) -> str:
    """*Fits 4 of the 5 things you asked for*."""
    if not asked:
        return ""
    if asked == 1:
        return "Fits the one thing you asked for" if met else "Does not fit the one thing you asked for"
    return f"Fits {met if met else 'none'} of the {asked} things you asked for"


def asked_words(topic: Topic, direction: str, options: Iterable[str] = ()) -> str:
    """What a preference asks for: *Someone on one of these pay bands: band 7 or band 8a*."""
    words = topic.reasons[direction].preference
    named = [topic.inline(key) for key in options]
    text = f"{words}: {listed([name for name in named if name], 'or')}" if any(named) else words
    return sentence_case(text)


def sentence(
    *,
    topic: Topic,
    other: Topic,
    reason: engine.Reason,
    mine: engine.Value | None,
    theirs: engine.Value | None,
    name: str,
) -> str:
    """One reason as a sentence without a full stop.

    Args:
        topic: what the asker was asked about; `mine` is their answer, if any.
        other: what was looked at in the other person (the counterpart, or the same); `theirs` is their answer.
        name: what to call the other person.
    """
    if not reason.known or theirs is None:
        return sentence_case(other.unknown.format(name=name))
    words = topic.reasons[reason.direction]
    told = {"strong": words.strong, "partial": words.partial or words.weak, "weak": words.weak}
    template = told[_tone(topic, reason, mine, theirs)]
    return sentence_case(
        template.format(
            name=name,
            mine=value_words(topic, mine),
            theirs=value_words(other, theirs),
            shared=_shared_words(topic, reason, mine, theirs),
        )
    )


def listed(words: Sequence[str], last: str = "and") -> str:
    """*a, b and c*."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def sentence_case(text: str) -> str:
    """The first letter large, the others as they are (names keep theirs)."""
    return text[:1].upper() + text[1:]


def _told(reason: engine.Reason, values: Mapping[str, engine.Value], person: Person, inputs: Inputs) -> Told:
    topic = inputs.topics[reason.characteristic]
    other = looked_at(topic, reason.direction, inputs.topics)
    mine = inputs.asker.values.get(topic.key)
    theirs = values.get(other.key)
    return Told(
        asked=asked_words(topic, reason.direction, reason.options),
        said=sentence(topic=topic, other=other, reason=reason, mine=mine, theirs=theirs, name=person.called),
        strength=str(reason.strength),
        known=reason.known,
        met=satisfied(reason, topic.kind),
        alike=reason.known and _tone(topic, reason, mine, theirs) != "weak",
        softened=topic.key in inputs.softened,
        agreement=reason.agreement,
        points=reason.points,
        possible=reason.possible,
    )


def _tone(topic: Topic, reason: engine.Reason, mine: engine.Value | None, theirs: engine.Value | None) -> str:
    """Strong, partial or weak. Two who stand on either side of a scale's middle are not told to be close."""
    sides = {value < SCALE_MIDDLE for value in (mine, theirs) if isinstance(value, int) and value != SCALE_MIDDLE}
    if len(sides) > 1 and reason.direction is engine.Direction.SAME:
        return "weak"
    return tone(topic.kind, reason.direction, reason.agreement)


def value_words(topic: Topic, value: engine.Value | None) -> str:
    """An answer as it reads inside a sentence."""
    if value is None:
        return "something else"
    if isinstance(value, int):
        low, middle, high = topic.poles
        return middle if value == SCALE_MIDDLE else low if value < SCALE_MIDDLE else high
    return listed([topic.inline(key) for key in ((value,) if isinstance(value, str) else value)])


def _shared_words(topic: Topic, reason: engine.Reason, mine: engine.Value | None, theirs: engine.Value) -> str:
    """What both have: the options in common, the group of two neighbours, or the same answer."""
    if isinstance(theirs, tuple):
        wanted = reason.options if reason.direction is engine.Direction.ONE_OF else mine
        return listed([topic.inline(key) for key in theirs if isinstance(wanted, tuple) and key in wanted])
    if isinstance(theirs, str) and topic.kind == Kind.CATEGORY and mine not in (None, theirs):
        return topic.inline(topic.choices[theirs].parent)
    return value_words(topic, theirs)


def _parts(reasons: Iterable[engine.Reason]) -> dict[str, tuple[float, float]]:
    """Earned and possible by question; a condition weighs as much as a need here, since it has no points."""
    parts: dict[str, tuple[float, float]] = {}
    for reason in reasons:
        weight = _WEIGHTS[reason.strength]
        share = float(reason.passed) if reason.passed is not None else reason.agreement / FULL_AGREEMENT
        earned, possible = parts.get(str(reason.strength), (0.0, 0.0))
        parts[str(reason.strength)] = (earned + weight * share, possible + weight)
    return parts


def _best(told: Iterable[Told]) -> tuple[str, ...]:
    """The two or three things that count most; conditions, which everybody listed meets, fill up."""
    met = sorted((each for each in told if each.met), key=lambda each: -each.points)
    return tuple(each.said for each in met[:_BEST])


def _difference(told: Iterable[Told]) -> str:
    """What weighs most of that which is not there at all; something known before something not said."""
    missing = [each for each in told if not each.met and not each.alike]
    worst = sorted(missing, key=lambda each: (not each.known, each.points - each.possible))
    return worst[0].said if worst else ""


def _other_difference(values: Mapping[str, engine.Value], person: Person, inputs: Inputs) -> str:
    """An honest difference that nobody asked about, where both have said what they are."""
    for key in _TOLD_ANYWAY:
        topic, mine = inputs.topics.get(key), inputs.asker.values.get(key)
        theirs = values.get(key)
        if topic and Direction.SAME in topic.reasons and mine and theirs and mine != theirs:
            return sentence_case(
                topic.reasons[Direction.SAME].weak.format(
                    name=person.called, mine=value_words(topic, mine), theirs=value_words(topic, theirs), shared=""
                )
            )
    return ""
