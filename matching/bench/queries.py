"""The text of the one query in which PostgreSQL ranks all mentors for a mentee."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from matching.bench.topics import CATALOGUE, TOPICS, Topic
from matching.engine import Characteristic, Direction, Kind, Person, Preference, Purpose, Strength
from matching.engine.people import DIRECTIONS
from matching.engine.rules import parent_codes
from matching.engine.schema import DEFAULT_EXPECTED, SCALE, WEIGHTS

TABLE: Final = "bench_match_mentor"

Answers = Mapping[str, Any]


class Operand(NamedTuple):
    """An answer in SQL: a code and that of its group, or bits and how many there are."""

    value: str
    group: str = "NULL"
    size: str = "NULL"


class Judged(NamedTuple):
    """Agreement and passing in SQL."""

    agreement: str
    passes: str


def query(asker: Person, top: int, mentee_share: int) -> str:
    """Ids and scores of the best mentors for this mentee, in order."""
    asked = [
        each for each in asker.as_mentee if each.direction == Direction.ONE_OF or each.characteristic in asker.values
    ]
    weight = sum(WEIGHTS[each.strength] for each in asked)
    earned = " + ".join(_earned(asker, each) for each in asked if WEIGHTS[each.strength])
    required = [_about_mentors(asker, each).passes for each in asked if each.strength == Strength.REQUIRE]
    hidden = {key for key, purpose in asker.purposes.items() if purpose != Purpose.PROFILE}
    shown = {key: answer for key, answer in asker.values.items() if key not in hidden}
    conditions = f"(conditions = 0 OR {' AND '.join(_mentors_conditions(shown))})"
    return f"""
        SELECT id, CASE WHEN mine IS NULL THEN COALESCE(theirs, 5000)
            WHEN theirs IS NULL THEN mine
            ELSE ({mentee_share} * mine + {100 - mentee_share} * theirs) / 100 END AS score
        FROM (SELECT id, free_share, {f"10000 * ({earned}) / {60 * weight}" if weight else "NULL::integer"} AS mine,
            CASE WHEN weights > 0 THEN 10000 * ({" + ".join(_mentors_wishes(shown))}) / (60 * weights) END AS theirs
            FROM {TABLE} WHERE {" AND ".join(["has_place", *required, conditions])}) AS sides
        ORDER BY score DESC, free_share DESC, id LIMIT {top}"""


def bits(mask: int, size: int) -> str:
    """A bitmask as PostgreSQL writes bit strings: bit 0 comes first."""
    return f"{mask:0{size}b}"[::-1]


def _earned(asker: Person, wish: Preference) -> str:
    """What each mentor earns by one of the mentee's wishes."""
    topic = CATALOGUE[wish.characteristic]
    known = f"{_source(topic, wish.direction)} IS NOT NULL"
    agreement = _about_mentors(asker, wish).agreement
    return f"{WEIGHTS[wish.strength]} * CASE WHEN {known} THEN {agreement} ELSE {_expected(topic, wish.direction)} END"


def _about_mentors(asker: Person, wish: Preference) -> Judged:
    """One of the mentee's preferences, held against the columns of the mentors."""
    topic, direction = CATALOGUE[wish.characteristic], wish.direction
    own: Any = asker.values.get(topic.key)
    column = _source(topic, direction)
    if topic.kind == Kind.MULTI:
        if direction == Direction.ONE_OF:
            return _hit(_overlap(column, _set(topic, wish.options)))
        mine = Operand(_set(CATALOGUE[column], own), size=str(len(own)))
        return _multi(direction, mine, column)
    if direction == Direction.ONE_OF:
        return _hit(_among(column, _places(topic, wish.options)))
    if direction == Direction.COMPLEMENTS:
        return _hit(_among(column, _places(topic, (topic.fits or {}).get(own, ()))))
    return RULES[topic.kind](topic, direction, _literal(topic, own), _column(topic))


def _mentors_wishes(shown: Answers) -> Iterator[str]:
    """What the mentee earns by what each mentor asks, characteristic by characteristic."""
    for topic in _asked_by_mentors():
        cases = _cases(topic, shown, lambda judged: judged.agreement, _expected)
        yield f"COALESCE({topic.key}_weight * {cases}, 0)"


def _mentors_conditions(shown: Answers) -> Iterator[str]:
    """Whether the mentee meets each mentor's conditions, characteristic by characteristic."""
    for topic in _asked_by_mentors():
        if not topic.characteristic.surface:
            cases = _cases(topic, shown, lambda judged: judged.passes, lambda *_: "false")
            yield f"({topic.key}_weight IS DISTINCT FROM 0 OR {cases})"


def _asked_by_mentors() -> Iterator[Topic]:
    return (topic for topic in TOPICS if topic.answered[1])


