"""The award rules: from a framework and a submission to a result, exactly and the same every time.

Where the rules leave room, the reading chosen (all our decision):
- a core requirement with insufficient numbers keeps that status, adds nothing, and is unmet for its level and
  principle; it does not use up the cap, which is for non-core ones;
- a non-core one beyond that cap has the status not met, and stays in the denominator;
- a claim of not applicable holds at every level of its criterion; a rejected one is not met at each;
- the cap on partly met ones is filled, in framework order, by those that have an action in time;
- a principle in which nothing applies is not unmet;
- `unanswered` names the criteria of all levels, whatever level is applied for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from charter.framework import wording
from charter.framework.answers import Submission, check_together
from charter.framework.errors import FrameworkError
from charter.framework.judging import judge
from charter.framework.loader import NONE
from charter.framework.results import LevelResult, RequirementResult, Result
from charter.framework.schema import Framework, Kind, Level, Requirement, Status
from charter.framework.validity import action_counts, held_long_enough


def score(framework: Framework, submission: Submission) -> Result:
    """Score a submission; `FrameworkError` if it does not fit the framework.

    Unanswered counts as not met, so that a draft can be previewed; use `Result.unanswered_up_to` before submitting.
    """
    _check(framework, submission)
    judged = [_judged(framework, requirement, submission) for requirement in framework.requirements]
    settled: dict[tuple[str, str], RequirementResult] = {}
    for level in framework.levels:
        own = [result for result in judged if result.level == level.id]
        for result in _settle(framework, submission, _cap_insufficient(framework, own)):
            settled[result.criterion, result.level] = result
    requirements = tuple(settled[result.criterion, result.level] for result in judged)
    levels = _levels(framework, submission, requirements)
    return Result(
        framework=framework.version,
        level=next((level.level for level in reversed(levels) if level.reached), NONE),
        unanswered=_unanswered(requirements),
        levels=levels,
        requirements=requirements,
        notes=tuple(f"{r.criterion} ({r.level}): {r.note}" for r in requirements if r.note),
    )


def needs_action(framework: Framework, result: Result, level: str) -> tuple[str, ...]:
    """The criteria not met at or below that level, in framework order: each wants an action in the plan.

    Criteria that are themselves derived from the plan are left out.
    """
    unmet = (r.criterion for r in result.up_to(level) if r.applies and r.status is not Status.MET)
    return tuple(name for name in dict.fromkeys(unmet) if not framework.criterion(name).derived)


def _check(framework: Framework, submission: Submission) -> None:
    for key, answer in submission.answers.items():
        framework.criterion(key)
        if answer.criterion != key:
            raise FrameworkError(f"An answer to {answer.criterion} stands under {key}.", key)
    for level in submission.held_since:
        framework.level(level)
    check_together(framework, submission.answers.values())


def _unanswered(requirements: Iterable[RequirementResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.criterion for r in requirements if r.status is Status.UNANSWERED))


def _judged(framework: Framework, requirement: Requirement, submission: Submission) -> RequirementResult:
    criterion, threshold = requirement.criterion, requirement.threshold
    judgement = judge(framework, requirement, submission.answers.get(criterion.id))
    return RequirementResult(
        criterion=criterion.id,
        level=requirement.level,
        core=criterion.core,
        status=judgement.status,
        credit=framework.rules.credit.not_met,
        value=judgement.value,
        threshold=threshold.met if threshold else None,
        more_needed=_more_needed(requirement, submission),
        note=judgement.note,
    )


def _more_needed(requirement: Requirement, submission: Submission) -> int | None:
    answer = submission.answers.get(requirement.criterion.id)
    threshold = requirement.threshold
    if not answer or not answer.counts or requirement.criterion.kind is not Kind.MEASURE:
        return None
    if threshold is None or threshold.met is None or answer.counts[0].d == 0:
        return None
    count = answer.counts[0]
    return max(0, requirement.criterion.at_least - count.n, ceil(threshold.met * count.d) - count.n)


def _cap_insufficient(framework: Framework, own: Sequence[RequirementResult]) -> list[RequirementResult]:
    """The level's own requirements, with non-core insufficient ones beyond the cap turned into not met."""
    limit = framework.rules.insufficient_per_level
    note = f"Not enough numbers, but at most {limit} can be left out at a level, so this is not met."
    candidates = [result for result in own if result.status is Status.INSUFFICIENT and not result.core]
    beyond = {result.criterion for result in candidates[limit:]}
    return [replace(r, status=Status.NOT_MET, note=note) if r.criterion in beyond else r for r in own]


def _partly_limit(framework: Framework, own: Iterable[RequirementResult]) -> int:
    applicable = sum(result.applies and not result.core for result in own)
    return floor(framework.rules.partly_share * applicable)


