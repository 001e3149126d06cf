"""What technical staff may see of a record, and whom it is about."""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from pghistory.models import Event

from mentoring.domain import look
from mentoring.domain.action import action
from mentoring.domain.privacy import CLASSES, holdings
from mentoring.enums import LookKind
from mentoring.models import Person


def fields_to_show(label: str) -> frozenset[str]:
    """The fields of a model whose class of privacy says that technical staff see them; all others are masked."""
    return frozenset(name for name, key in holdings()[label].fields.items() if CLASSES[key].operated)


def fields_to_list(label: str) -> list[str]:
    """Those that also stand in a list: no addresses, for a look at a list is told to nobody."""
    fields = holdings()[label].fields
    return [name for name, key in fields.items() if name in fields_to_show(label) and key != "contact"]


@action
def note(*, record: Model, by: Person) -> None:
    """Keep that `by` opens a record, for each person whom it is about."""
    label = record._meta.label
    look.record(subjects=_subjects(record, label), kind=LookKind.RECORD, by=by, of=label)


def _subjects(record: Model, label: str) -> list[UUID]:
    """Whom it is about, by the ways that the privacy registry names."""
    rows = apps.get_model(label)._default_manager.filter(pk=record.pk)
    return [key for way in _ways(record, label) for key in rows.values_list(way, flat=True) if key is not None]


def _ways(record: Model, label: str) -> Iterator[str]:
    """Of a change, those of what was changed: a copy of one's data has fewer of them."""
    if not isinstance(record, Event):
        yield from (owner if owner == "pk" else f"{owner}__pk" for owner in holdings()[label].owners)
        return
    kept = {field.name for field in record._meta.concrete_fields}
    for owner in holdings()[cast(Any, record).pgh_tracked_model._meta.label].owners:
        yield f"{owner}__pk" if owner in kept else f"pgh_obj__{owner}"
