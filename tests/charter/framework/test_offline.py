"""The offline command: what it prints, and every input that it refuses with one line and exit code 2."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from charter.framework.__main__ import main
from tests.charter.framework.cases import CLAIMED, MET, all_met
from tests.charter.framework.drawing import LONG_REASON

EXAMPLE: dict[str, Any] = {
    "framework": "1.0",
    "submitted_on": "2026-11-01",
    "silver_held_since": None,
    "answers": {
        "LEA-1": {"status": "met", "reason": "…"},
        "LEA-3": {"status": "partly", "reason": "…", "action_due": "2027-06-30"},
        "MAT-6": {"status": "not_applicable", "reason": LONG_REASON, "na_accepted": None},
        "MAT-4": {"n": 40, "d": 90, "action_due": "2027-06-30"},
        "SPO-5": {"bme": {"n": 12, "d": 60}, "white": {"n": 150, "d": 500}, "action_due": None},
        "ROL-1": {"part": {"n": 8, "d": 40}, "whole": {"n": 300, "d": 1200}},
    },
}


def _run(tmp_path: Path, content: object) -> int:
    path = tmp_path / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return main(["score", str(path)])


def test_the_charters_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, EXAMPLE) == 0
    out, err = capsys.readouterr()
    printed = json.loads(out)
    assert err == ""
    assert list(printed) == ["framework", "level", "complete", "unanswered", "levels", "requirements", "notes"]
    assert (printed["framework"], printed["level"], printed["complete"]) == ("1.0", "none", False)
    assert len(printed["unanswered"]) == 36
    assert printed["requirements"][0] == {
        "criterion": "LEA-1",
        "level": "bronze",
        "core": True,
        "status": "met",
        "credit": "1",
    }
    rows = {(row["criterion"], row["level"]): (row["status"], row["credit"]) for row in printed["requirements"]}
    assert len(rows) == 49
    assert rows["LEA-3", "bronze"] == ("partly", "1/2")
    assert rows["MAT-6", "silver"] == ("not_applicable", "0")
    assert [rows["MAT-4", level] for level in ("bronze", "silver", "gold")] == [
        ("met", "1"),
        ("partly", "1/2"),
        ("not_met", "0"),
    ]
    assert rows["SPO-5", "gold"] == ("partly", "0")
    assert rows["ROL-1", "gold"] == ("met", "1")
    bronze = printed["levels"]["bronze"]
    assert (bronze["credit"], bronze["applicable"], bronze["share"]) == ("3/2", "7", "3/14")
    assert bronze["principles_unmet"] == [2, 4, 5, 6, 7, 8]
    assert not bronze["reached"]


def test_a_full_file_reaches_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full = EXAMPLE | {"answers": all_met(), "silver_held_since": "2025-11-01"}
    assert _run(tmp_path, full) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["level"], printed["complete"], printed["unanswered"]) == ("gold", True, [])


def test_missing_and_null_answers_are_unanswered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = {"LEA-1": None, "LEA-2": {}, "MAT-4": {"n": None, "d": None}, "SPO-4": {"bme": None, "white": None}}
    assert _run(tmp_path, {"framework": "1.0", "submitted_on": "2026-11-01", "answers": empty}) == 0
    assert len(json.loads(capsys.readouterr().out)["unanswered"]) == 42


def _with(answers: dict[str, Any]) -> dict[str, Any]:
    return EXAMPLE | {"answers": answers}


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in EXAMPLE.items() if name != key}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(_with({"XXX-9": MET}), "XXX-9", id="unknown criterion"),
        pytest.param(EXAMPLE | {"framework": "9.9"}, "9.9", id="unknown framework"),
        pytest.param(EXAMPLE | {"framework": 1.0}, "framework", id="framework as a number"),
        pytest.param(_without("framework"), "framework", id="no framework"),
        pytest.param(_with({"MAT-4": {"n": 91, "d": 90}}), "MAT-4", id="n above d"),
        pytest.param(_with({"MAT-4": {"n": -1, "d": 90}}), "MAT-4", id="negative"),
        pytest.param(_with({"MAT-4": {"n": 1.5, "d": 90}}), "MAT-4", id="fractional"),
        pytest.param(_with({"MAT-4": {"n": 40.0, "d": 90}}), "MAT-4", id="fractional though round"),
        pytest.param(_with({"MAT-4": {"n": True, "d": 90}}), "MAT-4", id="boolean count"),
        pytest.param(_with({"MAT-4": {"n": "40", "d": 90}}), "MAT-4", id="count in words"),
        pytest.param(_with({"MAT-4": {"n": 0, "d": 0}}), "MAT-4", id="nobody in scope"),
        pytest.param(_with({"EVI-1": {"n": 0, "d": 0}}), "EVI-1", id="no staff"),
        pytest.param(_with({"ROL-1": {"part": {"n": 0, "d": 0}, "whole": {"n": 1, "d": 2}}}), "ROL-1", id="zero total"),
        pytest.param(_with({"MAT-4": {"status": "met", "reason": "x"}}), "MAT-4", id="status on a measure"),
        pytest.param(_with({"SPO-5": {"status": "met"}}), "SPO-5", id="status on a ratio"),
        pytest.param(_with({"LEA-3": CLAIMED}), "LEA-3", id="not applicable without the mark"),
        pytest.param(_with({"MAT-6": CLAIMED | {"reason": "x" * 99}}), "MAT-6", id="too short a reason"),
        pytest.param(_with({"LEA-1": {"status": "met"}}), "LEA-1", id="no reason"),
        pytest.param(_with({"LEA-1": {"status": "met", "reason": ""}}), "LEA-1", id="empty reason"),
        pytest.param(_with({"LEA-1": {"status": "great", "reason": "x"}}), "LEA-1", id="unknown status"),
        pytest.param(_with({"LEA-1": MET | {"note": "x"}}), "note", id="unknown key in an answer"),
        pytest.param(_with({"LEA-1": MET | {"action_due": "soon"}}), "action_due", id="bad action date"),
        pytest.param(_with({"LEA-1": "met"}), "LEA-1", id="answer of the wrong type"),
        pytest.param(EXAMPLE | {"colour": "red"}, "colour", id="unknown key"),
        pytest.param(EXAMPLE | {"bronze_held": None}, "bronze_held", id="unknown level key"),
        pytest.param(EXAMPLE | {"submitted_on": "2026-13-01"}, "submitted_on", id="bad date"),
        pytest.param(EXAMPLE | {"submitted_on": None}, "submitted_on", id="null date"),
        pytest.param(_without("submitted_on"), "submitted_on", id="no date"),
        pytest.param(EXAMPLE | {"silver_held_since": "last year"}, "silver_held_since", id="bad held date"),
        pytest.param(EXAMPLE | {"silver_held_since": False}, "silver_held_since", id="held not a date"),
        pytest.param(EXAMPLE | {"answers": []}, "answers", id="answers of the wrong type"),
        pytest.param(_without("answers"), "answers", id="no answers"),
        pytest.param([], "object", id="a list"),
        pytest.param("null", "object", id="null"),
        pytest.param("{", "JSON", id="not JSON"),
        pytest.param("", "JSON", id="empty"),
        pytest.param('{"framework": NaN}', "NaN", id="not a number"),
        pytest.param('{"answers": {"LEA-1": null, "LEA-1": null}}', "LEA-1", id="twice the same"),
        pytest.param("[" * 100_000, "JSON", id="too deep"),
        pytest.param('{"framework": ' + "9" * 5000 + "}", "JSON", id="too long a number"),
    ],
)
def test_refused_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, says: str) -> None:
    assert _run(tmp_path, content) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert says in err
    assert "Traceback" not in err


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "latin.json").write_bytes(b'"\xe9"')
    for name in ("missing.json", "latin.json", "."):
        assert main(["score", str(tmp_path / name)]) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_a_byte_order_mark_is_forgiven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, "\ufeff" + json.dumps(EXAMPLE)) == 0


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(EXAMPLE).encode())))
    assert main(["score", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["framework"] == "1.0"


@pytest.mark.parametrize(("content", "code"), [(json.dumps(EXAMPLE), 0), ("{", 2), ('{"framework": "\\ud800"}', 2)])
def test_as_a_command_in_a_plain_locale(tmp_path: Path, content: str, code: int) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "charter.framework", "score", str(path)]
    run = subprocess.run(command, capture_output=True, env={"LC_ALL": "C", "PYTHONUTF8": "0"}, check=False)
    assert run.returncode == code
    assert run.stdout.decode().startswith("{") is (code == 0)
    assert len(run.stderr.decode().splitlines()) == (code == 2)


def test_a_wrong_command_line_is_two_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["score"], ["guess", "x"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
