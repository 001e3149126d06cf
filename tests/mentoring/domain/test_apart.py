"""Who is never put together: employers, teams, those who manage somebody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress

from matching.domain.inputs import gather
from matching.domain.rounds.reading import between
from mentoring.domain import apart, mentorship
from mentoring.domain.action import NotPossible
from mentoring.models import KeptApart, ManagedBy, Membership, NeverShownTo, Organisation, Person, Programme
from mentoring.permissions import mentors_visible_to
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture
def trust(folasade: Person) -> Organisation:
    """Where Folasade works, in the stroke team."""
    trust = OrganisationFactory()
    Person.objects.filter(pk=folasade.pk).update(organisation=trust, team="Stroke Team")
    folasade.refresh_from_db()
    return trust


def met(amina: Person, mentor: Membership) -> set[bool]:
    """Whether each way of finding somebody leads Amina to the mentor: pages, the ranking, rounds, asking."""
    inputs = gather(person=amina, programme=mentor.programme)
    row = inputs.pool.people.row_of(str(mentor.person_id))
    assert row is not None
    pair = (str(amina.pk), str(mentor.person_id))
    return {
        mentors_visible_to(amina).filter(pk=mentor.pk).exists(),
        bool(inputs.seen[row]),
        pair not in between([amina.pk, mentor.person_id]),
        pair[::-1] not in between([amina.pk, mentor.person_id]),
        not mentorship.why_not_ask(mentor=mentor, by=amina),
    }


def test_without_any_list_they_meet(amina: Person, folasade_membership: Membership, trust: Organisation) -> None:
    assert met(amina, folasade_membership) == {True}


def test_an_employer_is_kept_apart_at_once_and_until_it_is_taken_off(
    amina: Person, folasade_membership: Membership, trust: Organisation
) -> None:
    apart.never_show_to(organisation=trust, by=amina)
    assert met(amina, folasade_membership) == {False}
    apart.show_again_to(row=NeverShownTo.objects.get(), by=amina)
    assert met(amina, folasade_membership) == {True}


def test_it_holds_whoever_of_the_two_said_so(
    amina: Person, folasade_membership: Membership, trust: Organisation
) -> None:
    Person.objects.filter(pk=amina.pk).update(organisation=OrganisationFactory())
    amina.refresh_from_db()
    assert amina.organisation is not None
    apart.never_show_to(organisation=amina.organisation, by=folasade_membership.person)
    assert met(amina, folasade_membership) == {False}


@pytest.mark.parametrize(("team", "kept"), [("stroke team", True), ("Hand therapy", False)])
def test_a_team_is_kept_apart_and_no_other(
    amina: Person, folasade_membership: Membership, trust: Organisation, team: str, kept: bool
) -> None:
    apart.never_show_to(organisation=trust, team=team, by=amina)
    assert met(amina, folasade_membership) == {not kept}


def test_a_team_of_the_same_name_elsewhere_is_another(
    amina: Person, folasade_membership: Membership, trust: Organisation
) -> None:
    apart.never_show_to(organisation=OrganisationFactory(), team="Stroke team", by=amina)
    assert met(amina, folasade_membership) == {True}


def test_who_manages_somebody_is_never_their_mentor_nor_their_mentee(
    amina: Person, folasade_membership: Membership
) -> None:
    folasade = folasade_membership.person
    assert folasade.user is not None
    EmailAddress.objects.get_or_create(
        user=folasade.user, email=folasade.user.email.lower(), defaults={"verified": True, "primary": True}
    )
    apart.record_manager(email=folasade.user.email.upper(), by=amina)
    assert met(amina, folasade_membership) == {False}
    assert set(KeptApart.objects.values_list("one", "other")) == {
        (amina.pk, folasade.pk),
        (folasade.pk, amina.pk),
    }
    apart.forget_manager(row=ManagedBy.objects.get(), by=amina)
    assert met(amina, folasade_membership) == {True}


def test_an_address_that_was_never_confirmed_says_nothing_of_who_somebody_is(
    amina: Person, folasade_membership: Membership
) -> None:
    user = folasade_membership.person.user
    EmailAddress.objects.create(user=user, email="boss@example.org", verified=False)
    apart.record_manager(email="boss@example.org", by=amina)
    assert met(amina, folasade_membership) == {True}


def test_twice_is_once_and_nobody_takes_off_what_is_anothers(amina: Person, folasade: Person) -> None:
    trust = OrganisationFactory()
    for team in ("Stroke", "stroke"):
        apart.never_show_to(organisation=trust, team=team, by=amina)
        apart.record_manager(email="boss@example.org", by=amina)
    apart.show_again_to(row=NeverShownTo.objects.get(), by=folasade)
    apart.forget_manager(row=ManagedBy.objects.get(), by=folasade)
    assert (NeverShownTo.objects.count(), ManagedBy.objects.count()) == (1, 1)


def test_nobody_manages_themselves(amina: Person) -> None:
    assert amina.user is not None
    with pytest.raises(NotPossible, match="your own address"):
        apart.record_manager(email=amina.user.email, by=amina)


def test_there_is_an_end_to_the_lists(amina: Person, programme: Programme) -> None:
    trust = OrganisationFactory()
    for number in range(apart.MOST):
        with time_machine.travel(TODAY + timedelta(days=number // apart.MOST_A_DAY), tick=False):
            apart.never_show_to(organisation=trust, team=f"team {number}", by=amina)
    with pytest.raises(NotPossible, match="room for 50"):
        apart.never_show_to(organisation=trust, team="one more", by=amina)


def guess_an_address(by: Person, guess: int) -> None:
    apart.record_manager(email=f"{guess}@example.org", by=by)
    apart.forget_manager(row=ManagedBy.objects.get(person=by), by=by)


def guess_a_team(by: Person, guess: int) -> None:
    apart.never_show_to(organisation=Organisation.objects.get(), team=f"Team {guess}", by=by)
    apart.show_again_to(row=NeverShownTo.objects.get(person=by), by=by)


def pretend(by: Person, guess: int) -> None:
    apart.name_team(team=f"Team {guess}", by=by)


@pytest.mark.parametrize("guess", [guess_an_address, guess_a_team, pretend])
def test_nobody_can_go_on_guessing_who_vanishes(
    amina: Person, folasade: Person, trust: Organisation, guess: Callable[[Person, int], None]
) -> None:
    """Whose an address is, and in which team somebody is, stands on no page; guess by guess, absence would tell."""
    with time_machine.travel(TODAY, tick=False):
        for number in range(apart.MOST_A_DAY):
            guess(amina, number)
        for other in (guess_an_address, guess_a_team, pretend):
            with pytest.raises(NotPossible, match="20 changes here today"):
                other(amina, 99)
        guess(folasade, 1)
        apart.name_team(team=Person.objects.get(pk=amina.pk).team, by=amina)  # says nothing new
    with time_machine.travel(TODAY + timedelta(days=1), tick=False):
        guess(amina, 99)
