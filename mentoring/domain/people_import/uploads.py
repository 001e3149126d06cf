"""A file on its way: kept without what is never stored, shown, asked to be taken, wiped."""

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Final

from django.db.models import Q

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.domain.people_file import Field, Table, Use
from mentoring.domain.people_import.plan import Plan, make_plan, needs_role
from mentoring.enums import IMPORT_TRANSITIONS, ImportState, Role
from mentoring.models import PeopleImport, Person, Programme

KEPT_FOR: Final = timedelta(days=7)
MOST_AT_ONCE: Final = 10
NUMBER: Final = "row"
REASON: Final = "why it was not taken"
_FILE_NAME: Final = 120
_EXAMPLE: Final = 60


@dataclass(slots=True)
class Findings:
    """What is worth showing of a file.

    Args:
        columns: heading, what it becomes (a `Use`), our name for it, and an example, for each column.
        refused: number and reason.
        unknown: our column, the value, how many rows.
        pairs_here, pairs_ended, pairs_left, other_role, raised: how often each happened.
    """

    columns: list[tuple[str, str, str, str]] = field(default_factory=list)
    read_as: str = ""
    role: str = ""
    remarks: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[tuple[str, str, int]] = field(default_factory=list)
    pairs_here: int = 0
    pairs_ended: int = 0
    pairs_left: int = 0
    other_role: int = 0
    raised: int = 0

    def packed(self) -> bytes:
        """As bytes to keep."""
        return zlib.compress(json.dumps(asdict(self)).encode(), 6)


def findings_of(upload: PeopleImport) -> Findings | None:
    """What was found in the file; None once it is wiped."""
    if upload.findings is None:
        return None
    found = Findings(**json.loads(zlib.decompress(bytes(upload.findings))))
    found.columns = [(heading, use, name, example) for heading, use, name, example in found.columns]
    found.refused = [(number, reason) for number, reason in found.refused]
    found.unknown = [(name, value, count) for name, value, count in found.unknown]
    return found


def found_in(table: Table, plan: Plan | None) -> Findings:
    """The table and, once it can be made, the plan, for people to look at."""
    found = Findings(_columns(table), table.read_as, table.role, list(table.remarks))
    if plan is not None:
        found.refused = [(refusal.number, refusal.reason) for refusal in plan.refused]
        found.unknown = [(name, value, count) for (name, value), count in plan.unknown.most_common()]
        found.pairs_here, found.pairs_ended = plan.pairs.here, plan.pairs.ended
        found.pairs_left, found.other_role = plan.pairs.left_to_them, plan.other_role
        found.raised = sum(count > 1 for count in _not_given(plan))
    return found


def _not_given(plan: Plan) -> list[int]:
    """How many mentees new mentors get for whom the file gives no places."""
    given = {wish.email for wish in plan.new if wish.places is not None}
    return [count for mentor, count in plan.pairs.by_mentor().items() if mentor not in given]


def _columns(table: Table) -> list[tuple[str, str, str, str]]:
    return [
        (column.heading, column.use, column.field or "", _example(table, column.field, column.use))
        for column in table.columns
    ]


def _example(table: Table, name: Field | None, use: Use) -> str:
    if name is None or use != Use.TAKEN:
        return ""
    text = " ".join(next((row.get(name) for row in table.rows if row.get(name)), "").split())
    return text if len(text) <= _EXAMPLE else text[:_EXAMPLE] + "…"


@action
def keep(*, programme: Programme, table: Table, file_name: str, role: str, by: Person | None) -> PeopleImport:
    """Keep a file that was read, and what taking it would do. `role` is for a file that does not say.

    Raises:
        NotPossible: ten files wait in this programme already.
    """
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    waiting = PeopleImport.objects.filter(programme=programme, content__isnull=False)
    if waiting.filter(state__in=[ImportState.READ, ImportState.STOPPED]).count() >= MOST_AT_ONCE:
        raise NotPossible(f"{MOST_AT_ONCE} files wait in this programme already. Take one, or throw one away, first.")
    upload = PeopleImport(programme=programme, by=by, file_name=file_name[-_FILE_NAME:], made_at=clock.now())
    upload.role = role if needs_role(table) else ""
    upload.content = table.packed()
    _look(upload, table)
    upload.save()
    return upload


def _look(upload: PeopleImport, table: Table) -> None:
    asked = needs_role(table) and not upload.role
    plan = None if asked else make_plan(table=table, programme=upload.programme, role=upload.role)
    upload.planned = plan.counts if plan else {}
    upload.findings = found_in(table, plan).packed()


