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
from matching.presenters.reasons import listed, sentence_case, value_words
from mentoring.enums import Kind
from mentoring.models import Person

NEVER_TOLD: Final = frozenset({"race_talk"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What speaks for two people, and where they fit less; each a sentence without a full stop."""

    fitting: tuple[str, ...]
    less: tuple[str, ...]


def facts_of(found: Comparison, mentee: Person, mentor: Person) -> Facts:
    """The reasons of both sides as facts in the catalogue's order, the mentee always first, each thing once.

    So neither the order nor the words tell whose reason it was, or how much it matters to them.
    """
    told: dict[str, tuple[bool, str]] = {}
    for reason in found.reasons:
        topic = found.topics[reason.characteristic]
        other = looked_at(topic, reason.direction, found.topics)
        of_mentee, of_mentor = (topic, other) if reason.side is engine.Role.MENTEE else (other, topic)
        mine, theirs = found.mentee.values.get(of_mentee.key), found.mentor.values.get(of_mentor.key)
        if not _private(topic) and not _private(other) and mine is not None and theirs is not None:
            fits = reason.passed if reason.passed is not None else reason.agreement >= HALF
            said = ((of_mentee, mine, mentee), (of_mentor, theirs, mentor))
            told.setdefault(of_mentee.key, (fits, _words(*said)))
    in_order = [told[key] for key in found.topics if key in told]
    return Facts(
        tuple(words for fits, words in in_order if fits),
        tuple(words for fits, words in in_order if not fits),
    )


def _private(topic: Topic) -> bool:
    return topic.is_surface or topic.key in NEVER_TOLD


_Said = tuple[Topic, engine.Value, Person]


def _words(one: _Said, other: _Said) -> str:
    """*Feedback: both prefer direct feedback*, or what each of the two said."""
    topic = one[0]
    if shared := _shared(one, other):
        verb = "both prefer" if topic.kind == Kind.SCALE else "both"
        return sentence_case(f"{topic.label_of_other}: {verb} {shared}")
    said = ", ".join(f"{value_words(topic, value)} ({person.called})" for topic, value, person in (one, other))
    return sentence_case(f"{topic.label_of_other}: {said}")


def _shared(one: _Said, other: _Said) -> str:
    """What both have said; empty where that is nothing."""
    (topic, mine, _), (_, theirs, _) = one, other
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return listed([topic.inline(key) for key in mine if key in theirs])
    same = value_words(topic, mine) == value_words(topic, theirs)
    return value_words(topic, mine) if same else ""
