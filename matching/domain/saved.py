"""Keeping mentors to find them again."""

from typing import Final

from matching.models import SavedMentor
from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.models import Membership, Person

MOST: Final = 100


@action
def save_mentor(*, mentor: Membership, by: Person) -> None:
    """Keep a mentor; twice is once.

    Raises:
        NotPossible: there are as many as can be looked through.
    """
    if SavedMentor.objects.filter(person=by).exclude(membership=mentor).count() >= MOST:
        raise NotPossible(f"You have saved {MOST} mentors. Let go of one first.")
    SavedMentor.objects.get_or_create(person=by, membership=mentor, defaults={"saved_at": clock.now()})


@action
def let_go(*, mentor: Membership, by: Person) -> None:
    """No longer keep a mentor."""
    SavedMentor.objects.filter(person=by, membership=mentor).delete()
