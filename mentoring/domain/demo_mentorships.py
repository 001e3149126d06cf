"""A sensible spread of requests and mentorships among the invented people, every one of them possible by the rules."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from mentoring.demo import words
from mentoring.domain import clock
from mentoring.domain.mentorship import remind_later
from mentoring.enums import OPEN, TAKES_A_PLACE, MembershipState, MentorshipState, Role
from mentoring.models import Membership, Mentorship, Programme

# Out of a hundred mentees: what became of their first request.
_SPREAD: Final = {
    MentorshipState.REQUESTED: 16,
    MentorshipState.ACCEPTED: 12,
    MentorshipState.ACTIVE: 22,
    MentorshipState.DECLINED: 8,
    MentorshipState.WITHDRAWN: 4,
    MentorshipState.ENDED: 8,
    None: 30,
}
# Those whom a newcomer signs in as find their pages as they would on a first day.
_LEFT_ALONE: Final = ("amina@example.org", "folasade@example.org")


def seed_mentorships(rng: random.Random) -> None:
    """Requests waiting (some of them long), under way, declined kindly, withdrawn and ended."""
    pairs: set[frozenset[object]] = set()
    for programme in Programme.objects.order_by("slug"):
        places = list(_members(programme, Role.MENTOR))
        free = {place.pk: place.capacity or 0 for place in places}
        for mentee in _members(programme, Role.MENTEE):
            state = rng.choices(list(_SPREAD), weights=list(_SPREAD.values()))[0]
            place = _choose(rng, places, free, mentee, pairs, state)
            if state is not None and place is not None:
                pairs.add(frozenset({mentee.person_id, place.person_id}))
                free[place.pk] -= state in TAKES_A_PLACE
                row = _mentorship(rng, mentee, place, state)
                row.save(force_insert=True)
                if state == MentorshipState.REQUESTED:
                    remind_later(row)
        _earlier(rng, programme, pairs)


def _earlier(rng: random.Random, programme: Programme, pairs: set[frozenset[object]]) -> None:
    """What most mentors have behind them: three mentorships of the last year or more, ended well before now."""
    mentees = [row.person for row in _members(programme, Role.MENTEE)]
    for place in (
        Membership.objects.mentors()
        .filter(programme=programme)
        .order_by("person__user__email")
        .select_related("person")
    ):
        usual = rng.choice((0, 20, 44, 68, 92, 140))
        for mentee in rng.sample(mentees, min(rng.choice((3, 3, 6, 10)), len(mentees))) if usual else ():
            pair = frozenset({mentee.pk, place.person_id})
            if len(pair) == 2 and pair not in pairs:
                pairs.add(pair)
                asked = clock.now() - timedelta(days=rng.randint(200, 350))
                Mentorship.objects.create(
                    programme=programme,
                    mentee=mentee,
                    mentor_id=place.person_id,
                    mentor_membership=place,
                    state=MentorshipState.ENDED,
                    message=rng.choice(words.ASK_MESSAGES).format(name=place.person.called),
                    asked_at=asked,
                    answered_at=(answered := asked + timedelta(hours=usual + rng.randint(-15, 15))),
                    active_at=answered + timedelta(days=7),
                    ended_at=asked + timedelta(days=rng.randint(60, 170)),
                )


def _members(programme: Programme, role: Role) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(programme=programme, role=role, state=MembershipState.MEMBER)
        .exclude(person__user__email__in=_LEFT_ALONE)
        .select_related("person__user")
        .order_by("person__user__email")
    )


def _choose(
    rng: random.Random,
    places: Sequence[Membership],
    free: dict[int, int],
    mentee: Membership,
    pairs: set[frozenset[object]],
    state: MentorshipState | None,
) -> Membership | None:
    possible = [
        place
        for place in places
        if place.person_id != mentee.person_id
        and frozenset({place.person_id, mentee.person_id}) not in pairs
        and (free[place.pk] > 0 or state not in TAKES_A_PLACE)
    ]
    return rng.choice(possible) if possible and state else None


def _mentorship(rng: random.Random, mentee: Membership, place: Membership, state: MentorshipState) -> Mentorship:
    days = rng.randint(0, 9) if state == MentorshipState.REQUESTED else rng.randint(14, 260)
    asked = clock.now() - timedelta(days=days, hours=rng.randint(1, 23))
    answered = asked + timedelta(hours=rng.randint(5, 150))
    unanswered = (MentorshipState.REQUESTED, MentorshipState.WITHDRAWN)
    ended = answered if state != MentorshipState.ENDED else answered + (clock.now() - answered) * rng.random()
    return Mentorship(
        programme=place.programme,
        mentee=mentee.person,
        mentor=place.person,
        mentor_membership=place,
        state=state,
        message=rng.choice(words.ASK_MESSAGES).format(name=place.person.called),
        kind_word=rng.choice(words.DECLINE_WORDS) if state == MentorshipState.DECLINED else "",
        asked_at=asked,
        answered_at=None if state in unanswered else answered,
        active_at=answered if state == MentorshipState.ACTIVE else None,
        ended_at=None if state in OPEN else ended,
    )
