"""What technical staff may see of a record, and that they have looked."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from mentoring.domain import clock
from mentoring.domain.action import action
from mentoring.domain.privacy import CLASSES, holdings
from mentoring.models import Person, RecordRead

KEPT_FOR: Final = timedelta(days=730)
AT_ONCE: Final = 1_000


def fields_to_show(label: str) -> frozenset[str]:
    """The fields of a model whose class of privacy says that technical staff see them; all others are masked."""
    return frozenset(name for name, key in holdings()[label].fields.items() if CLASSES[key].operated)


def fields_to_list(label: str) -> list[str]:
    """Those that also stand in a list: no addresses, for a look at a list is told to nobody."""
    fields = holdings()[label].fields
    return [name for name, key in fields.items() if name in fields_to_show(label) and key != "contact"]


@action
def note(*, record: Model, by: Person) -> None:
    """Write down that `by` opens a record: a row for each person whose it is, or one for nobody in particular."""
    label = record._meta.label
    about: list[UUID] | list[None] = _owners(record, label) or [None]
    RecordRead.objects.bulk_create(
        RecordRead(by=by, person_id=person, record=label, key=str(record.pk)) for person in about
    )


def _owners(record: Model, label: str) -> list[UUID]:
    """Whose it is, by the ways that the privacy registry names."""
    rows = apps.get_model(label)._default_manager.filter(pk=record.pk)
    found: list[UUID] = []
    for owner in holdings()[label].owners:
        key = "pk" if owner == "pk" else f"{owner}__pk"
        found += [value for value in rows.values_list(key, flat=True) if value is not None and value not in found]
    return found


def forget_old() -> None:
    """Delete what is too old to ask about."""
    old = RecordRead.objects.filter(read_at__lt=clock.now() - KEPT_FOR).order_by("pk")[:AT_ONCE]
    RecordRead.objects.filter(pk__in=old.values("pk")).delete()
