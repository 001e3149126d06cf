"""Asking somebody to take a place that is kept for them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from mentoring.models.person import Person
from mentoring.models.programme import Programme
from mentoring.models.trail import tracked


@tracked("programme", "person", "sent_at", "chased_at", "claimed_at")
class Invitation(models.Model):
    """A place kept for somebody at an address. Email goes only when a coordinator asks for it, and one chase."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("programme", Lower("email"), name="invitation_once"),
        ]
        indexes: ClassVar = [models.Index(Lower("email"), name="invitation_by_address")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
