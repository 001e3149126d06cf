"""Run in an environment that has the package `mentor-match`: one of its rounds over the people on standard input.

Reads `{"mentees": […], "mentors": […]}` of `{"email": id, "grade": n, "profession": text, "organisation": text}`;
prints the pairs, what it took in ms, and MB before and at most.
"""

import json
import operator
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from matching.mentee import Mentee  # type: ignore[import-not-found]  # the package, not ours
from matching.mentor import Mentor  # type: ignore[import-not-found]
from matching.process import process_data  # type: ignore[import-not-found]
from matching.rules import rule  # type: ignore[import-not-found]


def megabytes(name: str) -> float:
    """A figure of this process as Linux has it, 0 elsewhere."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(name))


def rules() -> list[Any]:
    """What it can say of our people: nobody below the mentee, a little above best, alike in profession and place."""
    return [
        rule.Disqualify(rule.Grade(0, operator.lt).evaluate),
        rule.Grade(1, operator.eq, {True: 9, False: 0}),
        rule.Grade(2, operator.eq, {True: 6, False: 0}),
        rule.Equivalent("profession", {True: 12, False: 0}),
        rule.Equivalent("organisation", {True: 6, False: 0}),
        rule.UnmatchedBonus(50),
    ]


def main() -> None:
    """Match and print."""
    people = json.load(sys.stdin)
    base = megabytes("VmRSS:")
    start = perf_counter()
    mentees = [Mentee(**each) for each in people["mentees"]]
    mentors = [Mentor(**each) for each in people["mentors"]]
    process_data(mentors, mentees, all_rules=[rules()])
    taken = (perf_counter() - start) * 1000
    pairs = sorted((mentee.email, mentor.email) for mentee in mentees for mentor in mentee.mentors)
    print(json.dumps({"ms": taken, "base": base, "peak": megabytes("VmHWM:"), "pairs": pairs}))


main()
