"""What must hold of every round, whatever the people."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from matching.engine.cohort import Objective
from matching.engine.cohort.command import cohort
from matching.engine.parsing import parse
from tests.matching.engine import instances

SEEDS = range(2000, 2008)
Change = Callable[[Any, Random], None]


def rounds(raw: Any) -> list[Any]:
    return [cohort(parse(raw), objective) for objective in Objective]


def shuffle(raw: Any, random: Random) -> None:
    """People, characteristics and exclusions come in another order, some exclusions twice."""
    raw["excluded"] += raw["excluded"][:2]
    for key in ("people", "characteristics", "excluded"):
        random.shuffle(raw[key])


def add_a_characteristic(raw: Any, random: Random) -> None:
    """The catalogue grows by one that all answer and nobody asks about."""
    raw["characteristics"].insert(0, {"key": "new", "kind": "multi", "options": ["x", "y"]})
    for person in raw["people"]:
        person["values"]["new"] = [random.choice("xy")]


def add_an_unanswered_one(raw: Any, random: Random) -> None:
    """One that everybody asks about in a way that needs an own answer, and that nobody answered."""
    raw["characteristics"].append({"key": "new", "kind": "scale"})
    for person in raw["people"]:
        for preferences in person["preferences"].values():
            preferences.insert(0, {"characteristic": "new", "direction": "same", "strength": "require"})


def change_what_is_monitored(raw: Any, random: Random) -> None:
    """Answers given for monitoring alone are others, or none."""
    listed = {each["key"]: each for each in raw["characteristics"]}
    for person in raw["people"]:
        for key, purpose in person["purposes"].items():
            if purpose == "monitoring":
                person["values"].pop(key, None)
                if random.random() < 0.7:
                    person["values"][key] = instances.value(random, listed[key])


@pytest.mark.parametrize("change", [shuffle, add_a_characteristic, add_an_unanswered_one, change_what_is_monitored])
def test_nothing_changes(change: Change) -> None:
    for seed in SEEDS:
        before = instances.problem(seed)
        after = deepcopy(before)
        change(after, Random(seed))
        assert rounds(after) == rounds(before), seed


def test_the_same_comes_out_twice() -> None:
    raw = instances.crowd(5, 120)
    assert rounds(raw) == rounds(raw)


def pair(strength: str, purpose: str) -> Any:
    """A mentee who asks a mentor to be from the same group; the mentor is, for a purpose."""
    return {
        "characteristics": [
            {"key": "group", "kind": "category", "options": {"a": None, "b": None}, "surface": True},
            {"key": "values", "kind": "multi", "options": ["x", "y"], "surface": True},
        ],
        "people": [
            {
                "id": "x",
                "mentee": True,
                "values": {"group": "a", "values": ["x"]},
                "preferences": {
                    "as_mentee": [
                        {"characteristic": "group", "direction": "same", "strength": strength},
                        {"characteristic": "values", "direction": "same", "strength": strength},
                    ]
                },
            },
            {
                "id": "m",
                "mentor": {"capacity": 1},
                "values": {"group": "a", "values": ["x"]},
                "purposes": {"group": purpose, "values": purpose},
            },
        ],
    }


@pytest.mark.parametrize(("purpose", "score"), [("profile", 10_000), ("rounds", 10_000), ("monitoring", 3333)])
def test_answers_given_for_rounds_earn_points(purpose: str, score: int) -> None:
    assert [found["total"] for found in rounds(pair("need", purpose))] == [score] * 3


@pytest.mark.parametrize(("purpose", "matched"), [("profile", 1), ("rounds", 0), ("monitoring", 0)])
def test_answers_given_for_rounds_meet_no_condition(purpose: str, matched: int) -> None:
    assert [found["matched"] for found in rounds(pair("require", purpose))] == [matched] * 3
