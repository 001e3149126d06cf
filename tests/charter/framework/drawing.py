"""Draws editions and files of answers from a seeded `random.Random`."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

LONG_REASON = "There is no other organisation within reach of ours, and every profession we employ already has mentors."
assert len(LONG_REASON) >= 100


def draw_file(random: Random, rules: dict[str, Any]) -> dict[str, Any]:
    """A valid offline file: from hopeless to nearly perfect, with gaps, claims and small numbers."""
    submitted = date(2026, 1, 1) + timedelta(days=random.randrange(1500))
    goodness = random.choice([0.3, 0.7, 0.9, 0.97, 1.0])
    claimed: set[int] = set()
    answers = {}
    for criterion in random.sample(rules["criteria"], len(rules["criteria"])):
        if criterion["na"] and criterion["principle"] not in claimed and random.random() < 0.3:
            claimed.add(criterion["principle"])
            answer: dict[str, Any] | None = _claim(random)
        else:
            answer = _answer(random, rules, criterion, random.random() < goodness)
        if answer is not None or random.random() < 0.5:
            answers[criterion["id"]] = _with_action(random, answer, submitted)
    file: dict[str, Any] = {"framework": rules["version"], "submitted_on": submitted.isoformat(), "answers": answers}
    for level in rules["levels"]:
        if random.random() < 0.8:
            since = submitted - timedelta(days=random.choice([100, 364, 365, 366, 367, 900, -5]))
            file[f"{level['id']}_held_since"] = since.isoformat()
    return file


def _claim(random: Random) -> dict[str, Any]:
    return {"status": "not_applicable", "reason": LONG_REASON, "na_accepted": random.choice([None, True, False])}


def _with_action(random: Random, answer: dict[str, Any] | None, submitted: date) -> dict[str, Any] | None:
    if not answer or random.random() < 0.2:
        return answer
    days = random.choice([-30, 0, 1, 200, 200, 200, 700, 1094, 1095, 1096, 1500])
    return answer | {"action_due": (submitted + timedelta(days=days)).isoformat()}


def _answer(random: Random, rules: dict[str, Any], criterion: dict[str, Any], good: bool) -> dict[str, Any] | None:
    if not good and random.random() < 0.15:
        return None
    if criterion["kind"] == "statement":
        status = "met" if good else random.choice(["partly", "partly", "not_met"])
        return {"status": status, "reason": "Because."}
    if criterion["kind"] == "measure":
        return _measure(random, rules, criterion, good)
    return _comparison(random, rules, criterion, good)


def _measure(random: Random, rules: dict[str, Any], criterion: dict[str, Any], good: bool) -> dict[str, Any]:
    d = random.choice([10, 11, 20, 40, 40, 100, 237])
    if not good and not criterion["never_empty"] and random.random() < 0.3:
        return {"n": 0, "d": 0}
    if good:
        return {"n": random.choice([d, d, d - d // 20]), "d": d}
    bands = [Fraction(t) for t in criterion["levels"].values() if t != "reported"] or [Fraction(1, 2)]
    near = random.choice(bands) - random.choice([0, 0, 1, 2]) * Fraction(rules["margin"]) / 2
    return {"n": min(d, max(0, int(near * d) + random.choice([-1, 0, 0, 1]))), "d": d}


def _comparison(random: Random, rules: dict[str, Any], criterion: dict[str, Any], good: bool) -> dict[str, Any]:
    quotient = criterion["kind"] == "quotient"
    keys = ["part", "whole"] if quotient else rules["groups"]
    b = random.choice([40, 100] if good else [22, 23, 40, 60, 100, 200])
    d = random.choice([100, 500] if good else [22, 23, 100, 500, 1200])
    c = random.randrange(1 if quotient or good else 0, d + 1)
    aim = Fraction(c, d) * random.choice([Fraction(1), Fraction(4, 5), Fraction(7, 10), Fraction(1, 2), Fraction(0)])
    a = min(b, int(aim * b) + random.choice([-1, 0, 0, 1])) if not good else -(-b * c // d)
    return {keys[0]: {"n": max(0, a), "d": b}, keys[1]: {"n": c, "d": d}}


def draw_rules(random: Random) -> dict[str, Any]:
    """A made-up edition that shares nothing with 1.0 but the shape."""
    levels: list[dict[str, Any]] = [
        {"id": name, "share": _hundredths(random, 40, 90)} for name in ["seed", "root", "bloom"]
    ]
    levels = levels[: random.randint(1, 3)]
    for index, level in enumerate(levels[1:]):
        if random.random() < 0.4:
            level["held"] = [levels[index]["id"], random.randint(0, 20)]
    principles = random.sample(range(1, 30), random.randint(1, 4))
    return {
        "version": "0.test",
        "levels": levels,
        "groups": ["ours", "theirs"],
        "principles": principles,
        "margin": _hundredths(random, 0, 25),
        "partly_share": _hundredths(random, 0, 100),
        "partly_credit": random.choice(["0.5", "0.25", "1.0"]),
        "insufficient_cap": random.randint(0, 3),
        "survey_minimum": random.randint(1, 15),
        "ratio_minimum": random.randint(2, 40),
        "z": random.choice(["1.96", "1.645", "2.576"]),
        "years": random.randint(1, 4),
        "criteria": [_criterion(random, levels, principles, number) for number in range(random.randint(2, 14))],
    }


def _hundredths(random: Random, low: int, high: int) -> str:
    return f"{random.randint(low, high) / 100:.2f}"


def _criterion(random: Random, levels: list[dict[str, Any]], principles: list[int], number: int) -> dict[str, Any]:
    kind = random.choice(["statement", "statement", "measure", "measure", "ratio", "quotient"])
    core = random.random() < 0.2
    many = 1 if kind == "statement" and random.random() < 0.7 else random.randint(1, len(levels))
    chosen = [level["id"] for level in levels if level["id"] in random.sample([one["id"] for one in levels], many)]
    chosen = chosen or [levels[0]["id"]]
    return {
        "id": f"X{number}",
        "principle": random.choice(principles),
        "kind": kind,
        "levels": {name: _threshold(random, kind) for name in chosen},
        "core": core,
        "na": not core and random.random() < 0.3,
        "survey": kind == "measure" and random.random() < 0.3,
        "never_empty": kind == "measure" and random.random() < 0.2,
        "at_least": random.choice([0, 0, 1, 3]) if kind == "measure" else 0,
    }


def _threshold(random: Random, kind: str) -> Any:
    if kind == "statement":
        return None
    if kind == "quotient":
        low, high = sorted(random.sample(range(30, 130), 2))
        return [f"{high / 100:.2f}", f"{low / 100:.2f}"]
    if kind == "measure" and random.random() < 0.15:
        return "reported"
    return _hundredths(random, 20, 100)


def as_toml(rules: dict[str, Any]) -> str:
    """The framework file of drawn rules."""
    parts = [_head(rules)]
    parts += [_level(level) for level in rules["levels"]]
    parts += [f'[[principles]]\nnumber = {p}\ntitle = "P{p}"\nsentence = "About {p}."' for p in rules["principles"]]
    parts += [_criterion_toml(rules, criterion) for criterion in rules["criteria"]]
    return "\n\n".join(parts) + "\n"


def _head(rules: dict[str, Any]) -> str:
    groups = "\n".join(
        f'[[groups]]\nid = "{g}"\nname = "{g}"\nshort = "{g}"\nheadings = ["{g}"]\ncategories = ["{g}"]'
        for g in rules["groups"]
    )
    return f"""version = "{rules["version"]}"
