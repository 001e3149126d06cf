"""Marks and words for a mentor, and the monthly counting that protects who gave them.

A mean moves only when five or more mentees' marks in that one thing have changed since it last moved (new, other, or
taken back), and never stands on fewer than five. So whatever is compared, over however many months, a difference is
made by five people at least. Our rule, on top of the small numbers of docs/feedback.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import AllyAct, Skill
from mentoring.models import Feedback, FeedbackMonth, Mark, MeanMark, MentorRating, Mentorship, Person

FEWEST: Final = 5
"""Means stand on so many marks at least, and move with so many."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one mentee says: marks from 1 to 5 by skill or act, left out where nothing is said, and words."""

    marks: Mapping[str, int]
    words: str = ""


def refuse_unless_mentored(mentor: Person, by: Person) -> Mentorship:
    """The newest mentorship of the two that became active.

    Raises:
        NotPossible: there was none.
    """
    reached = Mentorship.objects.filter(mentee=by, mentor=mentor, active_at__isnull=False)
    row = reached.order_by("-active_at").first()
    if row is None:
        raise NotPossible("You can say this of mentors with whom you have worked.")
    return row


@action
def give_feedback(*, mentor: Person, said: Said, by: Person) -> Feedback:
    """Keep what a mentee says in place of what they said before. It is counted with others' in a coming month.

    Raises:
        NotPossible: they were not mentored by them, or a mark is not one of the things asked, or not 1 to 5.
    """
    refuse_unless_mentored(mentor, by)
    if not set(said.marks) <= {*Skill.values, *AllyAct.values} or not set(said.marks.values()) <= {1, 2, 3, 4, 5}:
        raise NotPossible("Choose a mark from 1 to 5.")
    row, _ = Feedback.objects.get_or_create(mentee=by, mentor=mentor)
    row = Feedback.objects.select_for_update(of=("self",)).get(pk=row.pk)
    words = said.words.strip()
    if words != row.words:
        row.words, row.told = words, False
    row.changed_at = clock.now()
    row.save(update_fields=["words", "told", "changed_at"])
    _keep_marks(row, said.marks)
    return row


def _keep_marks(row: Feedback, marks: Mapping[str, int]) -> None:
    before = {mark.item: mark for mark in row.marks.all()}
    for item, mark in before.items():
        mark.mark = marks.get(item)
        if mark.mark is None and mark.counted is None:
            mark.delete()
        else:
            mark.save(update_fields=["mark"])
    new = (Mark(feedback=row, item=item, mark=mark) for item, mark in marks.items() if item not in before)
    Mark.objects.bulk_create(new)


@action
def take_back_feedback(*, mentor: Person, by: Person) -> None:
    """Take all of it back. Words are gone at once, marks from the means with the next change of five."""
    for row in Feedback.objects.select_for_update(of=("self",)).filter(mentee=by, mentor=mentor):
        _keep_marks(row, {})
        row.words, row.told, row.changed_at = "", False, clock.now()
        row.save(update_fields=["words", "told", "changed_at"])
        if not row.marks.exists():
            row.delete()


@action
def count_month() -> bool:
    """Once a month, move the means that may move and pass words on; False where this month's is done."""
    month = timezone.localdate(clock.now()).replace(day=1)
    if not _claim(month):
        return False
    some = Q(pk__in=Feedback.objects.values("mentor")) | Q(pk__in=MeanMark.objects.values("mentor"))
    for mentor in Person.objects.filter(some).order_by("pk"):
        _count(mentor)
    return True


def _claim(month: date) -> bool:
    return FeedbackMonth.objects.get_or_create(month=month)[1]


def _count(mentor: Person) -> None:
    shown = {mean.item: mean for mean in mentor.mean_marks.all()}
    marks: dict[str, list[Mark]] = {}
    for mark in Mark.objects.select_for_update(of=("self",)).filter(feedback__mentor=mentor).order_by("pk"):
        marks.setdefault(mark.item, []).append(mark)
    for item in {*shown, *marks}:
        _count_item(mentor, item, marks.get(item, []), shown.get(item))
    _rate(mentor)
    _pass_words_on(mentor.feedback.filter(told=False).exclude(words=""))


def _count_item(mentor: Person, item: str, marks: list[Mark], shown: MeanMark | None) -> None:
    now = [mark.mark for mark in marks if mark.mark is not None]
    still = [mark for mark in marks if mark.counted is not None]
    gone = (shown.mentees if shown else 0) - len(still)  # those whose account is gone
    changed = sum(mark.mark != mark.counted for mark in marks) + gone
    if len(now) < FEWEST:
        # Only remembered from here on: what is shown next differs from it by five marks too.
        MeanMark.objects.filter(mentor=mentor, item=item).update(stands=False)
    elif changed >= FEWEST:
        mean = {"halves": _halves(sum(now), len(now)), "mentees": len(now), "stands": True}
        MeanMark.objects.update_or_create(mentor=mentor, item=item, defaults=mean)
        _settle(marks)


def _settle(marks: list[Mark]) -> None:
    """From now on these marks count as they stand."""
    for mark in marks:
        mark.counted = mark.mark
    Mark.objects.filter(pk__in=[mark.pk for mark in marks if mark.mark is None]).delete()
    Mark.objects.bulk_update([mark for mark in marks if mark.mark is not None], ["counted"])


def _halves(total: int, count: int) -> int:
    """A mean in half marks, rounded half up."""
    return (4 * total + count) // (2 * count)


def _rate(mentor: Person) -> None:
    means = list(MeanMark.objects.standing().filter(mentor=mentor, item__in=Skill.values))
    if not means:
        MentorRating.objects.filter(mentor=mentor).delete()
        return
    halves = _halves(sum(mean.halves for mean in means), 2 * len(means))
    most = max(mean.mentees for mean in means)
    MentorRating.objects.update_or_create(mentor=mentor, defaults={"halves": halves, "mentees": most})


def _pass_words_on(waiting: QuerySet[Feedback]) -> None:
    rows = [row.pk for row in waiting]
    if len(rows) >= FEWEST:
        Feedback.objects.filter(pk__in=rows).update(told=True)
