"""The status of one requirement from its answer alone, before the caps that look at a whole level."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from charter.framework.answers import Answer
from charter.framework.ratios import quotient, ratio, sufficient, wholly_below_one
from charter.framework.schema import Framework, Kind, Requirement, Rules, Status, Threshold


@dataclass(frozen=True)
class Judgement:
    """A status, the exact value it came from (n/d, R or Q; None for words) and a note for people ("" for none)."""

    status: Status
    value: Fraction | None = None
    note: str = ""


def judge(framework: Framework, requirement: Requirement, answer: Answer | None) -> Judgement:
    """How the requirement stands on this answer; None is unanswered."""
    if answer is None or not answer.answered:
        return Judgement(Status.UNANSWERED)
    if answer.status is Status.NOT_APPLICABLE:
        return _claim(answer)
    return _JUDGES[requirement.criterion.kind](framework.rules, requirement, answer)


def _claim(answer: Answer) -> Judgement:
    if answer.na_accepted is False:
        return Judgement(Status.NOT_MET, note="The panel did not accept that this is not applicable.")
    if answer.na_accepted is None:
        return Judgement(Status.NOT_APPLICABLE, note="Left out for now; the panel has yet to accept it.")
    return Judgement(Status.NOT_APPLICABLE)


def _statement(rules: Rules, requirement: Requirement, answer: Answer) -> Judgement:
    return Judgement(answer.status or Status.UNANSWERED)


def _measure(rules: Rules, requirement: Requirement, answer: Answer) -> Judgement:
    """n below `at_least` is not met even when d is 0: "at least one" is part of the requirement."""
    criterion, count = requirement.criterion, answer.counts[0]
    if count.n < criterion.at_least:
        return Judgement(Status.NOT_MET, note=f"There must be at least {criterion.at_least}.")
    if count.d == 0:
        return Judgement(Status.INSUFFICIENT, note="There is nobody to count yet: say in words how things stand.")
    if criterion.survey and count.d < rules.survey_minimum:
        note = f"Fewer than {rules.survey_minimum} answers: say in words how things stand."
        return Judgement(Status.INSUFFICIENT, note=note)
    return Judgement(_band(count.share, requirement.threshold), count.share)


def _ratio(rules: Rules, requirement: Requirement, answer: Answer) -> Judgement:
    first, second = answer.counts
    if not sufficient(rules.ratio, first, second):
        note = f"Fewer than {rules.ratio.minimum} people on a side, or nobody in the second group: say it in words."
        return Judgement(Status.INSUFFICIENT, note=note)
    value = ratio(first, second)
    if _band(value, requirement.threshold) is Status.MET:
        high = value > rules.ratio.note_above
        return Judgement(Status.MET, value, "The first group does this far more often: look into why." if high else "")
    if wholly_below_one(rules.ratio, first, second):
        return Judgement(Status.NOT_MET, value, "The difference is larger than chance would explain.")
    return Judgement(Status.PARTLY, value, "Below the threshold, but it could be chance: the interval reaches 1.")


def _quotient(rules: Rules, requirement: Requirement, answer: Answer) -> Judgement:
    part, whole = answer.counts
    value = quotient(part, whole)
    return Judgement(_band(value, requirement.threshold), value)


def _band(value: Fraction, threshold: Threshold | None) -> Status:
    if threshold is None or threshold.met is None or value >= threshold.met:
        return Status.MET
    if threshold.partly is not None and value >= threshold.partly:
        return Status.PARTLY
    return Status.NOT_MET


_JUDGES: dict[Kind, Callable[[Rules, Requirement, Answer], Judgement]] = {
    Kind.STATEMENT: _statement,
    Kind.MEASURE: _measure,
    Kind.RATIO: _ratio,
    Kind.QUOTIENT: _quotient,
}
