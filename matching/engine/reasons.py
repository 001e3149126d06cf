"""Why a pair scores what it scores: points per preference that add up to the side's score."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from matching.engine.catalogue import Asked, Catalogue
from matching.engine.schema import FULL, WEIGHTS, Direction, Role, Strength

Group = TypeVar("Group", bound=Hashable)

HIGHEST: Final = 10_000
"""The best score of a side and of a pair."""

NEUTRAL: Final = HIGHEST // 2
"""The score of a pair of which neither side asks anything that counts (our decision)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One preference and what it came to.

    `agreement` 0-60; `known` false where the other has not said, or not shown: `agreement` is then the
    expected one. `points` of the side's score; `possible` is what full agreement would earn, rounded up, so
    never below `points`; both 0 for a condition. `passed` is None but for a condition.
    """

    side: Role
    characteristic: str
    direction: Direction
    strength: Strength
    options: tuple[str, ...]
    known: bool
    agreement: int
    points: int
    possible: int
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the pool as a match of the asker; scores 0-10,000, None for a side that asks nothing."""

    id: str
    score: int
    mentee_side: int | None
    mentor_side: int | None
    reasons: tuple[Reason, ...]

    def side(self, role: Role) -> tuple[Reason, ...]:
        """The reasons of one side: a page shows a person those of their own side alone."""
        return tuple(reason for reason in self.reasons if reason.side is role)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One pair, eligible or not: `fits` where they may be matched, `eligible` where there is a place too."""

    match: Match
    fits: bool
    eligible: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Several reasons in sum: how many preferences, conditions passed, points earned and possible."""

    asked: int
    passed: int
    earned: int
    possible: int


def side_reasons(
    catalogue: Catalogue,
    side: Role,
    asked: Iterable[Asked],
    other: Mapping[str, int],
) -> list[Reason]:
    """The reasons of one side about the other's shown codes, in the order asked."""
    judged = [_judged(catalogue, side, each, other) for each in asked]
    points = shares([(WEIGHTS[reason.strength], reason.agreement) for reason in judged])
    possible = _possible([WEIGHTS[reason.strength] for reason in judged])
    return [
        replace(reason, points=earned, possible=most)
        for reason, earned, most in zip(judged, points, possible, strict=True)
    ]


def _judged(catalogue: Catalogue, side: Role, asked: Asked, other: Mapping[str, int]) -> Reason:
    preference = asked.preference
    measure = catalogue.measure(preference.characteristic)
    code = other.get(measure.source(preference.direction))
    agreement, passes = measure.of_one(preference.direction, asked.target, code)
    return Reason(
        side=side,
        characteristic=preference.characteristic,
        direction=preference.direction,
        strength=preference.strength,
        options=preference.options,
        known=code is not None,
        agreement=agreement,
        points=0,
        possible=0,
        passed=passes if preference.strength == Strength.REQUIRE else None,
    )


def shares(weighed: Iterable[tuple[int, int]]) -> list[int]:
    """Points of each (weight, agreement), adding up to the side's score.

    Largest remainder: each exact share rounded down, what is left given to the largest fractions, ties in the
    order given.
    """
    products = [HIGHEST * weight * agreement for weight, agreement in weighed]
    whole = FULL * sum(weight for weight, _ in weighed) or 1
    points = [product // whole for product in products]
    left = sum(products) // whole - sum(points)
    by_fraction = sorted(range(len(products)), key=lambda place: -(products[place] % whole))
    for place in by_fraction[:left]:
        points[place] += 1
    return points


def _possible(weights: list[int]) -> list[int]:
    total = sum(weights) or 1
    return [-(-HIGHEST * weight // total) for weight in weights]


def side_score(reasons: Iterable[Reason]) -> int | None:
    """The score of one side from its reasons; None where nothing but conditions is asked."""
    counted = [reason for reason in reasons if reason.strength != Strength.REQUIRE]
    return sum(reason.points for reason in counted) if counted else None


def pair_score(mentee_side: int | None, mentor_side: int | None, mentee_share: int) -> int:
    """The score of a pair; `mentee_share` in per cent. An absent side leaves the other's alone.

    Two-sided because both are to be asked (Sriram 2024, citing Deng 2022); the shares are our decision.
    """
    if mentee_side is None:
        return NEUTRAL if mentor_side is None else mentor_side
    if mentor_side is None:
        return mentee_side
    return (mentee_share * mentee_side + (100 - mentee_share) * mentor_side) // 100


def summarise(
    reasons: Iterable[Reason],
    by: Callable[[Reason], Group],
) -> dict[Group, Summary]:
    """Reasons summed per group in order of first appearance, e.g. `by=lambda reason: reason.strength`."""
    groups: dict[Group, list[Reason]] = {}
    for reason in reasons:
        groups.setdefault(by(reason), []).append(reason)
    return {group: _sum(members) for group, members in groups.items()}


def _sum(reasons: list[Reason]) -> Summary:
    return Summary(
        asked=len(reasons),
        passed=sum(reason.passed is True for reason in reasons),
        earned=sum(reason.points for reason in reasons),
        possible=sum(reason.possible for reason in reasons),
    )


def by_question(reasons: Iterable[Reason]) -> dict[Strength, Summary]:
    """One side's reasons summed per question of the model, all four present, strongest first."""
    found = summarise(reasons, by=lambda reason: reason.strength)
    return {strength: found.get(strength, Summary(0, 0, 0, 0)) for strength in Strength}
