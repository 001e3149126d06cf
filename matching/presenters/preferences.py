"""*My four questions*: what a person asks for, in words, and what else they could ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from matching import engine
from matching.domain.topic import ORGANISATION, Topic, asked_label, directions_for, needs_own_value
from matching.enums import Side, Strength
from matching.models import Preference
from matching.presenters.reasons import asked_words
from mentoring.enums import Family, Kind
from mentoring.presenters.pictures import QUESTION_WORDS

PLAIN: Final[Mapping[str, str]] = {
    Strength.REQUIRE: "only if",
    Strength.NEED: "matters a lot",
    Strength.HELP: "makes things easier",
    Strength.SUPPORT: "nice to have",
}
_FAMILIES: Final = (Family.PROFESSIONAL, Family.VALUES, Family.WORKING_STYLES, Family.SURFACE)
_FAMILY_WORDS: Final[Mapping[str, str]] = {
    Family.PROFESSIONAL: "Work and practical things",
    Family.VALUES: "What matters to them",
    Family.WORKING_STYLES: "How they work",
    Family.SURFACE: "Identity and background",
}
# The pages of the profile on which each thing is said.
_STEPS: Final[Mapping[str, str]] = {
    "meeting": "meeting",
    "hours": "meeting",
    "sponsorship_wanted": "wants",
    "sponsorship_offered": "offers",
    ORGANISATION: "about",
}
_FAMILY_STEPS: Final[Mapping[str, str]] = {
    Family.PROFESSIONAL: "work",
    Family.VALUES: "values",
    Family.WORKING_STYLES: "working",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One preference in words. `missing` names the own answer without which it cannot be looked at."""

    words: str
    label: str
    href: str
    missing: str
    missing_href: str


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions with what the person put under it."""

    strength: str
    heading: str
    plain: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that could be asked for."""

    label: str
    href: str
    asked: bool


@dataclass(frozen=True, slots=True)
class AskFamily:
    """What could be asked for, under one heading."""

    heading: str
    asks: tuple[Ask, ...]


def questions(
    rows: Iterable[Preference], offered: Mapping[str, Topic], own: Mapping[str, engine.Value]
) -> list[Question]:
    """The four questions in order; preferences on what is no longer offered are left out."""
    found: dict[str, list[Asked]] = {strength: [] for strength in Strength.values}
    for row in rows:
        topic = offered.get(row.characteristic_id)
        if topic is not None and row.direction in topic.reasons:
            found[row.strength].append(_asked(row, topic, own))
    return [
        Question(strength, QUESTION_WORDS[strength], PLAIN[strength], tuple(found[strength]))
        for strength in Strength.values
    ]


def in_the_picture(asked: Iterable[Question]) -> dict[str, list[str]]:
    """The person's own preferences by question, as the picture of the four supports takes them."""
    return {question.strength: [each.words for each in question.asked] for question in asked}


def could_ask(side: Side, rows: Iterable[Preference], offered: Mapping[str, Topic]) -> list[AskFamily]:
    """Everything that somebody on this side can ask for; what is about identity comes last."""
    already = {row.characteristic_id for row in rows}
    families = []
    for family in _FAMILIES:
        asks = [
            Ask(asked_label(topic, side), preference_url(side, topic.key), topic.key in already)
            for topic in offered.values()
            if topic.family == family and directions_for(topic, side, offered)
        ]
        if asks:
            families.append(AskFamily(_FAMILY_WORDS[family], tuple(asks)))
    return families


def preference_url(side: Side, key: str) -> str:
    """The page on which one thing is asked for."""
    return reverse("preference" if side == Side.AS_MENTEE else "preference_mentor", args=[key])


def overview_url(side: Side) -> str:
    """The page of the four questions."""
    return reverse("preferences" if side == Side.AS_MENTEE else "preferences_mentor")


def own_answer_url(topic: Topic) -> str:
    """The page on which the person says it of themselves."""
    if topic.family == Family.SURFACE:
        return reverse("identity_answer", args=[topic.key])
    return reverse("profile_step", args=[_STEPS.get(topic.key) or _FAMILY_STEPS[topic.family]])


def own_answer_words(topic: Topic, own: Mapping[str, engine.Value]) -> str:
    """What the person said of themselves; empty when they have not."""
    value = own.get(topic.key)
    if value is None:
        return ""
    if isinstance(value, int):
        ends = {1: topic.low, 2: f"nearer to “{topic.low.lower()}”", 5: topic.high}
        return ends.get(value, "in between" if value == 3 else f"nearer to “{topic.high.lower()}”")
    labels = [topic.label_of(key) for key in ((value,) if isinstance(value, str) else value)]
    return "; ".join(labels) if topic.kind == Kind.MULTI else labels[0]


def _asked(row: Preference, topic: Topic, own: Mapping[str, engine.Value]) -> Asked:
    missing = needs_own_value(row.direction) and topic.key not in own
    return Asked(
        words=asked_words(topic, row.direction, row.options),
        label=asked_label(topic, Side(row.side)),
        href=preference_url(Side(row.side), topic.key),
        missing=topic.label if missing else "",
        missing_href=own_answer_url(topic) if missing else "",
    )
