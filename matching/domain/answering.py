"""How long a mentor usually takes to answer."""

import math
from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import F

from mentoring.domain import clock
from mentoring.models import Mentorship

LOOKED_BACK: Final = timedelta(days=365)
FEWEST: Final = 3
"""Answers from which *usually* is a fair word (our decision)."""


def usual_days(mentors: Iterable[UUID]) -> dict[UUID, int]:
    """Days that these mentors usually take: the median of a year's answers, whole days, at least 1. One query.

    Mentors with fewer than three answers are not among them. A pair brought along from a file was never asked here.
    """
    rows = Mentorship.objects.filter(
        mentor__in=list(mentors), asked_at__gt=clock.now() - LOOKED_BACK, answered_at__gt=F("asked_at")
    )
    waits: dict[UUID, list[float]] = {}
    for mentor, wait in rows.annotate(wait=F("answered_at") - F("asked_at")).values_list("mentor_id", "wait"):
        waits.setdefault(mentor, []).append(wait / timedelta(days=1))
    return {mentor: max(1, math.ceil(median(days))) for mentor, days in waits.items() if len(days) >= FEWEST}
