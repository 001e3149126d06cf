"""Two people of a round for their coordinator: facts of fit, never who asked for what.

Nothing about identity is among them, nor how somebody likes to talk about race: the first is not for coordinators,
and the second would tell too much of it (our decision; see docs/rounds.md).
"""

from dataclasses import dataclass
from typing import Final

from matching import engine
from matching.domain.ranking import HALF
from matching.domain.rounds import Comparison
from matching.domain.topic import Topic, looked_at
from matching.engine.schema import WEIGHTS
from matching.enums import Band
from matching.presenters.reasons import listed, sentence_case, value_words
from matching.presenters.rounds import BAND_COLOURS
from mentoring.enums import Kind
from mentoring.models import Person

NEVER_TOLD: Final = frozenset({"race_talk"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What speaks for two people, and where they fit less; each a sentence without a full stop."""

    fitting: tuple[str, ...]
    less: tuple[str, ...]


def facts_of(found: Comparison, mentee: Person, mentor: Person) -> Facts:
    """The reasons of both sides as facts, what counts most first, each thing once."""
    told: dict[str, tuple[bool, str]] = {}
    for reason in sorted(found.reasons, key=_weight):
        topic = found.topics[reason.characteristic]
        other = looked_at(topic, reason.direction, found.topics)
        if reason.known and not _private(topic) and not _private(other):
            told.setdefault(topic.label, _fact(reason, topic, other, found, (mentee, mentor)))
    return Facts(
        tuple(words for fits, words in told.values() if fits and words),
        tuple(words for fits, words in told.values() if not fits and words),
    )


def band_tag(band: int) -> tuple[str, str]:
    """The band's words and colour."""
    return Band(band).label, BAND_COLOURS[Band(band)]


def _private(topic: Topic) -> bool:
    return topic.is_surface or topic.key in NEVER_TOLD


def _weight(reason: engine.Reason) -> tuple[bool, int]:
    """Conditions first, then by what they could count."""
    return reason.passed is None, -WEIGHTS[engine.Strength(reason.strength)]


def _fact(
    reason: engine.Reason, topic: Topic, other: Topic, found: Comparison, people: tuple[Person, Person]
) -> tuple[bool, str]:
    """Whether it speaks for the two, and the words; empty where one of them has not said."""
    by_mentee = reason.side is engine.Role.MENTEE
    asker, them = (found.mentee, found.mentor) if by_mentee else (found.mentor, found.mentee)
    mine, theirs = asker.values.get(topic.key), them.values.get(other.key)
    fits = reason.passed if reason.passed is not None else reason.agreement >= HALF
    if mine is None or theirs is None:
        return fits, ""
    names = people if by_mentee else people[::-1]
    shared = _shared(topic, mine, theirs)
    if shared and (fits or mine == theirs):
        verb = "both prefer" if topic.kind == Kind.SCALE else "both"
        return fits, sentence_case(f"{topic.label_of_other}: {verb} {shared}")
    both = f"{value_words(topic, mine)} ({names[0].called}), {value_words(other, theirs)} ({names[1].called})"
    return fits, sentence_case(f"{topic.label_of_other}: {both}")


def _shared(topic: Topic, mine: engine.Value, theirs: engine.Value) -> str:
    """What both have said; empty where that is nothing."""
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return listed([topic.inline(key) for key in mine if key in theirs])
    same = value_words(topic, mine) == value_words(topic, theirs)
    return value_words(topic, mine) if same else ""
