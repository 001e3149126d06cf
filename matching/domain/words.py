"""Mentors by words of their name, of what they write, and of their work."""

import numpy as np
from django.db import connection

from matching import engine
from matching.domain.ids import WIDTH, ids_of
from matching.engine.rules import Array

_FIND = """
    SELECT string_agg(uuid_send(person_id), '') FROM matching_packedmentor
     WHERE programme_id = %s AND present AND words @@ (
         SELECT string_agg('''' || word || ''':*', ' & ')::tsquery FROM unnest(matching_words(%s)) AS word
     )
"""


def with_words(pool: engine.Pool, programme: int, words: str) -> Array:
    """Who of the pool has a word that begins with each of these, (N,) bool. One query.

    Case, accents and apostrophes don't count (`matching_plain` in the database). Identity is never looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [programme, words])
        found = cursor.fetchone()[0] or b""
    return ids_of(pool.people).mask(np.frombuffer(found, f"S{WIDTH}"))
