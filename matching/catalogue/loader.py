"""Reads the catalogue's TOML files into frozen dataclasses and checks every rule on the way.

Pure: standard library only, no Django, no side effects.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from matching.catalogue import checks
from matching.catalogue.schema import (
    CatalogueError,
    CharacteristicData,
    GroupData,
    ItemData,
    OptionData,
    PolesData,
    ReasonsData,
)

FOLDER = Path(__file__).parent
FILES = ("surface.toml", "values.toml", "working_styles.toml", "professional.toml")

Table = Mapping[str, object]

TEXTS = ("key", "family", "kind", "label", "question", "unknown")
OPTIONAL = ("hint", "label_of_other", "asked_of", "counterpart", "derived", "special_category", "on_request", "why")
NESTED = ("directions", "reasons", "groups", "options", "poles", "step", "complements", "items")
KNOWN = frozenset((*TEXTS, *OPTIONAL, *NESTED))


def load() -> tuple[CharacteristicData, ...]:
    """Every characteristic of the catalogue, in the order it is asked. Raises CatalogueError."""
    return load_files([FOLDER / name for name in FILES])


def load_files(paths: Sequence[Path]) -> tuple[CharacteristicData, ...]:
    """The characteristics of these files together, checked. Raises CatalogueError."""
    found: list[CharacteristicData] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path.name}: cannot be read: {error}") from error
        found.extend(parse(text, where=path.name))
    characteristics = tuple(found)
    checks.check_together(characteristics)
    return characteristics


def parse(text: str, where: str = "catalogue") -> tuple[CharacteristicData, ...]:
    """The characteristics in one TOML text, each checked by itself. Raises CatalogueError."""
    try:
        document: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{where}: not valid TOML: {error}") from error
    _only(document, {"characteristic"}, where)
    tables = _tables(document, "characteristic", where)
    if not tables:
        raise CatalogueError(f"{where}: holds no characteristic")
    return tuple(_characteristic(table, where) for table in tables)


def _characteristic(table: Table, where: str) -> CharacteristicData:
    where = f"{where}: {table.get('key', 'a characteristic without key')}"
    _only(table, KNOWN, where)
    texts = {name: _text(table, name, where) for name in TEXTS}
    data = CharacteristicData(
        **texts,
        hint=_optional(table, "hint", where) or "",
        label_of_other=_optional(table, "label_of_other", where) or texts["label"],
        asked_of=_optional(table, "asked_of", where) or "everyone",
        counterpart=_optional(table, "counterpart", where),
        derived=_optional(table, "derived", where),
        directions=_texts(table, "directions", where),
        reasons=_reasons(table, where),
        groups=_groups(table, where),
        options=_options(table, where),
        poles=_poles(table, where),
        step=_step(table, where),
        complements=_complements(table, where),
        special_category=_flag(table, "special_category", where),
        on_request=_flag(table, "on_request", where),
        why=_optional(table, "why", where) or "",
        items=_items(table, where),
    )
    checks.check_one(data, where)
    return data


def _reasons(table: Table, where: str) -> tuple[ReasonsData, ...]:
    found = []
    for direction, words in _table(table, "reasons", where).items():
        here = f"{where}: reasons.{direction}"
        if not isinstance(words, Mapping):
            raise CatalogueError(f"{here} must be a table")
        _only(words, {"preference", "strong", "partial", "weak"}, here)
        found.append(
            ReasonsData(
                direction=direction,
                preference=_text(words, "preference", here),
                strong=_text(words, "strong", here),
                partial=_optional(words, "partial", here) or "",
                weak=_text(words, "weak", here),
            )
        )
    return tuple(found)


def _groups(table: Table, where: str) -> tuple[GroupData, ...]:
    found = []
    for group in _tables(table, "groups", where):
        _only(group, {"key", "label", "inline"}, f"{where}: groups")
        label = _text(group, "label", f"{where}: groups")
        inline = _optional(group, "inline", f"{where}: groups") or label
        found.append(GroupData(key=_text(group, "key", f"{where}: groups"), label=label, inline=inline))
    return tuple(found)


def _options(table: Table, where: str) -> tuple[OptionData, ...]:
    found = []
    here = f"{where}: options"
    for option in _tables(table, "options", where):
        _only(option, {"key", "label", "inline", "parent"}, here)
        label = _text(option, "label", here)
        found.append(
            OptionData(
                key=_text(option, "key", here),
                label=label,
                inline=_optional(option, "inline", here) or label,
                parent=_optional(option, "parent", here),
            )
        )
    return tuple(found)


def _items(table: Table, where: str) -> tuple[ItemData, ...]:
    found = []
    here = f"{where}: items"
    for item in _tables(table, "items", where):
        _only(item, {"text", "reversed"}, here)
        found.append(ItemData(text=_text(item, "text", here), reversed=_flag(item, "reversed", here)))
    return tuple(found)


def _poles(table: Table, where: str) -> PolesData | None:
    if "poles" not in table:
        return None
    poles = _table(table, "poles", where)
    names = ("low", "high", "low_inline", "middle_inline", "high_inline")
    _only(poles, set(names), f"{where}: poles")
    return PolesData(**{name: _text(poles, name, f"{where}: poles") for name in names})


def _step(table: Table, where: str) -> int | None:
    step = table.get("step")
    if step is not None and (not isinstance(step, int) or isinstance(step, bool)):
        raise CatalogueError(f"{where}: step must be a whole number")
    return step


def _complements(table: Table, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if "complements" not in table:
        return ()
    pairs = _table(table, "complements", where)
    return tuple((key, _texts(pairs, key, f"{where}: complements")) for key in pairs)


def _only(table: Table, known: set[str] | frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise CatalogueError(f"{where}: unknown {', '.join(unknown)}")


def _text(table: Table, name: str, where: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(f"{where}: {name} must be a text that is not empty")
    if value != value.strip():
        raise CatalogueError(f"{where}: {name} begins or ends with a space")
    return value


def _optional(table: Table, name: str, where: str) -> str | None:
    return _text(table, name, where) if name in table else None


def _texts(table: Table, name: str, where: str) -> tuple[str, ...]:
    value = table.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise CatalogueError(f"{where}: {name} must be a list of texts that is not empty")
    if len(set(value)) != len(value):
        raise CatalogueError(f"{where}: {name} names something twice")
    return tuple(value)


def _flag(table: Table, name: str, where: str) -> bool:
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise CatalogueError(f"{where}: {name} must be true or false")
    return value


def _table(table: Table, name: str, where: str) -> Table:
    value = table.get(name)
    if not isinstance(value, Mapping) or not value:
        raise CatalogueError(f"{where}: {name} must be a table that is not empty")
    return value


def _tables(table: Table, name: str, where: str) -> tuple[Table, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise CatalogueError(f"{where}: {name} must be a list of tables")
    return tuple(value)
