"""Ranking a pool of mentors for one mentee after the other, beside what else could be done."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean
from time import perf_counter
from typing import Any, Final

import numpy as np

from matching.bench.inputs import Crowd, crowd
from matching.bench.memory import resident
from matching.bench.naive import Naive
from matching.bench.report import Report, Row
from matching.bench.sql import Cursor, SqlRival
from matching.bench.topics import CATALOGUE
from matching.engine import Person, Pool, Role
from matching.engine.schema import DEFAULT_MENTEE_SHARE

TOP: Final = 20
RIVALS: Final = ("naive", "sql", "roofline")
OURS: Final = "ours"
LOOKED_AT: Final = {"naive": 2_500_000, "sql": 20_000_000}
"""How many mentors a slow rival looks at in all; it runs as many of the queries, 5 at least."""

Ranked = list[tuple[str, int]]


@dataclass(slots=True)
class Contender:
    """One way to rank, and its times in ms; it runs the first `most` queries and holds so many MB."""

    name: str
    run: Callable[[Person], Ranked | None]
    most: int
    held: float | None = None
    note: str = ""
    ms: list[float] = field(default_factory=list)
    checked: int = 0

    def timed(self, asker: Person) -> Ranked | None:
        """Run once on the clock."""
        start = perf_counter()
        found = self.run(asker)
        self.ms.append((perf_counter() - start) * 1000)
        return found


class Roofline:
    """Reads as many bytes as a ranking cannot do without, once, in memory as large as the pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._memory = np.arange(max(pool.nbytes // 8, 1), dtype=np.uint64)
        self._start = 0

    def run(self, asker: Person) -> None:
        """Each time from where the last one ended, so that no more of it is near the processor than of the pool."""
        words = min(self._pool.bytes_read(asker) // 8, self._memory.size)
        self._start = self._start if self._start + words <= self._memory.size else 0
        np.bitwise_xor.reduce(self._memory[self._start : self._start + words])
        self._start += words


def measure(size: int, queries: int, seed: int, against: Sequence[str], cursor: Cursor | None) -> Report:
    """Our ranking and these rivals on the same queries, all of them on one before the next.

    `cursor`: of PostgreSQL, for `sql`.
    """
    mentors = crowd(Role.MENTOR, size, seed)
    first, *askers = crowd(Role.MENTEE, queries + 1, seed).persons()
    pool = Pool(mentors.people())
    contenders = [*_ours(pool, queries), *_rivals(pool, mentors, queries, against, cursor)]
    for contender in contenders:
        contender.run(first)
    gc.collect()
    gc.freeze()
    unequal = [line for number, asker in enumerate(askers) for line in _one_query(contenders, number, asker)]
    peaks = {OURS: _peak(pool, askers)}
    return Report(
        job="rank",
        sizes={"pool": size, "queries": queries, "seed": seed},
        rows=[Row(each.name, each.ms, OURS, each.held, peaks.get(each.name), each.note) for each in contenders],
        checked={each.name: each.checked for each in contenders if each.name in RIVALS and each.checked},
        unequal=unequal,
        facts=_facts(pool, askers),
    )


def _one_query(contenders: Sequence[Contender], number: int, asker: Person) -> Iterator[str]:
    """Run all who are to, each time another one first, as it finds the processor's cache as the last one left it.

    Yields a line for each whose result is not ours, ids and scores in order.
    """
    first = number % len(contenders)
    running = [each for each in (*contenders[first:], *contenders[:first]) if number < each.most]
    found = {each.name: each.timed(asker) for each in running}
    for contender in running:
        result = found[contender.name]
        if result is not None and contender.name != OURS:
            contender.checked += 1
            if result != found[OURS]:
                yield f"{contender.name}: mentee {asker.id}"


def _ours(pool: Pool, queries: int) -> Iterator[Contender]:
    def rank(asker: Person) -> Ranked:
        ranking = pool.rank(asker, top=TOP)
        return list(zip(ranking.ids, ranking.scores, strict=True))

    def explain(asker: Person) -> Ranked:
        return [(match.id, match.score) for match in pool.rank(asker, top=TOP).matches]

    held = pool.nbytes / 1e6
    yield Contender(OURS, rank, queries, held, f"top {TOP}; {pool.nbytes / max(len(pool), 1):.0f} bytes a mentor")
    yield Contender("ours, reasons too", explain, queries)


def _rivals(
    pool: Pool, mentors: Crowd, queries: int, against: Sequence[str], cursor: Cursor | None
) -> Iterator[Contender]:
    if "roofline" in against:
        yield Contender("roofline", Roofline(pool).run, queries, note="reads the bytes needed, once")
    if "sql" in against and cursor is not None:
        table = SqlRival(cursor, mentors)
        held = table.bytes_held() / 1e6
        most = _most("sql", len(mentors), queries)
        run = _ranker(table)
        yield Contender("sql", run, most, held, "one query, PostgreSQL as it comes (parallel where it wants)")
    if "naive" in against:
        before = resident()
        objects = Naive(CATALOGUE, mentors.persons())
        most = _most("naive", len(mentors), queries)
        yield Contender("naive", _ranker(objects), most, resident() - before, "objects in Python")


def _ranker(rival: Naive | SqlRival) -> Callable[[Person], Ranked]:
    return lambda asker: rival.rank(asker, TOP, DEFAULT_MENTEE_SHARE)


def _most(name: str, size: int, queries: int) -> int:
    return min(queries, max(5, LOOKED_AT[name] // max(size, 1)))


def _peak(pool: Pool, askers: Sequence[Person]) -> float:
    """MB that a query takes at most beside the pool itself."""
    tracemalloc.start()
    for asker in askers[:10]:
        pool.rank(asker, top=TOP)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _facts(pool: Pool, askers: Sequence[Person]) -> dict[str, Any]:
    """What the figures depend on."""
    eligible = mean(pool.rank(asker, top=0).eligible for asker in askers) / max(len(pool), 1)
    read = mean(pool.bytes_read(asker) for asker in askers)
    return {"eligible, %": round(100 * eligible, 1), "read by a query, MB": round(read / 1e6, 2)}
