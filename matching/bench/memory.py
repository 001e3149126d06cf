"""How much memory this process has, and had at most."""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def resident() -> float:
    """MB of memory now; where Linux does not tell, the most there ever was."""
    return _status("VmRSS:") if STATUS.exists() else highest()


def highest() -> float:
    """MB of memory at most so far.

    Linux's own figure, where there is one: `ru_maxrss` of a child starts with what its parent had.
    """
    if STATUS.exists():
        return _status("VmHWM:")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _status(name: str) -> float:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024 / 1e6
