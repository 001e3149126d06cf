"""What a person asks for in a mentor, or in a mentee."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from matching.enums import Direction, Side, Strength
from mentoring.models import Characteristic, Person


class Preference(models.Model):
    """A characteristic, a direction and a strength; at most one per characteristic and side. Seen by nobody else."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="preferences")
    side = models.CharField(max_length=10, choices=Side.choices)
    characteristic = models.ForeignKey(Characteristic, models.CASCADE, related_name="+")
    direction = models.CharField(max_length=12, choices=Direction.choices)
    strength = models.CharField(max_length=8, choices=Strength.choices)
    options = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "side", "characteristic"], name="preference_once"),
            models.CheckConstraint(
                name="preference_options_for_one_of",
                condition=Q(direction=Direction.ONE_OF, options__len__gte=1)
                | (~Q(direction=Direction.ONE_OF) & Q(options__len=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"
