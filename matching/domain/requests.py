"""A mentor's open requests in the order in which they fit: the mirror of what mentees see."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from matching import engine
from matching.domain.expected import expected_for
from matching.domain.terms import (
    Answer,
    asks_by_person,
    employer_of,
    engine_catalogue,
    own_answers,
    preferences_from,
    purposes_from,
    values_from,
)
from matching.domain.topic import Topic, topics_in
from matching.enums import Side
from matching.models import Preference
from mentoring.enums import Purpose
from mentoring.models import CharacteristicValue, Mentorship, Person, Programme


def best_first(*, requests: Sequence[Mentorship], mentor: Person) -> list[Mentorship]:
    """The mentor's requests, the best fit first and those whom a condition keeps apart last.

    Among equals the order given stays. Of the mentees only what stands on their profile counts for the mentor's
    wishes. A handful of queries for each programme.
    """
    if not requests:
        return []
    asking = _Asking([row.mentee_id for row in requests if row.mentee_id])
    scores: dict[tuple[int, str], tuple[bool, int]] = {}
    for programme in {row.programme for row in requests}:
        offered = topics_in(programme)
        pool, asker = asking.pool(programme, offered), _asker(mentor, offered)
        for mentee in pool.ids:
            found = pool.explain(asker, mentee, mentee_share=programme.mentee_share)
            scores[programme.pk, mentee] = (not found.fits, -found.match.score)
    # Whoever has been erased since the requests were read has no score.
    return sorted(requests, key=lambda row: scores.get((row.programme_id, str(row.mentee_id)), (True, 0)))


class _Asking:
    """Those who ask, as others see them."""

    def __init__(self, people: Sequence[UUID]) -> None:
        self._people = list(Person.objects.filter(pk__in=people).select_related("organisation"))
        self._answers: dict[UUID, list[Answer]] = {}
        shown = CharacteristicValue.objects.filter(Q(purpose__isnull=True) | Q(purpose=Purpose.PROFILE))
        rows = shown.filter(person__in=people)
        for person, topic, options, point in rows.values_list("person_id", "characteristic_id", "options", "point"):
            self._answers.setdefault(person, []).append(Answer(topic, options, point))
        self._asks = asks_by_person(Preference.objects.filter(side=Side.AS_MENTEE, person__in=people))

    def pool(self, programme: Programme, offered: dict[str, Topic]) -> engine.Pool:
        """All of them as mentees of the programme."""
        may_require = bool(programme.positive_action_reason)
        catalogue = engine_catalogue(offered, expected_for(programme))
        people = [
            engine.Person(
                id=str(person.pk),
                mentee=True,
                values=values_from(self._answers.get(person.pk, []), employer_of(person), offered),
                as_mentee=preferences_from(self._asks.get(person.pk, []), offered, may_require),
            )
            for person in self._people
        ]
        return engine.Pool.of(catalogue, people, engine.Role.MENTEE)


def _asker(mentor: Person, offered: dict[str, Topic]) -> engine.Person:
    answers = own_answers(mentor)
    asks = asks_by_person(Preference.objects.filter(side=Side.AS_MENTOR, person=mentor)).get(mentor.pk, [])
    return engine.Person(
        id=str(mentor.pk),
        mentor=engine.Places(1),
        values=values_from(answers, employer_of(mentor), offered),
        purposes=purposes_from(answers, offered),
        as_mentor=preferences_from(asks, offered, may_require=False),
    )
