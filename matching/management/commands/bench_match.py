"""`manage.py bench_match`: the matching engine beside what could be used instead of it (docs/benchmark.md)."""

import json
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from matching.bench import cohort, rank
from matching.bench.report import Report
from matching.bench.rivals import FOLDER, RivalFailed
from matching.bench.sql import Cursor, drop_table


class Command(BaseCommand):
    """Measures and compares. Slowness never fails; a rival with another result does."""

    help = "Measure the matching engine beside its rivals, on the same invented people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two jobs, each with its sizes."""
        jobs = parser.add_subparsers(dest="job", required=True)
        ranks = jobs.add_parser("rank", help="the best mentors for one mentee after the other")
        ranks.add_argument("--pool", type=number, default=100_000, help="how many mentors")
        ranks.add_argument("--queries", type=number, default=50, help="how many mentees ask")
        cohorts = jobs.add_parser("cohort", help="proposals for all at once")
        cohorts.add_argument("--mentees", type=number, default=1000)
        cohorts.add_argument("--mentors", type=number, default=1000)
        cohorts.add_argument("--tight", action="store_true", help="nine places for ten mentees")
        cohorts.add_argument("--objective", choices=cohort.OBJECTIVES, default="total")
        cohorts.add_argument("--certify", action="store_true", help="fail where the proposals are not proven best")
        cohorts.add_argument("--repeat", type=number, default=3, help="how often each runs")
        cohorts.add_argument("--threads", type=number, default=1, help="threads of matrix products")
        cohorts.add_argument("--rivals-folder", type=Path, default=FOLDER, help="their environments")
        for job, rivals in ((ranks, rank.RIVALS), (cohorts, cohort.RIVALS)):
            job.add_argument("--against", default="", help=f"rivals, from {','.join(rivals)}")
            job.add_argument("--seed", type=int, default=1, help="which people are invented")
            job.add_argument("--json", action="store_true", help="one object of JSON instead of a table")

    def handle(self, *args: object, **options: Any) -> None:
        """Run one job and print what it found."""
        try:
            report = _rank(options) if options["job"] == "rank" else _cohort(options)
        except RivalFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(json.dumps(report.as_json()) if options["json"] else report.table())
        if report.unequal:
            raise CommandError("Results differ: see above.")


def number(given: str) -> int:
    """A whole number of something, one at least."""
    found = int(given)
    if found < 1:
        raise ValueError(given)
    return found


def _rank(options: dict[str, Any]) -> Report:
    against = _named(options["against"], rank.RIVALS)
    sizes = options["pool"], options["queries"], options["seed"]
    if "sql" not in against:
        return rank.measure(*sizes, against, None)
    with _unhurried() as cursor:
        return rank.measure(*sizes, against, cursor)


def _cohort(options: dict[str, Any]) -> Report:
    job = cohort.Job(
        mentees=options["mentees"],
        mentors=options["mentors"],
        seed=options["seed"],
        tight=options["tight"],
        threads=options["threads"],
        folder=options["rivals_folder"],
    )
    against = _named(options["against"], cohort.RIVALS)
    return cohort.measure(job, options["objective"], against, certify=options["certify"], repeat=options["repeat"])


def _named(given: str, rivals: Collection[str]) -> list[str]:
    """The rivals of a comma-separated list."""
    named = [name.strip() for name in given.split(",") if name.strip()]
    unknown = [name for name in named if name not in rivals]
    if unknown:
        raise CommandError(f"There is no rival {unknown[0]!r}; there are {', '.join(rivals)}.")
    return named


@contextmanager
def _unhurried() -> Iterator[Cursor]:
    """A cursor whose statements may take their time; the table is gone afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            yield cursor
        finally:
            drop_table(cursor)
            cursor.execute("RESET statement_timeout")
