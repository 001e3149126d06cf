"""The one place that says what time it is, and the waiting times the product keeps to."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

REMIND_MENTOR_AFTER: Final = timedelta(days=5)
CHASE_AFTER: Final = timedelta(days=7)
QUIET_AFTER: Final = timedelta(days=28)
LEASE: Final = timedelta(seconds=60)
ANSWER_STANDS_ON_HOME: Final = timedelta(days=14)
ANSWER_STANDS_IN_LIST: Final = timedelta(days=30)
ASK_AGAIN_AFTER: Final = timedelta(days=90)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
