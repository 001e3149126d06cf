"""Saving an answer, so that no two people overwrite each other without knowing."""

from datetime import date

from charter.domain.assessment import framework_of, locked
from charter.domain.content import NAMES, Content, content_of, only_for, stored
from charter.domain.standing import parse_all, today
from charter.framework import Criterion, Framework, FrameworkError, action_counts, check_together, parse_answer
from charter.models import Answer, AnswerChange, Assessment
from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.models import Person

BAD_ACTION = "Give an action both: what you will do, and by when."
BAD_DUE = "Choose a day after today, and less than three years away: an action must fall due before an award would end."
DERIVED = "This one is worked out from your actions; nobody answers it."


class Stale(NotPossible):
    """Somebody saved another answer since this one was begun. Nothing was changed.

    `theirs` is the row as it stands; `base` is what the person started from (None: nothing).
    """

    def __init__(self, theirs: Answer, base: Content | None) -> None:
        super().__init__("Somebody saved a different answer to this question while you were writing.")
        self.theirs = theirs
        self.base = base


@action
def save_answer(*, assessment: Assessment, criterion_id: str, content: Content, version: int, by: Person) -> Answer:
    """Keep an answer, with a record of what it was. `version` is the one the person saw; 0 when there was none.

    Saving what stands there already is harmless, on whatever version.

    Raises:
        Stale: somebody else changed this answer in the meantime.
        NotPossible: the person is no lead there, or the framework refuses the answer.
    """
    row = locked(assessment, by)
    framework = framework_of(row)
    criterion = framework.criterion(criterion_id)
    content = only_for(criterion, content)
    current = Answer.objects.filter(assessment=row, criterion=criterion.id).first()
    if current is not None and content_of(current) == content:
        return current
    if version != (current.version if current else 0):
        raise stale(current, version)
    _check(framework, criterion, content, row, current)
    return _write(row, criterion, content, current, by)


def stale(current: Answer | None, version: int) -> NotPossible:
    """What to tell somebody whose `version` is not the current one."""
    if current is None:
        return NotPossible("This page is out of date. Open the question again.")
    base = AnswerChange.objects.filter(answer=current, version=version).first()
    return Stale(current, stored(base.content) if base else None)


def check_content(framework: Framework, criterion: Criterion, content: Content) -> None:
    """Everything about an answer that needs no other answer.

    Raises:
        FrameworkError: the framework refuses it.
        NotPossible: it is empty, derived, or its action has no date or none in time.
    """
    if criterion.derived:
        raise NotPossible(DERIVED)
    if content.empty:
        raise NotPossible("Answer the question, or say what you will do about it.")
    parse_answer(framework, criterion.id, content.as_raw(criterion))
    if bool(content.action) != (content.action_due is not None):
        raise NotPossible(BAD_ACTION)


def _check(
    framework: Framework, criterion: Criterion, content: Content, row: Assessment, current: Answer | None
) -> None:
    """All of it again under the lock, and together with the others: claims are counted for each principle."""
    try:
        check_content(framework, criterion, content)
        others = Answer.objects.filter(assessment=row).exclude(criterion=criterion.id)
        answers = parse_all(framework, {answer.criterion: content_of(answer) for answer in others})
        answers[criterion.id] = parse_answer(framework, criterion.id, content.as_raw(criterion))
        check_together(framework, answers.values())
    except FrameworkError as error:
        raise NotPossible(error.message) from error
    before = current.action_due if current else None
    if content.action_due != before and not due_in_time(framework, content.action_due):
        raise NotPossible(BAD_DUE)


def due_in_time(framework: Framework, due: date | None) -> bool:
    """Whether an action may be given this date now; no date is for others to object to."""
    return due is None or action_counts(framework, due, today())


def _write(row: Assessment, criterion: Criterion, content: Content, current: Answer | None, by: Person) -> Answer:
    answer = current or Answer(assessment=row, criterion=criterion.id, version=0)
    for name in NAMES:
        setattr(answer, name, getattr(content, name))
    answer.version += 1
    answer.changed_by, answer.changed_at = by, clock.now()
    answer.save(update_fields=None if current is None else [*NAMES, "version", "changed_by", "changed_at"])
    AnswerChange.objects.create(
        answer=answer,
        version=answer.version,
        content=content.as_stored(),
        changed_by=by,
        changed_at=answer.changed_at,
    )
    return answer
