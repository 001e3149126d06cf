"""A programme's mentors as a pool that this process keeps, and keeps current.

The first use reads all packed rows at once. Each later one asks for the rows that may have changed since: those
stamped with a transaction that was not known to be over when the rows were read last. A greatest version would not do:
a transaction with a smaller number may commit later.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from django.db import connection
from django.utils import timezone

from matching import engine
from matching.domain.merging import merged
from matching.domain.terms import Expected, engine_catalogue
from matching.domain.topic import Topic
from matching.domain.unpacking import Packed, Unpacking
from mentoring.domain import clock

MOST_KEPT: Final = 16
"""Programmes of which a process keeps a pool; the one used longest ago is forgotten."""

TRUSTED_FOR: Final = 12 * 60 * 60
"""Seconds without use after which all is read again: rows of memberships that are gone stay only for a day."""

_READ: Final = """
    COPY (
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
               pg_current_xact_id_if_assigned() IS NOT NULL,
               coalesce(string_agg(
                   uuid_send(person_id) || int8send(stamp) || int4send(coalesce(organisation_id, 0)::int)
                   || int4send(capacity) || int4send(taken)
                   || int4send((paused AND coalesce(paused_until > DATE '{today}', true))::int)
                   || int4send(present::int) || int4send(length(answers) / 4) || int4send(length(asks) / 4),
                   '' ORDER BY person_id, membership_id), ''),
               coalesce(string_agg(answers, '' ORDER BY person_id, membership_id), ''),
               coalesce(string_agg(asks, '' ORDER BY person_id, membership_id), '')
          FROM matching_packedmentor WHERE programme_id = {programme:d} AND ({which})
    ) TO STDOUT (FORMAT binary)
"""
_CHANGED: Final = "stamp >= {since:d}"
_BACK: Final = "paused_until > DATE '{last}' AND paused_until <= DATE '{today}'"
_HEADER: Final = 21
"""Bytes of a binary COPY before the first column: signature, flags, extension, the number of columns."""

_TRAILER: Final = 2


class _Rows(NamedTuple):
    """What was read: all transactions before `since` are in it; `writing` where this one has written something."""

    since: int
    writing: bool
    packed: Packed

    @property
    def recent(self) -> bytes:
        """The heads of the rows that will be read again next time, if nothing changes."""
        heads = self.packed.heads
        return bytes(heads[heads["stamp"] >= self.since].tobytes())


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """A pool as it was read. Never changed: a thread may still use it when others have a newer one."""

    offered: Mapping[str, Topic]
    expected: Expected
    unpacking: Unpacking
    pool: engine.Pool
    since: int
    recent: bytes
    writing: bool
    day: date
    read_at: float


@dataclass(slots=True)
class _Kept:
    """One programme's latest snapshot, and the lock that whoever refreshes it holds."""

    lock: Lock = field(default_factory=Lock)
    snapshot: _Snapshot | None = None


_kept: OrderedDict[int, _Kept] = OrderedDict()
_kept_lock = Lock()


def pool_of(*, programme: int, offered: Mapping[str, Topic], expected: Expected) -> engine.Pool:
    """The pool of a programme's approved mentors with an account in use, as it is now. One query.

    Full and paused mentors are in it; whose break ends on a day is back in every process on that day.
    `expected` are the programme's expected agreements.
    """
    kept = _keep(programme)
    with kept.lock:
        snapshot = _current(kept.snapshot, programme, offered, expected)
        # What a transaction has not committed may never come to be.
        if not snapshot.writing:
            kept.snapshot = snapshot
    return snapshot.pool


def _keep(programme: int) -> _Kept:
    with _kept_lock:
        kept = _kept.setdefault(programme, _Kept())
        _kept.move_to_end(programme)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return kept


def _current(last: _Snapshot | None, programme: int, offered: Mapping[str, Topic], expected: Expected) -> _Snapshot:
    today = timezone.localdate(clock.now())
    if last is None or time.monotonic() - last.read_at > TRUSTED_FOR or today < last.day:
        return _whole(programme, offered, expected, today)
    if last.offered != offered or last.expected != expected:
        return _whole(programme, offered, expected, today)
    rows = _read(programme, last.since, last.day, today)
    if rows.since < last.since:  # another server, with a copy of the database
        return _whole(programme, offered, expected, today)
    pool = last.pool
    if rows.packed.heads.tobytes() != last.recent:
        fresh = last.unpacking.people(rows.packed, engine.Role.MENTOR)
        pool = engine.Pool(merged(pool.people, fresh, rows.packed.heads["id"]))
    return _snapshot(offered, expected, last.unpacking, pool, rows, today)


def _whole(programme: int, offered: Mapping[str, Topic], expected: Expected, today: date) -> _Snapshot:
    unpacking = Unpacking(engine_catalogue(offered, expected), offered)
    rows = _read(programme, 0, today, today)
    pool = engine.Pool(unpacking.people(rows.packed, engine.Role.MENTOR))
    return _snapshot(offered, expected, unpacking, pool, rows, today)


def _snapshot(
    offered: Mapping[str, Topic], expected: Expected, unpacking: Unpacking, pool: engine.Pool, rows: _Rows, today: date
) -> _Snapshot:
    return _Snapshot(
        offered, expected, unpacking, pool, rows.since, rows.recent, rows.writing, today, read_at=time.monotonic()
    )


def _read(programme: int, since: int, last: date, today: date) -> _Rows:
    """The rows stamped since, with breaks as they are today; on another day than the last, those just over too.

    These are asked for only then, because no index has them.
    """
    which = _CHANGED.format(since=since)
    if last != today:
        which = f"{which} OR {_BACK.format(last=last.isoformat(), today=today.isoformat())}"
    query = _READ.format(programme=programme, today=today.isoformat(), which=which)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        before, writing, heads, answers, asks = _columns(b"".join(copy))
    return _Rows(int.from_bytes(before), writing != b"\0", Packed.of(heads, answers, asks))


def _columns(copied: bytes) -> Iterator[bytes]:
    """The columns of the one row of a binary COPY, each after its length."""
    at = _HEADER
    while at < len(copied) - _TRAILER:
        size = int.from_bytes(copied[at : at + 4])
        yield copied[at + 4 : at + 4 + size]
        at += 4 + size
