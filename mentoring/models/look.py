"""Who looked at what is held of a person."""

from typing import ClassVar

from django.db import models

from mentoring.enums import LookKind, LookRole
from mentoring.models.person import Person


class Look(models.Model):
    """Somebody who runs something opened a page, a file or a record with another's details; once a day and a kind."""

    subject = models.ForeignKey(Person, models.CASCADE, related_name="looks", verbose_name="whose")
    viewer = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="who looked")
    role = models.CharField("as", max_length=16, choices=LookRole.choices)
    kind = models.CharField("at what", max_length=12, choices=LookKind.choices)
    of = models.CharField("of what", max_length=80, blank=True, help_text="The label of the model, of a record.")
    day = models.DateField("on", db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "day", "kind", "viewer", "of"], name="look_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
