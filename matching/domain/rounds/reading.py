"""Rows into what a run takes: everybody in a round, what they ask, who may not meet. A handful of queries.

This is the one place where values for rounds alone are read, and nothing of them leaves a run.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from matching import engine
from matching.domain.expected import expected_for, version_of
from matching.domain.terms import (
    Answer,
    asks_by_person,
    employer_of,
    engine_catalogue,
    preferences_from,
    purposes_from,
    values_from,
)
from matching.domain.topic import Topic, topics_in
from matching.enums import ChangeKind, Side
from matching.models import Change, Participant, Preference, Round, Run
from mentoring.domain import clock
from mentoring.enums import OPEN, MentorshipState, Purpose, Role
from mentoring.models import CharacteristicValue, KeptApart, Membership, Mentorship, Programme

Apart = frozenset[tuple[str, str]]
"""Pairs of ids, mentee and mentor, who may not be put together."""


@dataclass(frozen=True, slots=True)
class RoundInputs:
    """Everything that goes into a run. `kept` are pairs put together by hand, `apart` those who may not be.

    `figures` is the version of the programme's expected agreements, which the catalogue holds.
    """

    objective: str
    mentee_share: int
    catalogue: engine.Catalogue
    figures: int
    mentees: Sequence[engine.Person]
    mentors: Sequence[engine.Person]
    kept: Sequence[tuple[str, str]]
    apart: Apart = field(repr=False)

    @property
    def numbers(self) -> dict[str, object]:
        """What of it may be kept in the clear: numbers, and the digest of the catalogue with expected agreements."""
        return {
            "mentees": len(self.mentees),
            "mentors": len(self.mentors),
            "places": sum(each.mentor.capacity - each.mentor.taken for each in self.mentors if each.mentor),
            "kept": len(self.kept),
            "figures": self.figures,
            "catalogue": hashlib.sha256(_text(self._catalogue())).hexdigest()[:16],
        }

    def key(self) -> str:
        """A hash of all of it under the instance's secret: equal for equal inputs, and good for nothing else."""
        parts = (
            self.objective,
            self.mentee_share,
            self._catalogue(),
            [asdict(person) for person in (*self.mentees, *self.mentors)],
            sorted(self.kept),
            sorted(self.apart),
        )
        return hmac.new(settings.SECRET_KEY.encode(), _text(parts), hashlib.sha256).hexdigest()

    def _catalogue(self) -> list[dict[str, object]]:
        return [asdict(self.catalogue[key]) for key in self.catalogue]


def _text(parts: object) -> bytes:
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), default=str).encode()


def read_round(run: Run) -> RoundInputs:
    """What goes into this run as things stand now; whoever left, found somebody or filled up is not in it."""
    programme = run.round.programme
    offered = topics_in(programme)
    rows = _taking_part(run)
    everybody = persons(rows, answers_of(rows, _FOR_ROUNDS), offered, programme)
    mentees = [person for person in everybody if person.mentee]
    mentors = [person for person in everybody if person.mentor is not None]
    changes = _changes(run)
    return RoundInputs(
        objective=run.objective,
        mentee_share=run.mentee_share,
        catalogue=engine_catalogue(offered, expected_for(programme)),
        figures=version_of(programme),
        mentees=mentees,
        mentors=mentors,
        kept=changes[ChangeKind.KEEP],
        apart=between([row.person_id for row in rows]) | frozenset(changes[ChangeKind.EXCLUDE]),
    )


_FOR_ROUNDS = Q(purpose__isnull=True) | Q(purpose__in=[Purpose.PROFILE, Purpose.ROUNDS])


def _taking_part(run: Run) -> list[Membership]:
    chosen = Participant.objects.filter(round=run.round_id, left_out=False).values("membership")
    busy = Mentorship.objects.filter(mentee=OuterRef("person"), state__in=OPEN)
    rows = Membership.objects.current().filter(Q(role=Role.MENTOR) | ~Exists(busy), pk__in=chosen)
    return list(rows.select_related("person__organisation").order_by("person", "role"))


