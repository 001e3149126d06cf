"""Where a person's photo is."""

from django.urls import reverse

from mentoring.domain.picture import LARGE, SMALL
from mentoring.models import Person

SIZES = (SMALL, LARGE)


def photo_url(person: Person, size: int = SMALL) -> str:
    """The address of their photo, another one for each photo; empty where there is none. No query."""
    if not person.photo_key:
        return ""
    return f"{reverse('photo', args=[person.pk, size])}?{person.photo_key}"
