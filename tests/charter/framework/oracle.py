"""A slow oracle for scoring, written from the charter's rules alone: plain dicts in, plain dicts out, no engine code.

It works on the rules as plain data (`edition_1_0.RULES` or a drawn edition) and on the offline file as it stands. Its
comparisons are by whole numbers; only the interval is in floats, which is enough unless it ends within 1e-9 of 1.
"""

import math
from datetime import date
from fractions import Fraction
from typing import Any

BAD = ("not_met", "unanswered")


def grade(rules: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    """The offline result, without the words."""
    names = [level["id"] for level in rules["levels"]]
    table = {
        (c["id"], name): _first_status(rules, c, name, file["answers"].get(c["id"]))
        for c in rules["criteria"]
        for name in names
        if name in c["levels"]
    }
    for name in names:
        _drop_surplus(rules, table, name)
    credits = {key: Fraction(1) if status == "met" else Fraction(0) for key, status in table.items()}
    for name in names:
        _hand_out_partly(rules, file, table, credits, name)
    levels = _levels(rules, file, table, credits, names)
    return {
        "framework": rules["version"],
        "level": ([name for name in names if levels[name]["reached"]] or ["none"])[-1],
        "complete": "unanswered" not in table.values(),
        "unanswered": [c["id"] for c in rules["criteria"] if _all(table, c, "unanswered")],
        "levels": levels,
        "requirements": [
            {"criterion": c["id"], "level": n, "core": c["core"], "status": table[c["id"], n]}
            | {"credit": str(credits[c["id"], n])}
            for c in rules["criteria"]
            for n in names
            if n in c["levels"]
        ],
    }


def _all(table: dict[tuple[str, str], str], criterion: dict[str, Any], status: str) -> bool:
    return all(table[criterion["id"], name] == status for name in criterion["levels"])


def _first_status(rules: dict[str, Any], c: dict[str, Any], level: str, answer: dict[str, Any] | None) -> str:
    if not answer:
        return "unanswered"
    if answer.get("status") == "not_applicable":
        return "not_met" if answer.get("na_accepted") is False else "not_applicable"
    if c["kind"] == "statement":
        return str(answer.get("status") or "unanswered")
    if c["kind"] == "measure":
        return _measure(rules, c, c["levels"][level], answer.get("n"), answer.get("d"))
    left, right = (answer.get(key) or {} for key in (rules["groups"] if c["kind"] == "ratio" else ["part", "whole"]))
    if left.get("n") is None:
        return "unanswered"
    four = (left["n"], left["d"], right["n"], right["d"])
    return (_ratio if c["kind"] == "ratio" else _quotient)(rules, c["levels"][level], *four)


def _measure(rules: dict[str, Any], c: dict[str, Any], threshold: str, n: int | None, d: int | None) -> str:
    if n is None or d is None:
        return "unanswered"
    if n < c["at_least"]:
        return "not_met"
    if d == 0 or (c["survey"] and d < rules["survey_minimum"]):
        return "insufficient"
    if threshold == "reported":
        return "met"
    thousandths, margin = int(Fraction(threshold) * 1000), int(Fraction(rules["margin"]) * 1000)
    if 1000 * n >= thousandths * d:
        return "met"
    return "partly" if 1000 * n >= (thousandths - margin) * d else "not_met"


def _ratio(rules: dict[str, Any], threshold: str, a: int, b: int, c: int, d: int) -> str:
    if b < rules["ratio_minimum"] or d < rules["ratio_minimum"] or c == 0:
        return "insufficient"
    if 1000 * a * d >= int(Fraction(threshold) * 1000) * b * c:
        return "met"
    w, x, y, z = (a + 0.5, b + 1, c + 0.5, d + 1) if a == 0 else (a, b, c, d)
    upper = math.log(w / x) - math.log(y / z) + float(rules["z"]) * math.sqrt(1 / w - 1 / x + 1 / y - 1 / z)
    assert abs(upper) > 1e-9, "too close for floats"
    return "not_met" if upper < 0 else "partly"


def _quotient(rules: dict[str, Any], bands: list[str], a: int, b: int, c: int, d: int) -> str:
    for band, status in zip(bands, ("met", "partly"), strict=True):
        if 1000 * a * d >= int(Fraction(band) * 1000) * b * c:
            return status
    return "not_met"


def _drop_surplus(rules: dict[str, Any], table: dict[tuple[str, str], str], level: str) -> None:
    so_far = 0
    for c in rules["criteria"]:
        if not c["core"] and table.get((c["id"], level)) == "insufficient":
            so_far += 1
            if so_far > rules["insufficient_cap"]:
                table[c["id"], level] = "not_met"


def _pool(rules: dict[str, Any], table: dict[tuple[str, str], str], level: str) -> list[str]:
    """The non-core criteria in the denominator of a level."""
    gone = ("not_applicable", "insufficient")
    return [c["id"] for c in rules["criteria"] if not c["core"] and table.get((c["id"], level), gone[0]) not in gone]


def _hand_out_partly(
    rules: dict[str, Any],
    file: dict[str, Any],
    table: dict[tuple[str, str], str],
    credits: dict[tuple[str, str], Fraction],
    level: str,
) -> None:
    pool = _pool(rules, table, level)
    places = math.floor(len(pool) * Fraction(rules["partly_share"]))
    start = date.fromisoformat(file["submitted_on"])
    end = _months_later(start, 12 * rules["years"])
    for name in pool:
        due = file["answers"].get(name, {}).get("action_due") if table[name, level] == "partly" else None
        if places and due and start < date.fromisoformat(due) < end:
            credits[name, level] = Fraction(rules["partly_credit"])
            places -= 1


def _months_later(day: date, months: int) -> date:
    year, month, wanted = day.year, day.month + months, day.day
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


def _levels(
    rules: dict[str, Any],
    file: dict[str, Any],
    table: dict[tuple[str, str], str],
    credits: dict[tuple[str, str], Fraction],
    names: list[str],
) -> dict[str, Any]:
    out: dict[str, Any] = {}
    reached = True
    for index, level in enumerate(rules["levels"]):
        name = level["id"]
        pool = _pool(rules, table, name)
        credit = sum((credits[one, name] for one in pool), Fraction(0))
        core = [c["id"] for c in rules["criteria"] if c["core"] and table.get((c["id"], name), "met") != "met"]
        sad = [p for p in rules["principles"] if _sad(rules, table, p, names[: index + 1])]
        enough = bool(pool) and credit >= Fraction(level["share"]) * len(pool)
        reached = reached and enough and not core and not sad and _held(level, file)
        out[name] = {
            "reached": reached,
            "credit": str(credit),
            "applicable": str(len(pool)),
            "share": str(credit / len(pool)) if pool else None,
            "core_unmet": core,
            "principles_unmet": sad,
        }
    return out


def _sad(rules: dict[str, Any], table: dict[tuple[str, str], str], principle: int, names: list[str]) -> bool:
    seen = False
    for c in rules["criteria"]:
        for name in names:
            status = table.get((c["id"], name), "not_applicable") if c["principle"] == principle else "not_applicable"
            if status == "not_applicable" or (status == "insufficient" and not c["core"]):
                continue
            seen = True
            if status not in BAD and status != "insufficient":
                return False
    return seen


def _held(level: dict[str, Any], file: dict[str, Any]) -> bool:
    if "held" not in level:
        return True
    other, months = level["held"]
    since, submitted = file.get(f"{other}_held_since"), date.fromisoformat(file["submitted_on"])
    return since is not None and date.fromisoformat(since) <= _months_later(submitted, -months)
