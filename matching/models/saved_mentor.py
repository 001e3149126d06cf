"""Mentors that a mentee wants to find again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from mentoring.models import Membership, Person


class SavedMentor(models.Model):
    """One mentor of one programme, kept by one mentee. Nobody else knows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "membership"], name="saved_once"),
        ]

    def __str__(self) -> str:
        return f"saved mentor {self.pk}"
