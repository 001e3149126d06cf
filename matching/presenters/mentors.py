"""Mentors as cards and as the head of their page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from matching import engine
from matching.domain.answering import usual_days
from matching.domain.inputs import Inputs
from matching.domain.ranking import Mentor
from matching.permissions import saved_by
from matching.presenters.reasons import Fit, fit_of
from mentoring.enums import TrainingTopic
from mentoring.models import Credential, Membership, Person
from mentoring.permissions import credentials_shown
from mentoring.presenters.credential import training_words
from mentoring.presenters.feedback import rating_words, ratings_of
from mentoring.presenters.places import active_words, break_words

TOLD_ON_CARDS: Final = (TrainingTopic.BIAS, TrainingTopic.ALLYSHIP)
_IN_ONE_LINE: Final = ("profession", "band", "region")


@dataclass(frozen=True, slots=True)
class Places:
    """How free a mentor is, in a few words and a colour of the design system."""

    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Card:
    """One mentor in the list."""

    membership: Membership
    person: Person
    line: str
    places: Places
    answers: str
    active: str
    rating: str
    trained: tuple[str, ...]
    saved: bool
    fit: Fit


def cards(mentors: Sequence[Mentor], inputs: Inputs) -> list[Card]:
    """These mentors, in their order. Four queries."""
    days = usual_days(mentor.membership.person_id for mentor in mentors)
    ratings = ratings_of(mentor.membership.person for mentor in mentors)
    saved = saved_by(inputs.person).filter(membership__in=[mentor.membership.pk for mentor in mentors])
    kept = set(saved.values_list("membership_id", flat=True))
    trained = _trainings([mentor.membership.person for mentor in mentors])
    return [
        replace(
            _card(mentor, inputs, days),
            rating=rating_words(ratings.get(mentor.membership.person_id)),
            trained=trained.get(mentor.membership.person_id, ()),
            saved=mentor.membership.pk in kept,
        )
        for mentor in mentors
    ]


def _trainings(people: Sequence[Person]) -> dict[UUID, tuple[str, ...]]:
    """Of each the trainings in bias and allyship, those that were checked first."""
    found: dict[UUID, list[Credential]] = {}
    for row in credentials_shown(people).filter(topic__in=TOLD_ON_CARDS):
        found.setdefault(row.person_id, []).append(row)
    return {
        person: tuple(training_words(row) for row in sorted(held, key=lambda row: row.verified_at is None))
        for person, held in found.items()
    }


def answers_words(days: int | None) -> str:
    """*Usually answers in 3 days*; nothing where too little is known."""
    if days is None:
        return ""
    return "Usually answers within a day" if days == 1 else f"Usually answers in {days} days"


def last_active(person: Person) -> str:
    """*Last active this week*; nothing where nothing is known."""
    words = active_words(person)
    return f"Last active {words[:1].lower()}{words[1:]}" if words else ""


def places_of(membership: Membership) -> Places:
    """*2 places*, *Full at present*, *On a break until 4 January 2027*."""
    if said := break_words(membership):
        return Places(said, "grey")
    if membership.free <= 0:
        return Places("Full at present", "grey")
    return Places("1 place" if membership.free == 1 else f"{membership.free} places", "green")


def mentors_words(count: int) -> str:
    """*No mentors*, *1 mentor*, *38 mentors*."""
    if count == 1:
        return "1 mentor"
    return f"{count:,} mentors" if count else "No mentors"


def _card(mentor: Mentor, inputs: Inputs, days: Mapping[UUID, int]) -> Card:
    membership = mentor.membership
    return Card(
        membership=membership,
        person=membership.person,
        line=_line(membership.person, inputs.values_of(mentor.match.id), inputs),
        places=places_of(membership),
        answers=answers_words(days.get(membership.person_id)),
        active=last_active(membership.person),
        rating="",
        trained=(),
        saved=False,
        fit=fit_of(mentor.match, membership.person, inputs),
    )


def _line(person: Person, values: Mapping[str, engine.Value], inputs: Inputs) -> str:
    """Pronouns · profession · band · place, as far as given."""
    said = ((inputs.topics.get(key), values.get(key)) for key in _IN_ONE_LINE)
    labels = [topic.label_of(value) for topic, value in said if topic and isinstance(value, str)]
    return " · ".join(filter(None, [person.pronouns, *labels]))
