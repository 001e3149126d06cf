"""The offline file: JSON in, a checked `Problem` out."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from matching.engine.catalogue import Catalogue
from matching.engine.checks import check_person, once, whole
from matching.engine.errors import EngineError
from matching.engine.schema import (
    DEFAULT_MENTEE_SHARE,
    DEFAULT_STEP,
    Characteristic,
    Direction,
    Kind,
    Person,
    Places,
    Preference,
    Purpose,
    Role,
    Strength,
    Value,
)

Choice = TypeVar("Choice", bound=StrEnum)

EXTRA_KEYS: Mapping[Kind, frozenset[str]] = {
    Kind.CATEGORY: frozenset({"options", "complements"}),
    Kind.ORDINAL: frozenset({"options", "step"}),
    Kind.MULTI: frozenset({"options", "counterpart"}),
    Kind.SCALE: frozenset(),
}
"""Keys that a characteristic of a kind may have beside key, kind, surface and expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A whole offline instance; `excluded` holds (mentee id, mentor id), `mentee_share` is in per cent."""

    catalogue: Catalogue
    people: tuple[Person, ...]
    excluded: frozenset[tuple[str, str]]
    mentee_share: int

    def excluded_for(self, person: str, role: Role) -> set[str]:
        """Ids that this person, in this role, must not meet."""
        mine, theirs = (0, 1) if role is Role.MENTEE else (1, 0)
        return {pair[theirs] for pair in self.excluded if pair[mine] == person}


def load(path: Path) -> Problem:
    """The problem in a file; raises `EngineError` where it can't be read or is not right."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = json.loads(text, object_pairs_hook=_no_key_twice)
    except OSError as error:
        raise EngineError(f"can't read {str(path)!r}: {error.strerror}") from error
    except EngineError:
        raise
    except (ValueError, RecursionError) as error:
        raise EngineError(f"{str(path)!r} is not JSON: {error}") from error
    return parse(raw)


def parse(raw: object) -> Problem:
    """The problem in a decoded JSON document; raises `EngineError` for whatever is not right in it."""
    document = _object(raw, "the file", {"characteristics", "people"}, {"mentee_share", "excluded"})
    share = whole(document.get("mentee_share", DEFAULT_MENTEE_SHARE), 0, 100, "mentee_share")
    listed = _list(document["characteristics"], "characteristics")
    catalogue = Catalogue([_characteristic(each, number) for number, each in enumerate(listed, 1)])
    people = tuple(
        _person(each, number, catalogue) for number, each in enumerate(_list(document["people"], "people"), 1)
    )
    ids = [person.id for person in people]
    once(ids, "people")
    excluded = _excluded(document.get("excluded", []), set(ids))
    return Problem(catalogue, people, excluded, share)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    once((key for key, _ in pairs), "the file: keys of an object")
    return dict(pairs)


