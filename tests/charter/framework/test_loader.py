"""Framework files: any valid one can be read, a wrong one is named by its place."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from charter.framework import FrameworkError, Submission, load, load_path, loads, parse_answer, score
from charter.framework.loader import EDITIONS
from tests.charter.framework.drawing import LONG_REASON, as_toml, draw_rules

DAY = date(2026, 11, 1)
TEXT = (EDITIONS / "1.0.toml").read_text(encoding="utf-8")


def _statement(name: str, principle: int, level: str, **marks: bool) -> dict[str, Any]:
    plain = {"core": False, "na": False, "survey": False, "never_empty": False}
    return {"id": name, "principle": principle, "kind": "statement", "levels": {level: None}} | plain | marks


def _small(*criteria: dict[str, Any]) -> dict[str, Any]:
    rules = draw_rules(Random(1))
    levels = [{"id": "seed", "share": "0.50"}, {"id": "root", "share": "0.50"}]
    return rules | {"levels": levels, "principles": [4, 2], "criteria": list(criteria)}


def test_a_made_up_edition_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(as_toml(_small(_statement("A", 4, "seed"), _statement("B", 2, "root"))), encoding="utf-8")
    framework = load_path(path)
    answers = {"A": parse_answer(framework, "A", {"status": "met", "reason": "Because."})}
    result = score(framework, Submission(DAY, answers))
    assert result.level == "seed"
    assert result.at("root").principles_unmet == (2,)


def test_a_level_at_which_nothing_beside_core_applies_cannot_be_awarded() -> None:
    framework = loads(as_toml(_small(_statement("A", 4, "seed", core=True), _statement("B", 2, "root", na=True))))
    answers = {
        "A": parse_answer(framework, "A", {"status": "met", "reason": "Because."}),
        "B": parse_answer(framework, "B", {"status": "not_applicable", "reason": LONG_REASON}),
    }
    result = score(framework, Submission(DAY, answers))
    assert result.level == "none"
    assert [level.share for level in result.levels] == [None, None]
    assert result.at("seed").blocked_by == (
        "No requirement beside the core ones applies at Seed, so it cannot be awarded.",
    )
    assert result.at("root").principles_unmet == ()


def test_a_second_claim_in_a_principle_is_refused() -> None:
    framework = loads(as_toml(_small(_statement("A", 4, "seed", na=True), _statement("B", 4, "root", na=True))))
    claim = {"status": "not_applicable", "reason": LONG_REASON, "na_accepted": False}
    answers = {name: parse_answer(framework, name, claim) for name in ("B", "A")}
    with pytest.raises(FrameworkError, match="at most 1 in principle 4") as caught:
        score(framework, Submission(DAY, answers))
    assert caught.value.criterion == "B"


def test_not_applicable_holds_at_every_level_of_its_criterion() -> None:
    both = _statement("A", 4, "seed", na=True) | {"levels": {"seed": None, "root": None}}
    framework = loads(as_toml(_small(both, _statement("B", 2, "seed"))))
    answer = parse_answer(framework, "A", {"status": "not_applicable", "reason": LONG_REASON})
    assert [one.status for one in score(framework, Submission(DAY, {"A": answer})).of("A")] == ["not_applicable"] * 2


def test_an_unknown_version_is_refused_with_those_known() -> None:
    with pytest.raises(FrameworkError, match=r"no framework '9\.9'; known are: 1\.0"):
        load("9.9")
    with pytest.raises(FrameworkError, match="no framework"):
        load("../1.0")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="cannot be read"):
        load_path(tmp_path / "missing.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(FrameworkError, match="UTF-8"):
        load_path(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('version = "1.0"', "version = 1.0", "needs words for 'version'"),
        ('version = "1.0"', "version = ", "not valid TOML"),
        ("pilot = true", 'pilot = "yes"', "true or false"),
        ("pilot = true", "pilot = true\ncolour = 1", "unknown keys: colour"),
        ("partly_margin = 0.10", "partly_margin = 1.10", "from 0 to 1"),
        ("partly_margin = 0.10", "partly_margin = -0.10", "from 0 to 1"),
        ("partly_margin = 0.10", "partly_margin = nan", "not valid TOML"),
        ("partly_margin = 0.10", "partly_margin = true", "needs a number"),
        ("survey_minimum = 11", "survey_minimum = 11.5", "whole number"),
        ("survey_minimum = 11", "survey_minimum = 0", "at least 1"),
        ("survey_minimum = 11", "", "lacks 'survey_minimum'"),
        ("partly = 0.5\n", "partly = 0.5\nmore = 1\n", "the file.rules.credit has unknown keys: more"),
        ("not_met = 0\n", "not_met = 0.75\n", "more for less"),
        ("z = 1.96", "z = 0", "above 0"),
        ("note_above = 1.25", "note_above = -1.25", "below 0"),
        ("zero_adds_to_total = 1 ", "zero_adds_to_total = 0.5 ", "more to totals"),
        ('id = "white"', 'id = "bme"', "two different"),
        ('id = "bronze"\nname', 'id = "silver"\nname', "levels has silver twice"),
        ('id = "bronze"\nname', 'id = "none"\nname', "cannot be called 'none'"),
        ('level = "silver", months = 12', 'level = "gold", months = 12', "not below it"),
        ('level = "silver", months = 12', 'level = "silver", weeks = 12', "lacks 'months'"),
        ("number = 2\n", "number = 1\n", "principles has 1 twice"),
        ('id = "LEA-2"', 'id = "LEA-1"', "criteria has LEA-1 twice"),
        ('id = "LEA-2"\nprinciple = 1', 'id = "LEA-2"\nprinciple = 9', "criteria LEA-2 belongs to principle 9"),
        ("core = true\nlevels", "core = true\nnot_applicable = true\nlevels", "LEA-1 is core"),
        ('levels = ["bronze"]', 'levels = ["brass"]', "LEA-1 names unknown levels: brass"),
        ('levels = ["bronze"]', "levels = []", "list of words"),
        ('levels = ["bronze"]', 'levels = ["bronze", "bronze"]', "twice"),
        ('kind = "statement"', 'kind = "opinion"', "LEA-1 has kind 'opinion'"),
        ('sources = ["Atwal 2023", "Athena Swan"]', 'sources = ["Hearsay"]', "unknown sources: Hearsay"),
        ("minute_months = 12", "minute_months = 1.5", "whole number or a word"),
        ("thresholds = { silver = 0.50 }", "thresholds = {}", "at least one level"),
        ("thresholds = { silver = 0.50 }", 'thresholds = { silver = "half" }', "needs a number for 'silver'"),
        ("thresholds = { silver = 0.50 }", "thresholds = { brass = 0.50 }", "unknown levels: brass"),
        ('empty = "error"', 'empty = "fine"', "empty = 'fine'"),
        ("met = 0.80, partly = 0.70", "met = 0.70, partly = 0.80", "partly above met"),
        ("[criteria.sides.bme]", "[criteria.sides.both]", "lacks 'bme'"),
        ("[criteria.sides.part]", '[criteria.sides.more]\nx = "y"\n[criteria.sides.part]', "unknown keys: more"),
        ('derived = "action_plan"', "auto = true", "EVI-2 has unknown keys: auto"),
        ('numerator = "actions done"', "", "EVI-3 lacks 'numerator'"),
    ],
)
def test_a_wrong_file_is_refused_by_its_place(old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(FrameworkError) as caught:
        loads(TEXT.replace(old, new, 1))
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["", "rules = 3", "rules = {}", "[[rules]]"])
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(FrameworkError):
        loads(text)


def test_decimals_are_exact() -> None:
    assert str(load("1.0").criterion("RAC-2").thresholds["gold"].met) == "19/20"