def _cases(
    topic: Topic,
    shown: Answers,
    part: Callable[[Judged], str],
    unknown: Callable[[Characteristic, Direction], object],
) -> str:
    """What comes of each direction in which a mentor may ask."""
    cases = []
    for direction in topic.directions:
        answer = shown.get(_source(topic.characteristic, direction))
        found = unknown(topic.characteristic, direction)
        if answer is not None:
            found = part(_about_mentee(topic.characteristic, direction, answer))
        cases.append(f"WHEN {DIRECTIONS.index(direction)} THEN {found}")
    return f"CASE {topic.key}_direction {' '.join(cases)} END"


def _about_mentee(topic: Characteristic, direction: Direction, answer: Any) -> Judged:
    """What the mentors ask in one characteristic and direction, held against the mentee's answer."""
    if topic.kind == Kind.MULTI:
        if direction == Direction.ONE_OF:
            return _hit(_overlap(f"{topic.key}_wanted", _set(topic, answer)))
        return _multi(direction, Operand(topic.key, size=f"bit_count({topic.key})"), _set(topic, answer))
    if direction == Direction.ONE_OF:
        return _hit(f"get_bit({topic.key}_wanted, {_places(topic, [answer])[0]}) = 1")
    if direction == Direction.COMPLEMENTS:
        fitting = [option for option, fits in (topic.fits or {}).items() if answer in fits]
        return _hit(_among(topic.key, _places(topic, fitting)))
    return RULES[topic.kind](topic, direction, _column(topic), _literal(topic, answer))


def _source(topic: Characteristic, direction: Direction) -> str:
    """Which answer of the other is looked at."""
    return (topic.counterpart or topic.key) if direction == Direction.COMPLEMENTS else topic.key


def _expected(topic: Characteristic, direction: Direction) -> int:
    return topic.expected.get(direction, DEFAULT_EXPECTED)


def _places(topic: Characteristic, options: Iterable[Any]) -> list[int]:
    """The codes of these options."""
    codes = list(SCALE) if topic.kind == Kind.SCALE else list(topic.options)
    return [codes.index(option) for option in options]


def _set(topic: Characteristic, options: Iterable[str]) -> str:
    """Those of these options that the characteristic has, as a bit string."""
    mask = sum(1 << place for place in _places(topic, [each for each in options if each in topic.options]))
    return f"B'{bits(mask, len(topic.options))}'"


def _literal(topic: Characteristic, answer: Any) -> Operand:
    code = _places(topic, [answer])[0]
    group = int(parent_codes(topic)[code]) if any(topic.parents) else None
    return Operand(str(code), "NULL::integer" if group is None else str(group))


def _column(topic: Characteristic) -> Operand:
    return Operand(topic.key, f"{topic.key}_group" if any(topic.parents) else "NULL::integer")


def _among(column: str, codes: Iterable[int]) -> str:
    listed = ", ".join(map(str, codes))
    return f"{column} IN ({listed})" if listed else "false"


def _overlap(mine: str, theirs: str) -> str:
    return f"bit_count({mine} & {theirs}) > 0"


def _hit(holds: str) -> Judged:
    return Judged(f"CASE WHEN {holds} THEN 60 ELSE 0 END", holds)


def _category(topic: Characteristic, direction: Direction, mine: Operand, theirs: Operand) -> Judged:
    equal = f"{mine.value} = {theirs.value}"
    group = f"WHEN {mine.group} = {theirs.group} THEN 30" if any(topic.parents) else ""
    same = f"CASE WHEN {equal} THEN 60 {group} ELSE 0 END"
    return Judged(same, equal) if direction == Direction.SAME else Judged(f"(60 - {same})", f"NOT {equal}")


def _ordinal(topic: Characteristic, direction: Direction, mine: Operand, theirs: Operand) -> Judged:
    if direction == Direction.ABOVE:
        above = f"{theirs.value} > {mine.value}"
        return Judged(f"CASE WHEN {above} THEN 60 WHEN {theirs.value} = {mine.value} THEN 30 ELSE 0 END", above)
    apart = f"abs({theirs.value} - {mine.value})"
    same = f"greatest(60 - {topic.step} * {apart}, 0)"
    return Judged(same, f"{apart} <= 1") if direction == Direction.SAME else Judged(f"(60 - {same})", f"{apart} > 0")


def _scale(topic: Characteristic, direction: Direction, mine: Operand, theirs: Operand) -> Judged:
    apart = f"abs({theirs.value} - {mine.value})"
    if direction == Direction.SAME:
        return Judged(f"(60 - 15 * {apart})", f"{apart} <= 1")
    return Judged(f"15 * {apart}", f"{apart} >= 2")


def _multi(direction: Direction, mine: Operand, theirs: str) -> Judged:
    common = f"bit_count({mine.value} & {theirs})"
    share = f"60 * {common} / {mine.size}"
    if direction == Direction.DIFFERENT:
        return Judged(f"(60 - {share})", f"2 * {common} < {mine.size}")
    return Judged(share, f"2 * {common} >= {mine.size}")


RULES: Final[Mapping[Kind, Callable[[Characteristic, Direction, Operand, Operand], Judged]]] = {
    Kind.CATEGORY: _category,
    Kind.ORDINAL: _ordinal,
    Kind.SCALE: _scale,
}
