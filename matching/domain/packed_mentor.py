"""Packed rows whose membership is gone."""

from datetime import timedelta
from typing import Final

from matching.models import PackedMentor
from mentoring.domain import clock

KEPT_FOR: Final = timedelta(days=1)
"""Long enough for every process to hear of it; one that slept longer reads all anew (`mentor_pool.TRUSTED_FOR`)."""


def forget_gone() -> int:
    """Delete those gone for longer than a day; how many that were."""
    return PackedMentor.objects.filter(gone_at__lt=clock.now() - KEPT_FOR).delete()[0]
