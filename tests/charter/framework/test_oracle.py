"""The engine against the slow oracle: every field of every result, on drawn files and drawn editions."""

from collections import Counter
from random import Random
from typing import Any

from charter.framework import Framework, as_json, load, loads, score
from charter.framework.answers import Submission, parse_date
from charter.framework.offline import read_answers
from tests.charter.framework.drawing import as_toml, draw_file, draw_rules
from tests.charter.framework.edition_1_0 import RULES
from tests.charter.framework.oracle import grade


def engine(framework: Framework, file: dict[str, Any]) -> dict[str, Any]:
    """The engine's offline result without the words, of which the oracle knows nothing."""
    held = {one.id: parse_date(file.get(f"{one.id}_held_since"), "held") for one in framework.levels}
    submitted_on = parse_date(file["submitted_on"], "submitted_on")
    assert submitted_on is not None
    known = {level: since for level, since in held.items() if since is not None}
    result: Any = as_json(score(framework, Submission(submitted_on, read_answers(framework, file["answers"]), known)))
    del result["notes"]
    for level in result["levels"].values():
        assert level.pop("blocked_by") == [] or not level["reached"]
    return dict(result)


def test_edition_1_0_scores_like_the_oracle_on_400_files() -> None:
    random, framework = Random(20261101), load("1.0")
    levels: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for _ in range(400):
        file = draw_file(random, RULES)
        expected = grade(RULES, file)
        assert engine(framework, file) == expected
        levels[expected["level"]] += 1
        statuses.update(row["status"] for row in expected["requirements"])
    assert min(levels[name] for name in ("none", "bronze", "silver", "gold")) >= 5, levels
    assert min(statuses.values()) >= 50
    assert len(statuses) == 6


def test_made_up_editions_score_like_the_oracle() -> None:
    random = Random(7)
    levels: Counter[str] = Counter()
    for _ in range(200):
        rules = draw_rules(random)
        framework = loads(as_toml(rules))
        for _ in range(2):
            file = draw_file(random, rules)
            expected = grade(rules, file)
            assert engine(framework, file) == expected, (rules, file)
            levels[expected["level"]] += 1
    assert min(levels[name] for name in ("none", "seed", "root", "bloom")) >= 10, levels