def _settle(framework: Framework, submission: Submission, own: Sequence[RequirementResult]) -> list[RequirementResult]:
    """The level's own requirements with their credit."""
    credit = framework.rules.credit
    limit = left = _partly_limit(framework, own)
    settled = []
    for result in own:
        if result.status is Status.MET:
            settled.append(replace(result, credit=credit.met))
        elif result.status is Status.PARTLY:
            problem = _partly_problem(framework, submission, result, left, limit)
            left -= not problem
            gained = credit.not_met if problem else credit.partly
            settled.append(replace(result, note=problem or result.note, credit=gained))
        else:
            settled.append(result)
    return settled


def _partly_problem(
    framework: Framework, submission: Submission, result: RequirementResult, left: int, limit: int
) -> str:
    """Why this partly met one adds nothing, or "" when it counts."""
    if result.core:
        return "It is core, so partly met is not enough."
    if not action_counts(framework, submission.answers[result.criterion].action_due, submission.submitted_on):
        return "Partly met adds nothing without an open action due after submission and before the award expires."
    return "" if left > 0 else f"Partly met adds nothing more here: at most {limit} can count at this level."


def _levels(
    framework: Framework, submission: Submission, requirements: Sequence[RequirementResult]
) -> tuple[LevelResult, ...]:
    levels: list[LevelResult] = []
    for position, level in enumerate(framework.levels):
        within = {lower.id for lower in framework.levels[: position + 1]}
        upto = [result for result in requirements if result.level in within]
        below_reached = levels[-1].reached if levels else True
        levels.append(_level(framework, submission, level, upto, below_reached))
    return tuple(levels)


def _level(
    framework: Framework,
    submission: Submission,
    level: Level,
    upto: Sequence[RequirementResult],
    below_reached: bool,
) -> LevelResult:
    own = [result for result in upto if result.level == level.id]
    counted = [result for result in own if result.applies and not result.core]
    credit = sum((result.credit for result in counted), Fraction(0))
    result = LevelResult(
        level=level.id,
        reached=False,
        credit=credit,
        applicable=len(counted),
        share=credit / len(counted) if counted else None,
        needed_share=level.share,
        credit_short=max(Fraction(0), level.share * len(counted) - credit),
        partly_limit=_partly_limit(framework, own),
        core_unmet=tuple(r.criterion for r in own if r.core and r.status is not Status.MET),
        principles_unmet=_principles_unmet(framework, upto),
        held=_held(level, submission),
        decisive=_decisive(framework, upto),
        blocked_by=(),
    )
    blocked_by = tuple(_reasons(framework, level, result, own, below_reached))
    return replace(result, reached=not blocked_by, blocked_by=blocked_by)


def _reasons(
    framework: Framework,
    level: Level,
    result: LevelResult,
    own: Sequence[RequirementResult],
    below_reached: bool,
) -> Iterable[str]:
    """Everything that keeps the level from being reached: the level is reached when there is nothing."""
    if not below_reached:
        yield wording.below_reason(framework, level)
    statuses = {r.criterion: r.status for r in own}
    for criterion in result.core_unmet:
        yield wording.core_reason(framework, criterion, statuses[criterion])
    if result.share is None or result.share < level.share:
        yield wording.share_reason(framework, level, result.credit, result.applicable)
    for number in result.principles_unmet:
        yield wording.principle_reason(framework.principle(number))
    if level.needs_held and not result.held:
        yield wording.held_reason(framework, level.needs_held)


def _held(level: Level, submission: Submission) -> bool:
    held = level.needs_held
    return held is None or held_long_enough(held, submission.held_since.get(held.level), submission.submitted_on)


def _by_principle(framework: Framework, results: Iterable[RequirementResult]) -> dict[int, list[RequirementResult]]:
    """The results that apply, by principle number, in the order of the edition; principles with none left out."""
    found: dict[int, list[RequirementResult]] = {principle.number: [] for principle in framework.principles}
    for result in results:
        if result.applies:
            found[framework.criterion(result.criterion).principle].append(result)
    return {number: applying for number, applying in found.items() if applying}


def _principles_unmet(framework: Framework, upto: Iterable[RequirementResult]) -> tuple[int, ...]:
    grouped = _by_principle(framework, upto)
    return tuple(number for number, applying in grouped.items() if all(result.unmet for result in applying))


def _decisive(framework: Framework, upto: Iterable[RequirementResult]) -> tuple[str, ...]:
    grouped = _by_principle(framework, upto).values()
    return tuple(results[0].criterion for results in grouped if len(results) == 1 and not results[0].core)