def answers_of(rows: Iterable[Membership], which: Q) -> dict[UUID, list[Answer]]:
    """What these people said, as far as `which` lets it count. One query."""
    found: dict[UUID, list[Answer]] = {}
    values = CharacteristicValue.objects.filter(which, person__in={row.person_id for row in rows})
    rows_of_values = values.values_list("person_id", "characteristic_id", "options", "point", "purpose")
    for person, topic, options, point, purpose in rows_of_values:
        found.setdefault(person, []).append(Answer(topic, options, point, purpose))
    return found


def persons(
    rows: Sequence[Membership],
    answers: Mapping[UUID, list[Answer]],
    offered: Mapping[str, Topic],
    programme: Programme,
) -> list[engine.Person]:
    """These people as the engine takes them, somebody with two roles once. Two queries.

    `rows` are memberships with person and employer fetched.
    """
    people = {row.person_id: row.person for row in rows}
    roles = {(row.person_id, row.role): row for row in rows}
    asked = Preference.objects.filter(person__in=people)
    as_mentee = asks_by_person(asked.filter(side=Side.AS_MENTEE))
    as_mentor = asks_by_person(asked.filter(side=Side.AS_MENTOR))
    may_require = bool(programme.positive_action_reason)
    return [
        engine.Person(
            id=str(key),
            mentee=(key, Role.MENTEE) in roles,
            mentor=_places(roles.get((key, Role.MENTOR))),
            values=values_from(answers.get(key, []), employer_of(person), offered),
            purposes=purposes_from(answers.get(key, []), offered),
            as_mentee=preferences_from(as_mentee.get(key, []), offered, may_require),
            as_mentor=preferences_from(as_mentor.get(key, []), offered, may_require=False),
        )
        for key, person in people.items()
    ]


def between(people: Collection[UUID]) -> Apart:
    """Who among these people may not be put together, as *Find a mentor* has it. Two queries.

    Something open between two, either way; an earlier mentorship of the two that ended; a no within three months.
    """
    recent = clock.now() - clock.ASK_AGAIN_AFTER
    among = Mentorship.objects.filter(mentee__in=people, mentor__in=people)
    over = Q(state=MentorshipState.ENDED) | Q(state=MentorshipState.DECLINED, ended_at__gt=recent)
    rows = among.filter(Q(state__in=OPEN) | over).values_list("mentee_id", "mentor_id", "state")
    found = {(mentee, mentor) for mentee, mentor, _ in rows}
    found |= {(mentor, mentee) for mentee, mentor, state in rows if state in OPEN}
    found |= set(KeptApart.objects.filter(one__in=people, other__in=people).values_list("one_id", "other_id"))
    return frozenset((str(mentee), str(mentor)) for mentee, mentor in found)


def kept_apart(round_: Round) -> Apart:
    """Whom a coordinator decided not to put together in this round, as it stands now. One query."""
    rows = Change.objects.filter(round=round_, kind=ChangeKind.EXCLUDE, undone_at__isnull=True)
    return frozenset((str(mentee), str(mentor)) for mentee, mentor in rows.values_list("mentee_id", "mentor_id"))


def _places(row: Membership | None) -> engine.Places | None:
    return engine.Places(row.capacity or 0, row.taken, row.paused) if row else None


def _changes(run: Run) -> dict[str, list[tuple[str, str]]]:
    """What stood when the run was asked for."""
    stood = Q(undone_at__isnull=True) | Q(undone_at__gt=run.asked_at)
    rows = Change.objects.filter(stood, round=run.round_id, made_at__lte=run.asked_at).order_by("made_at", "pk")
    found: dict[str, list[tuple[str, str]]] = {ChangeKind.KEEP: [], ChangeKind.EXCLUDE: []}
    for kind, mentee, mentor in rows.values_list("kind", "mentee_id", "mentor_id"):
        found[kind].append((str(mentee), str(mentor)))
    return found
