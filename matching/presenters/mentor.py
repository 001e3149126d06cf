"""One mentor's page: why the two might work well, and whether they can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from matching import engine
from matching.domain.answering import usual_days
from matching.domain.inputs import Inputs
from matching.enums import Strength
from matching.presenters.mentors import Places, answers_words, last_active, places_of
from matching.presenters.preferences import PLAIN
from matching.presenters.reasons import Fit, Told, fit_of
from mentoring.enums import OPEN, MentorshipState
from mentoring.models import Membership, Mentorship
from mentoring.presenters.pictures import QUESTION_WORDS

_OPEN_WORDS = {
    MentorshipState.REQUESTED: ("You have asked", "See your request"),
    MentorshipState.ACCEPTED: ("You are in touch", "Go to your mentoring"),
    MentorshipState.ACTIVE: ("You work together", "Go to your mentoring"),
}


@dataclass(frozen=True, slots=True)
class Between:
    """What is open between the two: a word for it, and where it is."""

    words: str
    action: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """What the viewer asked under one of the four questions, and what this mentor says."""

    strength: str
    heading: str
    plain: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class MentorPage:
    """What the page shows beside the profile.

    Args:
        fit: the viewer's own side alone; `groups` is the same by question; `lost` are their conditions that
            this mentor does not meet.
        sums: the arithmetic, a line for each preference that earns points.
        why_not: why they cannot be asked now, empty when they can.
    """

    membership: Membership
    places: Places
    answers: str
    active: str
    fit: Fit
    groups: tuple[Group, ...]
    lost: tuple[Told, ...]
    sums: tuple[Told, ...]
    between: Between | None
    why_not: str


def mentor_page(
    *,
    membership: Membership,
    explanation: engine.Explanation,
    inputs: Inputs,
    mentorships: Iterable[Mentorship],
    why_not: str,
) -> MentorPage:
    """The page of a mentor; `mentorships` are those between the two, newest first."""
    fit = fit_of(explanation.match, membership.person, inputs)
    return MentorPage(
        membership=membership,
        places=places_of(membership),
        answers=answers_words(usual_days([membership.person_id]).get(membership.person_id)),
        active=last_active(membership.person),
        fit=fit,
        groups=_groups(fit),
        lost=tuple(each for each in fit.told if each.strength == Strength.REQUIRE and not each.met),
        sums=tuple(each for each in fit.told if each.possible),
        between=next((_between(row) for row in mentorships if row.state in OPEN), None),
        why_not=why_not,
    )


def _groups(fit: Fit) -> tuple[Group, ...]:
    by_strength = {
        strength: tuple(told for told in fit.told if told.strength == strength) for strength in Strength.values
    }
    return tuple(
        Group(strength, QUESTION_WORDS[strength], PLAIN[strength], told)
        for strength, told in by_strength.items()
        if told
    )


def _between(row: Mentorship) -> Between:
    words, action = _OPEN_WORDS[MentorshipState(row.state)]
    return Between(words, action, reverse("mentorship", args=[row.pk]))
