"""Random problems as decoded JSON, small and full of ties, unknown values and every direction."""

import os
from random import Random
from typing import Any

Json = dict[str, Any]
HOW_MANY = int(os.environ.get("ENGINE_INSTANCES", "220"))
"""How many are held against the slow oracle; more find rarer mistakes and take longer."""

STRENGTHS = ("require", "need", "help", "support")
DIRECTIONS = {
    "category": ["same", "different", "one_of"],
    "ordinal": ["same", "different", "one_of", "above"],
    "multi": ["same", "different", "one_of"],
    "scale": ["same", "different"],
}
LONG = [f"language {number}" for number in range(70)]
TOWNS = {f"town {number}": f"county {number // 2}" for number in range(70)}


def catalogue(random: Random) -> list[Json]:
    """Every kind, surface or not, with and without complements, and some of more than 64 options."""
    listed: list[Json] = [
        {
            "key": "ethnicity",
            "kind": "category",
            "options": {"african": "black", "caribbean": "black", "indian": "asian", "other": None},
            "surface": True,
        },
        {
            "key": "race_talk",
            "kind": "category",
            "options": {"i_raise": None, "you_raise": None, "rather_not": None},
            "complements": {"i_raise": ["you_raise"], "you_raise": ["i_raise", "you_raise"]},
        },
        {"key": "band", "kind": "ordinal", "options": ["5", "6", "7", "8a", "8b"]},
        {"key": "age", "kind": "ordinal", "options": ["young", "middle", "old"], "surface": True, "step": 7},
        {
            "key": "values",
            "kind": "multi",
            "options": ["fair", "growth", "calm", "bold", "kind", "open", "faith"],
        },
        {"key": "offered", "kind": "multi", "options": ["shadow", "talk", "board"]},
        {"key": "wanted", "kind": "multi", "options": ["talk", "paper", "shadow"], "counterpart": "offered"},
        {"key": "languages", "kind": "multi", "options": LONG, "surface": True, "counterpart": "languages"},
        {"key": "town", "kind": "category", "options": TOWNS},
        {"key": "feedback", "kind": "scale"},
        {"key": "comfort", "kind": "scale", "surface": True},
    ]
    for each in listed:
        each["expected"] = {direction: random.randint(0, 60) for direction in directions(each) if random.random() < 0.5}
    random.shuffle(listed)
    return listed


def directions(characteristic: Json) -> list[str]:
    extra = ["complements"] if {"complements", "counterpart"} & characteristic.keys() else []
    return DIRECTIONS[characteristic["kind"]] + extra


def value(random: Random, characteristic: Json) -> Any:
    if characteristic["kind"] == "scale":
        return random.randint(1, 5)
    options = list(characteristic["options"])
    # Few of the many, so that people share some; among them both ends of a second word of 64 bits.
    options = [*options[:3], *options[62:66], options[-1]] if len(options) > 64 else options
    if characteristic["kind"] == "multi":
        return random.sample(options, random.randint(0, min(6, len(options))))
    return random.choice(options)


def preference(random: Random, characteristic: Json, strengths: tuple[str, ...]) -> Json:
    direction = random.choice(directions(characteristic))
    made = {
        "characteristic": characteristic["key"],
        "direction": direction,
        "strength": random.choice(strengths),
    }
    if direction == "one_of":
        options = list(characteristic["options"])
        if characteristic["kind"] == "category":
            options += sorted({parent for parent in characteristic["options"].values() if parent})
        made["options"] = random.sample(options, random.randint(1, max(1, len(options) // 2)))
    return made


def preferences(random: Random, listed: list[Json], role: str) -> list[Json]:
    chosen = random.sample(listed, random.choice([0, 1, 2, len(listed) // 2, len(listed)]))
    return [preference(random, each, strengths(random, each, role)) for each in chosen]


def strengths(random: Random, characteristic: Json, role: str) -> tuple[str, ...]:
    surface = characteristic.get("surface", False)
    conditions = random.random() < 0.2 and not (role == "mentor" and surface)
    return STRENGTHS if conditions else STRENGTHS[1:]


def person(random: Random, name: str, listed: list[Json], answered: float) -> Json:
    capacity = random.choice([1, 2, 2, 3, 4, 6])
    values = {each["key"]: value(random, each) for each in listed if random.random() < answered}
    return {
        "id": name,
        "mentee": random.random() < 0.6,
        "mentor": {
            "capacity": capacity,
            "taken": random.randint(0, capacity) if random.random() < 0.5 else 0,
            "paused": random.random() < 0.05,
        }
        if random.random() < 0.7
        else None,
        "values": values,
        "purposes": {
            each["key"]: random.choice(["profile", "rounds", "monitoring"])
            for each in listed
            if each.get("surface") and random.random() < 0.5
        },
        "preferences": {f"as_{role}": preferences(random, listed, role) for role in ("mentee", "mentor")},
    }


def problem(seed: int) -> Json:
    """A problem of 8 to 30 people; one in four has few characteristics, so that many scores are equal."""
    random = Random(seed)
    listed = catalogue(random)
    if seed % 4 == 0:
        listed = [each for each in listed if each["key"] in {"band", "ethnicity", "feedback"}]
    names = random.sample([f"{letter}{number}" for letter in "aBé" for number in range(20)], random.randint(8, 30))
    answered = random.choice([0.3, 0.8, 1.0])
    people = [person(random, name, listed, answered) for name in names]
    return {
        "mentee_share": random.choice([0, 100, 70, random.randint(0, 100)]),
        "characteristics": listed,
        "people": people,
        "excluded": [random.sample(names, 2) for _ in range(random.randint(0, 6))],
    }


def crowd(seed: int, people: int) -> Json:
    """A problem of many people who ask for few things, so that the other side decides."""
    random = Random(seed)
    listed = catalogue(random)
    made = [person(random, f"p{number:05}", listed, 0.9) for number in range(people)]
    for each in made:
        for asked in each["preferences"].values():
            del asked[3:]
    share = random.choice([0, 30, 50, 70, 100])
    return {"mentee_share": share, "characteristics": listed, "people": made, "excluded": []}


def roles(problem: Json) -> list[tuple[str, str]]:
    """Everyone that can be ranked for, with each of their roles."""
    return [(each["id"], role) for each in problem["people"] for role in ("mentee", "mentor") if each[role]]
