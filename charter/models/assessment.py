"""One organisation's answers to one edition of the framework."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from charter.enums import AssessmentState
from mentoring.models import Organisation, Person


class Assessment(models.Model):
    """A self-assessment. The edition is fixed when it is opened: rules never move under it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="charter_assessments")
    framework = models.CharField(max_length=12, help_text="The version of the framework's edition.")
    level = models.CharField(max_length=20, help_text="The id of the level applied for, in that edition.")
    state = models.CharField(max_length=12, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=AssessmentState.DRAFT),
                name="assessment_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.values) & ~Q(framework="") & ~Q(level=""),
                name="assessment_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"
