"""That technical staff opened a record."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from mentoring.models.person import Person


class RecordRead(models.Model):
    """Somebody opened one row of the records room; written before they see it."""

    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="record_reads")
    record = models.CharField(max_length=80, help_text="Which kind of row: the model's label.")
    key = models.CharField(max_length=64)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["read_at"], name="record_read_by_time")]

    def __str__(self) -> str:
        return f"record read {self.pk}"
