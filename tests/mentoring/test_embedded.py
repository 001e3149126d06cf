"""The launcher, from outside: a copy of it in a folder of its own, with a space in the path and a stand-in app."""

import functools
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mentoring.embedded.processes import alive, belongs, descendants, end, everyone
from mentoring.embedded.servers import ROOT, free_port

INHERITED = ("PATH", "HOME", "LANG")
PROBE = """
import json, os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as base:
    base.execute("create table if not exists kept (n int)")
    base.execute("insert into kept values (1)")
    kept = base.execute("select count(*) from kept").fetchone()[0]
    lower = base.execute("select lower('Ọlá')").fetchone()[0]
redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
print(json.dumps({"kept": kept, "lower": lower, "trial": os.environ["TRIAL"], "key": os.environ["SECRET_KEY"]}))
"""
MANAGE = "import sys\nwith open('calls', 'a') as calls:\n    calls.write(' '.join(sys.argv[1:]) + '\\n')\n"
WSGI = "def application(environ, start):\n    start('200 OK', [])\n    return [b'here']\n"
CELERY = "import os\nfrom celery import Celery\napp = Celery('mentoring', broker=os.environ['REDIS_URL'])\n"


@dataclass
class Checkout:
    path: Path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "mentoring.embedded", *words]

    def start(self, *words: str, **environ: str) -> subprocess.Popen[str]:
        clean = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return subprocess.Popen(
            self.command(*words), cwd=self.path, env={**clean, **environ}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def run(self, *words: str, **environ: str) -> tuple[int, str]:
        process = self.start(*words, **environ)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output

    def probe(self) -> dict[str, Any]:
        """Adds a row; tells how many are there, among other things."""
        code, output = self.run("shell", "--", sys.executable, "-c", PROBE)
        assert code == 0, output
        return dict(json.loads(output.splitlines()[-1]))

    @functools.cached_property
    def home(self) -> Path:
        """Where this checkout's launcher keeps its `run` database."""
        code = "from mentoring.embedded.servers import base_folder; print(base_folder())"
        found = subprocess.run([sys.executable, "-c", code], cwd=self.path, text=True, capture_output=True, check=True)
        return Path(found.stdout.strip()) / "run"

    def processes(self) -> list[int]:
        return [pid for pid in everyone() if belongs(pid, self.home)]


def until(condition: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def holding(checkout: Checkout) -> subprocess.Popen[str]:
    """A shell that holds the servers until it is told to stop."""
    process = checkout.start(
        "shell", "--", sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"
    )
    assert process.stdout
    until(lambda: process.stdout and "up" in process.stdout.readline())
    return process


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    path = tmp_path_factory.mktemp("launcher") / "a check out"
    shutil.copytree(ROOT / "mentoring/embedded", path / "mentoring/embedded")
    (path / "mentoring/__init__.py").touch()
    (path / "requirements").mkdir()
    (path / "requirements/base.txt").touch()
    made = Checkout(path)
    yield made
    end(made.processes(), signal.SIGKILL, 5)
    shutil.rmtree(made.home.parent, ignore_errors=True)


def test_a_command_has_its_servers_and_leaves_nothing_running(checkout: Checkout) -> None:
    first = checkout.probe()
    assert (first["lower"], first["trial"], len(first["key"])) == ("ọlá", "1", 48)
    assert checkout.processes() == []
    assert checkout.probe() == {**first, "kept": first["kept"] + 1}


def test_the_command_s_own_exit_code_comes_through(checkout: Checkout) -> None:
    assert checkout.run("shell", "--", "sh", "-c", "exit 7")[0] == 7


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_stops_everything(checkout: Checkout, signum: signal.Signals) -> None:
    process = holding(checkout)
    below = descendants(process.pid)
    process.send_signal(signum)
    process.wait(15)
    assert [pid for pid in below if alive(pid)] == []


def test_killed_launcher_takes_all_with_it_and_the_rows_stay(checkout: Checkout) -> None:
    kept = checkout.probe()["kept"]
    process = holding(checkout)
    process.kill()
    process.wait()
    until(lambda: checkout.processes() == [])
    assert checkout.probe()["kept"] == kept + 1


def test_killed_servers_and_a_number_used_again_are_no_obstacle(checkout: Checkout) -> None:
    kept = checkout.probe()["kept"]
    process = holding(checkout)
    end([process.pid, *descendants(process.pid)], signal.SIGKILL, 5)
    pid_file = checkout.home / "pg/postmaster.pid"
    pid_file.write_text(re.sub(r"\A\d+", str(os.getpid()), pid_file.read_text()))
    assert checkout.probe()["kept"] == kept + 1


def test_a_second_shell_has_servers_of_its_own(checkout: Checkout) -> None:
    kept = checkout.probe()["kept"]
    process = holding(checkout)
    apart = checkout.probe()["kept"]
    assert checkout.probe()["kept"] == apart + 1
    process.terminate()
    process.wait(15)
    assert checkout.probe()["kept"] == kept + 1


def test_passwords_are_in_no_argument_and_files_are_private(checkout: Checkout) -> None:
    process = holding(checkout)
    arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in descendants(process.pid))
    secrets = json.loads((checkout.home / "secrets.json").read_text())
    assert [name for name, value in secrets.items() if value.encode() in arguments] == []
    assert (checkout.home / "secrets.json").stat().st_mode & 0o077 == 0
    assert (checkout.home / "pg").stat().st_mode & 0o077 == 0
    process.terminate()
    process.wait(15)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the servers to another user")
def test_root_s_servers_are_not_root_s(checkout: Checkout) -> None:
    process = holding(checkout)
    owners = {
        (Path(f"/proc/{pid}/comm").read_text().strip(), Path(f"/proc/{pid}").stat().st_uid == 0)
        for pid in descendants(process.pid)
    }
    assert {owner for owner in owners if "python" not in owner[0]} == {("postgres", False), ("valkey-server", False)}
    process.terminate()
    process.wait(15)


def test_a_taken_port_is_said_and_another_chosen() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert free_port(taken.getsockname()[1], "web") > taken.getsockname()[1]


def test_servers_that_are_given_are_used(checkout: Checkout) -> None:
    given = {"DATABASE_URL": "postgres://theirs", "REDIS_URL": "redis://theirs", "SECRET_KEY": "theirs"}
    log = checkout.home / "postgres.log"
    before = log.exists() and log.stat().st_mtime_ns
    code, output = checkout.run(
        "shell", "--", "sh", "-c", 'echo "$DATABASE_URL $REDIS_URL $SECRET_KEY $TRIAL"', **given
    )
    assert (code, output) == (0, "postgres://theirs redis://theirs theirs 1\n")
    assert before == (log.exists() and log.stat().st_mtime_ns)


@pytest.mark.parametrize(
    ("words", "environ", "line"),
    [
        ([], {}, "say one of run, test [-- pytest arguments], shell -- COMMAND, clean."),
        (["shell"], {}, "say one of run, test [-- pytest arguments], shell -- COMMAND, clean."),
        (["shell", "true"], {"REDIS_URL": "x"}, "REDIS_URL is set alone: set DATABASE_URL and REDIS_URL, or neither."),
        (["shell", "no-such-program"], {}, "there is no program no-such-program."),
    ],
)
def test_a_mistake_is_one_line(checkout: Checkout, words: list[str], environ: dict[str, str], line: str) -> None:
    code, output = checkout.run(*words, **environ)
    assert (code, output.splitlines()[-1]) == (1, f"alongside: {line}")
    assert "Traceback" not in output


def test_clean_waits_for_nobody_and_then_forgets(checkout: Checkout) -> None:
    process = holding(checkout)
    home = checkout.home
    assert checkout.run("clean") == (1, f"alongside: {home} is in use; stop what runs there first.\n")
    process.terminate()
    process.wait(15)
    assert checkout.run("clean") == (0, "")
    assert not home.exists()


def told(process: subprocess.Popen[str]) -> str:
    """The address that a starting `run` prints, once it has printed all."""
    assert process.stdout
    lines = list(itertools.takewhile(lambda line: "Ctrl-C" not in line, process.stdout))
    return next((line.split()[-1] for line in lines if line.startswith("Alongside is at")), "".join(lines))


def test_the_app_starts_is_told_once_and_stops(checkout: Checkout) -> None:
    (checkout.path / "manage.py").write_text(MANAGE)
    (checkout.path / "mentoring/wsgi.py").write_text(WSGI)
    (checkout.path / "mentoring/celery.py").write_text(CELERY)
    filled = ["migrate --verbosity 0", "createcachetable", "seed_demo --people 400 --seed 7 --if-empty"]
    for casts in (["seed_demo --cast"], ["seed_demo --cast"] * 2):
        process = checkout.start("run")
        address = told(process)
        assert checkout.run("run") == (1, f"alongside: already running at {address}.\n")
        assert f"BASE_URL={address}" in checkout.run("shell", "--", "env")[1].splitlines()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        assert (process.returncode, rest) == (0, "\nStopping …\n")
        assert checkout.processes() == []
        assert (checkout.path / "calls").read_text().splitlines() == [*filled, *casts]


def test_the_launcher_starts_without_django() -> None:
    code = "import sys, mentoring.embedded.__main__; print([name for name in sys.modules if name.startswith('django')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    assert done.stdout == "[]\n"
