"""What a benchmark found: a table to read and one object of JSON."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Final

import numpy as np

HEAD: Final = ("", "median ms", "times", "ratio", "held MB", "peak MB", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One contender: its times in ms, what it holds ready and what it takes besides at its peak, in MB.

    `against` names the row whose median this one's is divided by; `found` is what came out, in figures.
    """

    name: str
    ms: Sequence[float]
    against: str
    held: float | None = None
    peak: float | None = None
    note: str = ""
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run; `checked` says how many results of each rival were compared, `unequal` which were not the same."""

    job: str
    sizes: Mapping[str, Any]
    rows: Sequence[Row]
    checked: Mapping[str, int]
    unequal: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """One object; a ratio is how many times as long a contender took."""
        rows = [
            {key: value for key, value in asdict(row).items() if key != "ms"}
            | {"median_ms": round(median(row.ms), 3), "times": len(row.ms)}
            | {"ratio": self._ratio(row), "peak_ratio": self._peak_ratio(row)}
            for row in self.rows
        ]
        return {
            "job": self.job,
            "machine": machine(),
            "sizes": dict(self.sizes),
            "facts": dict(self.facts),
            "rows": rows,
            "checked": dict(self.checked),
            "unequal": list(self.unequal),
        }

    def table(self) -> str:
        """For a terminal."""
        about = machine()
        lines = [
            f"{self.job}: " + ", ".join(f"{key} {value}" for key, value in self.sizes.items()),
            ", ".join(f"{key} {value}" for key, value in about.items()),
            *(f"{key}: {value}" for key, value in self.facts.items()),
            "",
            *_aligned([HEAD, *(self._cells(row) for row in self.rows)]),
            "",
            *(f"Equal to {name} in {count} of {count} compared." for name, count in self._agreed()),
            *(f"NOT EQUAL: {each}" for each in self.unequal),
        ]
        return "\n".join(lines).rstrip()

    def _agreed(self) -> list[tuple[str, int]]:
        differing = {each.split(":")[0] for each in self.unequal}
        return [(name, count) for name, count in self.checked.items() if name not in differing]

    def _base(self, row: Row) -> Row:
        return next(each for each in self.rows if each.name == row.against)

    def _ratio(self, row: Row) -> float:
        """Over the same queries: a slow rival runs the first few of them."""
        return _short(median(row.ms) / median(self._base(row).ms[: len(row.ms)]))

    def _peak_ratio(self, row: Row) -> float | None:
        base = self._base(row).peak
        return _short(row.peak / base) if row.peak is not None and base else None

    def _cells(self, row: Row) -> tuple[str, ...]:
        held, peak = ("" if size is None else f"{size:.1f}" for size in (row.held, row.peak))
        note = "; ".join([*(f"{key} {value}" for key, value in row.found.items()), *([row.note] if row.note else [])])
        return (row.name, f"{median(row.ms):.2f}", str(len(row.ms)), f"{self._ratio(row):g}", held, peak, note)


def _short(number: float) -> float:
    """To three figures: no measurement of ours is better."""
    return float(f"{number:.3g}")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Names and notes to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return [
        "  ".join(
            cell.ljust(width) if place in {0, len(HEAD) - 1} else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
