"""People of one role as arrays: one row each, in the order of their ids as text.

Everything that ranks or matches reads these arrays; `Person` objects are only one of the ways to fill them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from matching.engine.catalogue import Asked, Catalogue
from matching.engine.errors import EngineError
from matching.engine.measures import Target, join, pack
from matching.engine.rules import Array
from matching.engine.schema import Direction, Person, Places, Preference, Purpose, Role, Strength

DIRECTIONS: Final = tuple(Direction)
STRENGTHS: Final = tuple(Strength)
ASK_CODES: Final = len(DIRECTIONS) * len(STRENGTHS)


def ask_code(direction: Direction, strength: Strength) -> int:
    """What somebody asks in one characteristic as a number from 0 to `ASK_CODES` - 1."""
    return DIRECTIONS.index(direction) * len(STRENGTHS) + STRENGTHS.index(strength)


def asked_by(code: int) -> tuple[Direction, Strength]:
    """What `ask_code` was made of."""
    direction, strength = divmod(code, len(STRENGTHS))
    return DIRECTIONS[direction], STRENGTHS[strength]


@dataclass(frozen=True, slots=True, eq=False)
class Asks:
    """The E preferences of N people, each person's together and in the order given.

    Args:
        start: (N + 1,) int32; row i has the preferences `start[i]` to `start[i + 1]`.
        about: (E,) uint8 or uint16, the place of the characteristic in the catalogue.
        code: (E,) uint8, the direction and strength (`ask_code`).
        target: (words, E) uint64, what is compared with the other's answer: for `one_of` the options wanted as
            bits; else the own answer, a code or bits, those of a multi that complements in its counterpart's
            places. Zero until `with_targets` has filled it in.
        size: (E,) uint8, how many options of one's own a multi compares; 0 elsewhere.
    """

    start: Array
    about: Array
    code: Array
    target: Array
    size: Array

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for array in (self.start, self.about, self.code, self.target, self.size))

    @property
    def row(self) -> Array:
        """(E,) the row of who asks."""
        return np.repeat(np.arange(self.start.size - 1, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """N people of one role.

    Args:
        ids: ascending as text, none twice.
        values: a column a characteristic, in the catalogue's order (shapes in `measures`): what may count here.
            Answers that are not surface or have the purpose `profile`; for a cohort those for `rounds` too.
        shown: the same without what is for rounds alone, which is all that conditions look at. The same
            columns as `values` where nothing is for rounds.
        asks: what they ask of the others, without what is skipped for want of an own answer in `values`.
        capacity, taken: (N,) int32, places in all and those taken; 0 for mentees.
        paused: (N,) bool.
    """

    catalogue: Catalogue
    role: Role
    ids: Sequence[str]
    values: Mapping[str, Array]
    shown: Mapping[str, Array]
    asks: Asks
    capacity: Array
    taken: Array
    paused: Array

    @classmethod
    def of(cls, catalogue: Catalogue, people: Iterable[Person], role: Role, *, rounds: bool = False) -> "People":
        """Those of these people who have the role. `rounds`: what they gave for rounds counts too.

        Raises `EngineError` for a second person of the same id, and for values and preferences that the
        catalogue doesn't know; other rules are `checks.check_person`'s to check.
        """
        found = sorted((person for person in people if person.has(role)), key=lambda person: person.id)
        ids = [person.id for person in found]
        _refuse_twice(ids)
        purposes = (Purpose.PROFILE, Purpose.ROUNDS) if rounds else (Purpose.PROFILE,)
        codes = [catalogue.codes(person, purposes) for person in found]
        values = _columns(catalogue, codes)
        shown = _columns(catalogue, [catalogue.shown(person) for person in found]) if rounds else values
        places = [(role is Role.MENTOR and person.mentor) or Places(0) for person in found]
        asked = [list(catalogue.asked(person, role, own)) for person, own in zip(found, codes, strict=True)]
        return cls(
            catalogue=catalogue,
            role=role,
            ids=ids,
            values=values,
            shown=shown,
            asks=_asks(catalogue, asked),
            capacity=np.array([place.capacity for place in places], np.int32),
            taken=np.array([place.taken for place in places], np.int32),
            paused=np.array([place.paused for place in places], np.bool_),
        )

    def __len__(self) -> int:
        return int(self.paused.size)

    @property
    def open(self) -> Array:
        """(N,) bool: who may be matched with anybody new; every mentee."""
        if self.role is Role.MENTEE:
            return np.ones(len(self), np.bool_)
        return (self.taken < self.capacity) & ~self.paused

    @property
    def nbytes(self) -> int:
        """Bytes in the arrays; ids are counted where they are arrays too."""
        columns = {id(column): column for column in (*self.values.values(), *self.shown.values())}
        arrays = (*columns.values(), self.capacity, self.taken, self.paused)
        return self.asks.nbytes + sum(array.nbytes for array in arrays) + getattr(self.ids, "nbytes", 0)

    def row_of(self, person: str) -> int | None:
        """The row of an id; None where there is nobody of that id."""
        row = bisect_left(self.ids, person)
        return row if row < len(self) and self.ids[row] == person else None

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """The rows of those of these ids that are here."""
        found = (self.row_of(each) for each in ids)
        return [row for row in found if row is not None]

    def codes(self, row: int, *, shown: bool = False) -> dict[str, int]:
        """One person's answers as codes, those not answered left out."""
        measure = self.catalogue.measure
        columns = self.shown if shown else self.values
        codes = {key: measure(key).code_at(column, row) for key, column in columns.items()}
        return {key: code for key, code in codes.items() if code is not None}

    def asked(self, row: int) -> list[Asked]:
        """What one person asks, in the order given."""
        return [self._asked(entry) for entry in range(int(self.asks.start[row]), int(self.asks.start[row + 1]))]

    def _asked(self, entry: int) -> Asked:
        key = self.catalogue.keys_in_order[int(self.asks.about[entry])]
        direction, strength = asked_by(int(self.asks.code[entry]))
        code = join(self.asks.target[:, entry])
        options = self.catalogue.measure(key).named(code) if direction == Direction.ONE_OF else ()
        return Asked(Preference(key, direction, strength, options), Target(code, int(self.asks.size[entry])))


