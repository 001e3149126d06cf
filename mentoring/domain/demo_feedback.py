"""What the demo's mentees say of their mentors: some have been heard by enough to be shown, some have not."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from mentoring.demo import words
from mentoring.domain import clock
from mentoring.domain.feedback import count_month
from mentoring.enums import AllyAct, Skill
from mentoring.models import Endorsement, Feedback, Mark, Mentorship, Person

_SPEAKS: Final = 0.85
_ENDORSES: Final = 0.4
_ITEMS: Final = (*Skill.values, *AllyAct.values)
_MARKS: Final = (5, 4, 3, 2)
_SHARES: Final = (50, 33, 13, 4)


def seed_feedback(seed: int) -> None:
    """Marks, words and endorsements of those who were mentored, counted as in any month."""
    rng = random.Random(f"feedback {seed}")
    reached = Mentorship.objects.filter(active_at__isnull=False).select_related("mentee", "mentor")
    rows = reached.order_by("mentor__user__email", "mentee__user__email")
    pairs = {(row.mentee, row.mentor): row.programme_id for row in rows if row.mentee and row.mentor}
    given = [
        Feedback(mentee=mentee, mentor=mentor, words=rng.choice(words.FEEDBACK_WORDS) if rng.random() < 0.5 else "")
        for mentee, mentor in pairs
        if rng.random() < _SPEAKS
    ]
    Feedback.objects.bulk_create(given)
    liking = {row.mentor_id: rng.choice((0, 0, 1)) for row in given}
    Mark.objects.bulk_create(mark for row in given for mark in _marks(rng, row, liking))
    Endorsement.objects.bulk_create(
        _endorsement(rng, *pair, programme) for pair, programme in pairs.items() if rng.random() < _ENDORSES
    )
    count_month()


def _marks(rng: random.Random, row: Feedback, liking: dict[UUID, int]) -> Iterable[Mark]:
    for item in _ITEMS:
        if rng.random() < 0.9:
            mark = rng.choices(_MARKS, weights=_SHARES)[0] - liking[row.mentor_id] * (rng.random() < 0.5)
            yield Mark(feedback=row, item=item, mark=max(mark, 1))


def _endorsement(rng: random.Random, mentee: Person, mentor: Person, programme: int) -> Endorsement:
    text = rng.choice(words.ENDORSEMENTS) if rng.random() < 0.85 else ""
    skills = set(rng.sample(Skill.values, rng.randint(1, 3)))
    return Endorsement(
        writer=mentee,
        mentor=mentor,
        programme_id=programme,
        named=rng.random() < 0.6,
        skills=[skill for skill in Skill.values if skill in skills],
        words=text,
        reply=rng.choice(words.ENDORSEMENT_REPLIES) if text and rng.random() < 0.25 else "",
        written_on=timezone.localdate(clock.now()) - timedelta(days=rng.randint(3, 300)),
    )
