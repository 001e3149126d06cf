"""Who is never put together: employers and teams somebody is not shown to, and those who manage them."""

from typing import Final

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.models import ManagedBy, NeverShownTo, Organisation, Person

MOST: Final = 50
"""Entries of each kind that one person may have (our decision)."""


@action
def never_show_to(*, organisation: Organisation, team: str = "", by: Person) -> None:
    """Keep the person and those who work there, or in that team, apart from now on. What is under way stays.

    Raises:
        NotPossible: there are as many entries as there may be.
    """
    _lock(by)
    rows = NeverShownTo.objects.filter(person=by)
    if rows.filter(organisation=organisation, team__iexact=team).exists():
        return
    if rows.count() >= MOST:
        raise NotPossible(f"There is room for {MOST} employers and teams. Take one off the list first.")
    NeverShownTo.objects.create(person=by, organisation=organisation, team=team, made_at=clock.now())


@action
def show_again_to(*, row: NeverShownTo, by: Person) -> None:
    """Take an employer or a team off the list."""
    NeverShownTo.objects.filter(pk=row.pk, person=by).delete()


@action
def record_manager(*, email: str, by: Person) -> None:
    """Keep the person apart from whoever has this address, now or later.

    Raises:
        NotPossible: it is the person's own address, or there are as many entries as there may be.
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
    ManagedBy.objects.create(person=by, email=address, made_at=clock.now())


@action
def forget_manager(*, row: ManagedBy, by: Person) -> None:
    """Take an address off the list."""
    ManagedBy.objects.filter(pk=row.pk, person=by).delete()


@action
def name_team(*, team: str, by: Person) -> None:
    """Say which team the person is in; shown to nobody."""
    Person.objects.filter(pk=by.pk).update(team=team)


def _lock(by: Person) -> None:
    list(Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk=by.pk))
