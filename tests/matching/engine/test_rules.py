"""The table of rules by hand, each row one preference about one other person."""

from typing import Any

import pytest

from matching.engine.command import rank
from matching.engine.parsing import parse

CATALOGUE = [
    {
        "key": "ethnicity",
        "kind": "category",
        "options": {
            "african": "black",
            "caribbean": "black",
            "indian": "asian",
            "any other": None,
            "arab": None,
        },
    },
    {
        "key": "race_talk",
        "kind": "category",
        "options": {"i_raise": None, "you_raise": None, "rather_not": None},
        "complements": {"i_raise": ["you_raise"], "you_raise": ["i_raise"]},
    },
    {"key": "band", "kind": "ordinal", "options": ["5", "6", "7", "8", "9"]},
    {"key": "years", "kind": "ordinal", "options": ["few", "some", "many"], "step": 45},
    {"key": "values", "kind": "multi", "options": list("abcdefgh")},
    {"key": "wanted", "kind": "multi", "options": ["talk", "paper", "board"], "counterpart": "offered"},
    {"key": "offered", "kind": "multi", "options": ["board", "talk"]},
    {"key": "feedback", "kind": "scale", "expected": {"same": 37}},
]


@pytest.mark.parametrize(
    ("key", "direction", "own", "other", "agreement", "passes"),
    [
        ("ethnicity", "same", "african", "african", 60, True),
        ("ethnicity", "same", "african", "caribbean", 30, False),
        ("ethnicity", "same", "african", "indian", 0, False),
        ("ethnicity", "same", "any other", "arab", 0, False),
        ("ethnicity", "different", "african", "caribbean", 30, True),
        ("ethnicity", "different", "african", "african", 0, False),
        ("ethnicity", ["black"], None, "caribbean", 60, True),
        ("ethnicity", ["arab", "indian"], "arab", "caribbean", 0, False),
        ("race_talk", "complements", "i_raise", "you_raise", 60, True),
        ("race_talk", "complements", "i_raise", "i_raise", 0, False),
        ("race_talk", "complements", "rather_not", "rather_not", 0, False),
        ("band", "same", "6", "7", 40, True),
        ("band", "same", "5", "7", 20, False),
        ("band", "same", "5", "9", 0, False),
        ("band", "different", "6", "7", 20, True),
        ("band", "different", "6", "6", 0, False),
        ("band", "above", "6", "7", 60, True),
        ("band", "above", "6", "6", 30, False),
        ("band", "above", "6", "5", 0, False),
        ("band", ["5", "9"], None, "9", 60, True),
        ("years", "same", "few", "some", 15, True),
        ("years", "same", "few", "many", 0, False),
        ("values", "same", ["a", "b", "c"], ["a", "h", "g", "f"], 20, False),
        ("values", "same", ["a", "b"], ["b", "c"], 30, True),
        ("values", "different", ["a", "b"], ["b"], 30, False),
        ("values", "different", ["a", "b", "c", "d", "e"], ["a", "b"], 36, True),
        ("values", ["a", "h"], None, ["h", "b"], 60, True),
        ("values", ["a", "h"], None, ["b"], 0, False),
        ("wanted", "complements", ["talk", "paper", "board"], {"offered": ["board"]}, 20, False),
        ("wanted", "complements", ["talk", "paper"], {"offered": ["talk"]}, 30, True),
        ("wanted", "complements", ["talk"], {"wanted": ["talk"]}, 20, False),
        ("feedback", "same", 2, 3, 45, True),
        ("feedback", "same", 1, 5, 0, False),
        ("feedback", "different", 2, 3, 15, False),
        ("feedback", "different", 2, 4, 30, True),
        ("feedback", "same", 2, None, 37, False),
        ("feedback", "different", 2, None, 20, False),
        ("values", "same", ["a"], [], 20, False),
        ("values", ["a"], None, [], 20, False),
    ],
)
def test_agreement_and_passing(key: str, direction: Any, own: Any, other: Any, agreement: int, passes: bool) -> None:
    for asker, asked in (("mentee", "mentor"), ("mentor", "mentee")):
        for seeker in ("mentee", "mentor"):
            found = rank(parse(pair(asker, asked, key, direction, "need", own, other)), seeker, None, 1)
            assert [each["agreement"] for each in found[0]["reasons"]] == [agreement]
            condition = parse(pair(asker, asked, key, direction, "require", own, other))
            assert bool(rank(condition, seeker, None, 1)) is passes


def pair(asker: str, asked: str, key: str, direction: Any, strength: str, own: Any, other: Any) -> Any:
    """A mentee and a mentor of whom one, the asker, has one preference; a list of options means `one_of`."""
    options = {"options": direction} if isinstance(direction, list) else {}
    preference = {
        "characteristic": key,
        "direction": "one_of" if options else direction,
        "strength": strength,
        **options,
    }
    answers = {asker: {key: own}, asked: other if isinstance(other, dict) else {key: other}}
    return {
        "characteristics": CATALOGUE,
        "people": [
            {
                "id": role,
                "mentee": role == "mentee",
                "mentor": {"capacity": 1} if role == "mentor" else None,
                "values": answers[role],
                "preferences": {f"as_{role}": [preference] if role == asker else []},
            }
            for role in ("mentee", "mentor")
        ],
    }


@pytest.mark.parametrize("strength", ["require", "need"])
@pytest.mark.parametrize("asker", ["mentee", "mentor"])
def test_without_an_own_value_a_preference_is_skipped(asker: str, strength: str) -> None:
    asked = "mentor" if asker == "mentee" else "mentee"
    problem = parse(pair(asker, asked, "band", "same", strength, None, None))
    assert [(match["score"], match["reasons"]) for match in rank(problem, asker, None, 1)] == [(5000, [])]
