"""The offline command: the same engine without the web app, for a spreadsheet's worth of people."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from matching.engine.errors import EngineError
from matching.engine.parsing import Problem, load
from matching.engine.pool import Pool
from matching.engine.reasons import Match, Reason
from matching.engine.schema import Person, Role

BAD_INPUT = 2


class CommandParser(argparse.ArgumentParser):
    """argparse writes its usage before an error; we promise one line."""

    def error(self, message: str) -> NoReturn:
        raise EngineError(message)


def main(arguments: Sequence[str]) -> int:
    """Rank, and return the exit status: 0, or 2 with one line on standard error."""
    return run(arguments, _parser(), lambda problem, options: rank(problem, options.person, options.role, options.top))


def run(arguments: Sequence[str], parser: CommandParser, answer: Callable[[Problem, argparse.Namespace], Any]) -> int:
    """Print what a command answers about its file as one line of JSON; returns the exit status."""
    try:
        options = parser.parse_args(arguments)
        line = answer(load(options.file), options)
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT
    print(json.dumps(line))
    return 0


def rank(problem: Problem, person_id: str, role: Role | None, top: int) -> list[dict[str, Any]]:
    """The `top` best matches of one person, as plain data.

    Somebody who is both is ranked for as mentee unless `role` says otherwise. Raises `EngineError` where
    there is nobody of that id, or not in that role.
    """
    asker = next((person for person in problem.people if person.id == person_id), None)
    if asker is None:
        raise EngineError(f"--for: there is nobody with the id {person_id!r}")
    role = role or _usual_role(asker)
    pool = Pool.of(problem.catalogue, problem.people, role.opposite)
    excluded = problem.excluded_for(asker.id, role)
    ranking = pool.rank(asker, excluded=excluded, mentee_share=problem.mentee_share, top=top)
    return [_match(match, pool.role) for match in ranking.matches]


def _usual_role(person: Person) -> Role:
    role = next((role for role in Role if person.has(role)), None)
    if role is None:
        raise EngineError(f"--for: person {person.id!r} is neither a mentee nor a mentor")
    return role


def _match(match: Match, role: Role) -> dict[str, Any]:
    return {
        role.value: match.id,
        "score": match.score,
        "mentee_side": match.mentee_side,
        "mentor_side": match.mentor_side,
        "reasons": [_reason(reason) for reason in match.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "side": reason.side,
        "characteristic": reason.characteristic,
        "direction": reason.direction,
        "strength": reason.strength,
        "known": reason.known,
        "agreement": reason.agreement,
        "points": reason.points,
    }


def _parser() -> CommandParser:
    parser = CommandParser(prog="python -m matching.engine", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ranked = commands.add_parser("rank", help="the best matches for one person", allow_abbrev=False)
    ranked.add_argument("file", metavar="FILE", type=Path)
    ranked.add_argument("--for", dest="person", metavar="ID", required=True)
    ranked.add_argument("--as", dest="role", type=_role, metavar="mentee|mentor")
    ranked.add_argument("--top", type=_positive, default=20, metavar="N")
    return parser


def _role(text: str) -> Role:
    if text not in list(Role):
        raise argparse.ArgumentTypeError(f"{text!r} is neither mentee nor mentor")
    return Role(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r:.60} is not a positive whole number")
    return int(text)
