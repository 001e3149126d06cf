"""Employers and bodies."""

from typing import ClassVar

from django.db import models

from mentoring.enums import OrganisationKind


class Organisation(models.Model):
    """An employer or body that people belong to and that runs programmes."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    region = models.CharField(max_length=60, blank=True, help_text="A region of the catalogue.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
