"""A person's photo."""

from django.db import models
from django.utils import timezone

from mentoring.models.person import Person


class Photo(models.Model):
    """A square picture in two sizes, as we have written it ourselves; never the file that was sent.

    In a table of its own, so that nothing that reads people reads pictures (docs/decisions/0007-photos-are-rows.md).
    `Person.photo_key` says whether there is one, and which.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    large = models.BinaryField("picture")
    small = models.BinaryField("small picture")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"photo of {self.person_id}"
