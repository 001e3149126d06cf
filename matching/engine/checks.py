"""Whether characteristics and people make sense; every error is one line of an `EngineError`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from matching.engine.errors import EngineError
from matching.engine.schema import (
    FULL,
    MOST_CHOSEN,
    SCALE,
    Characteristic,
    Direction,
    Kind,
    Person,
    Places,
    Preference,
    Role,
    Strength,
    Value,
)

MOST_PLACES: Final = 1_000_000
"""Nobody has more; up to here the fractions of free places are exact as floats."""

DIRECTIONS: Mapping[Kind, frozenset[Direction]] = {
    Kind.CATEGORY: frozenset(
        {Direction.SAME, Direction.DIFFERENT, Direction.ONE_OF, Direction.COMPLEMENTS},
    ),
    Kind.ORDINAL: frozenset({Direction.SAME, Direction.DIFFERENT, Direction.ONE_OF, Direction.ABOVE}),
    Kind.MULTI: frozenset({Direction.SAME, Direction.DIFFERENT, Direction.ONE_OF, Direction.COMPLEMENTS}),
    Kind.SCALE: frozenset({Direction.SAME, Direction.DIFFERENT}),
}
"""Which directions a kind knows; `complements` only where the catalogue also says what fits."""


def whole(number: object, low: int, high: int | None, where: str) -> int:
    """The number, if it is an int (not a bool) from low to high inclusive; high None is no limit."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise EngineError(f"{where}: must be a whole number, not {number!r:.60}")
    if number < low or (high is not None and number > high):
        span = f"{low} or more" if high is None else f"{low} to {high}"
        raise EngineError(f"{where}: must be {span}")
    return number


def once(names: Iterable[str], where: str) -> None:
    """Raise `EngineError` for a name that is given twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise EngineError(f"{where}: {name!r} is given twice")
        seen.add(name)


def known(names: Iterable[str], options: Collection[str | None], where: str) -> None:
    """Raise `EngineError` for a name that is not among the options."""
    for name in names:
        if name not in options:
            raise EngineError(f"{where}: there is no option {name!r}")


def allowed(characteristic: Characteristic, direction: Direction) -> bool:
    """Whether a preference in this characteristic may go in this direction."""
    if direction == Direction.COMPLEMENTS:
        return characteristic.fits is not None or characteristic.counterpart is not None
    return direction in DIRECTIONS[characteristic.kind]


def check_catalogue(characteristics: Collection[Characteristic]) -> None:
    """Raise `EngineError` where a characteristic contradicts itself or the others."""
    once((each.key for each in characteristics), "characteristics")
    by_key = {each.key: each for each in characteristics}
    for each in characteristics:
        check_characteristic(each)
        _check_counterpart(each, by_key)


def check_characteristic(characteristic: Characteristic) -> None:
    """Raise `EngineError` where the parts of one characteristic don't go together."""
    where = f"characteristic {characteristic.key!r}"
    _check_options(characteristic, where)
    _check_parts(characteristic, where)
    whole(characteristic.step, 1, None, f"{where}: step")
    for direction, expected in characteristic.expected.items():
        whole(expected, 0, FULL, f"{where}: expected: {direction.value}")
    for option, fitting in (characteristic.fits or {}).items():
        known([option], characteristic.options, f"{where}: complements")
        known(fitting, characteristic.options, f"{where}: complements: {option!r}")
        once(fitting, f"{where}: complements: {option!r}")


def _check_options(characteristic: Characteristic, where: str) -> None:
    scale = characteristic.kind == Kind.SCALE
    if scale and characteristic.options:
        raise EngineError(f"{where}: a scale has no options")
    if not scale and not characteristic.options:
        raise EngineError(f"{where}: needs at least one option")
    once(characteristic.options, f"{where}: options")
    for parent in characteristic.parents:
        if parent in characteristic.options:
            raise EngineError(f"{where}: {parent!r} is both an option and a parent")


def _check_parts(characteristic: Characteristic, where: str) -> None:
    category = characteristic.kind == Kind.CATEGORY
    if len(characteristic.parents) != (len(characteristic.options) if category else 0):
        raise EngineError(f"{where}: one parent or none for each option of a category, none for others")
    if characteristic.fits is not None and not category:
        raise EngineError(f"{where}: only a category has a map of complements")
    if characteristic.counterpart is not None and characteristic.kind != Kind.MULTI:
        raise EngineError(f"{where}: only a multi has a counterpart")


