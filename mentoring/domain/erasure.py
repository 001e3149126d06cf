"""The ledger of deleted accounts: rows, and a file outside the database that outlives a restored backup."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mentoring.domain import clock
from mentoring.domain.person import erase_again
from mentoring.models import Erasure, Person


def file_erasures() -> None:
    """Write what is not in the file yet to its end, then mark it; written twice does no harm."""
    with transaction.atomic():
        rows = list(Erasure.objects.select_for_update(skip_locked=True).filter(filed_at__isnull=True))
        if not rows:
            return
        path = Path(settings.ERASURE_LEDGER)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.writelines(f"{row.person_id} {row.erased_at.isoformat()}\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())
        Erasure.objects.filter(pk__in=[row.pk for row in rows]).update(filed_at=clock.now())


def replay_erasures() -> int:
    """Delete again whoever a restored backup brought back; how many there were."""
    back = Person.objects.filter(pk__in=[*_filed(), *Erasure.objects.values_list("pk", flat=True)])
    people = list(back.select_related("user"))
    for person in people:
        erase_again(person=person)
    return len(people)


def _filed() -> Iterator[UUID]:
    path = Path(settings.ERASURE_LEDGER)
    if path.exists():
        for line in path.read_text(encoding="ascii").splitlines():
            yield UUID(line.split()[0])
