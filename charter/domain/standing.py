"""How an assessment stands: its answers scored by the framework, as if it were submitted today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils import timezone

from charter.domain.assessment import framework_of
from charter.domain.content import Content, content_of
from charter.framework import (
    Answer,
    Framework,
    Result,
    Status,
    Submission,
    action_counts,
    needs_action,
    parse_answer,
    score,
)
from charter.models import Answer as AnswerRow
from charter.models import Assessment
from mentoring.domain import clock

ACTION_PLAN: Final = "action_plan"


@dataclass(frozen=True)
class Standing:
    """An assessment and its score.

    `rows` are the saved answers by criterion. `unplanned` are the criteria that still want an action in time, at or
    below the level applied for, in framework order; the action plan is met when there are none.
    """

    assessment: Assessment
    framework: Framework
    rows: Mapping[str, AnswerRow]
    submission: Submission
    result: Result
    unplanned: tuple[str, ...]

    @property
    def reached(self) -> str:
        """The highest level that the answers reach, at most the one applied for; "none" when none."""
        return self.result.awarded_when_applying_for(self.assessment.level)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The criteria still to be answered for the level applied for, in framework order."""
        return self.result.unanswered_up_to(self.assessment.level)

    @property
    def next_level(self) -> str | None:
        """The lowest level not reached yet, at most the one applied for; None when all are."""
        levels = self.framework.levels_up_to(self.assessment.level)
        return next((level.id for level in levels if not self.result.at(level.id).reached), None)


def today() -> date:
    """The day in London."""
    return timezone.localdate(clock.now())


def standing_of(assessment: Assessment) -> Standing:
    """Score the answers as they stand now. Two queries at most, however many answers."""
    rows = {row.criterion: row for row in AnswerRow.objects.filter(assessment=assessment)}
    return stand(assessment, rows)


def stand(assessment: Assessment, rows: Mapping[str, AnswerRow]) -> Standing:
    """Score these answers; asks nothing of the database."""
    framework = framework_of(assessment)
    answers = parse_all(framework, {name: content_of(row) for name, row in rows.items()})
    submission = Submission(today(), answers)
    submission, unplanned = _with_plan(framework, submission, assessment.level)
    return Standing(assessment, framework, rows, submission, score(framework, submission), unplanned)


def parse_all(framework: Framework, contents: Mapping[str, Content]) -> dict[str, Answer]:
    """Answers as the framework reads them."""
    return {
        name: parse_answer(framework, name, content.as_raw(framework.criterion(name)))
        for name, content in contents.items()
    }


def _with_plan(framework: Framework, submission: Submission, level: str) -> tuple[Submission, tuple[str, ...]]:
    """The submission with the action plan worked out, and what the plan lacks."""
    wanted = needs_action(framework, score(framework, submission), level)
    unplanned = tuple(name for name in wanted if not _planned(framework, submission, name))
    status = Status.NOT_MET if unplanned else Status.MET
    reason = f"{len(unplanned)} actions are missing." if unplanned else "Every unmet criterion has an action."
    derived = {
        criterion.id: Answer(criterion.id, status=status, reason=reason)
        for criterion in framework.criteria
        if criterion.derived == ACTION_PLAN
    }
    return replace(submission, answers={**submission.answers, **derived}), unplanned


def _planned(framework: Framework, submission: Submission, name: str) -> bool:
    answer = submission.answers.get(name)
    return answer is not None and action_counts(framework, answer.action_due, submission.submitted_on)
