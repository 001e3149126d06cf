"""People as arrays, with some of them changed, new or gone."""

from dataclasses import replace

import numpy as np

from matching import engine
from matching.domain.ids import Ids, ids_of
from matching.engine.people import Asks
from matching.engine.rules import Array


def merged(people: engine.People, fresh: engine.People, gone: Array) -> engine.People:
    """`people` without those whose ids are `gone` (dtype S16), and with the `fresh` ones, who are all among those.

    Both hold `Ids` and have the same catalogue; nothing for rounds alone. Neither is changed.
    """
    ids, new = ids_of(people).raw, ids_of(fresh).raw
    kept = np.flatnonzero(~ids_of(people).mask(gone))
    order = np.insert(kept, np.searchsorted(ids[kept], new), ids.size + np.arange(new.size))
    values = {
        key: np.concatenate([column, fresh.values[key]], axis=-1)[..., order] for key, column in people.values.items()
    }
    return replace(
        people,
        ids=Ids(np.concatenate([ids, new])[order]),
        values=values,
        shown=values,
        asks=_taken(people.asks, fresh.asks, order),
        capacity=np.concatenate([people.capacity, fresh.capacity])[order],
        taken=np.concatenate([people.taken, fresh.taken])[order],
        paused=np.concatenate([people.paused, fresh.paused])[order],
    )


def _taken(one: Asks, other: Asks, order: Array) -> Asks:
    """The asks of both, one's people before the other's, in this order of people."""
    start = np.concatenate([one.start, one.start[-1] + other.start[1:]]).astype(np.int64)
    count = np.diff(start)[order]
    ends = np.cumsum(count)
    entries = np.repeat(start[order] - (ends - count), count) + np.arange(ends[-1] if ends.size else 0)
    return Asks(
        start=np.concatenate([[0], ends]).astype(np.int32),
        about=np.concatenate([one.about, other.about])[entries],
        code=np.concatenate([one.code, other.code])[entries],
        target=np.concatenate([one.target, other.target], axis=1)[:, entries],
        size=np.concatenate([one.size, other.size])[entries],
    )
