"""What a person brings that can be checked: registrations, qualifications, training."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.enums import CredentialKind, TrainingTopic
from mentoring.models.person import Person
from mentoring.models.trail import tracked


@tracked("person", "kind", "verified_at", "verified_by")
class Credential(models.Model):
    """One credential: the person's own word, until a coordinator has checked it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=16, choices=CredentialKind.choices)
    topic = models.CharField(max_length=16, choices=TrainingTopic.choices, blank=True)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=40, blank=True)
    gained_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "-gained_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="credential_number_of_a_registration",
                condition=Q(kind=CredentialKind.REGISTRATION) | Q(number=""),
            ),
            models.CheckConstraint(
                name="credential_topic_of_a_training",
                condition=(Q(kind=CredentialKind.TRAINING) & ~Q(topic=""))
                | (~Q(kind=CredentialKind.TRAINING) & Q(topic="")),
            ),
            models.CheckConstraint(
                name="credential_verified_or_not",
                condition=Q(verified_at__isnull=False) | Q(verified_by__isnull=True, note=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "kind"], name="credential_by_person")]

    def __str__(self) -> str:
        return f"credential {self.pk}"
