"""One pair as a round sees it, with its reasons."""

from dataclasses import dataclass

from matching.engine.errors import EngineError
from matching.engine.people import People
from matching.engine.reasons import Match, Reason, pair_score, side_reasons, side_score
from matching.engine.schema import DEFAULT_MENTEE_SHARE, Direction, Strength


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """A mentee and a mentor: `match` has the mentor's id and both sides' scores and reasons.

    `used_rounds`: a value given for rounds alone counted on either side, so points and reasons are for nobody's
    eyes. `fits`: the conditions of both sides hold, and it is not one person.
    """

    match: Match
    used_rounds: bool
    fits: bool


def explain_pair(
    mentees: People, mentors: People, mentee: str, mentor: str, *, mentee_share: int = DEFAULT_MENTEE_SHARE
) -> PairExplanation:
    """Why these two score what they score in a round; both made with `rounds=True`, or without to see profiles alone.

    Raises `EngineError` where either is not there.
    """
    here, there = _row(mentees, mentee), _row(mentors, mentor)
    own, their = _reasons(mentees, here, mentors, there), _reasons(mentors, there, mentees, here)
    score = pair_score(side_score(own), side_score(their), mentee_share)
    conditions = all(reason.passed is not False for reason in (*own, *their))
    return PairExplanation(
        match=Match(mentor, score, side_score(own), side_score(their), (*own, *their)),
        used_rounds=_used_rounds(mentees, here, mentors, there) or _used_rounds(mentors, there, mentees, here),
        fits=conditions and mentee != mentor,
    )


def _row(people: People, person: str) -> int:
    row = people.row_of(person)
    if row is None:
        raise EngineError(f"there is no {people.role.value} {person!r}")
    return row


def _reasons(askers: People, asker: int, others: People, other: int) -> list[Reason]:
    """One side's reasons: all that counts earns points, only what is shown meets a condition."""
    codes, shown = others.codes(other), others.codes(other, shown=True)
    asked = askers.asked(asker)
    judged = zip(*(side_reasons(askers.catalogue, askers.role, asked, seen) for seen in (codes, shown)), strict=True)
    return [counted if counted.passed is None else shown for counted, shown in judged]


def _used_rounds(askers: People, asker: int, others: People, other: int) -> bool:
    """Whether anything that was given for rounds alone made a difference to what this side asks."""
    own, their = _for_rounds(askers, asker), _for_rounds(others, other)
    return any(
        (direction != Direction.ONE_OF and key in own)
        or (strength != Strength.REQUIRE and askers.catalogue.measure(key).source(direction) in their)
        for key, direction, strength in _asked(askers, asker)
    )


def _asked(people: People, row: int) -> list[tuple[str, Direction, Strength]]:
    preferences = [each.preference for each in people.asked(row)]
    return [(each.characteristic, Direction(each.direction), Strength(each.strength)) for each in preferences]


def _for_rounds(people: People, row: int) -> set[str]:
    """The characteristics in which somebody gave their answer for rounds alone."""
    return people.codes(row).keys() - people.codes(row, shown=True).keys()