def with_targets(
    catalogue: Catalogue, values: Mapping[str, Array], *, row: Array, about: Array, code: Array, wanted: Array
) -> Asks:
    """The asks of people whose answers are in `values`, with their targets and without those that are skipped.

    `row`, `about` and `code` (E,) in ascending order of rows, each person's in the order given; `wanted`
    (words, E) uint64 has the options of each `one_of` as bits.
    """
    target = wanted.copy()
    size = np.zeros(row.size, np.uint8)
    keep = np.ones(row.size, np.bool_)
    direction = code // len(STRENGTHS)
    for place, key in enumerate(catalogue):
        measure = catalogue.measure(key)
        compares = (about == place) & (direction != DIRECTIONS.index(Direction.ONE_OF))
        for number in np.unique(direction[compares]).tolist():
            at = np.flatnonzero(compares & (direction == number))
            own, sizes, known = measure.own_targets(DIRECTIONS[number], values[key][..., row[at]])
            target[: own.shape[0], at], size[at], keep[at] = own, sizes, known
    people = next(iter(values.values())).shape[-1] if values else 0
    count = np.bincount(row[keep], minlength=people)
    return Asks(
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
        about=about[keep],
        code=code[keep],
        target=np.ascontiguousarray(target[:, keep]),
        size=size[keep],
    )


def _asks(catalogue: Catalogue, asked: Sequence[Sequence[Asked]]) -> Asks:
    """The asks of people one by one."""
    flat = [each for row in asked for each in row]
    place = {key: number for number, key in enumerate(catalogue)}
    return Asks(
        start=np.cumsum([0, *(len(row) for row in asked)], dtype=np.int32),
        about=np.array([place[each.preference.characteristic] for each in flat], np.uint16),
        code=np.array([_code(each.preference) for each in flat], np.uint8),
        target=pack([each.target.code for each in flat], catalogue.words),
        size=np.array([each.target.size for each in flat], np.uint8),
    )


def _code(preference: Preference) -> int:
    return ask_code(Direction(preference.direction), Strength(preference.strength))


def _columns(catalogue: Catalogue, codes: Sequence[Mapping[str, int]]) -> dict[str, Array]:
    """One column for each characteristic of the catalogue, also for those that nobody answered."""
    rows: dict[str, list[int]] = {key: [] for key in catalogue}
    found: dict[str, list[int]] = {key: [] for key in catalogue}
    for row, person in enumerate(codes):
        for key, code in person.items():
            rows[key].append(row)
            found[key].append(code)
    return {key: catalogue.measure(key).column(rows[key], found[key], len(codes)) for key in catalogue}


def _refuse_twice(ids: Sequence[str]) -> None:
    for one, following in pairwise(ids):
        if one == following:
            raise EngineError(f"two people have the id {one!r}")
