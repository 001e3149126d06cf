"""What is counted of a programme from time to time."""

from django.db import models

from mentoring.models import Programme


class ProgrammeFigures(models.Model):
    """How far random pairs of a programme agree, by characteristic and direction: of 60, rounded.

    `version` goes up by one whenever `expected` has changed.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, primary_key=True, related_name="+")
    computed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    expected = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"figures of programme {self.pk}"
