"""The offline command for matching rounds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matching.engine.cohort.proposals import Objective, propose
from matching.engine.command import CommandParser, run
from matching.engine.parsing import Problem
from matching.engine.people import People
from matching.engine.schema import Role


def main(arguments: Sequence[str]) -> int:
    """Match, and return the exit status: 0, or 2 with one line on standard error."""
    return run(arguments, _parser(), lambda problem, options: cohort(problem, Objective(options.objective)))


def cohort(problem: Problem, objective: Objective) -> dict[str, Any]:
    """The proposals for all mentees, as plain data; somebody who is both takes part as both."""
    mentees, mentors = (People.of(problem.catalogue, problem.people, role, rounds=True) for role in Role)
    found = propose(mentees, mentors, objective=objective, mentee_share=problem.mentee_share, excluded=problem.excluded)
    return {
        "pairs": [list(pair) for pair in found.pairs],
        "matched": found.matched,
        "total": found.total,
        "worst": found.worst,
        "bound": found.bound,
        "gap": None if found.gap is None else float(found.gap),
        "unmatched": [{"mentee": each.mentee, "reason": each.reason} for each in found.unmatched],
    }


def _parser() -> CommandParser:
    parser = CommandParser(prog="python -m matching.engine", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    matched = commands.add_parser("cohort", help="proposals for all mentees", allow_abbrev=False)
    matched.add_argument("file", metavar="FILE", type=Path)
    objectives = [objective.value for objective in Objective]
    matched.add_argument("--objective", choices=objectives, default=Objective.TOTAL.value)
    return parser
