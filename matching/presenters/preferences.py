"""*My four questions*: what a person asks for, in words, and what else they could ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from matching import engine
from matching.domain.preference import about_identity
from matching.domain.topic import ORGANISATION, Topic, asked_label, directions_for, needs_own_value
from matching.enums import Side, Strength
from matching.models import Preference
from matching.permissions import preferences_of, question_words_of
from matching.presenters.reasons import asked_words
from mentoring.enums import Family, Kind, Role
from mentoring.models import Person
from mentoring.permissions import roles_of
from mentoring.presenters.pictures import ASKED, QUESTION_WORDS, SUPPORT_WORDS
from mentoring.presenters.tasks import DONE, NOT_STARTED, OPTIONAL, Task

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
    "openness": "personality",
    "conscientiousness": "personality",
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
    short: str
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
    own_words: str = ""
    href: str = ""


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
    return {
        question.strength: [
            *(each.words for each in question.asked),
            *_own_words(question, "something in my own words"),
        ]
        for question in asked
    }


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


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that could be put under a question; `now_under` names another that it stands under."""

    key: str
    label: str
    now_under: str


@dataclass(frozen=True, slots=True)
class PickFamily:
    """What could be picked, under one heading."""

    key: str
    heading: str
    picks: tuple[Pick, ...]


def picks_for(
    question: Strength, side: Side, rows: Iterable[Preference], offered: Mapping[str, Topic], may_require_identity: bool
) -> list[PickFamily]:
    """What somebody on this side could put under a question and has not yet."""
    under = {row.characteristic_id: row.strength for row in rows}
    families = []
    for family in _FAMILIES:
        picks = tuple(
            Pick(topic.key, asked_label(topic, side), QUESTION_WORDS.get(under.get(topic.key, ""), ""))
            for topic in offered.values()
            if topic.family == family
            and under.get(topic.key) != question
            and (directions := directions_for(topic, side, offered))
            and (question != Strength.REQUIRE or may_require_identity or not about_identity(topic, directions, offered))
        )
        if picks:
            families.append(PickFamily(family.value, _FAMILY_WORDS[family], picks))
    return families


def inside_the_picture(asked: Iterable[Question]) -> dict[str, list[str]]:
    """In a word or two what stands under each question, for the circles themselves."""
    return {
        question.strength: [*(each.short for each in question.asked), *_own_words(question, "My own words")]
        for question in asked
    }


def _own_words(question: Question, called: str) -> list[str]:
    """They are too long for a picture: it says that they are there."""
    return [called] if question.own_words else []


def question_url(side: Side, question: str) -> str:
    """The page of one of the four questions."""
    return reverse("question" if side == Side.AS_MENTEE else "question_mentor", args=[question])


def pick_url(side: Side, question: str) -> str:
    """The page on which is said how what was picked should be."""
    return reverse("question_pick" if side == Side.AS_MENTEE else "question_pick_mentor", args=[question])


def tasks_of(person: Person) -> list[Task]:
    """The four questions among the pages of the profile; for somebody who is only a mentor, what they hope for."""
    roles = roles_of(person)
    if Role.MENTEE in roles or Role.MENTOR not in roles:
        return [*_question_tasks(person)]
    asks = preferences_of(person, Side.AS_MENTOR).exists()
    status = DONE if asks else NOT_STARTED
    return [Task("What I hope for in a mentee", "Four questions", overview_url(Side.AS_MENTOR), *status)]


def _question_tasks(person: Person) -> Iterable[Task]:
    asked = set(preferences_of(person, Side.AS_MENTEE).values_list("strength", flat=True).distinct())
    asked |= set(question_words_of(person, Side.AS_MENTEE).values_list("strength", flat=True))
    for strength in Strength:
        heading, _ = heading_of(strength)
        status = DONE if strength in asked else (OPTIONAL, "")
        yield Task(heading, PLAIN[strength].capitalize(), question_url(Side.AS_MENTEE, strength), *status)


def heading_of(question: str) -> tuple[str, str]:
    """A question as a heading, and what the study means by it."""
    return f"What {ASKED[question]}", SUPPORT_WORDS[question][1]


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
        short=topic.short,
        href=preference_url(Side(row.side), topic.key),
        missing=topic.label if missing else "",
        missing_href=own_answer_url(topic) if missing else "",
    )
