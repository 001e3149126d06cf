"""Processes and signals, with what Linux tells about them under /proc (elsewhere, less is known and less is done)."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

MARK = "ALONGSIDE_HOME"
SERVERS = {"postgres", "valkey-server"}
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_prctl: Callable[..., int] | None = getattr(ctypes.CDLL(None), "prctl", None)
received: list[int] = []


class Stopped(Exception):
    """Ctrl-C, TERM or HUP arrived: leave by the ordinary way out, which stops what was started."""


def refuse(message: str) -> NoReturn:
    """Ends with one line that says what is wrong."""
    sys.exit(f"alongside: {message}")


def heed_signals() -> None:
    """Notes signals rather than raising, so that no child is ever started and not written down."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda number, _: received.append(number))
    if _prctl is not None:
        # What a killed child leaves behind becomes ours, so that `descendants` finds it.
        _prctl(PR_SET_CHILD_SUBREAPER, 1)


def pause(seconds: float = 0.02) -> None:
    """Sleeps; the one place where a signal takes effect."""
    if received:
        raise Stopped
    time.sleep(seconds)


def follow_parent(signum: int) -> Callable[[], None]:
    """Run in a child before it becomes its program: when we die, even by kill -9, it gets this signal."""

    def prepare() -> None:
        if _prctl is not None:
            _prctl(PR_SET_PDEATHSIG, signum)

    return prepare


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def alive(pid: int) -> bool:
    """A zombie is not alive: the first process of a container may never reap it."""
    try:
        return _stat(pid)[0] not in "ZX"
    except (OSError, IndexError):
        return False


def everyone() -> Iterator[int]:
    """The number of every process, where /proc tells."""
    with contextlib.suppress(OSError):
        yield from (int(name) for name in os.listdir("/proc") if name.isdecimal())


def belongs(pid: int, home: Path) -> bool:
    """Whether a process was started for this home: a server by its folder, anything else by our mark.

    Arguments are readable where the working folder is not (root without the right to trace, in a container).
    """
    proc = Path(f"/proc/{pid}")
    with contextlib.suppress(OSError):
        if (proc / "comm").read_text().strip() in SERVERS:
            named = f"{home}/".encode() in (proc / "cmdline").read_bytes()
            return named or (proc / "cwd").readlink().is_relative_to(home)
        return f"{MARK}={home}".encode() in (proc / "environ").read_bytes().split(b"\0")
    return False


def descendants(pid: int) -> list[int]:
    """Every living process below one."""
    parents: dict[int, int] = {}
    for each in everyone():
        with contextlib.suppress(OSError, IndexError):
            parents[each] = int(_stat(each)[1])
    found = [pid]
    for above in found:
        found += [each for each, parent in parents.items() if parent == above]
    return [each for each in found[1:] if alive(each)]


def end(pids: Sequence[int], signum: int, patience: float) -> None:
    """Asks, waits, then kills. Heeds no signal meanwhile: this is the way out already."""
    for each_signal in (signum, signal.SIGKILL):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, each_signal)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not any(alive(pid) for pid in pids):
                return
            time.sleep(0.02)
