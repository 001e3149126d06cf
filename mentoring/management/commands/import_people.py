"""Bring people into a programme from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring.domain import people_import
from mentoring.domain.action import NotPossible
from mentoring.domain.people_file import Table, Use, read, table_of
from mentoring.enums import ImportState, Role
from mentoring.models import PeopleImport, Programme

_BECOMES = {
    Use.NEVER_STORED: "never stored; each person is asked when they claim their place",
    Use.NOT_USED: "not used",
    Use.SECOND: "not used: another column gives this already",
}
_COUNTS = {
    "rows": "rows",
    "new": "new places",
    "more": "places in another role",
    "pairs": "pairs brought along",
    "here": "here already, nothing changes",
    "refused": "refused",
}


class Command(BaseCommand):
    """Reads a CSV file or an Excel workbook, says what becomes of it, and takes the good rows. Writes to nobody."""

    help = "Bring people from a CSV or XLSX file into a programme (docs/import.md). Emails nobody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --programme SLUG [--role mentee|mentor] [--dry-run]"""
        parser.add_argument("file", type=Path)
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument(
            "--role", default="", choices=[Role.MENTEE.value, Role.MENTOR.value], help="for a file that does not say"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 when the file cannot be read, the programme is unknown, or nothing says the role."""
        try:
            self._run(options["file"], options["programme"], options["role"], options["dry_run"])
        except (NotPossible, OSError) as error:
            raise CommandError(str(error)) from error

    def _run(self, file: Path, slug: str, role: str, dry_run: bool) -> None:
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            raise CommandError(f"There is no programme “{slug}”.")
        table = table_of(read(file.read_bytes()))
        self._say_columns(table)
        if people_import.needs_role(table) and not role:
            raise CommandError("The file does not say what its people are: add --role mentee or --role mentor.")
        if dry_run:
            plan = people_import.make_plan(table=table, programme=programme, role=role)
            self._say_plan([(row.number, row.reason) for row in plan.refused], plan.counts)
            self.stdout.write("Dry run: nothing was changed.")
            return
        upload = people_import.keep(programme=programme, table=table, file_name=file.name, role=role, by=None)
        people_import.ask_to_take(upload=upload, by=None)
        people_import.take_now(upload=upload)
        self._say_result(upload)

    def _say_columns(self, table: Table) -> None:
        self.stdout.write(f"Read as {table.read_as}.")
        for remark in table.remarks:
            self.stdout.write(remark)
        for column in table.columns:
            becomes = _BECOMES.get(column.use) or column.field
            self.stdout.write(f"  {column.heading or '(no heading)'} → {becomes}")

    def _say_plan(self, refused: list[tuple[int, str]], counts: dict[str, int]) -> None:
        for name, words in _COUNTS.items():
            self.stdout.write(f"{counts[name]:>7,}  {words}")
        for number, reason in refused:
            self.stdout.write(f"  row {number}: {reason}")

    def _say_result(self, upload: PeopleImport) -> None:
        if upload.state != ImportState.DONE:
            raise CommandError("Another worker is taking this file; look at the programme's import page.")
        found = people_import.findings_of(upload)
        self._say_plan(
            found.refused if found else [], upload.planned | {k: upload.taken[k] for k in ("new", "more", "pairs")}
        )
        for name, value, count in found.unknown if found else []:
            self.stdout.write(f"  {name}: “{value}” is not one we know, left empty in {count} rows")
        self.stdout.write("Done. Nobody has been written to.")
