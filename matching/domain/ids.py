"""Many people's ids in 16 bytes each."""

from collections.abc import Iterable, Sequence
from typing import overload
from uuid import UUID

import numpy as np

from matching.engine import People
from matching.engine.rules import Array

WIDTH = 16


class Ids(Sequence[str]):
    """UUIDs in ascending order, read as text. Their bytes stand in the order of their text.

    `raw` is (N,) of 16 bytes each (dtype S16).
    """

    def __init__(self, raw: Array) -> None:
        self.raw = raw
        # An item of S16 itself loses zeros at its end.
        self._bytes = np.ascontiguousarray(raw).view(np.uint8).reshape(raw.size, WIDTH)

    def __len__(self) -> int:
        return int(self.raw.size)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return Ids(self.raw[at])
        return str(UUID(bytes=self._bytes[at].tobytes()))

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.raw.nbytes)

    def mask(self, others: Array) -> Array:
        """(N,) bool: who is among these (dtype S16); those not here are ignored."""
        found = np.zeros(len(self), np.bool_)
        at = np.searchsorted(self.raw, others)
        within = at < len(self)
        at, others = at[within], others[within]
        found[at[self.raw[at] == others]] = True
        return found


def ids_of(people: People) -> Ids:
    """The ids of people that were unpacked."""
    assert isinstance(people.ids, Ids)
    return people.ids


def raw_ids(people: Iterable[UUID]) -> Array:
    """Ids as `Ids` holds them, in the order given."""
    return np.frombuffer(b"".join(person.bytes for person in people), f"S{WIDTH}")
