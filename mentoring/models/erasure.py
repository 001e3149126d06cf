"""That somebody's account was deleted, so that a restored backup does not bring them back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Erasure(models.Model):
    """One account, by a number that stands nowhere else any more. `filed_at`: when it went to the file outside."""

    person_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField(default=timezone.now)
    filed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["erased_at"], condition=Q(filed_at__isnull=True), name="erasure_to_file"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
