"""When somebody was here last: a day, kept for them, and told to others only as this week, this month, longer ago.

Weeks begin on Monday in London, so that what others read changes on Mondays alone, whenever somebody comes; but for the
day on which they come back. No hour is kept anywhere.
"""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring.domain import clock
from mentoring.enums import Lately
from mentoring.models import Person

A_MONTH: Final = timedelta(weeks=4)


def here_today(*, person: Person) -> None:
    """Remember that they were here today: written by the first page of a day alone.

    Where somebody else holds the person at the moment, a later page does it: no page waits for this.
    """
    today = timezone.localdate(clock.now())
    if person.active_on == today:
        return
    with transaction.atomic():
        earlier = Q(active_on__isnull=True) | Q(active_on__lt=today)
        rows = Person.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=person.pk)
        for row in rows.filter(earlier).only("pk"):
            Person.objects.filter(pk=row.pk).update(active_on=today)
    person.active_on = today


def since(lately: Lately) -> date:
    """The first day that counts as this week, or as this month: so many days before this week's Monday."""
    today = timezone.localdate(clock.now())
    monday = today - timedelta(days=today.weekday())
    return monday if lately == Lately.THIS_WEEK else monday - A_MONTH


def lately_of(person: Person) -> Lately | None:
    """How lately somebody was here; None where nothing is known."""
    if person.active_on is None:
        return None
    near = (each for each in (Lately.THIS_WEEK, Lately.THIS_MONTH) if person.active_on >= since(each))
    return next(near, Lately.LONG_AGO)
