"""Everything of a person, read with the privacy registry as the guide."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, cast

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, Field, Model, Q, QuerySet
from django.utils.module_loading import import_string

from mentoring.domain.privacy import CLASSES, Holding, holdings
from mentoring.models import Characteristic, ConsentText, Option, Organisation, Person, Programme

Row = dict[str, Any]
_Labels = Mapping[tuple[str, str], str]
"""Options and their groups in words, by characteristic and key: two characteristics may have a key in common."""
_Scope = Callable[[Person], QuerySet[Model]]
_NAMED: Final = (Person, Programme, Organisation, Characteristic, ConsentText)
"""What reads as something; a relation to anything else is only a key."""

_HEADINGS: Final = {"pgh_label": "what happened", "pgh_created_at": "when"}


def everything_of(person: Person) -> dict[str, list[Row]]:
    """By heading, all rows that are the person's, each with what a copy has of it; headings without rows left out.

    What others say of them in confidence is not theirs to have: it would tell who said it. Relations and options are
    given as they read, never as a key; a picture as its bytes.
    """
    labels = _labels()
    found = {holding.what: list(_rows(label, holding, person, labels)) for label, holding in holdings().items()}
    return {what: rows for what, rows in found.items() if rows}


def _labels() -> _Labels:
    options = Option.objects.values_list("characteristic_id", "key", "label", "parent", "parent_label")
    employers = Characteristic.objects.exclude(derived="").values_list("pk", flat=True)
    slugs = list(Organisation.objects.values_list("slug", "name"))
    found = {(characteristic, slug): name for characteristic in employers for slug, name in slugs}
    for characteristic, key, label, parent, parent_label in options:
        found |= {(characteristic, parent): parent_label, (characteristic, key): label}
    return found


def _rows(label: str, holding: Holding, person: Person, labels: _Labels) -> Iterator[Row]:
    if not holding.owners:
        return
    model = apps.get_model(label)
    own = Q()
    for owner in holding.owners:
        own |= Q(**{owner: person.pk})
    fields = [field for field in model._meta.concrete_fields if _is_copied(field, holding)]
    joined = [field.name for field in fields if field.is_relation]
    rows = cast(_Scope, import_string(holding.scope))(person) if holding.scope else model._default_manager.all()
    for row in rows.filter(own).select_related(*joined).order_by("pk").distinct():
        told = {
            heading_of(field): _told(row, field, labels) for field in fields if _is_own(row, field, holding, person)
        }
        if told:
            yield told


def _is_copied(field: "Field[Any, Any]", holding: Holding) -> bool:
    reads = not field.is_relation or issubclass(cast(type[Model], field.related_model), _NAMED)
    return reads and CLASSES[holding.fields[field.name]].exported


def _is_own(row: Model, field: "Field[Any, Any]", holding: Holding, person: Person) -> bool:
    """Whether it is for this person's copy, and not just that the row is theirs."""
    writer = holding.written_by.get(field.name)
    if writer is not None:
        return bool(getattr(row, f"{writer}_id") == person.pk)
    return not (field.related_model is Person and getattr(row, field.attname) == person.pk)


def heading_of(field: "Field[Any, Any]") -> str:
    """What a field is called in a copy."""
    return _HEADINGS.get(field.name) or str(field.verbose_name)


def _told(row: Model, field: "Field[Any, Any]", labels: _Labels) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ArrayField):
        of = getattr(row, "characteristic_id", "")
        known = dict(field.base_field.flatchoices)
        return [known.get(key) or labels.get((of, key), key) for key in value]
    if isinstance(field, BinaryField):
        return bytes(value)
    if isinstance(value, Person):
        return value.name
    if isinstance(value, Model):
        return str(value)
    if field.choices and value:
        return str(dict(field.flatchoices).get(value, value))
    return value
