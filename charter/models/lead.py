"""Who looks after an organisation's charter work."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from mentoring.models import Organisation, Person
from mentoring.models.trail import tracked


@tracked("organisation", "person", "appointed_by")
class Lead(models.Model):
    """A person who opens the organisation's assessment and answers it. They need not work there."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="charter_leads")
    person = models.ForeignKey(Person, models.CASCADE, related_name="charter_leads")
    appointed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    appointed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="lead_once"),
        ]

    def __str__(self) -> str:
        return f"charter lead {self.pk}"
