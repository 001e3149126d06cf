"""Whether a coordinator may put two people together, and how the two compare. Never from what is for rounds alone.

Both are made of profile values: what is not on a profile can neither be on a pair's page nor be learned from a refusal.
"""

from dataclasses import dataclass, replace

from django.db.models import Q

from matching import engine
from matching.domain.expected import expected_for
from matching.domain.rounds.reading import answers_of, between, persons
from matching.domain.terms import engine_catalogue
from matching.domain.topic import Topic, topics_in
from mentoring.enums import Purpose, Role
from mentoring.models import Membership, Person, Programme

_SHOWN = Q(purpose__isnull=True) | Q(purpose=Purpose.PROFILE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people by what stands on their profiles, and the reasons of both sides together."""

    topics: dict[str, Topic]
    mentee: engine.Person
    mentor: engine.Person
    reasons: tuple[engine.Reason, ...]


def compare_two(*, programme: Programme, mentee: Person, mentor: Person) -> Comparison | None:
    """How the two compare as others see them; None when one of them takes part no longer."""
    offered = topics_in(programme)
    both = _two(programme, mentee, mentor, offered)
    if both is None:
        return None
    one, other = both
    pool = engine.Pool.of(engine_catalogue(offered, expected_for(programme)), [other], engine.Role.MENTOR)
    return Comparison(offered, one, other, pool.explain(one, other.id).match.reasons)


def why_not_together(*, programme: Programme, mentee: Person, mentor: Person) -> str:
    """Why the two cannot be put together, as a sentence that does not say whose condition it is; empty when they can.

    Profile values alone are looked at, of both: a mentee's condition about an answer of their own that is for rounds is
    skipped here, though it holds in a run. So whoever a run puts together can be kept together (our decision).
    """
    if mentee.pk == mentor.pk:
        return "Nobody mentors themselves."
    offered = topics_in(programme)
    both = _two(programme, mentee, mentor, offered)
    if both is None:
        return "One of them takes part no longer, or has found somebody."
    one, other = both
    pool = engine.Pool.of(engine_catalogue(offered, expected_for(programme)), [other], engine.Role.MENTOR)
    apart = (one.id, other.id) in between([mentee.pk, mentor.pk])
    found = pool.explain(one, other.id, excluded=[other.id] if apart else [])
    if not found.fits:
        return f"{mentee.called} and {mentor.called} do not fit: something that one of them requires is not there."
    if not found.eligible:
        return f"{mentor.called} has no free place at present."
    return ""


def _two(
    programme: Programme, mentee: Person, mentor: Person, offered: dict[str, Topic]
) -> tuple[engine.Person, engine.Person] | None:
    places = Membership.objects.current().filter(
        Q(person=mentee, role=Role.MENTEE) | Q(person=mentor, role=Role.MENTOR), programme=programme
    )
    rows = list(places.select_related("person__organisation"))
    found = {person.id: person for person in persons(rows, answers_of(rows, _SHOWN), offered, programme)}
    one, other = found.get(str(mentee.pk)), found.get(str(mentor.pk))
    if one is None or other is None or not one.mentee or other.mentor is None:
        return None
    return replace(one, mentor=None), replace(other, mentee=False)
