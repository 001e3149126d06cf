"""The rival in SQL: one query over one table of mentors, as somebody who knows PostgreSQL would write it.

A row a mentor: answers in typed columns (sets as bit strings) and what is asked in columns beside them, so that
nothing is joined; what is filtered by is indexed, and the database computes the whole score. The table is unlogged,
not temporary, because only one process would read a temporary one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from matching.bench.inputs import UNKNOWN, Crowd
from matching.bench.queries import TABLE, bits, query
from matching.bench.topics import CATALOGUE, TOPICS
from matching.engine import Direction, Kind, Person, Strength
from matching.engine.people import DIRECTIONS, STRENGTHS
from matching.engine.rules import Array, parent_codes
from matching.engine.schema import WEIGHTS

ROWS_AT_A_TIME: Final = 20_000
NULL: Final = "\\N"


class Cursor(Protocol):
    """A cursor of psycopg, or Django's around one."""

    def execute(self, query: str) -> Any:
        """Run a statement."""

    def fetchall(self) -> list[Any]:
        """What the last statement found."""

    def copy(self, statement: str) -> Any:
        """A context in which rows are written."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `codes` (N,) whole numbers, UNKNOWN for NULL, `bits` for a bit string of that length."""

    name: str
    kind: str
    codes: Array
    bits: int = 0

    def texts(self, rows: slice) -> list[str]:
        """As COPY reads them."""
        codes, back = np.unique(self.codes[rows], return_inverse=True)
        texts = np.array([self._text(int(code)) for code in codes], object)
        listed: list[str] = texts[back].tolist()
        return listed

    def _text(self, code: int) -> str:
        if code == UNKNOWN:
            return NULL
        return bits(code, self.bits) if self.bits else str(code)


def drop_table(cursor: Cursor) -> None:
    """Remove the table, if there is one."""
    cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class SqlRival:
    """A table of these mentors, filled, indexed and analysed."""

    def __init__(self, cursor: Cursor, mentors: Crowd) -> None:
        self._cursor = cursor
        drop_table(cursor)
        columns = list(_columns(mentors))
        declared = ", ".join(f"{column.name} {column.kind}" for column in columns)
        cursor.execute(
            f'CREATE UNLOGGED TABLE {TABLE} (id text COLLATE "C" PRIMARY KEY, {declared},'
            " has_place boolean GENERATED ALWAYS AS (taken < capacity AND paused = 0) STORED,"
            " free_share float8 GENERATED ALWAYS AS ((capacity - taken)::float8 / capacity) STORED)"
        )
        with cursor.copy(f"COPY {TABLE} (id, {', '.join(column.name for column in columns)}) FROM STDIN") as copy:
            for first in range(0, len(mentors), ROWS_AT_A_TIME):
                rows = slice(first, first + ROWS_AT_A_TIME)
                cells = zip(mentors.ids[rows], *(column.texts(rows) for column in columns), strict=True)
                copy.write("".join("\t".join(row) + "\n" for row in cells))
        for topic in TOPICS:
            if topic.characteristic.kind != Kind.MULTI:
                cursor.execute(f"CREATE INDEX ON {TABLE} ({topic.key}) WHERE has_place")
        cursor.execute(f"ANALYZE {TABLE}")

    def rank(self, asker: Person, top: int, mentee_share: int) -> list[tuple[str, int]]:
        """The ids and scores of the best mentors."""
        self._cursor.execute(query(asker, top, mentee_share))
        return [(name, score) for name, score in self._cursor.fetchall()]

    def bytes_held(self) -> int:
        """Bytes of the table and its indexes."""
        self._cursor.execute(f"SELECT pg_total_relation_size('{TABLE}')")
        return int(self._cursor.fetchall()[0][0])


def _columns(mentors: Crowd) -> Iterator[Column]:
    yield Column("capacity", "smallint", mentors.capacity)
    yield Column("taken", "smallint", mentors.taken)
    yield Column("paused", "smallint", mentors.paused.astype(np.int8))
    for key, characteristic in CATALOGUE.items():
        codes, options = mentors.visible(key), len(characteristic.options)
        if characteristic.kind == Kind.MULTI:
            yield Column(key, f"bit({options})", codes, options)
            continue
        yield Column(key, "smallint", codes)
        if any(characteristic.parents):
            groups = np.append(parent_codes(characteristic), UNKNOWN)
            yield Column(f"{key}_group", "smallint", groups[codes])
    yield from _asks(mentors)


def _asks(mentors: Crowd) -> Iterator[Column]:
    """Weight (0 for a condition), direction and options wanted of each ask that is not skipped, and their sums."""
    direction, strength = np.divmod(mentors.code, len(STRENGTHS))
    weight = np.array([WEIGHTS[each] for each in STRENGTHS], np.int8)[strength]
    one_of = direction == DIRECTIONS.index(Direction.ONE_OF)
    own = np.stack([mentors.visible(topic.key) != UNKNOWN for topic in TOPICS])
    kept = one_of | own[mentors.about, mentors.row]
    for place, topic in enumerate(TOPICS):
        at = np.flatnonzero(kept & (mentors.about == place))
        options = len(topic.characteristic.options)
        yield Column(f"{topic.key}_weight", "smallint", _spread(mentors, at, weight))
        yield Column(f"{topic.key}_direction", "smallint", _spread(mentors, at, direction.astype(np.int8)))
        if Direction.ONE_OF in topic.directions:
            wanted = _spread(mentors, at[one_of[at]], mentors.wanted.astype(np.int64))
            yield Column(f"{topic.key}_wanted", f"bit({options})", wanted, options)
    requires = kept & (strength == STRENGTHS.index(Strength.REQUIRE))
    yield Column("conditions", "smallint", np.bincount(mentors.row[requires], minlength=len(mentors)))
    weights = np.bincount(mentors.row[kept], weight[kept], minlength=len(mentors))
    yield Column("weights", "smallint", weights.astype(np.int64))


def _spread(mentors: Crowd, at: Array, values: Array) -> Array:
    """A value for who asks, UNKNOWN for the others, (N,)."""
    column = np.full(len(mentors), UNKNOWN, values.dtype)
    column[mentors.row[at]] = values[at]
    return column
