"""A file of people on its way into a programme."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.enums import ImportState, Role
from mentoring.models.person import Person
from mentoring.models.programme import Programme

_OVER = (ImportState.DONE, ImportState.DROPPED)


class PeopleImport(models.Model):
    """What a coordinator uploaded: first shown, then taken by a worker that can be interrupted anywhere.

    `content` is the file without every column that is never stored, `findings` what was found in it; both are
    packed, and wiped seven days after the file is done with (of a file that was taken only the refused rows are
    left until then). What stays is numbers: `planned` and `taken`. A worker holds a row by `leased_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people_imports")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=[(Role.MENTEE, "Mentees"), (Role.MENTOR, "Mentors")], blank=True)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.READ)
    content = models.BinaryField(null=True, editable=False)
    findings = models.BinaryField(null=True, editable=False)
    planned = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_import_finished_when_over",
                condition=Q(state__in=_OVER, finished_at__isnull=False)
                | (~Q(state__in=_OVER) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="people_import_dropped_is_wiped",
                condition=~Q(state=ImportState.DROPPED) | Q(content__isnull=True, findings__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "-made_at"], name="people_import_by_programme"),
            models.Index(
                fields=["made_at"],
                condition=Q(state__in=[ImportState.WAITING, ImportState.TAKING]),
                name="people_import_due",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
