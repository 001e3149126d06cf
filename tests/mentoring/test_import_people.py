"""`manage.py import_people`: says what becomes of a file, takes the good rows, writes to nobody."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from mentoring.domain import clock, people_import
from mentoring.domain.people_file import read, table_of
from mentoring.enums import ImportState
from mentoring.models import Invitation, Membership, Mentorship, Notification, PeopleImport, Person, Programme
from tests.factories.people_files import CIVIL_SERVICE, MENTEES, OURS, civil_service, csv_file, ours

pytestmark = pytest.mark.django_db


def run(path: Path, programme: Programme, **options: object) -> str:
    out = io.StringIO()
    call_command("import_people", path, programme=programme.slug, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(OURS, [ours(1), ours(2), ours(3, email="zoe3")], delimiter=";", encoding="cp1252"))
    return path


def test_a_dry_run_says_everything_and_changes_nothing(people: Path, programme: Programme) -> None:
    said = run(people, programme, dry_run=True)
    for words in (
        "Read as CSV, Windows-1252, semicolons.",
        "  pronouns → pronouns",
        "      3  rows",
        "      2  new places",
        "      1  refused",
        "  row 4: “zoe3” is not an email address.",
        "Dry run: nothing was changed.",
    ):
        assert words in said.splitlines()
    assert (Invitation.objects.count(), PeopleImport.objects.count()) == (0, 0)


def test_it_takes_the_good_rows_once_and_writes_to_nobody(people: Path, programme: Programme) -> None:
    assert "      2  new places" in run(people, programme).splitlines()
    again = run(people, programme).splitlines()
    assert "      0  new places" in again
    assert "      2  here already, nothing changes" in again
    assert Invitation.objects.count() == 2
    assert Notification.objects.count() == 0


def test_what_is_never_stored_is_named(tmp_path: Path, programme: Programme) -> None:
    path = tmp_path / "mentees.csv"
    path.write_bytes(csv_file(MENTEES, [civil_service(1, "canary")]))
    said = run(path, programme)
    assert "  identity to match → never stored; each person is asked when they claim their place" in said.splitlines()
    assert "  profession: “Policy” is not one we know, left empty in 1 rows" in said.splitlines()
    assert "canary" not in said
    assert Membership.objects.get().role == "mentee"


def test_a_role_is_asked_for_where_the_file_does_not_say(tmp_path: Path, programme: Programme) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(CIVIL_SERVICE, [civil_service(1)[:-1]]))
    with pytest.raises(CommandError, match="add --role mentee or --role mentor"):
        run(path, programme)
    run(path, programme, role="mentor")
    assert Membership.objects.get().role == "mentor"


@pytest.mark.parametrize("content", [b"%PDF-1.7", b""])
def test_an_unreadable_file_is_an_error(tmp_path: Path, programme: Programme, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run(path, programme)


def test_a_missing_file_and_an_unknown_programme_are_errors(people: Path, programme: Programme) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(people.with_name("none.csv"), programme)
    with pytest.raises(CommandError, match="There is no programme “nowhere”"):
        call_command("import_people", people, programme="nowhere")


TAKE_DUE = "from mentoring.domain import people_import; people_import.take_due()"


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_nothing_half_done_and_the_next_goes_on(programme: Programme) -> None:
    mentor = {"mentor email": "zoe0@example.org"}
    rows = [ours(0, role="mentor", places="20"), *(ours(n, **(mentor if n <= 20 else {})) for n in range(1, 1500))]
    found = table_of(read(csv_file(OURS, rows)))
    upload = people_import.keep(programme=programme, table=found, file_name="p.csv", role="", by=None)
    people_import.ask_to_take(upload=upload, by=None)
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{address}"}

    worker = subprocess.Popen([sys.executable, "manage.py", "shell", "-c", TAKE_DUE], env=environment)
    end = time.monotonic() + 60
    while not Invitation.objects.exists() and time.monotonic() < end:
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    before = Invitation.objects.count()
    assert 0 < before < 1_500
    assert Person.objects.count() == Membership.objects.count() == before

    PeopleImport.objects.update(leased_until=clock.now())
    people_import.take_due()
    upload.refresh_from_db()
    assert upload.state == ImportState.DONE
    assert (upload.taken["new"], upload.taken["pairs"], upload.planned["here"]) == (1_500, 20, 0)
    assert Invitation.objects.count() == Person.objects.count() == Membership.objects.count() == 1_500
    assert Mentorship.objects.count() == Membership.objects.get(role="mentor").taken == 20
