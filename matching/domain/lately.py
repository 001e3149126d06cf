"""How lately the mentors of a pool were here, as coarse as their cards say it."""

import numpy as np
from django.db import connection

from matching import engine
from matching.domain.ids import WIDTH, ids_of
from matching.engine.rules import Array
from mentoring.domain.activity import since
from mentoring.enums import Lately

_FIND = """
    SELECT string_agg(uuid_send(person.id), '') FILTER (WHERE person.active_on >= %s),
           string_agg(uuid_send(person.id), '')
      FROM matching_packedmentor packed JOIN mentoring_person person ON person.id = packed.person_id
     WHERE packed.programme_id = %s AND packed.present AND person.active_on >= %s
"""


def lately(pool: engine.Pool, programme: int) -> Array:
    """For each of the pool, (N,) int: 2 for this week, 1 for this month, else 0. One query.

    Not the day itself: an order by days would tell it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [since(Lately.THIS_WEEK), programme, since(Lately.THIS_MONTH)])
        found = cursor.fetchone()
    masks = (ids_of(pool.people).mask(np.frombuffer(each or b"", f"S{WIDTH}")) for each in found)
    keys: Array = np.add.reduce([mask.astype(np.int64) for mask in masks])
    return keys
