"""What ranking a programme's mentors for one mentee starts from: the mentee, and the pool of mentors.

What others hid never gets into the pool: only answers for their profile are packed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from matching import engine
from matching.domain.expected import expected_for
from matching.domain.ids import ids_of, raw_ids
from matching.domain.mentor_pool import pool_of
from matching.domain.terms import (
    asks_by_person,
    employer_of,
    own_answers,
    preferences_from,
    purposes_from,
    requires_identity,
    values_from,
)
from matching.domain.topic import Topic, topics_in
from matching.engine.columns import answer
from matching.engine.rules import Array
from matching.enums import Side
from matching.models import Preference
from mentoring.domain import clock
from mentoring.enums import OPEN, MembershipState, MentorshipState, Role
from mentoring.models import KeptApart, Membership, Mentorship, Person, Programme


@dataclass(frozen=True, slots=True)
class Inputs:
    """One mentee, and the mentors of one programme.

    People are named by their id as text. `seen` is (N,) bool: whom of the pool's N the mentee may see at all.
    `excluded` holds the mentors whom they cannot ask: an open request or mentorship, an earlier ending, a recent no.
    `softened` names the mentee's own conditions that count as needs in this programme.
    """

    person: Person
    programme: Programme
    topics: Mapping[str, Topic]
    pool: engine.Pool
    asker: engine.Person
    seen: Array
    excluded: frozenset[str]
    softened: frozenset[str]

    def values_of(self, mentor: str) -> dict[str, engine.Value]:
        """What stands on a mentor's profile; nothing for who is not in the pool."""
        row = self.pool.people.row_of(mentor)
        codes = {} if row is None else self.pool.people.codes(row)
        return {key: answer(self.pool.catalogue[key], code) for key, code in codes.items()}


def gather(*, person: Person, programme: Programme) -> Inputs:
    """Everything that ranking this programme's mentors for the person needs, in ten queries, however many mentors."""
    offered = topics_in(programme)
    own_asks = asks_by_person(Preference.objects.filter(side=Side.AS_MENTEE, person=person)).get(person.pk, [])
    may_require = bool(programme.positive_action_reason)
    pool = pool_of(programme=programme.pk, offered=offered, expected=expected_for(programme))
    return Inputs(
        person=person,
        programme=programme,
        topics=offered,
        pool=pool,
        asker=_asker(person, own_asks, offered, may_require),
        seen=_seen(person, programme, pool),
        excluded=_excluded(person),
        softened=frozenset(
            row.characteristic_id for row in own_asks if not may_require and requires_identity(row, offered)
        ),
    )


def _asker(person: Person, asks: list[Preference], offered: Mapping[str, Topic], may_require: bool) -> engine.Person:
    answers = own_answers(person)
    return engine.Person(
        id=str(person.pk),
        mentee=True,
        values=values_from(answers, employer_of(person), offered),
        purposes=purposes_from(answers, offered),
        as_mentee=preferences_from(asks, offered, may_require),
    )


def _seen(person: Person, programme: Programme, pool: engine.Pool) -> Array:
    """As `mentors_visible_to` has it: nobody for who is no mentee here; never oneself, nobody kept apart from them."""
    mentee = Membership.objects.filter(
        person=person, programme=programme, role=Role.MENTEE, state=MembershipState.MEMBER
    )
    if not mentee.exists():
        return np.zeros(len(pool), np.bool_)
    apart = KeptApart.objects.filter(one=person).values_list("other_id", flat=True)
    hidden = raw_ids({person.pk, *apart})
    return ~ids_of(pool.people).mask(hidden)


def _excluded(person: Person) -> frozenset[str]:
    """Those with whom something is open, or who mentored the person before, or said no lately."""
    recent = clock.now() - clock.ASK_AGAIN_AFTER
    rows = Mentorship.objects.of(person).filter(
        Q(state__in=OPEN)
        | Q(state=MentorshipState.ENDED, mentee=person)
        | Q(state=MentorshipState.DECLINED, mentee=person, ended_at__gt=recent)
    )
    pairs = rows.values_list("mentee_id", "mentor_id")
    return frozenset(str(other) for pair in pairs for other in pair if other not in (None, person.pk))
