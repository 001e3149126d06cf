"""Answers: what an organisation says of each criterion, and the one place where that is checked.

The web form and the offline command both come through `parse_answer`, so they accept and refuse alike.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from charter.framework.errors import FrameworkError
from charter.framework.schema import Criterion, Empty, Framework, Kind, Side, Status

CHOICES = (Status.MET, Status.PARTLY, Status.NOT_MET, Status.NOT_APPLICABLE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Count:
    """n of d people, pairs, circles or actions; 0 ≤ n ≤ d."""

    n: int
    d: int

    @property
    def share(self) -> Fraction:
        """n/d, exactly; d must not be 0."""
        return Fraction(self.n, self.d)


@dataclass(frozen=True)
class Answer:
    """A checked answer to one criterion (for all its levels); build it with `parse_answer`.

    `status` is chosen by people: for a statement, or "not applicable" where that may be claimed.
    `counts` holds one count for a measure, two for a ratio (first group, second group) or a quotient (part, whole).
    An answer with neither is unanswered. `action_due` is the date of the open action, if there is one.
    `na_accepted`: None until the panel has looked at the claim.
    """

    criterion: str
    status: Status | None = None
    counts: tuple[Count, ...] = ()
    reason: str = ""
    action_due: date | None = None
    na_accepted: bool | None = None

    @property
    def answered(self) -> bool:
        """Whether there is anything to score."""
        return self.status is not None or bool(self.counts)


@dataclass(frozen=True)
class Submission:
    """What is scored: answers by criterion id, the day of submission, and since when levels have been held.

    `held_since` maps a level's id to a date; a level that is not held is left out.
    """

    submitted_on: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    held_since: Mapping[str, date] = field(default_factory=dict)


def parse_answer(framework: Framework, criterion_id: str, raw: object) -> Answer:
    """Check one answer as it stands in JSON (dict or None); `FrameworkError` says what to put right.

    None, {}, and null numbers are an unanswered `Answer`; so is a reason or action without a status or numbers.
    """
    criterion = framework.criterion(criterion_id)
    try:
        return _parse(framework, criterion, {} if raw is None else raw)
    except FrameworkError as error:
        raise FrameworkError(error.message, criterion.id) from error


def _parse(framework: Framework, criterion: Criterion, raw: object) -> Answer:
    if not isinstance(raw, dict):
        raise FrameworkError("An answer must be an object with the parts that this criterion asks for.")
    _no_strangers(raw, _keys(criterion))
    counts = _counts(framework, criterion, raw)
    status = _status(criterion, raw.get("status"))
    reason = _text(raw.get("reason"))
    if status is not None:
        _check_status(framework, criterion, status, reason, counts)
    return Answer(
        criterion=criterion.id,
        status=status,
        counts=counts,
        reason=reason,
        action_due=parse_date(raw.get("action_due"), "action_due"),
        na_accepted=_acceptance(raw.get("na_accepted")),
    )


def _keys(criterion: Criterion) -> set[str]:
    keys = {"status", "reason", "action_due", "na_accepted"}
    if criterion.kind is Kind.MEASURE:
        return keys | {"n", "d"}
    return keys | {side.key for side in criterion.sides}


def _no_strangers(raw: dict[str, object], known: set[str]) -> None:
    if strangers := sorted(str(key) for key in raw if key not in known):
        raise FrameworkError(f"This cannot be part of an answer here: {', '.join(strangers)}.")


def _status(criterion: Criterion, raw: object) -> Status | None:
    if raw is None:
        return None
    if not isinstance(raw, str) or raw not in CHOICES:
        raise FrameworkError(f"The status must be one of {', '.join(CHOICES)}, not {_shown(raw)}.")
    status = Status(raw)
    if status is Status.NOT_APPLICABLE and not criterion.not_applicable:
        raise FrameworkError("This criterion applies to everyone: not applicable cannot be claimed here.")
    if criterion.kind is not Kind.STATEMENT and status is not Status.NOT_APPLICABLE:
        raise FrameworkError("The status follows from the numbers: give the numbers and no status.")
    return status


def _check_status(
    framework: Framework, criterion: Criterion, status: Status, reason: str, counts: tuple[Count, ...]
) -> None:
    if status is Status.NOT_APPLICABLE:
        least = framework.rules.not_applicable_reason
        if len(reason) < least:
            raise FrameworkError(
                f"To claim not applicable, say why in at least {least} characters; there are {len(reason)}."
            )
        if counts:
            raise FrameworkError("Either claim not applicable or give the numbers, not both.")
    elif not reason:
        raise FrameworkError("Say why in a few words: every status needs a reason.")


def _text(raw: object) -> str:
    """The words without blanks around them, so that blanks are neither a reason nor make one longer."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise FrameworkError("The reason must be words.")
    return raw.strip()


