"""Reads the demo's TOML files into typed material. Read once, on first use."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentoring.demo.schema import DemoOrganisation, DemoProgramme

FOLDER = Path(__file__).parent
Weighted = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Heritage:
    """A pool of names with what usually goes with it; see names.toml."""

    key: str
    ethnicity: str
    mentee: float
    mentor: float
    uk_share: float
    trained: str
    origins: tuple[str, ...]
    languages: Weighted
    more: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    single: float = 0.0
    middle_woman: str = ""
    middle_man: str = ""


@dataclass(frozen=True, slots=True)
class Profession:
    """A profession with its words, bands, places and titles; see professions.toml."""

    key: str
    weight: float
    noun: str
    work: str
    field: str
    mentee: tuple[str, ...]
    mentor: tuple[str, ...]
    settings: tuple[str, ...]
    allied: bool = False
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a journey, or a headline, with the conditions under which it may be said."""

    text: str
    role: str = ""
    trained: str = ""
    from_band: str = ""
    to_band: str = ""
    from_years: str = ""
    to_years: str = ""
    allied: bool = False
    professions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    value: str = ""
    caring: str = ""
    bme: bool = False
    ally: bool = False
    grown: bool = False
    agenda: bool = False


def read(name: str) -> dict[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _with_lists(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {**row, **{name: _words(row[name]) for name in names}}


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(", ") if word)


def _weights(table: dict[str, float]) -> Weighted:
    return tuple(table.items())


@functools.cache
def heritages() -> tuple[Heritage, ...]:
    """Every pool of names."""
    lists = ("origins", "more", "women", "men", "families")
    rows = [_with_lists(row, lists) for row in read("names.toml")["heritage"]]
    return tuple(Heritage(**{**row, "languages": _weights(row["languages"])}) for row in rows)


@functools.cache
def names_to_avoid() -> frozenset[str]:
    """Combinations that are the name of somebody well known."""
    return frozenset(read("names.toml")["avoid"])


@functools.cache
def professions() -> tuple[Profession, ...]:
    """Every profession that is drawn."""
    lists = ("mentee", "mentor", "settings")
    rows = [_with_lists(row, lists) for row in read("professions.toml")["profession"]]
    return tuple(Profession(**{**row, "titles": tuple(row.get("titles", {}).items())}) for row in rows)


@functools.cache
def titles(academic: bool) -> dict[str, str]:
    """Titles by band for who has none of their own, in a university or anywhere else."""
    found: dict[str, str] = read("professions.toml")["academic_titles" if academic else "titles"]
    return found


@functools.cache
def sentences(slot: str) -> tuple[Sentence, ...]:
    """The sentences of one slot of journeys.toml. TypeError when a condition is misspelt."""
    return tuple(Sentence(**_with_tuples(row)) for row in read("journeys.toml")[slot])


@functools.cache
def organisations() -> tuple[DemoOrganisation, ...]:
    """The employers, none of which exists."""
    rows = [_with_lists(row, ("towns",)) for row in read("organisations.toml")["organisation"]]
    return tuple(DemoOrganisation(**{**row, "settings": _weights(row["settings"])}) for row in rows)


@functools.cache
def programmes() -> tuple[DemoProgramme, ...]:
    """The mentoring programmes that the employers run."""
    return tuple(DemoProgramme(**_with_tuples(row)) for row in read("organisations.toml")["programme"])
