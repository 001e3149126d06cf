"""The rules a characteristic must keep, by itself and beside the others. Each raises CatalogueError."""

import re
import string
from collections import Counter
from collections.abc import Iterable

from matching.catalogue.schema import (
    DERIVED,
    DIRECTIONS_OF_KIND,
    FAMILIES,
    FULL_AGREEMENT,
    KINDS,
    OPTIONS_MOST,
    PLACEHOLDERS,
    ROLES,
    CatalogueError,
    CharacteristicData,
    all_or_nothing,
)

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def check_one(data: CharacteristicData, where: str) -> None:
    """Check what one characteristic says against itself."""
    _need(KEY.fullmatch(data.key), where, "key must be small letters, digits and underscores")
    _need(data.family in FAMILIES, where, f"family must be one of {', '.join(FAMILIES)}")
    _need(data.kind in KINDS, where, f"kind must be one of {', '.join(KINDS)}")
    _need(data.asked_of in ROLES, where, f"asked_of must be one of {', '.join(ROLES)}")
    _need(data.derived in (None, *DERIVED), where, f"derived must be one of {', '.join(DERIVED)}")
    _check_shape(data, where)
    _check_options(data, where)
    _check_complements(data, where)
    _check_directions(data, where)
    _check_words(data, where)


def check_together(characteristics: tuple[CharacteristicData, ...]) -> None:
    """Check what characteristics say about each other."""
    twice = _twice(data.key for data in characteristics)
    _need(not twice, "catalogue", f"used as a key twice: {', '.join(twice)}")
    by_key = {data.key: data for data in characteristics}
    for data in characteristics:
        if data.counterpart is None:
            continue
        other = by_key.get(data.counterpart)
        if other is None:
            raise CatalogueError(f"{data.key}: counterpart {data.counterpart} does not exist")
        _need(other.key != data.key, data.key, "cannot be its own counterpart")
        _need(other.kind == "multi", data.key, f"counterpart {other.key} is not multi")
        _need(set(other.option_keys) == set(data.option_keys), data.key, f"options differ from {other.key}")


def _check_shape(data: CharacteristicData, where: str) -> None:
    for kind, name, value in (
        ("scale", "poles", data.poles),
        ("category", "groups", data.groups),
        ("category", "complements", data.complements),
        ("category", "derived", data.derived),
        ("ordinal", "step", data.step),
        ("multi", "counterpart", data.counterpart),
    ):
        _need(not value or data.kind == kind, where, f"{name} is only for {kind}")
    _need(data.kind != "scale" or data.poles, where, "a scale needs poles")
    _need(not data.items or data.kind == "scale", where, "items are only for scale")
    _need(len({item.text for item in data.items}) == len(data.items), where, "says an item twice")
    _need(not data.on_request or data.is_surface, where, "on_request is only for surface")
    _need(not data.is_surface or data.why, where, "what is about identity needs a why")
    _need(data.step is None or 0 < data.step <= FULL_AGREEMENT, where, "step must be 1 to 60")
    with_options = data.kind != "scale" and data.derived is None
    _need(bool(data.options) == with_options, where, "has no options, or should have none")
    most = OPTIONS_MOST if data.kind == "multi" else None
    _need(most is None or len(data.options) <= most, where, f"more than {most} options")


def _check_options(data: CharacteristicData, where: str) -> None:
    keys = [*data.option_keys, *(group.key for group in data.groups)]
    labels = [*(option.label for option in data.options), *(group.label for group in data.groups)]
    for key in keys:
        _need(OPTION_KEY.fullmatch(key), where, f"option key {key!r} must be letters, digits, underscores")
    twice = _twice(keys) + _twice(labels)
    _need(not twice, where, f"used twice among options and groups: {', '.join(twice)}")
    groups = {group.key for group in data.groups}
    parents = {option.parent for option in data.options if option.parent is not None}
    missing = sorted(parents - groups)
    _need(not missing, where, f"no such group: {', '.join(missing)}")
    _need(parents == groups, where, f"groups without options: {', '.join(sorted(groups - parents))}")


def _check_complements(data: CharacteristicData, where: str) -> None:
    if not data.complements:
        return
    sources = {source for source, _ in data.complements}
    targets = {target for _, fitting in data.complements for target in fitting}
    unknown = sorted((sources | targets) - set(data.option_keys))
    _need(not unknown, where, f"complements names no option: {', '.join(unknown)}")
    left = sorted(set(data.option_keys) - sources)
    _need(not left, where, f"complements says nothing for: {', '.join(left)}")


def _check_directions(data: CharacteristicData, where: str) -> None:
    foreign = [name for name in data.directions if name not in DIRECTIONS_OF_KIND[data.kind]]
    _need(not foreign, where, f"not a direction of a {data.kind}: {', '.join(foreign)}")
    _need(len(set(data.directions)) == len(data.directions), where, "names a direction twice")
    told = tuple(words.direction for words in data.reasons)
    _need(set(told) == set(data.directions), where, "reasons must be told for exactly its directions")
    fits = bool(data.complements) or data.counterpart is not None
    _need(fits == ("complements" in data.directions), where, "complements needs a map or a counterpart")


def _check_words(data: CharacteristicData, where: str) -> None:
    _check_template(data.unknown, ("name",), f"{where}: unknown")
    for words in data.reasons:
        here = f"{where}: reasons.{words.direction}"
        _check_template(words.preference, (), f"{here}.preference")
        for name in ("strong", "partial", "weak"):
            _check_template(getattr(words, name), PLACEHOLDERS, f"{here}.{name}")
        whole = all_or_nothing(data.kind, words.direction)
        _need(bool(words.partial) != whole, here, "partial is missing, or can never be told")


def _check_template(template: str, allowed: tuple[str, ...], where: str) -> None:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise CatalogueError(f"{where}: {error}") from error
    for _, name, spec, conversion in parts:
        known = name is None or (name in allowed and not spec and not conversion)
        _need(known, where, f"unknown placeholder {{{name}}}")
    _need(not template.endswith("."), where, "ends with a full stop; the page decides that")


def _need(kept: object, where: str, rule: str) -> None:
    if not kept:
        raise CatalogueError(f"{where}: {rule}")


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
