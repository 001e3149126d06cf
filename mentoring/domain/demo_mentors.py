"""What makes the invented mentors look as if they lived: some are on a break."""

import random
from datetime import timedelta
from typing import Final

from django.utils import timezone

from mentoring.demo.cast import CAST
from mentoring.domain import clock
from mentoring.models import Membership

ON_A_BREAK: Final = 0.08
"""The share of mentors who are on a break; half of them know until when."""


def seed_mentors(seed: int) -> None:
    """Some mentors, none of those one signs in as, are on a break, half of them until a day that is known."""
    draw = random.Random(f"mentors {seed}")
    cast = [person.email for person in CAST]
    today = timezone.localdate(clock.now())
    for place in Membership.objects.mentors().exclude(person__user__email__in=cast).order_by("pk"):
        if draw.random() < ON_A_BREAK:
            known = draw.random() < 0.5
            place.paused, place.paused_until = True, today + timedelta(days=draw.randint(10, 60)) if known else None
            place.save(update_fields=["paused", "paused_until"])
