"""The person behind an account, and what they say of themselves."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from mentoring.enums import Commitment
from mentoring.models.organisation import Organisation
from mentoring.models.user import User


class Person(models.Model):
    """A member. Somebody brought in by a coordinator has no account until they claim their place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.CASCADE, null=True, blank=True, related_name="person")
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=30, blank=True)
    headline = models.CharField(max_length=120, blank=True)
    journey = models.TextField(max_length=2000, blank=True)
    wants = models.TextField(max_length=600, blank=True)
    commitments = ArrayField(models.CharField(max_length=12, choices=Commitment.choices), default=list, blank=True)
    commitment_words = models.TextField(max_length=400, blank=True)
    mentored = models.TextField(max_length=600, blank=True, help_text="Whom they have mentored, in their own words.")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="people")
    team = models.CharField(max_length=80, blank=True, help_text="Shown to nobody: it keeps a team apart, if asked to.")
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "people"
        indexes: ClassVar = [models.Index(fields=["last_name", "first_name"], name="person_by_name")]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        """First and last name as the person writes them; many people have only one."""
        return f"{self.first_name} {self.last_name}".strip() or "New member"

    @property
    def called(self) -> str:
        """What to call them in a sentence."""
        return self.first_name or self.last_name or "this person"
