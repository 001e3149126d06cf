"""What several tests of rounds need."""

import pytest

from matching.engine.cohort import fair, graph, proof, proposals, scores, stable

SMALL = (
    (scores, {"COLUMNS": 3}),
    (graph, {"ROWS": 2, "CROWD": 1, "GATHERED": 1, "SAMPLE": 2}),
    (proposals, {"KEEP": 1}),
    (proof, {"MORE": 1, "NEAR": 1}),
    (fair, {"MORE": 1}),
    (stable, {"LISTED": 1, "FEWEST": 1}),
)


@pytest.fixture(params=["at once", "bit by bit"])
def pace(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Bit by bit, rounds so small are gone through as large ones are: few pairs kept, most found by proofs."""
    if request.param == "bit by bit":
        for module, constants in SMALL:
            for name, value in constants.items():
                monkeypatch.setattr(module, name, value)
    return str(request.param)
