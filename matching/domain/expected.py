"""How far random pairs of a programme agree: what counts where somebody has not said, so that silence costs nothing.

Made of what stands on profiles alone, day by day, of so many people that it says nothing of any of them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from matching import engine
from matching.domain.terms import engine_catalogue
from matching.domain.topic import Topic, topics_in
from matching.domain.unpacking import Packed, Unpacking
from matching.engine.checks import allowed
from matching.engine.measures import Coded, Measure, widen
from matching.engine.rules import Array, multi_agreement
from matching.models import ProgrammeFigures
from mentoring.domain import clock
from mentoring.enums import Role
from mentoring.models import Membership, Programme

PAIRS: Final = 20_000
MOST_READ: Final = 2_000
"""People of a role that the pairs are drawn from, drawn by lot themselves."""

FEWEST_PAIRS: Final = 50
"""Pairs of whom both have said something, below which there is no figure (our decision)."""

FEWEST_PEOPLE: Final = 11
"""People on each side who have said something, below which there is no figure: the small-number rule (our decision)."""

COMPARED: Final = tuple(each for each in engine.Direction if each is not engine.Direction.ONE_OF)
"""What `one_of` asks for is not a matter of pairs: the engine's default counts there."""

Figures = dict[str, dict[str, int]]


def expected_for(programme: Programme) -> Figures:
    """The programme's expected agreements, 0 to 60, by characteristic and direction. One query."""
    return next(iter(ProgrammeFigures.objects.filter(pk=programme.pk).values_list("expected", flat=True)), {})


def version_of(programme: Programme) -> int:
    """Which version of its figures the programme is at; 0 before there are any. One query."""
    return next(iter(ProgrammeFigures.objects.filter(pk=programme.pk).values_list("version", flat=True)), 0)


def refresh_due() -> int:
    """Work out the figures of every programme that has none of today; of how many."""
    now = clock.now()
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    due = Programme.objects.exclude(pk__in=ProgrammeFigures.objects.filter(computed_at__gte=today).values("pk"))
    programmes = list(due.order_by("pk"))
    for programme in programmes:
        refresh(programme, topics_in(programme), now)
    return len(programmes)


@transaction.atomic
def refresh(programme: Programme, offered: Mapping[str, Topic], now: datetime) -> None:
    """Work out one programme's figures. On one day they come out the same for the same people."""
    ProgrammeFigures.objects.get_or_create(pk=programme.pk, defaults={"computed_at": now})
    row = ProgrammeFigures.objects.select_for_update().get(pk=programme.pk)
    rng = np.random.default_rng([timezone.localtime(now).toordinal(), programme.pk])
    unpacking = Unpacking(engine_catalogue(offered), offered)
    mentees, mentors = (_people(programme, role, unpacking, rng) for role in (Role.MENTEE, Role.MENTOR))
    found = figures(mentees, mentors, rng)
    if found != row.expected:
        row.version += 1
    row.expected, row.computed_at = found, now
    row.save(update_fields=["expected", "version", "computed_at"])


def figures(mentees: engine.People, mentors: engine.People, rng: np.random.Generator) -> Figures:
    """The mean agreement of random pairs, by characteristic and direction, where enough is known on both sides."""
    if not len(mentees) or not len(mentors):
        return {}
    one, other = (rng.integers(len(people), size=PAIRS) for people in (mentees, mentors))
    apart = np.array(mentees.ids)[one] != np.array(mentors.ids)[other]
    one, other = one[apart], other[apart]
    found: Figures = {}
    for key, direction in _compared(mentees.catalogue):
        measure = mentees.catalogue.measure(key)
        theirs = mentors.values[measure.source(direction)]
        own, size, known = measure.own_targets(direction, mentees.values[key])
        shown = mentees.catalogue.measure(measure.source(direction)).own_targets(engine.Direction.SAME, theirs)[2]
        both = known[one] & shown[other]
        if min(known.sum(), shown.sum()) < FEWEST_PEOPLE or both.sum() < FEWEST_PAIRS:
            continue
        pairs = one[both], other[both]
        agreement = _agreement(measure, direction, (own[:, pairs[0]], size[pairs[0]]), theirs[..., pairs[1]])
        total, count = int(agreement.sum(dtype=np.int64)), agreement.size
        found.setdefault(key, {})[direction.value] = (2 * total + count) // (2 * count)
    return found


def _compared(catalogue: engine.Catalogue) -> Iterator[tuple[str, engine.Direction]]:
    for key, characteristic in catalogue.items():
        yield from ((key, direction) for direction in COMPARED if allowed(characteristic, direction))


def _agreement(measure: Measure, direction: engine.Direction, own: tuple[Array, Array], theirs: Array) -> Array:
    """What each of K askers finds in the other of the same place; `own` are targets (words, K) and sizes (K,)."""
    target, size = own
    if isinstance(measure, Coded):
        found: Array = measure.table(direction).agreement[target[0].astype(np.int64), theirs]
        return found
    common = np.bitwise_count(target & widen(theirs, measure.words)).sum(axis=0, dtype=np.int64)
    return multi_agreement(direction, common, size.astype(np.int64))


_SAID: Final = """
    SELECT coalesce(string_agg(
               uuid_send(person_id) || int8send(0) || int4send(coalesce(organisation_id, 0)::int)
               || int4send(0) || int4send(0) || int4send(0) || int4send(1) || int4send(length(answers) / 4)
               || int4send(0), '' ORDER BY person_id), ''),
           coalesce(string_agg(answers, '' ORDER BY person_id), '')
      FROM matching_said(%s, '')
"""


def _people(programme: Programme, role: Role, unpacking: Unpacking, rng: np.random.Generator) -> engine.People:
    """Some of the programme's people with a role, with what stands on their profiles. Two queries."""
    current = Membership.objects.current().filter(programme=programme, role=role).order_by("person")
    people = list(current.values_list("person_id", flat=True))
    some = rng.permutation(len(people))[:MOST_READ]
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [[people[at] for at in some.tolist()]])
        heads, answers = cursor.fetchone()
    return unpacking.people(Packed.of(heads, answers, b""), engine.Role(role.value))
