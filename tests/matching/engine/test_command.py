"""The offline command: its output, and one clear line and exit status 2 for whatever is wrong."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from matching.engine.command import main
from tests.matching.engine import instances, oracle

ROOT = Path(__file__).resolve().parents[3]
PREFERENCE = {"characteristic": "values", "direction": "same", "strength": "need"}
PROBLEM: Any = {
    "mentee_share": 70,
    "characteristics": [
        {
            "key": "ethnicity",
            "kind": "category",
            "options": {"african": "black", "indian": "asian"},
            "surface": True,
        },
        {
            "key": "race_talk",
            "kind": "category",
            "options": {"i": None, "you": None},
            "complements": {"i": ["you"]},
        },
        {"key": "band", "kind": "ordinal", "options": ["5", "6"], "step": 20},
        {"key": "values", "kind": "multi", "options": ["a", "b", "c", "d", "e", "f", "g"]},
        {"key": "wanted", "kind": "multi", "options": ["talk"], "counterpart": "known"},
        {"key": "known", "kind": "multi", "options": ["talk"], "surface": True},
        {"key": "feedback", "kind": "scale", "expected": {"same": 12}},
    ],
    "people": [
        {
            "id": "m1",
            "mentor": {"capacity": 2, "taken": 0, "paused": False},
            "mentee": False,
            "values": {"values": ["a"], "ethnicity": "indian"},
            "purposes": {"ethnicity": "rounds"},
            "preferences": {"as_mentor": [PREFERENCE], "as_mentee": []},
        },
        {
            "id": "x",
            "mentee": True,
            "values": {"values": ["a", "b"]},
            "preferences": {"as_mentee": [PREFERENCE]},
        },
        {"id": "neither"},
    ],
    "excluded": [["x", "neither"]],
}


def run(tmp_path: Path, problem: object, *arguments: str) -> int:
    file = tmp_path / "people.json"
    file.write_text(problem if isinstance(problem, str) else json.dumps(problem), encoding="utf-8")
    return main(["rank", str(file), *arguments])


def test_prints_one_line_of_exactly_the_promised_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, PROBLEM, "--for", "x") == 0
    reason = {"characteristic": "values", "direction": "same", "strength": "need", "known": True}
    assert (
        capsys.readouterr().out
        == json.dumps(
            [
                {
                    "mentor": "m1",
                    "score": 6500,
                    "mentee_side": 5000,
                    "mentor_side": 10000,
                    "reasons": [
                        {"side": "mentee", **reason, "agreement": 30, "points": 5000},
                        {"side": "mentor", **reason, "agreement": 60, "points": 10000},
                    ],
                },
            ],
        )
        + "\n"
    )


def test_top_and_role_are_obeyed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = instances.problem(7)
    both = next(person["id"] for person in raw["people"] if person["mentee"] and person["mentor"])
    assert run(tmp_path, raw, "--for", both, "--as", "mentor", "--top", "2") == 0
    assert run(tmp_path, raw, "--for", both, "--top", "1") == 0
    mirror, usual = capsys.readouterr().out.splitlines()
    assert json.loads(mirror) == oracle.rank(raw, both, "mentor", 2)
    assert json.loads(usual) == oracle.rank(raw, both, "mentee", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--for", "nobody"], "--for: there is nobody with the id 'nobody'"),
        (["--for", "neither"], "--for: person 'neither' is neither a mentee nor a mentor"),
        (["--for", "m1", "--as", "mentee"], "person 'm1' is not a mentee"),
        (["--for", "x", "--as", "mentor"], "person 'x' is not a mentor"),
        (["--for", "x", "--as", "boss"], "argument --as: 'boss' is neither mentee nor mentor"),
        (["--for", "x", "--top", "0"], "argument --top: '0' is not a positive whole number"),
        (["--for", "x", "--top", "-3"], "argument --top: '-3' is not a positive whole number"),
        (["--for", "x", "--top", "2.5"], "argument --top: '2.5' is not a positive whole number"),
        (["--for", "x", "--top", "9" * 20], f"argument --top: '{'9' * 20}' is not a positive whole number"),
        (["--fo", "x"], "the following arguments are required: --for"),
        (["--for", "x", "--more\nlines"], "unrecognized arguments: --more lines"),
        ([], "the following arguments are required: --for"),
    ],
)
def test_bad_arguments(arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, PROBLEM, *arguments) == 2
    assert capsys.readouterr() == ("", f"error: {message}\n")


@pytest.mark.parametrize("arguments", [["cohort", "people.json"], ["guess"], []])
def test_bad_commands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "COMMAND" in error


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1,]", "\x00", "[" * 100_000, '{"mentee_share": ' + "9" * 5000 + "}", "not json"],
)
def test_what_is_not_json(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, text, "--for", "x") == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "is not JSON: " in error


def test_files_that_can_not_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "latin").write_bytes(b'{"caf\xe9": 1}')
    for name in ("missing", "", "latin"):
        assert main(["rank", str(tmp_path / name), "--for", "x"]) == 2
    missing, folder, latin = capsys.readouterr().err.splitlines()
    assert missing == f"error: can't read '{tmp_path}/missing': No such file or directory"
    assert folder == f"error: can't read '{tmp_path}': Is a directory"
    assert latin.startswith(f"error: '{tmp_path}/latin' is not JSON: ")


def test_a_key_given_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, '{"people": [], "people": []}', "--for", "x") == 2
    assert capsys.readouterr().err == "error: the file: keys of an object: 'people' is given twice\n"


def changed(path: list[Any], value: Any) -> Any:
    """The problem with what is at this path replaced, or added."""
    problem = deepcopy(PROBLEM)
    place = problem
    for step in path[:-1]:
        place = place[step]
    if isinstance(place, list) and path[-1] == len(place):
        place.append(value)
    else:
        place[path[-1]] = value
    return problem


def preference(side: str = "as_mentee", **changes: Any) -> Any:
    return changed(["people", 1, "preferences", side], [{**PREFERENCE, **changes}])


def characteristic(**entry: Any) -> Any:
    return changed(["characteristics", 7], {"key": "new", "kind": "multi", "options": ["a"], **entry})


def value(key: str, given: Any) -> Any:
    return changed(["people", 1, "values", key], given)


def mentor(given: Any) -> Any:
    return changed(["people", 0, "mentor"], given)


CASES: dict[str, Any] = {
    "the file: must be an object": [],
    "the file: 'people' is missing": {"characteristics": []},
    "the file: unknown key 'mentees'": changed(["mentees"], []),
    "people: must be a list": changed(["people"], {}),
    "people: 'x' is given twice": changed(["people", 2], {"id": "x"}),
    "mentee_share: must be 0 to 100": changed(["mentee_share"], 101),
    "mentee_share: must be a whole number, not 70.0": changed(["mentee_share"], 70.0),
    "mentee_share: must be a whole number, not True": changed(["mentee_share"], True),
    # Characteristics.
    "characteristics: 'band' is given twice": characteristic(key="band"),
    "characteristic number 8: must be an object": changed(["characteristics", 7], "new"),
    "characteristic number 8: 'key' is missing": changed(["characteristics", 7], {"kind": "scale"}),
    "characteristic 'new': unknown key 'colour'": characteristic(colour="red"),
    "characteristic 'new': unknown key 'step'": characteristic(step=20),
    "characteristic 'new': kind: 'rank' is none of category, ordinal, multi, scale": characteristic(kind="rank"),
    "characteristic 'new': unknown key 'options'": characteristic(kind="scale"),
    "characteristic 'new': options: must be an object": characteristic(kind="category"),
    "characteristic 'new': options: must be a list": characteristic(options={"a": None}),
    "characteristic 'new': options: must be text, not 5": characteristic(options=[5]),
    "characteristic 'new': options: 'a' is given twice": characteristic(options=["a", "a"]),
    "characteristic 'new': needs at least one option": characteristic(options=[]),
    "characteristic 'new': 'a' is both an option and a parent": characteristic(
        kind="category", options={"a": None, "b": "a"}
    ),
    "characteristic 'new': surface: must be true or false, not 1": characteristic(surface=1),
    "characteristic 'new': step: must be 1 or more": characteristic(kind="ordinal", step=0),
    "characteristic 'new': step: must be a whole number, not '20'": characteristic(kind="ordinal", step="20"),
    "characteristic 'new': expected: 'like' is none of same, different, one_of, above, complements": (
        characteristic(expected={"like": 3})
    ),
    "characteristic 'new': expected: same: must be 0 to 60": characteristic(expected={"same": 61}),
    "characteristic 'new': complements: there is no option 'c'": characteristic(
        kind="category", options={"a": "b"}, complements={"c": ["a"]}
    ),
    "characteristic 'new': complements: 'a': there is no option 'b'": characteristic(
        kind="category", options={"a": "b"}, complements={"a": ["b"]}
    ),
    "characteristic 'new': counterpart: there is no characteristic 'old'": characteristic(counterpart="old"),
    "characteristic 'new': counterpart: 'band' is not a multi": characteristic(counterpart="band"),
    # People and their answers.
    "person number 2: 'id' is missing": changed(["people", 1], {}),
    "person number 2: id: must be text, not 5": changed(["people", 1], {"id": 5}),
    "person 'x': unknown key 'age'": changed(["people", 1, "age"], 30),
    "person 'x': mentee: must be true or false, not 'yes'": changed(["people", 1, "mentee"], "yes"),
    "person 'm1': mentor: must be an object": mentor(True),
    "person 'm1': mentor: 'capacity' is missing": mentor({"taken": 0}),
    "person 'm1': mentor: unknown key 'free'": mentor({"capacity": 2, "free": 1}),
    "person 'm1': mentor: paused: must be true or false, not 0": mentor({"capacity": 2, "paused": 0}),
    "person 'm1': capacity: must be 0 to 1000000": mentor({"capacity": -1}),
    "person 'm1': capacity: must be a whole number, not True": mentor({"capacity": True}),
    "person 'm1': taken: must be a whole number, not 1.0": mentor({"capacity": 1, "taken": 1.0}),
    "person 'm1': taken is 3, above the capacity of 2": mentor({"capacity": 2, "taken": 3}),
    "person 'x': values: there is no characteristic 'height'": value("height", "tall"),
    "person 'x': 'ethnicity': there is no option 'black'": value("ethnicity", "black"),
    "person 'x': 'ethnicity': must be one option, as text": value("ethnicity", ["african"]),
    "person 'x': 'band': must be one option, as text": value("band", 5),
    "person 'x': 'values': there is no option 'z'": value("values", ["a", "z"]),
    "person 'x': 'values': 'a' is given twice": value("values", ["a", "a"]),
    "person 'x': 'values': has 7 options, more than 6": value("values", list("abcdefg")),
    "person 'x': 'values': must be a list of options": value("values", "a"),
    "person 'x': 'feedback': must be 1 to 5": value("feedback", 6),
    "person 'x': 'feedback': must be a whole number, not '3'": value("feedback", "3"),
    "person 'x': values: 'feedback': True is no answer": value("feedback", True),
    "person 'x': values: 'feedback': 3.0 is no answer": value("feedback", 3.0),
    "person 'm1': purposes: 'band' is not surface, so has no purpose": changed(
        ["people", 0, "purposes", "band"], "profile"
    ),
    "person 'm1': purposes: there is no characteristic 'height'": changed(
        ["people", 0, "purposes", "height"], "profile"
    ),
    "person 'm1': purposes: 'ethnicity': 'secret' is none of profile, rounds, monitoring": changed(
        ["people", 0, "purposes", "ethnicity"], "secret"
    ),
    # Preferences.
    "person 'x': preferences: unknown key 'mentee'": changed(["people", 1, "preferences"], {"mentee": []}),
    "person 'x': as_mentee: must be a list": changed(["people", 1, "preferences", "as_mentee"], {}),
    "person 'x': as_mentee: preference number 1: must be an object": changed(
        ["people", 1, "preferences", "as_mentee"], ["values"]
    ),
    "person 'x': as_mentee: preference number 1: 'characteristic' is missing": changed(
        ["people", 1, "preferences", "as_mentee"], [{"direction": "same", "strength": "need"}]
    ),
    "person 'x': as_mentee: preference 'values': unknown key 'weight'": preference(weight=3),
    "person 'x': preferences as mentee: there is no characteristic 'height'": preference(characteristic="height"),
    "person 'x': as_mentee: preference 'values': direction: 'like' is none of"
    " same, different, one_of, above, complements": preference(direction="like"),
    "person 'x': as_mentee: preference 'values': strength: 'want' is none of require, need, help, support": preference(
        strength="want"
    ),
    "person 'x': as_mentee: preference 'values': options go with 'one_of' only": preference(options=["a"]),
    "person 'x': preferences as mentee: 'values': 'one_of' needs at least one option": preference(direction="one_of"),
    "person 'x': preferences as mentee: 'values': there is no option 'z'": preference(
        direction="one_of", options=["z"]
    ),
    "person 'x': preferences as mentee: 'values': 'a' is given twice": preference(
        direction="one_of", options=["a", "a"]
    ),
    "person 'x': preferences as mentee: 'values': 'above' is not possible here (multi)": preference(direction="above"),
    "person 'x': preferences as mentee: 'values': 'complements' is not possible here (multi)": preference(
        direction="complements"
    ),
    "person 'x': preferences as mentee: 'ethnicity': 'complements' is not possible here (category)": preference(
        characteristic="ethnicity", direction="complements"
    ),
    "person 'x': preferences as mentee: 'feedback': 'one_of' is not possible here (scale)": preference(
        characteristic="feedback", direction="one_of", options=["3"]
    ),
    "person 'x': preferences as mentee: a second preference on 'values'": changed(
        ["people", 1, "preferences", "as_mentee", 1], {**PREFERENCE, "direction": "different"}
    ),
    "person 'x': preferences as mentor: 'ethnicity': a mentor can't require a surface characteristic": preference(
        "as_mentor", characteristic="ethnicity", strength="require"
    ),
    "person 'x': preferences as mentor: 'wanted': a mentor can't require a surface characteristic": preference(
        "as_mentor", characteristic="wanted", direction="complements", strength="require"
    ),
    # Exclusions.
    "excluded: must be a list": changed(["excluded"], {}),
    "exclusion number 1: must be a list": changed(["excluded"], ["x"]),
    "exclusion number 2: there is nobody with the id 'who'": changed(["excluded", 1], ["x", "who"]),
    "exclusion number 1: must be a mentee's id and a mentor's id": changed(["excluded"], [["x"]]),
    "exclusion number 1: must be text, not 7": changed(["excluded"], [["x", 7]]),
}


@pytest.mark.parametrize(("message", "problem"), CASES.items(), ids=list(CASES))
def test_bad_input(message: str, problem: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, problem, "--for", "x") == 2
    assert capsys.readouterr() == ("", f"error: {message}\n")


@pytest.mark.parametrize(
    "problem",
    [
        value("ethnicity", None),
        value("values", []),
        mentor(None),
        mentor(False),
        mentor({"capacity": 0}),
        preference(characteristic="ethnicity", strength="require"),
        preference("as_mentor", characteristic="wanted", strength="require"),
        preference(direction="one_of", characteristic="ethnicity", options=["black", "indian"]),
        changed(["people", 1, "purposes"], {"ethnicity": "monitoring"}),
        {"characteristics": [], "people": [{"id": "x", "mentee": True}]},
        "\ufeff" + json.dumps(PROBLEM),
    ],
)
def test_good_input(problem: Any, tmp_path: Path) -> None:
    assert run(tmp_path, problem, "--for", "x") == 0


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_runs_as_a_module(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(PROBLEM), encoding="utf-8")
    good = python("-m", "matching.engine", "rank", str(file), "--for", "x")
    bad = python("-m", "matching.engine", "guess", str(file))
    assert (good.returncode, good.stderr) == (0, "")
    assert [match["mentor"] for match in json.loads(good.stdout)] == ["m1"]
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.startswith("error: argument COMMAND: invalid choice: 'guess'")


def test_the_engine_needs_neither_django_nor_scipy() -> None:
    code = "import sys, matching.engine.command; print({'django', 'scipy', 'numpy'} & sys.modules.keys())"
    assert python("-c", code).stdout == "{'numpy'}\n"
