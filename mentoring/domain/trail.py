"""The trail of changes: what it forgets, and when. Triggers write it (`models/trail.py`)."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db.models import F, Field, Func, Q, Value
from pghistory.models import Event

from mentoring.domain import clock
from mentoring.models import Person, User

KEPT_FOR: Final = timedelta(days=2 * 365)


def event_models() -> Iterator[Any]:
    """Every model whose rows triggers write, of whichever app; their fields are made as the app starts."""
    yield from (model for model in apps.get_models() if issubclass(model, Event))


def forget_people(*, people: Collection[UUID], users: Collection[int]) -> None:
    """Take people who are erased out of the trail, as those it is about and as those who acted.

    Rows about them are removed. Rows about others stay without them: that somebody decided is kept, and not who.
    """
    for model in event_models():
        with _opened(model):
            for field in _to(model, Person):
                rows = model._default_manager.filter(**{f"{field.name}__in": people})
                rows.update(**{field.name: None}) if field.null else rows.delete()
            if any(field.name == "pgh_obj" for field in _to(model, User)):
                model._default_manager.filter(pgh_obj__in=users).delete()
            acted = Q(pgh_context__user__in=list(users))
            without = Func(F("pgh_context"), Value("user"), template="(%(expressions)s)", arg_joiner=" - ")
            model._default_manager.filter(acted).update(pgh_context=without)


def forget_old() -> None:
    """Delete what is older than two years."""
    for model in event_models():
        with _opened(model):
            model._default_manager.filter(pgh_created_at__lt=clock.now() - KEPT_FOR).delete()


def _to(model: Any, other: type[Person] | type[User]) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if field.related_model is other]


def _opened(model: Any) -> AbstractContextManager[None]:
    """Lets rows be changed that the database otherwise only adds to."""
    return pgtrigger.ignore(f"{model._meta.label}:append_only")