title = "Made up"
[rules]
period_months = 12
partly_margin = {rules["margin"]}
partly_share = {rules["partly_share"]}
insufficient_per_level = {rules["insufficient_cap"]}
not_applicable_per_principle = 1
not_applicable_reason = 100
survey_minimum = {rules["survey_minimum"]}
[rules.credit]
met = 1
partly = {rules["partly_credit"]}
not_met = 0
[rules.ratio]
minimum = {rules["ratio_minimum"]}
pool_years = 3
z = {rules["z"]}
digits = 50
note_above = 1.25
zero_adds_to_count = 0.5
zero_adds_to_total = 1
[rules.validity]
years = {rules["years"]}
interim_months = 18
renewal_months = 6
[rules.review]
panel_minimum = 3
panel_from_first_group = 1
[[sources]]
id = "Us"
citation = "Ourselves."
{groups}"""


def _level(level: dict[str, Any]) -> str:
    text = f'[[levels]]\nid = "{level["id"]}"\nname = "{level["id"].title()}"\nshare = {level["share"]}'
    if "held" in level:
        text += f'\nneeds_held = {{ level = "{level["held"][0]}", months = {level["held"][1]} }}'
    return text


def _criterion_toml(rules: dict[str, Any], c: dict[str, Any]) -> str:
    lines = ["[[criteria]]", f'id = "{c["id"]}"', f"principle = {c['principle']}", f'kind = "{c["kind"]}"']
    lines += [f"{ours} = true" for ours, theirs in (("core", "core"), ("not_applicable", "na")) if c[theirs]]
    lines += [f'{key} = "Words."' for key in ("title", "requirement", "why", "evidence")]
    lines += ['sources = ["Us"]', 'good = ["Good."]']
    if c["kind"] == "statement":
        return "\n".join([*lines, f"levels = {list(c['levels'])}"])
    if c["kind"] == "measure":
        lines += ['numerator = "some"', 'denominator = "all"', f"at_least = {c['at_least']}"]
        lines += [text for key, text in (("survey", "survey = true"), ("never_empty", 'empty = "error"')) if c[key]]
    lines.append("[criteria.thresholds]")
    lines += [f"{level} = {_threshold_toml(threshold)}" for level, threshold in c["levels"].items()]
    keys = {"ratio": rules["groups"], "quotient": ["part", "whole"]}.get(c["kind"], [])
    lines += [f'[criteria.sides.{key}]\nnumerator = "some"\ndenominator = "all"' for key in keys]
    return "\n".join(lines)


def _threshold_toml(threshold: Any) -> str:
    if isinstance(threshold, list):
        return f"{{ met = {threshold[0]}, partly = {threshold[1]} }}"
    return '"reported"' if threshold == "reported" else str(threshold)
