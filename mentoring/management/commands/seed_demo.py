"""`manage.py seed_demo`: invented people for a trial."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring.domain import demo
from mentoring.domain.action import NotPossible
from mentoring.models import Person


class Command(BaseCommand):
    """Loads the invented people, or prints who of them to sign in as."""

    help = "Fills a trial with invented people and prints the cast to sign in as."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, which ones, and whether at all."""
        parser.add_argument("--people", type=int, default=400, help="how many beside the cast")
        parser.add_argument("--seed", type=int, default=7, help="the same seed draws the same people")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are people")
        parser.add_argument("--cast", action="store_true", help="only print the cast")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, then print the cast."""
        try:
            demo.refuse_unless_trial()
            if not options["cast"] and not (options["if_empty"] and Person.objects.exists()):
                made = demo.seed_demo(people=options["people"], seed=options["seed"])
                self.stdout.write(f"{len(made.people)} invented people in {len(made.programmes)} programmes.\n")
        except NotPossible as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\nSign in as one of the cast (nobody here is real):\n\n")
        for role, name, email in demo.cast_of_demo():
            self.stdout.write(f"  {role:<16}{name:<22}{email}\n")
        self.stdout.write(f"\nThe password of each is {demo.PASSWORD}\n")
