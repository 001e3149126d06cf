"""The offline form of a submission and of a result: JSON in, JSON out."""

import json
from collections.abc import Mapping
from datetime import date

from charter.framework.answers import Answer, Submission, check_together, parse_answer, parse_date
from charter.framework.errors import FrameworkError
from charter.framework.loader import load
from charter.framework.results import LevelResult, RequirementResult, Result
from charter.framework.schema import Framework

HELD_SINCE = "_held_since"


def read_json(text: str) -> object:
    """The value of a JSON text; `FrameworkError` if it is not JSON or names a key twice in one object."""
    try:
        return json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except FrameworkError:
        raise
    except (ValueError, RecursionError) as error:
        raise FrameworkError(f"This is not valid JSON: {error}.") from error


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise FrameworkError(f"{key!r} stands twice in the same object; which one is meant?")
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise FrameworkError(f"This is not valid JSON: {name} is not a number.")


def read_submission(raw: object) -> tuple[Framework, Submission]:
    """The framework and submission of an offline file; `FrameworkError` says what to put right.

    `framework`, `submitted_on` and `answers` are needed; `silver_held_since` (each level's id before
    `_held_since`) may be null or left out. Anything else is refused.
    """
    if not isinstance(raw, dict):
        raise FrameworkError("The file must hold one JSON object.")
    framework = _framework(raw)
    _check_keys(framework, raw)
    submitted_on = parse_date(raw.get("submitted_on"), "submitted_on")
    if submitted_on is None:
        raise FrameworkError("submitted_on is missing: give a date like 2026-11-01.")
    answers = read_answers(framework, raw.get("answers"))
    return framework, Submission(submitted_on, answers, _held_since(framework, raw))


def read_answers(framework: Framework, raw: object) -> dict[str, Answer]:
    """Answers by criterion id, checked one by one and together."""
    if not isinstance(raw, dict):
        raise FrameworkError('answers must be an object of answers by criterion, such as {"LEA-1": {…}}.')
    answers = {key: parse_answer(framework, key, value) for key, value in raw.items()}
    check_together(framework, answers.values())
    return answers


def _framework(raw: Mapping[str, object]) -> Framework:
    version = raw.get("framework")
    if not isinstance(version, str):
        raise FrameworkError('framework is missing: give the version as text, such as "1.0".')
    return load(version)


def _check_keys(framework: Framework, raw: Mapping[str, object]) -> None:
    known = {"framework", "submitted_on", "answers"} | {level.id + HELD_SINCE for level in framework.levels}
    if strangers := sorted(set(raw) - known):
        raise FrameworkError(f"This cannot be part of the file: {', '.join(strangers)}.")


def _held_since(framework: Framework, raw: Mapping[str, object]) -> dict[str, date]:
    names = {level.id: level.id + HELD_SINCE for level in framework.levels}
    found = {level: parse_date(raw.get(name), name) for level, name in names.items()}
    return {level: since for level, since in found.items() if since is not None}


def as_json(result: Result) -> dict[str, object]:
    """A result as plain values for JSON; fractions as exact text."""
    return {
        "framework": result.framework,
        "level": result.level,
        "complete": result.complete,
        "unanswered": list(result.unanswered),
        "levels": {level.level: _level(level) for level in result.levels},
        "requirements": [_requirement(requirement) for requirement in result.requirements],
        "notes": list(result.notes),
    }


def _level(level: LevelResult) -> dict[str, object]:
    return {
        "reached": level.reached,
        "credit": str(level.credit),
        "applicable": str(level.applicable),
        "share": None if level.share is None else str(level.share),
        "core_unmet": list(level.core_unmet),
        "principles_unmet": list(level.principles_unmet),
        "blocked_by": list(level.blocked_by),
    }


def _requirement(requirement: RequirementResult) -> dict[str, object]:
    return {
        "criterion": requirement.criterion,
        "level": requirement.level,
        "core": requirement.core,
        "status": requirement.status.value,
        "credit": str(requirement.credit),
    }
