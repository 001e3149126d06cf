"""Work a finished run out again and compare."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from matching.domain.rounds.rerunning import Again, rerun
from matching.enums import RunState
from matching.models import Run

_WORDS = {
    Again.SAME: "Same inputs, identical pairs.",
    Again.CHANGED: "People or the programme's figures have changed since: the same inputs are no longer there.",
    Again.DIFFERENT: "Same inputs, but other pairs. This should not happen: please report it.",
}


class Command(BaseCommand):
    """Says whether a run can be reproduced from what there is now; writes nothing."""

    help = "Work a run of a matching round out again and compare (docs/rounds.md). Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """ID"""
        parser.add_argument("id", type=UUID, help="a run, as in the address of its page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 where there is no such run, and where the same inputs give other pairs."""
        run = Run.objects.filter(pk=options["id"], state=RunState.DONE).select_related("round__programme").first()
        if run is None:
            raise CommandError("There is no finished run of this id.")
        found = rerun(run)
        if found is Again.DIFFERENT:
            raise CommandError(_WORDS[found])
        self.stdout.write(_WORDS[found])
