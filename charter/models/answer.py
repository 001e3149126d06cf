"""What an organisation says of one criterion, and everything it said of it before."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from charter.enums import AnswerStatus
from charter.models.assessment import Assessment
from mentoring.models import Person

_NO_SECOND = Q(second_n__isnull=True, second_d__isnull=True)
_NO_FIRST = Q(first_n__isnull=True, first_d__isnull=True)


class Answer(models.Model):
    """One criterion's answer: a status with a reason, or counts; and perhaps an action with its date.

    A measure has one count, n of d; a ratio has two. `version` grows by one with every change: whoever saves on an
    older one is told so.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=12)
    status = models.CharField(max_length=16, choices=AnswerStatus.choices, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    first_n = models.PositiveIntegerField(null=True, blank=True)
    first_d = models.PositiveIntegerField(null=True, blank=True)
    second_n = models.PositiveIntegerField(null=True, blank=True)
    second_d = models.PositiveIntegerField(null=True, blank=True)
    action = models.TextField(max_length=1000, blank=True)
    action_due = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="answer_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="answer_version"),
            models.CheckConstraint(
                name="answer_status_known", condition=Q(status="") | Q(status__in=AnswerStatus.values)
            ),
            models.CheckConstraint(name="answer_status_has_reason", condition=Q(status="") | ~Q(reason="")),
            models.CheckConstraint(name="answer_status_or_counts", condition=Q(status="") | (_NO_FIRST & _NO_SECOND)),
            models.CheckConstraint(
                name="answer_first_count",
                condition=_NO_FIRST | Q(first_n__isnull=False, first_d__isnull=False, first_n__lte=F("first_d")),
            ),
            models.CheckConstraint(
                name="answer_second_count",
                condition=_NO_SECOND
                | Q(
                    first_n__isnull=False,
                    second_n__isnull=False,
                    second_d__isnull=False,
                    second_n__lte=F("second_d"),
                ),
            ),
            models.CheckConstraint(
                name="answer_action_has_date",
                condition=Q(action="", action_due__isnull=True) | (~Q(action="") & Q(action_due__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerChange(models.Model):
    """One saved version of an answer, kept for good: by whom, when, and all of it as it stood from then on.

    What it was before is the change with the version one lower.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    content = models.JSONField(help_text="Every field of the answer, by name; dates as ISO text.")
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "version"], name="answer_change_once"),
        ]

    def __str__(self) -> str:
        return f"change {self.version} of answer {self.answer_id}"