def _object(raw: object, where: str, required: Collection[str], optional: Collection[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise EngineError(f"{where}: must be an object")
    for key in raw:
        if key not in required and key not in optional:
            raise EngineError(f"{where}: unknown key {key!r}")
    for key in sorted(required):
        if key not in raw:
            raise EngineError(f"{where}: {key!r} is missing")
    return raw


def _mapping(raw: object, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise EngineError(f"{where}: must be an object")
    return raw


def _list(raw: object, where: str) -> list[Any]:
    if not isinstance(raw, list):
        raise EngineError(f"{where}: must be a list")
    return raw


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str) or not raw:
        raise EngineError(f"{where}: must be text, not {raw!r:.60}")
    return raw


def _texts(raw: object, where: str) -> tuple[str, ...]:
    return tuple(_text(each, where) for each in _list(raw, where))


def _flag(raw: object, where: str) -> bool:
    if not isinstance(raw, bool):
        raise EngineError(f"{where}: must be true or false, not {raw!r:.60}")
    return raw


def _choice(choices: type[Choice], raw: object, where: str) -> Choice:
    for choice in choices:
        if choice.value == raw:
            return choice
    named = ", ".join(choice.value for choice in choices)
    raise EngineError(f"{where}: {raw!r:.60} is none of {named}")


def _place(raw: object, where: str, number: int, name: str) -> str:
    """Where an entry of a list is: by its own name if it has one, else by its number."""
    own = raw.get(name) if isinstance(raw, dict) else None
    return f"{where} {own!r:.60}" if isinstance(own, str) and own else f"{where} number {number}"


def _characteristic(raw: object, number: int) -> Characteristic:
    where = _place(raw, "characteristic", number, "key")
    kind = _choice(Kind, _mapping(raw, where).get("kind"), f"{where}: kind")
    extra = EXTRA_KEYS[kind]
    required = {"key", "kind", *(extra & {"options"})}
    entry = _object(raw, where, required, {"surface", "expected", *extra})
    options, parents = _options(kind, entry.get("options", []), f"{where}: options")
    return Characteristic(
        key=_text(entry["key"], f"{where}: key"),
        kind=kind,
        options=options,
        parents=parents,
        surface=_flag(entry.get("surface", False), f"{where}: surface"),
        step=entry.get("step", DEFAULT_STEP),
        fits=_fits(entry["complements"], f"{where}: complements") if "complements" in entry else None,
        counterpart=_text(entry["counterpart"], f"{where}: counterpart") if "counterpart" in entry else None,
        expected=_expected(entry.get("expected", {}), f"{where}: expected"),
    )


def _options(kind: Kind, raw: object, where: str) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    if kind != Kind.CATEGORY:
        return _texts(raw, where), ()
    parents = _mapping(raw, where)
    options = _texts(list(parents), where)
    return options, tuple(None if each is None else _text(each, where) for each in parents.values())


def _fits(raw: object, where: str) -> dict[str, tuple[str, ...]]:
    fits = _mapping(raw, where)
    return {option: _texts(fitting, f"{where}: {option!r}") for option, fitting in fits.items()}


def _expected(raw: object, where: str) -> dict[Direction, int]:
    expected = _mapping(raw, where)
    return {_choice(Direction, direction, where): number for direction, number in expected.items()}


def _person(raw: object, number: int, catalogue: Catalogue) -> Person:
    where = _place(raw, "person", number, "id")
    entry = _object(raw, where, {"id"}, {"mentor", "mentee", "values", "purposes", "preferences"})
    preferences = _object(entry.get("preferences", {}), f"{where}: preferences", (), {"as_mentee", "as_mentor"})
    person = Person(
        id=_text(entry["id"], f"{where}: id"),
        mentee=_flag(entry.get("mentee", False), f"{where}: mentee"),
        mentor=_places(entry.get("mentor"), f"{where}: mentor"),
        values=_values(entry.get("values", {}), f"{where}: values"),
        purposes=_purposes(entry.get("purposes", {}), f"{where}: purposes"),
        as_mentee=_preferences(preferences.get("as_mentee", []), f"{where}: as_mentee"),
        as_mentor=_preferences(preferences.get("as_mentor", []), f"{where}: as_mentor"),
    )
    check_person(person, catalogue)
    return person


def _places(raw: object, where: str) -> Places | None:
    """None and false both say that somebody is no mentor, as `"mentee": false` does for mentees."""
    if raw is None or raw is False:
        return None
    entry = _object(raw, where, {"capacity"}, {"taken", "paused"})
    paused = _flag(entry.get("paused", False), f"{where}: paused")
    return Places(entry["capacity"], entry.get("taken", 0), paused)


def _values(raw: object, where: str) -> dict[str, Value]:
    """Answers; a null is the same as leaving the key out, as exports of a spreadsheet often have it."""
    return {key: _value(value, f"{where}: {key!r}") for key, value in _mapping(raw, where).items() if value is not None}


def _value(raw: object, where: str) -> Value:
    if isinstance(raw, list):
        return _texts(raw, where)
    if isinstance(raw, str) or (isinstance(raw, int) and not isinstance(raw, bool)):
        return raw
    raise EngineError(f"{where}: {raw!r:.60} is no answer")


def _purposes(raw: object, where: str) -> dict[str, Purpose]:
    return {key: _choice(Purpose, each, f"{where}: {key!r}") for key, each in _mapping(raw, where).items()}


def _preferences(raw: object, where: str) -> tuple[Preference, ...]:
    return tuple(_preference(each, where, number) for number, each in enumerate(_list(raw, where), 1))


def _preference(raw: object, where: str, number: int) -> Preference:
    where = _place(raw, f"{where}: preference", number, "characteristic")
    entry = _object(raw, where, {"characteristic", "direction", "strength"}, {"options"})
    direction = _choice(Direction, entry["direction"], f"{where}: direction")
    if direction != Direction.ONE_OF and "options" in entry:
        raise EngineError(f"{where}: options go with 'one_of' only")
    return Preference(
        characteristic=_text(entry["characteristic"], f"{where}: characteristic"),
        direction=direction,
        strength=_choice(Strength, entry["strength"], f"{where}: strength"),
        options=_texts(entry.get("options", []), f"{where}: options"),
    )


def _excluded(raw: object, ids: Collection[str]) -> frozenset[tuple[str, str]]:
    pairs = enumerate(_list(raw, "excluded"), 1)
    return frozenset(_pair(each, ids, f"exclusion number {number}") for number, each in pairs)


def _pair(raw: object, ids: Collection[str], where: str) -> tuple[str, str]:
    pair = _texts(raw, where)
    if len(pair) != 2:
        raise EngineError(f"{where}: must be a mentee's id and a mentor's id")
    _known_ids(pair, ids, where)
    return pair[0], pair[1]


def _known_ids(pair: Iterable[str], ids: Collection[str], where: str) -> None:
    for each in pair:
        if each not in ids:
            raise EngineError(f"{where}: there is nobody with the id {each!r}")
