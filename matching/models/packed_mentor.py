"""What ranking reads of a mentor, packed into one row."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class PackedMentor(models.Model):
    """One mentor's membership as ranking reads it. Triggers write it, with whatever it is made of; nothing else does.

    What is packed, how, and why no write can be missed stands in `migrations/0002_packing.py`, which keeps it.
    Where a membership is over or an account suspended, `present` is unset and everything said is emptied; the row
    of a membership that was deleted stays for a day, so that every process hears of it.

    `paused` holds before the day `paused_until`, or for good where that is empty: who reads the row looks at the day.
    `answers` and `asks` are 4-byte words (`domain/unpacking.py` reads them); `stamp` is the number of the transaction
    that wrote the row last.
    """

    membership_id = models.BigIntegerField(primary_key=True)
    programme_id = models.BigIntegerField()
    person_id = models.UUIDField(db_index=True)
    organisation_id = models.BigIntegerField(null=True)
    present = models.BooleanField()
    capacity = models.IntegerField()
    taken = models.IntegerField()
    paused = models.BooleanField()
    paused_until = models.DateField(null=True)
    answers = models.BinaryField()
    asks = models.BinaryField()
    words = SearchVectorField()
    stamp = models.BigIntegerField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme_id", "stamp"], name="packed_mentor_by_stamp"),
            GinIndex(fields=["words"], name="packed_mentor_by_word"),
        ]

    def __str__(self) -> str:
        return f"packed mentor {self.pk}"