def _acceptance(raw: object) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    raise FrameworkError("na_accepted must be null, true or false.")


def parse_date(raw: object, name: str) -> date | None:
    """A date written as 2027-06-30, or None for null; `FrameworkError` otherwise."""
    if raw is None:
        return None
    problem = f"{name} must be a date like 2027-06-30, not {_shown(raw)}."
    if not isinstance(raw, str) or not _DATE.fullmatch(raw):
        raise FrameworkError(problem)
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise FrameworkError(problem) from error


def _counts(framework: Framework, criterion: Criterion, raw: dict[str, object]) -> tuple[Count, ...]:
    if criterion.kind is Kind.STATEMENT:
        return ()
    if criterion.kind is Kind.MEASURE:
        found = [_count(raw, criterion.sides[0])]
    else:
        found = [_count(_side(raw.get(side.key), side.key), side) for side in criterion.sides]
    counts = tuple(count for count in found if count is not None)
    if counts and len(counts) < len(found):
        raise FrameworkError(f"Give the numbers for both sides: {_either(criterion)}.")
    if counts:
        _check_totals(criterion, counts)
    return counts


def _either(criterion: Criterion) -> str:
    return " and ".join(side.key for side in criterion.sides)


def _side(raw: object, key: str) -> dict[str, object]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise FrameworkError(f"{key} must be an object with n and d.")
    _no_strangers(raw, {"n", "d"})
    return raw


def _count(raw: dict[str, object], side: Side) -> Count | None:
    n, d = _whole(raw.get("n"), "n"), _whole(raw.get("d"), "d")
    if n is None and d is None:
        return None
    if n is None or d is None:
        raise FrameworkError("Give both numbers, n and d, or leave both out.")
    if n > d:
        raise FrameworkError(f"There cannot be more {side.numerator} ({n}) than {side.denominator} ({d}).")
    return Count(n, d)


def _whole(raw: object, name: str) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise FrameworkError(f"{name} must be a whole number, 0 or more, not {_shown(raw)}.")
    return raw


def _check_totals(criterion: Criterion, counts: tuple[Count, ...]) -> None:
    """Refuse totals that cannot be divided by, where the rules call that a mistake.

    A whole with n = 0 leaves the quotient undefined: we count it with the zero totals (our decision); the remedy
    is to correct the figure or to claim not applicable.
    """
    totals = zip(criterion.sides, counts, strict=True)
    if criterion.kind is Kind.QUOTIENT:
        empty = [side.denominator for side, count in totals if count.d == 0]
        empty += [criterion.sides[1].numerator] if counts[1].n == 0 else []
    elif criterion.kind is Kind.MEASURE and criterion.empty is Empty.ERROR:
        empty = [side.denominator for side, count in totals if count.d == 0]
    else:
        return
    if empty:
        raise FrameworkError(f"The number of {empty[0]} cannot be 0 here: check the figure.")


def _shown(raw: object) -> str:
    text = raw if isinstance(raw, str) else "true" if raw is True else "false" if raw is False else str(raw)
    return f"{text[:40]!r}" if isinstance(raw, str) else text[:40]


def check_together(framework: Framework, answers: Iterable[Answer]) -> None:
    """What no answer can know alone: how many in a principle claim not applicable.

    A rejected claim counts too (our decision): it was claimed.
    """
    limit = framework.rules.not_applicable_per_principle
    claims: dict[int, int] = {}
    for criterion in _claimed(framework, answers):
        claims[criterion.principle] = claims.get(criterion.principle, 0) + 1
        if claims[criterion.principle] > limit:
            raise FrameworkError(
                f"Not applicable can be claimed for at most {limit} in principle {criterion.principle}.", criterion.id
            )


def _claimed(framework: Framework, answers: Iterable[Answer]) -> list[Criterion]:
    claimed = {answer.criterion for answer in answers if answer.status is Status.NOT_APPLICABLE}
    return [criterion for criterion in framework.criteria if criterion.id in claimed]
