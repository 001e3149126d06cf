"""What is left to do for a level: a short list of requirements that, once met, are enough."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from charter.framework.answers import Submission
from charter.framework.results import RequirementResult, Result
from charter.framework.schema import Framework, Status
from charter.framework.validity import action_counts


@dataclass
class _Plan:
    """What has been picked so far, and the credit each level still lacks."""

    missing: dict[str, Fraction]
    picked: list[RequirementResult] = field(default_factory=list)

    def pick(self, result: RequirementResult, gain: Fraction) -> None:
        self.picked.append(result)
        self.missing[result.level] -= 0 if result.core else gain


def steps_to(framework: Framework, submission: Submission, result: Result, level: str) -> tuple[RequirementResult, ...]:
    """Requirements at or below `level` that, all met, let it be reached, in framework order.

    First every core one that is unmet, then one for each principle in which nothing is met, then others until each
    level has its credit, those that gain most first. The list is short, but not proved the shortest. It is empty when
    nothing but time is missing, and cannot help a level at which nothing applies. `result` is the submission's score.
    """
    levels = [one.id for one in framework.levels_up_to(level)]
    plan = _Plan({name: result.at(name).credit_short for name in levels})
    open_ones = [one for one in result.up_to(level) if one.applies and one.status is not Status.MET]
    gains = _gains(framework, submission, result, open_ones)
    for one in open_ones:
        if one.core:
            plan.pick(one, Fraction(0))
    for name in levels:
        _pick_for_principles(framework, result, name, open_ones, plan, gains)
    for name in levels:
        _pick_for_credit(name, open_ones, plan, gains)
    return tuple(one for one in open_ones if one in plan.picked)


def _gains(
    framework: Framework, submission: Submission, result: Result, open_ones: Iterable[RequirementResult]
) -> dict[tuple[str, str], Fraction]:
    """What meeting each would add. Meeting a counted partly one also lets one that waits take its place."""
    credit = framework.rules.credit
    open_ones = [one for one in open_ones if not one.core]
    gains = {(one.criterion, one.level): credit.met - one.credit for one in open_ones}
    for level in {one.level for one in open_ones}:
        in_time = [one for one in open_ones if one.level == level and _in_time(framework, submission, one)]
        waiting = max(0, len(in_time) - result.at(level).partly_limit)
        for one in in_time[:waiting]:
            gains[one.criterion, level] = credit.met - credit.not_met
        for one in in_time[waiting:]:
            gains[one.criterion, level] = credit.met - credit.partly
    return gains


def _in_time(framework: Framework, submission: Submission, one: RequirementResult) -> bool:
    if one.status is not Status.PARTLY:
        return False
    return action_counts(framework, submission.answers[one.criterion].action_due, submission.submitted_on)


def _pick_for_principles(
    framework: Framework,
    result: Result,
    level: str,
    open_ones: Iterable[RequirementResult],
    plan: _Plan,
    gains: dict[tuple[str, str], Fraction],
) -> None:
    """One for each principle unmet at this level, at a level that lacks credit if there is such a one."""
    within = {one.id for one in framework.levels_up_to(level)}
    for number in result.at(level).principles_unmet:
        mine = [one for one in open_ones if one.level in within and _principle(framework, one) == number]
        if not any(one in plan.picked for one in mine):
            best = max(mine, key=lambda one: plan.missing[one.level] > 0)
            plan.pick(best, gains[best.criterion, best.level])


def _principle(framework: Framework, one: RequirementResult) -> int:
    return framework.criterion(one.criterion).principle


def _pick_for_credit(
    level: str, open_ones: Iterable[RequirementResult], plan: _Plan, gains: dict[tuple[str, str], Fraction]
) -> None:
    for one in _best_first(level, open_ones, gains):
        if plan.missing[level] > 0 and one not in plan.picked:
            plan.pick(one, gains[one.criterion, level])


def _best_first(
    level: str, open_ones: Iterable[RequirementResult], gains: dict[tuple[str, str], Fraction]
) -> Iterator[RequirementResult]:
    own = (one for one in open_ones if one.level == level and not one.core)
    yield from sorted(own, key=lambda one: -gains[one.criterion, level])
