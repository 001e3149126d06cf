"""Who is kept apart from whom: people blocked, employers and teams never shown to, those who manage somebody."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from mentoring.models.organisation import Organisation
from mentoring.models.person import Person


class Block(models.Model):
    """One person never wants to meet another here. The other is not told."""

    blocker = models.ForeignKey(Person, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, models.CASCADE, related_name="blocked_by")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"


class NeverShownTo(models.Model):
    """One person is never shown to those who work for an employer, or in one team of it, nor these to them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="never_shown_to")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    team = models.CharField(max_length=80, blank=True, help_text="Empty for the whole employer.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("person", "organisation", Lower("team"), name="never_shown_to_once"),
        ]

    def __str__(self) -> str:
        return f"never shown to {self.pk}"


class ManagedBy(models.Model):
    """An address of somebody who manages a person: the two are never put together. Seen by the person alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="managed_by")
    email = models.EmailField(help_text="In small letters.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "email"], name="managed_by_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="managed_by_small_letters"),
        ]
        indexes: ClassVar = [models.Index(fields=["email"], name="managed_by_email")]

    def __str__(self) -> str:
        return f"managed by {self.pk}"


class KeptApart(models.Model):
    """Two people of whom one is kept apart from the other, in both directions: a view of the three tables above.

    They are never shown to each other, ranked, suggested or asked. What is under way between them is not touched.
    """

    pk = models.CompositePrimaryKey("one", "other")
    one = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    other = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "mentoring_keptapart"

    def __str__(self) -> str:
        return f"{self.one_id} apart from {self.other_id}"
