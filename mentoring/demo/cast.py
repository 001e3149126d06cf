"""The named cast: fixed people on top of whoever is drawn, for demos, tests and pictures."""

from typing import Any

from mentoring.demo.data import read
from mentoring.demo.schema import DemoPerson, DemoPreference

MAIL = "example.org"


def _preferences(rows: list[dict[str, Any]]) -> tuple[DemoPreference, ...]:
    return tuple(DemoPreference(**row) for row in rows)


def _person(row: dict[str, Any]) -> DemoPerson:
    return DemoPerson(
        key=row["key"],
        email=f"{row['key']}@{MAIL}",
        first_name=row["first_name"],
        family_name=row["family_name"],
        pronouns=row["pronouns"],
        job_title=row["job_title"],
        town=row["town"],
        headline=row["headline"],
        journey=row["journey"],
        organisation=row["organisation"],
        programmes=tuple(row["programmes"]),
        roles=tuple(row["roles"]),
        capacity=row["capacity"],
        values=row["values"],
        purposes=row["purposes"],
        as_mentee=_preferences(row.get("as_mentee", [])),
        as_mentor=_preferences(row.get("as_mentor", [])),
    )


CAST: tuple[DemoPerson, ...] = tuple(_person(row) for row in read("cast.toml")["person"])
"""Amina (mentee), Folasade, Tom and Preeti (mentors), Niamh (coordinator), Marcus (charter lead), Mai
(assessor, of another organisation) and Sam (administrator)."""


def cast_member(key: str) -> DemoPerson:
    """The member of the cast with that key; KeyError when there is none."""
    for person in CAST:
        if person.key == key:
            return person
    raise KeyError(f"nobody in the cast is called {key!r}")