def _locked(upload: PeopleImport) -> PeopleImport:
    return PeopleImport.objects.select_for_update(of=("self",)).select_related("programme").get(pk=upload.pk)


def content_of(upload: PeopleImport) -> Table:
    """The kept rows.

    Raises:
        NotPossible: they have been wiped.
    """
    if upload.content is None:
        raise NotPossible("This file has been removed in the meantime. Upload it again.")
    return Table.unpacked(bytes(upload.content))


@action
def choose_role(*, upload: PeopleImport, role: Role, by: Person | None) -> None:
    """Say what the people of a file are that does not say so itself.

    Raises:
        NotPossible: it is being taken already.
    """
    row = _locked(upload)
    if row.role == role:
        return
    if row.state != ImportState.READ:
        raise NotPossible("This file is being taken already.")
    row.role = role
    _look(row, content_of(row))
    row.save(update_fields=["role", "planned", "findings"])


@action
def ask_to_take(*, upload: PeopleImport, by: Person | None) -> None:
    """Put the file where the worker finds it. Asking twice is asking once.

    Raises:
        NotPossible: it was thrown away, or nobody has said yet what its people are.
    """
    row = _locked(upload)
    if row.state in (ImportState.WAITING, ImportState.TAKING, ImportState.DONE):
        return
    if ImportState.WAITING not in IMPORT_TRANSITIONS[ImportState(row.state)] or row.content is None:
        raise NotPossible("This file has been removed in the meantime. Upload it again.")
    if not row.planned:
        raise NotPossible("Say first whether these people are mentees or mentors.")
    row.state, row.tries, row.leased_until = ImportState.WAITING, 0, None
    row.save(update_fields=["state", "tries", "leased_until"])


@action
def drop(*, upload: PeopleImport, by: Person | None) -> None:
    """Throw a file away; whoever was taken from it stays. Repeating it changes nothing.

    Raises:
        NotPossible: it is being taken.
    """
    row = _locked(upload)
    if row.state == ImportState.DROPPED:
        return
    if ImportState.DROPPED not in IMPORT_TRANSITIONS[ImportState(row.state)]:
        raise NotPossible("This file has been taken, or is being taken just now.")
    row.state, row.finished_at, row.content, row.findings = ImportState.DROPPED, clock.now(), None, None
    row.save(update_fields=["state", "finished_at", "content", "findings"])


def wipe_old() -> None:
    """Seven days after it was uploaded, or taken, nothing of a file is left but numbers."""
    before = clock.now() - KEPT_FOR
    kept = PeopleImport.objects.filter(Q(content__isnull=False) | Q(findings__isnull=False))
    kept.filter(state=ImportState.DONE, finished_at__lt=before).update(content=None, findings=None)
    for upload in kept.filter(state__in=[ImportState.READ, ImportState.STOPPED], made_at__lt=before):
        drop(upload=upload, by=None)


def refused_rows(upload: PeopleImport) -> tuple[list[str], list[list[str]]]:
    """Headings and rows to mend and upload again: as in the file, with the row's number and the reason behind.

    A file that told by a heading what its people are gets a role column instead, for that heading is never stored.

    Raises:
        NotPossible: they have been wiped.
    """
    found, table = findings_of(upload), content_of(upload)
    reasons = dict(found.refused) if found else {}
    taken = [(column.heading, column.field) for column in table.columns if column.use == Use.TAKEN and column.field]
    role = "" if Field.ROLE in table.fields else table.role or upload.role
    headings = [*(heading for heading, _ in taken), *([Field.ROLE.value] if role else []), NUMBER, REASON]
    rows = [
        [*(row.get(name) for _, name in taken), *([role] if role else []), str(row.number), reasons[row.number]]
        for row in table.rows
        if row.number in reasons
    ]
    return headings, rows


@action
def forget(*, addresses: Collection[str]) -> None:
    """Take people who are being erased out of every file that is still kept."""
    gone = {address.lower() for address in addresses}
    for upload in PeopleImport.objects.filter(content__isnull=False):
        table = content_of(upload)
        numbers = [row.number for row in table.rows if row.get(Field.EMAIL).lower() in gone]
        if numbers:
            _without(upload, table, numbers)


def _without(upload: PeopleImport, table: Table, numbers: Sequence[int]) -> None:
    row = _locked(upload)
    left = table.only(row.number for row in table.rows if row.number not in numbers)
    row.content = left.packed()
    if found := findings_of(row):
        found.columns = _columns(left)
        found.refused = [(number, reason) for number, reason in found.refused if number not in numbers]
        row.findings = found.packed()
    row.save(update_fields=["content", "findings"])
