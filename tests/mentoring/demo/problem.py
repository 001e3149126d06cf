"""Demo people as a problem for the matching engine, in the form its offline command reads."""

from collections.abc import Sequence
from typing import Any

from matching.catalogue.loader import load
from matching.catalogue.schema import CharacteristicData
from mentoring.demo.data import organisations, programmes
from mentoring.demo.schema import DemoPerson, DemoPreference

PROGRAMMES = {programme.key: programme for programme in programmes()}


def problem(people: Sequence[DemoPerson], programme: str) -> dict[str, Any]:
    """Everybody of one programme who is mentee or mentor, with the catalogue."""
    return {
        "mentee_share": PROGRAMMES[programme].mentee_share,
        "characteristics": [characteristic(data) for data in load()],
        "people": [
            person(someone)
            for someone in people
            if programme in someone.programmes and (someone.is_mentee or someone.is_mentor)
        ],
        "excluded": [],
    }


def characteristic(data: CharacteristicData) -> dict[str, Any]:
    """One characteristic of the catalogue."""
    found: dict[str, Any] = {"key": data.key, "kind": data.kind, "surface": data.is_surface}
    if data.derived == "organisation":
        found["options"] = {organisation.key: None for organisation in organisations()}
    elif data.kind == "category":
        found["options"] = {option.key: option.parent for option in data.options}
    elif data.kind != "scale":
        found["options"] = list(data.option_keys)
    if data.step is not None:
        found["step"] = data.step
    if data.complements:
        found["complements"] = {key: list(fitting) for key, fitting in data.complements}
    if data.counterpart is not None:
        found["counterpart"] = data.counterpart
    return found


def person(someone: DemoPerson) -> dict[str, Any]:
    """One person, with the employer among the values."""
    places = {"capacity": someone.capacity, "taken": 0, "paused": False} if someone.is_mentor else None
    return {
        "id": someone.key,
        "mentor": places,
        "mentee": someone.is_mentee,
        "values": {**someone.values, "organisation": someone.organisation},
        "purposes": someone.purposes,
        "preferences": {
            "as_mentee": [preference(asked) for asked in someone.as_mentee],
            "as_mentor": [preference(asked) for asked in someone.as_mentor],
        },
    }


def preference(asked: DemoPreference) -> dict[str, Any]:
    """One preference."""
    found: dict[str, Any] = {
        "characteristic": asked.characteristic,
        "direction": asked.direction,
        "strength": asked.strength,
    }
    return found | ({"options": list(asked.options)} if asked.options else {})
