"""The commands of the launcher; see the package."""

import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence

from mentoring.embedded.processes import Stopped, alive, heed_signals, pause, received, refuse
from mentoring.embedded.servers import ROOT, TRIAL_DIR, Home, base_folder, free_port, say, write_private

PYTHON = ".venv/bin/python" if (ROOT / ".venv/bin/python").exists() else sys.executable
MANAGE = (PYTHON, "manage.py")
DEMO = ("seed_demo", "--people", "400", "--seed", "7", "--if-empty")


def given() -> bool:
    """Whether the environment brings servers of its own."""
    names = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(names) == 1:
        refuse(f"{names[0]} is set alone: set DATABASE_URL and REDIS_URL, or neither.")
    return bool(names)


def prepare(home: Home, *, durable: bool, base_url: str = "http://127.0.0.1:8000") -> None:
    """Puts what the settings want into the home's environment; what the environment says already, stays."""
    home.environ |= {
        "TRIAL": "1",
        "TRIAL_DIR": str(TRIAL_DIR),
        "SECRET_KEY": home.secrets["django"],
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": base_url,
    }
    if not given():
        home.start(durable=durable)
    home.environ = {name: value for name, value in home.environ.items() if not os.environ.get(name)}


def foreground(home: Home, argv: Sequence[str]) -> int:
    """Runs a command in the terminal. There Ctrl-C reaches it by itself; any other signal is handed on."""
    child = home.spawn("command", argv, show=True, foreground=True)
    handed_on = 0
    while child.poll() is None:
        while handed_on < len(received):
            if not (received[handed_on] == signal.SIGINT and sys.stdin and sys.stdin.isatty()):
                child.send_signal(received[handed_on])
            handed_on += 1
        time.sleep(0.02)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def test(arguments: Sequence[str]) -> int:
    """The suite, on servers that never wait for the disk, in the first home that no other run of it holds."""
    home = next(home for number in range(1, 100) if (home := Home.take(f"test-{number}")))
    try:
        prepare(home, durable=False)
        home.environ["TESTING"] = "1"
        return foreground(home, [PYTHON, "-m", "pytest", *arguments])
    finally:
        home.close()


def shared_environ() -> dict[str, str]:
    """The environment of a `run` that is running now, or nothing."""
    with contextlib.suppress(OSError, ValueError):
        state = json.loads((base_folder() / "run/state.json").read_text())
        return dict(state["environ"]) if alive(state["pid"]) else {}
    return {}


def shell(argv: Sequence[str]) -> int:
    """Any command: on the servers of `run`, shared while it is running; beside another shell, on its own."""
    if not shutil.which(argv[0]):
        refuse(f"there is no program {argv[0]}.")
    home = Home.take("run")
    if home is None and (shared := shared_environ()):
        os.execvpe(argv[0], list(argv), {**shared, **os.environ})
    home = home or next(home for number in range(1, 100) if (home := Home.take(f"shell-{number}")))
    try:
        prepare(home, durable=True)
        return foreground(home, argv)
    finally:
        home.close()


def run(_: Sequence[str]) -> int:
    """The app, until Ctrl-C."""
    home = Home.take("run")
    if home is None:
        running = shared_environ()
        refuse(f"already running at {running['BASE_URL']}." if running else "a shell holds the trial database.")
    try:
        port = free_port(8000, "web")
        prepare(home, durable=True, base_url=f"http://127.0.0.1:{port}")
        fill(home)
        write_private(home.path / "state.json", json.dumps({"pid": os.getpid(), "environ": home.environ}))
        services = commands_of(port)
        home.spawn("web", services["web"])
        home.call("cast", [*MANAGE, "seed_demo", "--cast"])
        wait_for_web(home, port)
        say((home.path / "cast.log").read_text())
        say(f"Alongside is at {home.environ.get('BASE_URL', os.environ.get('BASE_URL'))}")
        say(f"Logs and data: {home.path}\nCtrl-C stops it.")
        for name in ("worker", "beat"):
            home.spawn(name, services[name])
        supervise(home, services)
    finally:
        if received:
            say("\nStopping …")
        home.close()
    return 0


def fill(home: Home) -> None:
    """Tables, what migrate loads from data files, and demo people; skipped while none of their sources has changed."""
    digest = hashlib.sha256()
    kinds = [
        f"{app}/{kind}" for app in ("mentoring", "matching", "charter") for kind in ("migrations/*.py", "**/*.toml")
    ]
    for path in sorted(path for kind in (*kinds, "requirements/base.txt") for path in ROOT.glob(kind)):
        digest.update(bytes(path.relative_to(ROOT)) + path.read_bytes())
    stamp = home.path / "filled"
    if not given() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("Preparing the database …")
    home.call("migrate", [*MANAGE, "migrate", "--verbosity", "0"])
    home.call("cache", [*MANAGE, "createcachetable"])
    home.call("demo", [*MANAGE, *DEMO])
    stamp.write_text(digest.hexdigest())


def commands_of(port: int) -> dict[str, list[str]]:
    """Web, worker and beat. Threads in the worker: one process, and a long task does not hold up the mail."""
    return {
        "web": [
            *(PYTHON, "-m", "gunicorn", "mentoring.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket"),
            *("--graceful-timeout", "5", "--log-level", "warning"),
        ],
        "worker": [
            *(PYTHON, "-m", "celery", "-A", "mentoring", "worker", "--pool", "threads", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle", "--loglevel", "info"),
        ],
        "beat": [
            *(PYTHON, "-m", "celery", "-A", "mentoring", "beat", "-S", "celery.beat:Scheduler"),
            *("--pidfile", "", "--loglevel", "info"),
        ],
    }


def wait_for_web(home: Home, port: int) -> None:
    """Returns when a page is answered."""
    while home.children["web"].poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/healthz")
            status = connection.getresponse().status
            connection.close()
            if status < http.client.INTERNAL_SERVER_ERROR:
                return
        pause(0.05)
    refuse(f"the web server does not start. {home.tail('web')}")


def supervise(home: Home, services: dict[str, list[str]]) -> None:
    """Starts again what ended by itself, unless it ends at once or is what the rest stands on."""
    started = dict.fromkeys(services, time.monotonic())
    while True:
        pause(0.2)
        for name, child in list(home.children.items()):
            if child.poll() is None:
                continue
            if name not in services or time.monotonic() - started[name] < 10:
                refuse(f"{name} ended by itself ({child.returncode}). {home.tail(name)}")
            say(f"{name} ended by itself ({child.returncode}); starting it again.")
            home.spawn(name, services[name])
            started[name] = time.monotonic()


def clean(_: Sequence[str]) -> int:
    """Removes every trial database of this checkout, unless one is in use."""
    folders = [TRIAL_DIR, base_folder()]
    for lock in (lock for folder in folders for lock in folder.glob("*/lock")):
        with lock.open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                refuse(f"{lock.parent} is in use; stop what runs there first.")
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def main() -> int:
    """Chooses the command; a mistake is one line, never a traceback."""
    commands = {"run": run, "test": test, "shell": shell, "clean": clean}
    name, *arguments = sys.argv[1:] or [""]
    if arguments[:1] == ["--"]:
        del arguments[0]
    if name not in commands or (name == "shell" and not arguments):
        refuse("say one of run, test [-- pytest arguments], shell -- COMMAND, clean.")
    os.chdir(ROOT)
    heed_signals()
    try:
        return commands[name](arguments)
    except Stopped:
        return 0 if name == "run" else 128 + received[0]
    except PermissionError as error:
        refuse(f"{error.filename} belongs to another user; run make clean as that user first.")


if __name__ == "__main__":
    sys.exit(main())