def _check_counterpart(characteristic: Characteristic, by_key: Mapping[str, Characteristic]) -> None:
    if characteristic.counterpart is None:
        return
    where = f"characteristic {characteristic.key!r}: counterpart"
    counterpart = by_key.get(characteristic.counterpart)
    if counterpart is None:
        raise EngineError(f"{where}: there is no characteristic {characteristic.counterpart!r}")
    if counterpart.kind != Kind.MULTI:
        raise EngineError(f"{where}: {characteristic.counterpart!r} is not a multi")


def check_person(person: Person, by_key: Mapping[str, Characteristic]) -> None:
    """Raise `EngineError` where a person's places, values, purposes or preferences break a rule.

    `by_key` is a catalogue or a plain mapping of characteristics.
    """
    where = f"person {person.id!r}"
    if person.mentor is not None:
        _check_places(person.mentor, where)
    for key, value in person.values.items():
        check_value(_named(key, by_key, f"{where}: values"), value, where)
    for key in person.purposes:
        if not _named(key, by_key, f"{where}: purposes").surface:
            raise EngineError(f"{where}: purposes: {key!r} is not surface, so has no purpose")
    for role in Role:
        check_preferences(person.preferences(role), role, by_key, where)


def _named(key: str, by_key: Mapping[str, Characteristic], where: str) -> Characteristic:
    if key not in by_key:
        raise EngineError(f"{where}: there is no characteristic {key!r}")
    return by_key[key]


def _check_places(places: Places, where: str) -> None:
    whole(places.capacity, 0, MOST_PLACES, f"{where}: capacity")
    whole(places.taken, 0, None, f"{where}: taken")
    if places.taken > places.capacity:
        raise EngineError(f"{where}: taken is {places.taken}, above the capacity of {places.capacity}")


def check_value(characteristic: Characteristic, value: Value, where: str) -> None:
    """Raise `EngineError` where a value is not one that this characteristic can have."""
    where = f"{where}: {characteristic.key!r}"
    if characteristic.kind == Kind.SCALE:
        whole(value, SCALE[0], SCALE[-1], where)
    elif characteristic.kind == Kind.MULTI:
        if not isinstance(value, tuple):
            raise EngineError(f"{where}: must be a list of options")
        known(value, characteristic.options, where)
        once(value, where)
        if len(value) > MOST_CHOSEN:
            raise EngineError(f"{where}: has {len(value)} options, more than {MOST_CHOSEN}")
    elif not isinstance(value, str):
        raise EngineError(f"{where}: must be one option, as text")
    else:
        known([value], characteristic.options, where)


def check_preferences(
    preferences: Iterable[Preference],
    role: Role,
    by_key: Mapping[str, Characteristic],
    where: str,
) -> None:
    """Raise `EngineError` where the preferences somebody has in a role break a rule."""
    where = f"{where}: preferences as {role.value}"
    seen: set[str] = set()
    for preference in preferences:
        characteristic = _named(preference.characteristic, by_key, where)
        if characteristic.key in seen:
            raise EngineError(f"{where}: a second preference on {characteristic.key!r}")
        seen.add(characteristic.key)
        _check_direction(preference, characteristic, where)
        if role is Role.MENTOR and preference.strength == Strength.REQUIRE:
            _check_mentor_condition(preference, characteristic, by_key, where)


def _check_direction(preference: Preference, characteristic: Characteristic, where: str) -> None:
    where = f"{where}: {characteristic.key!r}"
    direction = preference.direction
    if not allowed(characteristic, direction):
        raise EngineError(f"{where}: {direction.value!r} is not possible here ({characteristic.kind.value})")
    if direction != Direction.ONE_OF:
        if preference.options:
            raise EngineError(f"{where}: options go with 'one_of' only")
        return
    if not preference.options:
        raise EngineError(f"{where}: 'one_of' needs at least one option")
    known(preference.options, (*characteristic.options, *characteristic.parents), where)
    once(preference.options, where)


def _check_mentor_condition(
    preference: Preference,
    characteristic: Characteristic,
    by_key: Mapping[str, Characteristic],
    where: str,
) -> None:
    """A counterpart is looked at too, else a condition could reach a surface value by that way."""
    looked_at = characteristic
    if preference.direction == Direction.COMPLEMENTS and characteristic.counterpart is not None:
        looked_at = by_key[characteristic.counterpart]
    if characteristic.surface or looked_at.surface:
        raise EngineError(f"{where}: {characteristic.key!r}: a mentor can't require a surface characteristic")
