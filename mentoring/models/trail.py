"""The trail: who changed what matters, and when, written by triggers whoever writes (docs/audit.md)."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

Kind = TypeVar("Kind", bound=models.Model)


def tracked(*fields: str, noticed: tuple[str, ...] = ()) -> Callable[[type[Kind]], type[Kind]]:
    """Keep a row of `<Model>Event` for each row that is made, changed in one of these fields, or removed.

    Args:
        fields: what is kept of the row, at each change. Never a text, an address or an answer about identity.
        noticed: fields of which only that they changed is kept.
    """

    def track(model: type[Kind]) -> type[Kind]:
        track_changes = pghistory.track(
            pghistory.InsertEvent("made"),
            pghistory.UpdateEvent("changed", condition=pgtrigger.AnyChange(*fields, *noticed)),
            pghistory.DeleteEvent("removed"),
            fields=list(fields),
            model_name=f"{model.__name__}Event",
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,  # type: ignore[arg-type]  # as its documentation says
            append_only=True,
        )
        track_changes(model)
        return model

    return track
