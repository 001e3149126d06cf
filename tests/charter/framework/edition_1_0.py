"""Edition 1.0 copied by hand from the charter's own table, to hold the framework file and the scoring against."""

from typing import Any

B, S, G = "bronze", "silver", "gold"


def _y(name: str, principle: int, level: str, *marks: str) -> dict[str, Any]:
    return {"id": name, "principle": principle, "kind": "statement", "levels": {level: None}} | _marks(marks)


def _m(name: str, principle: int, levels: dict[str, str], *marks: str, at_least: int = 0) -> dict[str, Any]:
    row = {"id": name, "principle": principle, "kind": "measure", "levels": levels, "at_least": at_least}
    return row | _marks(marks)


def _marks(marks: tuple[str, ...]) -> dict[str, bool]:
    return {mark: mark in marks for mark in ("core", "na", "survey", "never_empty")}


_CRITERIA = [
    _y("LEA-1", 1, B, "core"),
    _y("LEA-2", 1, B, "core"),
    _y("LEA-3", 1, B),
    _y("LEA-4", 1, S),
    _y("VOI-1", 2, B, "core"),
    _y("VOI-2", 2, B, "core"),
    _m("VOI-3", 2, {S: "0.50"}),
    _y("VOI-4", 2, G),
    _y("MAT-1", 3, B, "core"),
    _y("MAT-2", 3, B),
    _y("MAT-3", 3, B),
    _m("MAT-4", 3, {B: "reported", S: "0.50", G: "0.80"}, "never_empty"),
    _m("MAT-5", 3, {S: "0.70"}),
    _y("MAT-6", 3, S, "na"),
    _y("REL-1", 4, B, "core"),
    _m("REL-2", 4, {S: "0.80"}),
    _m("REL-3", 4, {S: "0.75", G: "0.85"}, "survey"),
    _m("REL-4", 4, {S: "0.70"}),
    _m("REL-5", 4, {G: "0.70"}, "survey"),
    _y("RAC-1", 5, B, "core"),
    _m("RAC-2", 5, {B: "0.50", S: "0.80", G: "0.95"}),
    _y("RAC-3", 5, S, "core"),
    _y("RAC-4", 5, S),
    _y("RAC-5", 5, G),
    _y("SPO-1", 6, B),
    _y("SPO-2", 6, S, "core"),
    _m("SPO-3", 6, {S: "0.40", G: "0.60"}),
    {"id": "SPO-4", "principle": 6, "kind": "ratio", "levels": {G: "0.80"}} | _marks(()),
    {"id": "SPO-5", "principle": 6, "kind": "ratio", "levels": {G: "0.80"}} | _marks(("core",)),
    _y("PEE-1", 7, B),
    _m("PEE-2", 7, {S: "0.75"}, at_least=1),
    _m("PEE-3", 7, {S: "0.80"}),
    _y("ALY-1", 7, S),
    _m("ALY-2", 7, {G: "0.50"}),
    _y("NET-1", 7, S),
    {"id": "ROL-1", "principle": 7, "kind": "quotient", "levels": {G: ["0.80", "0.70"]}} | _marks(("na",)),
    _m("EVI-1", 8, {B: "0.80"}, "core", "never_empty"),
    _y("EVI-2", 8, B, "core"),
    _m("EVI-3", 8, {S: "0.60", G: "0.80"}),
    _y("EVI-4", 8, S, "core"),
    _y("EVI-5", 8, G, "core"),
    _y("EVI-6", 8, G),
]

RULES: dict[str, Any] = {
    "version": "1.0",
    "levels": [{"id": B, "share": "0.75"}, {"id": S, "share": "0.80"}, {"id": G, "share": "0.80", "held": [S, 12]}],
    "groups": ["bme", "white"],
    "principles": [1, 2, 3, 4, 5, 6, 7, 8],
    "margin": "0.10",
    "partly_share": "0.25",
    "partly_credit": "0.5",
    "insufficient_cap": 2,
    "survey_minimum": 11,
    "ratio_minimum": 23,
    "z": "1.96",
    "years": 3,
    "criteria": _CRITERIA,
}
