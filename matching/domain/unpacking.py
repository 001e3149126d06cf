"""Packed rows into the engine's arrays, without an object for anybody.

How they are packed stands in `migrations/0002_packing.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching import engine
from matching.domain.ids import Ids
from matching.domain.topic import ORGANISATION, Topic, looked_at
from matching.engine.columns import column_of
from matching.engine.measures import WORD
from matching.engine.people import ASK_CODES, DIRECTIONS, Asks, ask_code, asked_by, with_targets
from matching.engine.rules import Array
from matching.enums import Direction
from mentoring.enums import Kind

HEAD: Final = np.dtype(
    [
        ("id", "S16"),
        ("stamp", ">i8"),
        ("organisation", ">i4"),
        ("capacity", ">i4"),
        ("taken", ">i4"),
        ("paused", ">i4"),
        ("present", ">i4"),
        ("answers", ">i4"),
        ("asks", ">i4"),
    ]
)
"""What is of the same length for everybody; the last two say how many words of the others are theirs."""

WORDS: Final = np.dtype(">i4")
NOT_OFFERED: Final = ASK_CODES
_ONE_OF: Final = DIRECTIONS.index(engine.Direction.ONE_OF)


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed rows one after the other: N heads (dtype HEAD), and the words of all answers and of all asks."""

    heads: Array
    answers: Array
    asks: Array

    @classmethod
    def of(cls, heads: bytes, answers: bytes, asks: bytes) -> "Packed":
        """Out of three columns, each of them all rows' bytes one after the other."""
        return cls(
            np.frombuffer(heads, HEAD),
            np.frombuffer(answers, WORDS).astype(np.int32),
            np.frombuffer(asks, WORDS).astype(np.int32),
        )


class Unpacking:
    """What the words mean in a catalogue of what is offered; words about anything else are left out.

    A condition about identity of these people counts as a need (a mentor's is never a condition).
    """

    def __init__(self, catalogue: engine.Catalogue, offered: Mapping[str, Topic]) -> None:
        self._catalogue = catalogue
        topics = [offered[key] for key in catalogue]
        self._employer = next((at for at, topic in enumerate(topics) if topic.derived == ORGANISATION), None)
        self._numbered = _table({topic.number: place for place, topic in enumerate(topics)})
        # The last entry of these two is what the place -1 finds.
        self._scales = np.array([*(topic.kind == Kind.SCALE for topic in topics), False], np.bool_)
        self._asked = np.array([*(_asked_codes(topic, offered) for topic in topics), [NOT_OFFERED] * ASK_CODES])
        options = [
            (choice.row, place, code)
            for place, topic in enumerate(topics)
            if not topic.derived and topic.kind != Kind.SCALE
            for code, choice in enumerate(topic.choices.values())
        ]
        self._places = _table({row: place for row, place, _ in options})
        self._codes = _table({row: code for row, _, code in options})
        employers = topics[self._employer].choices.values() if self._employer is not None else ()
        self._employers = _table({choice.row: code for code, choice in enumerate(employers)})

    def people(self, packed: Packed, role: engine.Role) -> engine.People:
        """Those of the rows who are present, which must be in ascending order of ids."""
        here = packed.heads["present"] > 0
        heads = packed.heads[here]
        values = self._values(heads, packed.answers[np.repeat(here, packed.heads["answers"])])
        return engine.People(
            catalogue=self._catalogue,
            role=role,
            ids=Ids(heads["id"].copy()),
            values=values,
            shown=values,
            asks=self._asks(heads, packed.asks[np.repeat(here, packed.heads["asks"])], values),
            capacity=heads["capacity"].astype(np.int32),
            taken=heads["taken"].astype(np.int32),
            paused=heads["paused"] > 0,
        )

    def _values(self, heads: Array, words: Array) -> dict[str, Array]:
        row = np.repeat(np.arange(heads.size, dtype=np.int32), heads["answers"])
        place, code = _look(self._places, words), _look(self._codes, words)
        points = np.flatnonzero(words < 0)
        number, point = np.divmod(-words[points], 8)
        scale = _look(self._numbered, number)
        place[points] = np.where(self._scales[scale], scale, -1)
        code[points] = point - 1
        if self._employer is not None:
            employer = _look(self._employers, heads["organisation"])
            row = np.concatenate([row, np.arange(heads.size, dtype=np.int32)])
            place = np.concatenate([place, np.where(employer >= 0, self._employer, -1)])
            code = np.concatenate([code, employer])
        order = np.argsort(place.astype(np.int16), kind="stable")
        ends = np.searchsorted(place[order], np.arange(len(self._catalogue) + 1))
        return {
            key: column_of(self._catalogue[key], row[at], code[at], heads.size)
            for number, key in enumerate(self._catalogue)
            for at in (order[ends[number] : ends[number + 1]],)
        }

    def _asks(self, heads: Array, words: Array, values: Mapping[str, Array]) -> Asks:
        begins = words < 0
        row = np.repeat(np.arange(heads.size, dtype=np.int32), heads["asks"])[begins]
        number, code = np.divmod(-words[begins] - 1, 256)
        about = _look(self._numbered, number)
        code = self._asked[about, code]
        wanted = self._wanted(begins, words, about)
        keep = (code != NOT_OFFERED) & ((code // (ASK_CODES // len(DIRECTIONS)) != _ONE_OF) | wanted.any(axis=0))
        return with_targets(
            self._catalogue,
            values,
            row=row[keep],
            about=about[keep].astype(np.uint16),
            code=code[keep].astype(np.uint8),
            wanted=wanted[:, keep],
        )

    def _wanted(self, begins: Array, words: Array, about: Array) -> Array:
        """(words, E) uint64: for each ask the options that follow it, as bits."""
        ask = (np.cumsum(begins) - 1)[~begins]
        option, place = words[~begins], about[ask]
        code = np.where(_look(self._places, option) == place, _look(self._codes, option), -1)
        if self._employer is not None:
            code = np.where(place == self._employer, _look(self._employers, option), code)
        known = (code >= 0) & (place >= 0)
        code, ask = code[known], ask[known]
        wanted = np.zeros((self._catalogue.words, about.size), np.uint64)
        np.bitwise_or.at(wanted, (code // WORD, ask), np.uint64(1) << (code % WORD).astype(np.uint64))
        return wanted


def _table(found: Mapping[int, int]) -> Array:
    """What stands at each number; -1 where nothing does, as at the last place."""
    table = np.full(max(found, default=0) + 2, -1, np.int32)
    table[list(found)] = list(found.values())
    return table


def _look(table: Array, numbers: Array) -> Array:
    last = table.size - 1
    looked: Array = table.take(np.where((numbers >= 0) & (numbers < last), numbers, last))
    return looked


def _asked_codes(topic: Topic, offered: Mapping[str, Topic]) -> list[int]:
    """What each code of an ask about this counts as."""
    return [_asked_code(topic, code, offered) for code in range(ASK_CODES)]


def _asked_code(topic: Topic, code: int, offered: Mapping[str, Topic]) -> int:
    direction, strength = asked_by(code)
    if Direction(direction) not in topic.reasons:
        return NOT_OFFERED
    identity = topic.is_surface or looked_at(topic, direction, offered).is_surface
    if strength != engine.Strength.REQUIRE or not identity:
        return code
    return ask_code(direction, engine.Strength.NEED)
