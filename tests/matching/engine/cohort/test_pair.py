"""One pair explained as a round sees it."""

from typing import Any

import pytest

from matching.engine import EngineError, Role
from matching.engine.cohort import PairExplanation, explain_pair
from matching.engine.parsing import parse
from matching.engine.people import People
from tests.matching.engine import instances
from tests.matching.engine.cohort import oracle

GROUP = {"key": "group", "kind": "category", "options": {"a": None, "b": None}, "surface": True}


def explain(raw: Any, mentee: str, mentor: str) -> PairExplanation:
    problem = parse(raw)
    mentees, mentors = (People.of(problem.catalogue, problem.people, role, rounds=True) for role in Role)
    return explain_pair(mentees, mentors, mentee, mentor, mentee_share=problem.mentee_share)


def test_scores_and_fit_equal_the_oracle() -> None:
    for seed in (3001, 3002):
        raw = instances.problem(seed)
        raw["excluded"] = []
        scores = oracle.scores(raw)
        for mentee in oracle.those(raw, "mentee"):
            for mentor in oracle.those(raw, "mentor"):
                found = explain(raw, mentee["id"], mentor["id"])
                expected = scores.get((mentee["id"], mentor["id"]))
                assert found.fits == (expected is not None)
                if expected is not None:
                    match = found.match
                    assert (match.id, match.score, match.mentee_side, match.mentor_side) == (mentor["id"], *expected)
                    assert sum(reason.points for reason in match.side(Role.MENTEE)) == (expected.mentee or 0)


@pytest.mark.parametrize(
    ("direction", "strength", "own", "theirs", "used"),
    [
        ("same", "need", "profile", "profile", False),
        ("same", "need", "rounds", "profile", True),
        ("same", "need", "profile", "rounds", True),
        ("same", "need", "monitoring", "rounds", False),
        ("one_of", "help", "rounds", "profile", False),
        ("one_of", "help", "profile", "rounds", True),
    ],
)
@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_tells_whether_an_answer_for_rounds_earned_points(
    side: str, direction: str, strength: str, own: str, theirs: str, used: bool
) -> None:
    assert used_rounds(side, direction, strength, own, theirs) is used


@pytest.mark.parametrize(("own", "theirs", "used"), [("profile", "rounds", False), ("rounds", "profile", True)])
def test_a_condition_does_not_look_at_the_other_s_answer_for_rounds(own: str, theirs: str, used: bool) -> None:
    assert used_rounds("mentee", "same", "require", own, theirs) is used


def used_rounds(side: str, direction: str, strength: str, own: str, theirs: str) -> bool:
    asked: Any = {"characteristic": "group", "direction": direction, "strength": strength}
    if direction == "one_of":
        asked["options"] = ["a"]
    asker: Any = {"id": "asker", side: True, "values": {"group": "a"}, "purposes": {"group": own}}
    asker["preferences"] = {f"as_{side}": [asked]}
    other: Any = {"id": "other", "values": {"group": "a"}, "purposes": {"group": theirs}}
    mentee, mentor = (asker, other) if side == "mentee" else (other, asker)
    mentee["mentee"], mentor["mentor"] = True, {"capacity": 1}
    raw = {"characteristics": [GROUP], "people": [asker, other]}
    return explain(raw, mentee["id"], mentor["id"]).used_rounds


def test_who_is_not_there() -> None:
    raw = {"characteristics": [GROUP], "people": [{"id": "x", "mentee": True}, {"id": "m", "mentor": {"capacity": 1}}]}
    for pair, message in ((("m", "m"), "there is no mentee 'm'"), (("x", "x"), "there is no mentor 'x'")):
        with pytest.raises(EngineError, match=message):
            explain(raw, *pair)
