"""Who will review what organisations submit."""

from django.db import models
from django.utils import timezone

from mentoring.models import Person
from mentoring.models.trail import tracked


@tracked("person", "named_by")
class Assessor(models.Model):
    """A person named to review submissions. Reviews are yet to come; until then they read the framework."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="charter_assessor")
    named_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"assessor {self.pk}"
