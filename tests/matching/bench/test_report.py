"""What a benchmark prints."""

from matching.bench.report import Report, Row, machine

ROWS = [
    Row("ours", [1.0, 4.0, 2.0, 9.0], "ours", held=9.06, peak=2.0, note="top 20", found={"matched": 3, "gap": 0.0}),
    Row("rival", [300.0, 500.0], "ours", peak=5.0),
]


def report(unequal: tuple[str, ...] = ()) -> Report:
    return Report("rank", {"pool": 10, "seed": 1}, ROWS, {"rival": 2, "other": 3}, unequal, {"eligible, %": 40.1})


def test_a_table_has_names_to_the_left_and_figures_to_the_right() -> None:
    first, _, *lines = report().table().splitlines()
    assert first == "rank: pool 10, seed 1"
    assert lines == [
        "eligible, %: 40.1",
        "",
        "       median ms  times  ratio  held MB  peak MB  note",
        "ours        3.00      4      1      9.1      2.0  matched 3; gap 0.0; top 20",
        "rival     400.00      2    160               5.0",
        "",
        "Equal to rival in 2 of 2 compared.",
        "Equal to other in 3 of 3 compared.",
    ]


def test_a_difference_takes_the_place_of_the_agreement() -> None:
    lines = report(("rival: mentee e1",)).table().splitlines()
    assert lines[-2:] == ["Equal to other in 3 of 3 compared.", "NOT EQUAL: rival: mentee e1"]


def test_json_has_the_same_with_ratios_over_what_both_ran() -> None:
    assert report().as_json() == {
        "job": "rank",
        "machine": machine(),
        "sizes": {"pool": 10, "seed": 1},
        "facts": {"eligible, %": 40.1},
        "rows": [
            {
                "name": "ours",
                "against": "ours",
                "held": 9.06,
                "peak": 2.0,
                "note": "top 20",
                "found": {"matched": 3, "gap": 0.0},
                "median_ms": 3.0,
                "times": 4,
                "ratio": 1.0,
                "peak_ratio": 1.0,
            },
            {
                "name": "rival",
                "against": "ours",
                "held": None,
                "peak": 5.0,
                "note": "",
                "found": {},
                "median_ms": 400.0,
                "times": 2,
                "ratio": 160.0,
                "peak_ratio": 2.5,
            },
        ],
        "checked": {"rival": 2, "other": 3},
        "unequal": [],
    }
