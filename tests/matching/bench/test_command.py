"""`manage.py bench_match` on few people: what it prints, and what it refuses."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from matching.bench.naive import Naive


def bench(*arguments: str) -> str:
    out = StringIO()
    call_command("bench_match", *arguments, stdout=out)
    return out.getvalue()


def measured(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bench(*arguments, "--json"))
    return found


@pytest.mark.django_db
def test_rank_as_json_has_all_rivals_and_says_what_was_compared() -> None:
    found = measured("rank", "--pool", "200", "--queries", "6", "--seed", "3", "--against", "naive,sql,roofline")
    assert found["job"] == "rank"
    assert found["sizes"] == {"pool": 200, "queries": 6, "seed": 3}
    assert set(found["machine"]) == {"cores", "processor", "python", "numpy"}
    assert [row["name"] for row in found["rows"]] == ["ours", "ours, reasons too", "roofline", "sql", "naive"]
    assert found["checked"] == {"sql": 6, "naive": 6}
    assert found["unequal"] == []
    assert found["rows"][0]["ratio"] == 1
    assert all(row["median_ms"] > 0 and row["times"] == 6 for row in found["rows"])


def test_rank_as_a_table() -> None:
    lines = bench("rank", "--pool", "200", "--queries", "6", "--against", "naive").splitlines()
    assert lines[0] == "rank: pool 200, queries 6, seed 1"
    assert [line.split()[2:4] for line in lines if line.startswith("ours  ")] == [["6", "1"]]
    assert lines[-1] == "Equal to naive in 6 of 6 compared."


@pytest.mark.django_db
def test_sql_leaves_no_table_and_no_longer_patience_behind() -> None:
    def timeout() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    before = timeout()
    bench("rank", "--pool", "50", "--queries", "2", "--against", "sql")
    assert timeout() == before != "0"
    assert "bench_match_mentor" not in connection.introspection.table_names()


def test_another_result_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Naive, "rank", lambda *given: [("nobody", 0)])
    with pytest.raises(CommandError, match=r"Results differ: see above\."):
        bench("rank", "--pool", "50", "--queries", "2", "--against", "naive")


@pytest.mark.parametrize("job", ["rank", "cohort"])
def test_an_unknown_rival_is_refused(job: str) -> None:
    with pytest.raises(CommandError, match=r"There is no rival 'oracle'; there are "):
        bench(job, "--against", "oracle")


def test_a_number_of_nothing_is_refused() -> None:
    with pytest.raises(CommandError, match="argument --pool: invalid number value: '0'"):
        bench("rank", "--pool", "0")


def test_cohort_as_json_proves_its_optimum() -> None:
    found = measured(
        "cohort", "--mentees", "40", "--mentors", "30", "--tight", "--certify", "--repeat", "1", "--against", "scipy"
    )
    assert found["job"] == "cohort"
    assert found["sizes"] == {"mentees": 40, "mentors": 30, "seed": 1, "tight": True, "threads": 1}
    assert [(row["name"], row["times"]) for row in found["rows"]] == [("ours, total", 1), ("scipy", 1)]
    assert found["checked"] == {"scipy": 1}
    ours, rival = (row["found"] for row in found["rows"])
    assert ours["gap"] == 0
    assert (ours["matched"], ours["total"]) == (rival["matched"], rival["total"])
