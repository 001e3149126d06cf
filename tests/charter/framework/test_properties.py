"""What must hold for every framework and every set of answers."""

from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from charter.framework import Framework, Result, as_json, load, loads, score
from charter.framework.answers import Submission
from charter.framework.offline import read_answers
from tests.charter.framework.drawing import as_toml, draw_file, draw_rules
from tests.charter.framework.edition_1_0 import RULES

SEEDS = st.integers(0, 10**9)
ORDER = ["not_met", "partly", "met"]
RATIOS = {  # at a threshold of 0.8 and z = 1.96
    "not_met": ((40, 200), (300, 1000)),
    "partly": ((12, 60), (150, 500)),
    "met": ((300, 1000), (300, 1000)),
}


def _score(framework: Framework, file: dict[str, Any]) -> Result:
    held = {
        level.id: date.fromisoformat(file[f"{level.id}_held_since"])
        for level in framework.levels
        if f"{level.id}_held_since" in file
    }
    answers = read_answers(framework, file["answers"])
    return score(framework, Submission(date.fromisoformat(file["submitted_on"]), answers, held))


def _rank(framework: Framework, result: Result) -> int:
    return ["none", *(level.id for level in framework.levels)].index(result.level)


def _raised(random: Random, rules: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    """The file with one to five answers raised a step, keeping or gaining an action that is in time."""
    file = deepcopy(file)
    due = (date.fromisoformat(file["submitted_on"]) + timedelta(days=100)).isoformat()
    for criterion in random.sample(rules["criteria"], min(len(rules["criteria"]), random.randint(1, 5))):
        answer = file["answers"].get(criterion["id"])
        if criterion["kind"] == "statement":
            file["answers"][criterion["id"]] = _raised_statement(answer or {}, due)
        elif answer and "n" in answer:
            n = min(answer["d"], answer["n"] + random.randint(1, 1 + answer["d"] // 5))
            file["answers"][criterion["id"]] = answer | {"n": n, "action_due": due}
        elif answer and "part" in answer:
            part = {"n": min(answer["part"]["d"], answer["part"]["n"] + 3), "d": answer["part"]["d"]}
            file["answers"][criterion["id"]] = answer | {"part": part, "action_due": due}
    return file


def _raised_statement(answer: dict[str, Any], due: str) -> dict[str, Any]:
    if answer.get("status") == "not_applicable":
        return answer
    step = ORDER.index(answer.get("status", "not_met"))
    return {"status": ORDER[min(2, step + 1)], "reason": "Better now.", "action_due": due}


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_raising_a_status_never_lowers_the_award_in_1_0(seed: int) -> None:
    random, framework = Random(seed), load("1.0")
    file = draw_file(random, RULES)
    before = _rank(framework, _score(framework, file))
    for _ in range(3):
        file = _raised(random, RULES, file)
        after = _rank(framework, _score(framework, file))
        assert after >= before
        before = after


@given(SEEDS)
@settings(max_examples=80, deadline=None)
def test_raising_a_status_never_lowers_the_award_in_made_up_editions(seed: int) -> None:
    random = Random(seed)
    rules = draw_rules(random)
    framework = loads(as_toml(rules))
    file = draw_file(random, rules)
    before = _rank(framework, _score(framework, file))
    for _ in range(4):
        file = _raised(random, rules, file)
        after = _rank(framework, _score(framework, file))
        assert after >= before
        before = after


@given(SEEDS, st.sampled_from(["SPO-4", "SPO-5"]))
@settings(max_examples=30, deadline=None)
def test_raising_a_ratio_never_lowers_the_award(seed: int, criterion: str) -> None:
    framework, file = load("1.0"), draw_file(Random(seed), RULES)
    due = (date.fromisoformat(file["submitted_on"]) + timedelta(days=100)).isoformat()
    ranks = []
    for status in ORDER:
        (a, b), (c, d) = RATIOS[status]
        answer = {"bme": {"n": a, "d": b}, "white": {"n": c, "d": d}, "action_due": due}
        result = _score(framework, file | {"answers": file["answers"] | {criterion: answer}})
        assert result.of(criterion)[0].status == status
        ranks.append(_rank(framework, result))
    assert ranks == sorted(ranks)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_level_is_reached_only_with_all_below_it(seed: int) -> None:
    random = Random(seed)
    for rules in (RULES, draw_rules(random)):
        framework = load("1.0") if rules is RULES else loads(as_toml(rules))
        result = _score(framework, draw_file(random, rules))
        reached = [level.reached for level in result.levels]
        assert reached == sorted(reached, reverse=True)
        assert _rank(framework, result) == sum(reached)
        assert all(level.reached is not bool(level.blocked_by) for level in result.levels)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_order_is_irrelevant_and_scoring_repeats(seed: int) -> None:
    random, framework = Random(seed), load("1.0")
    file = draw_file(random, RULES)
    shuffled = file | {"answers": dict(random.sample(sorted(file["answers"].items()), len(file["answers"])))}
    first = _score(framework, file)
    assert first == _score(framework, file) == _score(framework, shuffled)
    assert as_json(first) == as_json(_score(framework, shuffled))


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_credit_is_between_nothing_and_everything(seed: int) -> None:
    framework = load("1.0")
    result = _score(framework, draw_file(Random(seed), RULES))
    for level in result.levels:
        assert 0 <= level.credit <= level.applicable
        assert (level.credit_short == 0) is (level.share is None or level.share >= level.needed_share)
