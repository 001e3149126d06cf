"""The offline command for rounds: its output, and one clear line and exit status 2 for whatever is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.engine.cohort.command import main
from tests.matching.engine.test_command import python

PROBLEM: Any = {
    "characteristics": [{"key": "band", "kind": "ordinal", "options": ["5", "6"]}],
    "people": [
        {"id": "z", "mentee": True},
        {
            "id": "x",
            "mentee": True,
            "values": {"band": "5"},
            "preferences": {"as_mentee": [{"characteristic": "band", "direction": "above", "strength": "need"}]},
        },
        {
            "id": "y",
            "mentee": True,
            "values": {"band": "6"},
            "preferences": {"as_mentee": [{"characteristic": "band", "direction": "above", "strength": "require"}]},
        },
        {"id": "m", "mentor": {"capacity": 1}, "values": {"band": "6"}},
    ],
    "excluded": [["z", "m"]],
}
PAIRS = {"pairs": [["x", "m", 10000]], "matched": 1, "total": 10000, "worst": 10000}
LEFT = [{"mentee": "y", "reason": "no mentor fits"}, {"mentee": "z", "reason": "no mentor fits"}]


def run(tmp_path: Path, problem: object, *arguments: str) -> int:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(problem), encoding="utf-8")
    return main(["cohort", str(file), *arguments])


@pytest.mark.parametrize("arguments", [[], ["--objective", "total"], ["--objective", "fair"]])
def test_prints_one_line_of_exactly_the_promised_json(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, PROBLEM, *arguments) == 0
    promised = {**PAIRS, "bound": 10000, "gap": 0.0, "unmatched": LEFT}
    assert capsys.readouterr() == (json.dumps(promised) + "\n", "")


def test_a_stable_round_has_no_bound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, PROBLEM, "--objective", "stable") == 0
    assert json.loads(capsys.readouterr().out) == {**PAIRS, "bound": None, "gap": None, "unmatched": LEFT}


def test_nobody_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"characteristics": [], "people": []}) == 0
    nothing = {"pairs": [], "matched": 0, "total": 0, "worst": None, "bound": 0, "gap": 0.0, "unmatched": []}
    assert json.loads(capsys.readouterr().out) == nothing


@pytest.mark.parametrize(
    ("problem", "arguments", "message"),
    [
        (PROBLEM, ["--objective", "best"], "argument --objective: invalid choice: 'best'"),
        (PROBLEM, ["--top", "3"], "unrecognized arguments: --top 3"),
        ({**PROBLEM, "excluded": [["x", "nobody"]]}, [], "exclusion number 1: there is nobody with the id 'nobody'"),
        ({**PROBLEM, "more": 1}, [], "the file: unknown key 'more'"),
        ({**PROBLEM, "mentee_share": 101}, [], "mentee_share: must be 0 to 100"),
    ],
)
def test_bad_input(
    problem: Any, arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, problem, *arguments) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert error.startswith(f"error: {message}")


def test_runs_as_a_module(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(PROBLEM), encoding="utf-8")
    good = python("-m", "matching.engine", "cohort", str(file))
    bad = python("-m", "matching.engine", "cohort", str(tmp_path / "none.json"))
    assert (good.returncode, good.stderr, json.loads(good.stdout)["matched"]) == (0, "", 1)
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (2, "", 1)


def test_needs_no_django_and_no_second_solver() -> None:
    code = (
        "import sys; sys.modules['ortools'] = None; from matching.engine.cohort import flow, propose;"
        "print('django' in sys.modules, flow.fastest is flow.solve_with_scipy)"
    )
    assert python("-c", code).stdout == "False True\n"
