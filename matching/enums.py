"""Choices. Imports nothing of ours."""

from typing import Final

from django.db.models import IntegerChoices, TextChoices


class Side(TextChoices):
    """In which role somebody asks."""

    AS_MENTEE = "as_mentee", "As a mentee"
    AS_MENTOR = "as_mentor", "As a mentor"


class Direction(TextChoices):
    """How a match should stand to the one who asks."""

    SAME = "same", "Like me"
    DIFFERENT = "different", "Unlike me"
    ONE_OF = "one_of", "One of these"
    ABOVE = "above", "More senior than me"
    COMPLEMENTS = "complements", "Fits with mine"


class Strength(TextChoices):
    """How much it matters: the model's four questions, our reading of them."""

    REQUIRE = "require", "I require"
    NEED = "need", "I need"
    HELP = "help", "Would help me"
    SUPPORT = "support", "Would support me"


class Objective(TextChoices):
    """What the best set of pairs is. The values are the engine's."""

    FAIR = "fair", "Nobody left far behind"
    TOTAL = "total", "The best fit overall"
    STABLE = "stable", "Nobody would rather swap"


class RoundState(TextChoices):
    """How far a matching round has come."""

    OPEN = "open", "Open"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


ROUND_TRANSITIONS: Final[dict[RoundState, frozenset[RoundState]]] = {
    RoundState.OPEN: frozenset({RoundState.PUBLISHED, RoundState.CLOSED}),
    RoundState.PUBLISHED: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}


class RunState(TextChoices):
    """How far one working-out of a round has come."""

    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Being worked out"
    DONE = "done", "Ready"
    FAILED = "failed", "Did not work"
    CANCELLED = "cancelled", "Cancelled"


RUN_TRANSITIONS: Final[dict[RunState, frozenset[RunState]]] = {
    RunState.WAITING: frozenset({RunState.RUNNING, RunState.CANCELLED}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.FAILED, RunState.CANCELLED}),
    RunState.DONE: frozenset(),
    RunState.FAILED: frozenset(),
    RunState.CANCELLED: frozenset(),
}
UNDER_WAY: Final = (RunState.WAITING, RunState.RUNNING)


class Band(IntegerChoices):
    """How well two fit, in a word."""

    SOME = 0, "Some fit"
    STRONG = 1, "Strong fit"
    VERY_STRONG = 2, "Very strong fit"


class Lack(TextChoices):
    """Why a mentee is left without a mentor. The values are the engine's."""

    NOBODY_FITS = "no mentor fits", "No mentor fits"
    PLACES_SHORT = "places short", "Places are short"


class ChangeKind(TextChoices):
    """What a coordinator decided about two people by hand."""

    KEEP = "keep", "Stay together"
    EXCLUDE = "exclude", "Not together"


class ProposalState(TextChoices):
    """What has become of a published proposal."""

    OFFERED = "offered", "Suggested"
    ASKED = "asked", "Asked"
    DECLINED = "declined", "Not for me"
    LAPSED = "lapsed", "Lapsed"


PROPOSAL_TRANSITIONS: Final[dict[ProposalState, frozenset[ProposalState]]] = {
    ProposalState.OFFERED: frozenset({ProposalState.ASKED, ProposalState.DECLINED, ProposalState.LAPSED}),
    ProposalState.ASKED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.LAPSED: frozenset(),
}


class Order(TextChoices):
    """In which order mentors are listed; among equals the best fit comes first."""

    FIT = "fit", "The best fit first"
    RATING = "rating", "The best rated first"
    FREE = "free", "Whoever is free soonest first"
    ACTIVE = "active", "Those who were here lately first"
