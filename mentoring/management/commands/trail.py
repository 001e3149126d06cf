"""The trail of changes, to read: what was made, changed or removed, when, by which account and on which page."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db.models import Q

from mentoring.domain.trail import event_models
from mentoring.models import Person


class Command(BaseCommand):
    """Ids alone: whose they are is looked up by whoever has a reason to."""

    help = "Prints the trail of changes, a line each, newest first; --person narrows it to one person's rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and how many."""
        parser.add_argument("--person", type=UUID)
        parser.add_argument("--most", type=int, default=100)

    def handle(self, *args: Any, person: UUID | None, most: int, **options: Any) -> None:
        """Print it."""
        lines = sorted((line for model in event_models() for line in _lines(model, person, most)), reverse=True)
        for when, words in lines[:most]:
            self.stdout.write(f"{when:%Y-%m-%d %H:%M:%S} {words}")


def _lines(model: Any, person: UUID | None, most: int) -> Iterator[tuple[datetime, str]]:
    kept = [field for field in model._meta.concrete_fields if not field.name.startswith("pgh_")]
    rows = model._default_manager.order_by("-pgh_created_at")
    if person is not None:
        to_people = [field.name for field in kept if field.related_model is Person]
        if not to_people:
            return
        rows = rows.filter(Q(*((name, person) for name in to_people), _connector=Q.OR))
    for row in rows[:most]:
        context = row.pgh_context or {}
        said = " ".join(f"{field.name}={getattr(row, field.attname)}" for field in kept)
        by = f"account {context['user']}" if context.get("user") else "the system"
        what = f"{model.pgh_tracked_model._meta.model_name} {row.pgh_obj_id} {row.pgh_label}"
        yield row.pgh_created_at, f"{what} by {by} on {context.get('page', '-')}: {said}"
