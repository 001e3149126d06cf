"""The reminder through a real worker and a real beat, one of which dies on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from mentoring.domain import clock, mentorship
from mentoring.models import Membership, Notification, Person

ROOT = Path(__file__).parents[2]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `celery -A mentoring …` on this test's database, on a broker database of its own."""
    database = connection.settings_dict
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) + 1
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:"
        f"{database['PORT']}/{database['NAME']}",
        "REDIS_URL": f"{settings.CELERY_BROKER_URL.rpartition('/')[0]}/{number}",
        "TRIAL_DIR": str(tmp_path),
    }
    started: list[subprocess.Popen[bytes]] = []

    def run(*arguments: str, of: str = "mentoring") -> subprocess.Popen[bytes]:
        log = (tmp_path / f"{arguments[0]}-{len(started)}.log").open("wb")
        command = [sys.executable, "-m", "celery", "-A", of, *arguments]
        started.append(
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        )
        return started[-1]

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def mails(folder: Path) -> list[str]:
    """The subjects of what the workers have sent, in order."""
    files = sorted((folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    return [str(message_from_bytes(path.read_bytes())["Subject"]) for path in files]


def wait_for(count: int, folder: Path, seconds: float = 60) -> list[str]:
    """The subjects once there are so many, or after so many seconds."""
    end = time.monotonic() + seconds
    while len(mails(folder)) < count and time.monotonic() < end:
        time.sleep(0.1)
    return mails(folder)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_no_reminder_and_none_comes_twice(
    start: Start, tmp_path: Path, amina: Person, folasade_membership: Membership
) -> None:
    worker = ("worker", "--pool", "solo", "--without-gossip", "--without-mingle")
    start("beat", "-S", "celery.beat:Scheduler", "--pidfile", "", of="tests.mentoring.hasty_beat")
    first = start(*worker)
    mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    assert wait_for(1, tmp_path) == ["Somebody would like to hear from you"]

    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    Notification.objects.filter(kind="request_reminder").update(due_at=clock.now() - timedelta(seconds=1))
    start(*worker)

    assert wait_for(2, tmp_path)[1:] == ["Somebody is waiting to hear from you"]
    assert wait_for(3, tmp_path, seconds=5)[2:] == []
