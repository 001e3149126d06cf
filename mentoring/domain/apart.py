"""Who is never put together: employers and teams somebody is not shown to, and those who manage them.

Whoever is kept apart goes missing, at once, from what the other finds. So a list that could be changed without end
would tell, guess by guess, whose an address is and which team somebody is in: there are only so many changes a day.
"""

from datetime import timedelta
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.models import ManagedBy, NeverShownTo, Organisation, Person

MOST: Final = 50
"""Entries of each kind that one person may have (our decision)."""

MOST_A_DAY: Final = 20
"""Entries and names of a team that one person may make in a day, those taken back too (our decision)."""


@action
def never_show_to(*, organisation: Organisation, team: str = "", by: Person) -> None:
    """Keep the person and those who work there, or in that team, apart from now on. What is under way stays.

    Raises:
        NotPossible: there are as many entries as there may be, or as many as there may be made in a day.
    """
    _lock(by)
    rows = NeverShownTo.objects.filter(person=by)
    if rows.filter(organisation=organisation, team__iexact=team).exists():
        return
    if rows.count() >= MOST:
        raise NotPossible(f"There is room for {MOST} employers and teams. Take one off the list first.")
    _count(by)
    NeverShownTo.objects.create(person=by, organisation=organisation, team=team, made_at=clock.now())


@action
def show_again_to(*, row: NeverShownTo, by: Person) -> None:
    """Take an employer or a team off the list."""
    NeverShownTo.objects.filter(pk=row.pk, person=by).delete()


@action
def record_manager(*, email: str, by: Person) -> None:
    """Keep the person apart from whoever has this address, now or later.

    Raises:
        NotPossible: it is the person's own address, there are as many entries as there may be, or as many as there
            may be made in a day.
    """
    _lock(by)
    address = email.lower()
    if by.user is not None and by.user.email.lower() == address:
        raise NotPossible("That is your own address. Enter the one of the person who manages you.")
    rows = ManagedBy.objects.filter(person=by)
    if rows.filter(email=address).exists():
        return
    if rows.count() >= MOST:
        raise NotPossible(f"There is room for {MOST} addresses. Take one off the list first.")
    _count(by)
    ManagedBy.objects.create(person=by, email=address, made_at=clock.now())


@action
def forget_manager(*, row: ManagedBy, by: Person) -> None:
    """Take an address off the list."""
    ManagedBy.objects.filter(pk=row.pk, person=by).delete()


@action
def name_team(*, team: str, by: Person) -> None:
    """Say which team the person is in; written on no page.

    Raises:
        NotPossible: there have been as many changes as there may be in a day.
    """
    _lock(by)
    rows = Person.objects.filter(pk=by.pk).exclude(team=team)
    if rows.exists():
        _count(by)
        rows.update(team=team)


def _lock(by: Person) -> None:
    list(Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk=by.pk))


def _count(by: Person) -> None:
    """One change more today, by a person who is locked."""
    key = f"apart:{by.pk}:{timezone.localdate(clock.now())}"
    number = cache.get(key, 0)
    if number >= MOST_A_DAY:
        raise NotPossible(f"You have made {MOST_A_DAY} changes here today. Please come back tomorrow for more.")
    cache.set(key, number + 1, timeout=timedelta(days=1).total_seconds())
