"""Run in an environment that has the package `matching`: a stable matching of the preference orders on standard input.

Reads `{"mentees": {id: [mentor id …]}, "mentors": {id: [mentee id …]}, "places": {mentor id: places}}`; prints the
pairs, what it took in ms, and MB before and at most.
"""

import json
import sys
import threading
from pathlib import Path
from time import perf_counter

from matching.games import HospitalResident  # type: ignore[import-not-found]  # the package, not ours


def megabytes(name: str) -> float:
    """A figure of this process as Linux has it, 0 elsewhere."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(name))


def main() -> None:
    """Solve and print."""
    orders = json.load(sys.stdin)
    base = megabytes("VmRSS:")
    start = perf_counter()
    game = HospitalResident.create_from_dictionaries(orders["mentees"], orders["mentors"], orders["places"])
    found = game.solve(optimal="resident")
    taken = (perf_counter() - start) * 1000
    pairs = sorted((mentee.name, mentor.name) for mentor, mentees in found.items() for mentee in mentees)
    print(json.dumps({"ms": taken, "base": base, "peak": megabytes("VmHWM:"), "pairs": pairs}))


# It copies its players by recursion, which is too deep for Python's usual limits from about 100 people on.
sys.setrecursionlimit(10**6)
threading.stack_size(512 * 2**20)
thread = threading.Thread(target=main)
thread.start()
thread.join()
