"""Programmes to join, join links, kept places of one's own, and leaving."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import clock, mentorship
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Membership, Mentorship, Notification, Person, Programme
from mentoring.permissions import programmes_to_join
from mentoring.presenters import joining
from tests.factories import (
    CoordinatorFactory,
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
)
from tests.factories.invitations import InvitationFactory, kept_place

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def state(person: Person, programme: Programme, role: Role) -> str | None:
    row = Membership.objects.filter(person=person, programme=programme, role=role).first()
    return row.state if row else None


@pytest.fixture
def page(programme: Programme) -> str:
    return reverse("programme_join", args=[programme.slug])


def test_programmes_are_for_members(client: Client, page: str, programme: Programme) -> None:
    for address in (reverse("programmes_to_join"), page, reverse("programme_leave", args=[programme.slug])):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")


def test_a_list_says_what_each_is_and_who_runs_it(as_: As, programme: Programme, coretta: Person) -> None:
    programme.description = "A year of mentoring."
    programme.save()
    programme.organisations.add(OrganisationFactory(name="Leeds Teaching Hospitals"))
    words = as_(PersonFactory()).get(reverse("programmes_to_join")).content.decode()
    assert all(said in words for said in (programme.name, "A year of mentoring.", "Leeds Teaching Hospitals"))
    words = as_(PersonFactory()).get(reverse("programme_join", args=[programme.slug])).content.decode()
    assert "Coretta O&#x27;Brien" in words


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_as_many_queries_however_long(
    amina: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Programme.objects.exclude(memberships__person=amina).delete()
    for _ in range(count - 1):
        programme = ProgrammeFactory()
        programme.organisations.add(OrganisationFactory())
        CoordinatorFactory(programme=programme)
        MembershipFactory(programme=programme, person=amina)
    with django_assert_num_queries(4):
        assert len(joining.offers(list(programmes_to_join()), amina)) == count


def test_a_long_list_has_pages(as_: As, amina: Person) -> None:
    for number in range(25):
        ProgrammeFactory(name=f"Zebra {number:02}")
    first = as_(amina).get(reverse("programmes_to_join")).content.decode()
    assert ("Zebra 18" in first, "Zebra 19" in first) == (True, False)
    assert "Zebra 19" in as_(amina).get(reverse("programmes_to_join") + "?page=2").content.decode()


def test_a_wish_to_take_part_waits(as_: As, programme: Programme, page: str) -> None:
    me = PersonFactory()
    response = as_(me).post(page, {"roles": ["mentee", "mentor"], "places": "3"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "You are waiting for approval." in response.content.decode()
    assert state(me, programme, Role.MENTEE) == MembershipState.WAITING
    assert Membership.objects.get(person=me, role=Role.MENTOR).capacity == 3
    assert "Waiting for approval" in as_(me).get(page).content.decode()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "Choose how you would like to take part."),
        ({"roles": ["mentor"], "places": "99"}, "Enter 20 or fewer."),
        ({"roles": ["coordinator"]}, "Select a valid choice"),
    ],
)
def test_a_wish_that_cannot_be_is_an_error(
    as_: As, programme: Programme, page: str, said: dict[str, object], error: str
) -> None:
    me = PersonFactory()
    words = as_(me).post(page, said).content.decode()
    assert error in words
    assert not Membership.objects.filter(person=me).exists()
    assert words.count(" checked") == len([role for role in said.get("roles", []) if role != "coordinator"])  # type: ignore[attr-defined]


def test_who_takes_part_can_only_ask_for_the_other_role(
    as_: As, amina: Person, programme: Programme, page: str
) -> None:
    assert "Select a valid choice" in as_(amina).post(page, {"roles": ["mentee"]}).content.decode()
    as_(amina).post(page, {"roles": ["mentor"]})
    assert state(amina, programme, Role.MENTEE) == MembershipState.MEMBER
    assert state(amina, programme, Role.MENTOR) == MembershipState.WAITING


def test_a_programme_that_does_not_exist_is_not_found(as_: As, amina: Person) -> None:
    for name in ("programme_join", "programme_leave"):
        assert as_(amina).get(reverse(name, args=["nowhere"])).status_code == 404
    for name in ("programme_take_up", "programme_turn_down"):
        assert as_(amina).post(reverse(name, args=["nowhere"])).status_code == 404


# --- A place kept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "becomes", "lands"),
    [(Role.MENTEE, MembershipState.MEMBER, "find"), (Role.MENTOR, MembershipState.WAITING, "home")],
)
def test_a_kept_place_is_taken_up(
    as_: As, programme: Programme, page: str, role: Role, becomes: str, lands: str
) -> None:
    me = PersonFactory()
    kept_place(me, programme, role)
    mine = as_(me)
    assert "A place is kept for you" in mine.get(page).content.decode()
    assert mine.get(reverse("programme_take_up", args=[programme.slug])).status_code == 405
    assert mine.post(reverse("programme_take_up", args=[programme.slug])).headers["Location"] == reverse(lands)
    assert state(me, programme, role) == becomes


def test_a_kept_place_is_turned_down(as_: As, programme: Programme, page: str) -> None:
    me = PersonFactory()
    kept_place(me, programme, Role.MENTEE)
    assert as_(me).post(reverse("programme_turn_down", args=[programme.slug])).headers["Location"] == page
    assert state(me, programme, Role.MENTEE) == MembershipState.LEFT


def test_nobody_answers_for_another(client: Client, as_: As, amina: Person, programme: Programme) -> None:
    me = PersonFactory()
    kept_place(me, programme, Role.MENTOR)
    for name in ("programme_take_up", "programme_turn_down"):
        address = reverse(name, args=[programme.slug])
        assert client.post(address).headers["Location"].startswith("/accounts/login/")
        as_(amina).post(address)
    assert state(me, programme, Role.MENTOR) == MembershipState.INVITED


# --- The join link --------------------------------------------------------------------------------------------------


@pytest.fixture
def link(programme: Programme) -> str:
    programme.join_code = "a-code-nobody-guesses"
    programme.save()
    return reverse("join_link", args=[programme.join_code])


def test_a_link_says_where_it_leads_before_there_is_an_account(client: Client, programme: Programme, link: str) -> None:
    words = client.get(link).content.decode()
    assert programme.name in words
    assert reverse("account_signup") in words
    client.post(link, {"roles": ["mentee"]})
    assert not Membership.objects.filter(programme=programme).exists()


@pytest.mark.parametrize("code", ["wrong", "None", "%20", "%00", "a%00b"])
def test_a_wrong_link_is_a_clear_page(client: Client, as_: As, programme: Programme, code: str) -> None:
    response = client.get(f"/join/{code}/")
    assert response.status_code == 404
    assert "This link does not work any more" in response.content.decode()
    assert as_(PersonFactory()).post(f"/join/{code}/", {"roles": ["mentee"]}).status_code == 404


def test_a_mentee_is_in_at_once_and_a_mentor_waits(as_: As, programme: Programme, link: str) -> None:
    me = PersonFactory()
    assert as_(me).post(link, {"roles": ["mentee", "mentor"]}).headers["Location"] == reverse("find")
    assert state(me, programme, Role.MENTEE) == MembershipState.MEMBER
    assert state(me, programme, Role.MENTOR) == MembershipState.WAITING


def test_somebody_who_was_declined_waits_again_and_is_told_so(as_: As, programme: Programme, link: str) -> None:
    me = MembershipFactory(programme=programme, state=MembershipState.DECLINED).person
    words = as_(me).post(link, {"roles": ["mentee"]}, follow=True).content.decode()
    assert state(me, programme, Role.MENTEE) == MembershipState.WAITING
    assert f"A coordinator of {programme.name} looks at it" in words
    assert "Your place is yours" not in words


def test_a_newcomer_who_joined_goes_on_to_the_first_questions(as_: As, link: str) -> None:
    me = PersonFactory(first_name="", last_name="")
    assert as_(me).post(link, {"roles": ["mentee"]}).headers["Location"] == reverse("start")


def test_the_link_is_remembered_over_signing_in(client: Client, link: str) -> None:
    me = PersonFactory()
    assert me.user is not None
    client.get(link)
    signed_in = client.post(reverse("account_login"), {"login": me.user.email, "password": "a-long-test-password"})
    assert signed_in.headers["Location"] == link
    client.get(link)
    assert "join" not in client.session


# --- Leaving --------------------------------------------------------------------------------------------------------


def test_leaving_names_what_ends_and_ends_it(
    as_: As, amina: Person, programme: Programme, folasade_membership: Membership
) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="", by=amina)
    mentorship.accept(mentorship=row, by=folasade_membership.person)
    asked = mentorship.ask(mentor=MentorFactory(programme=programme), message="", by=amina)
    assert asked.mentor is not None
    leave = reverse("programme_leave", args=[programme.slug])
    words = as_(amina).get(leave).content.decode()
    assert "Your mentorship with Folasade Adébáyọ̀ ends" in words
    assert f"Your request to {asked.mentor.name} is withdrawn." in words
    assert state(amina, programme, Role.MENTEE) == MembershipState.MEMBER
    assert as_(amina).post(leave).headers["Location"] == reverse("account")
    assert state(amina, programme, Role.MENTEE) == MembershipState.LEFT
    ended = set(Mentorship.objects.values_list("state", flat=True))
    assert ended == {MentorshipState.ENDED, MentorshipState.WITHDRAWN}
    assert Notification.objects.filter(kind="mentorship_ended").count() == 1


def test_leaving_does_not_name_who_has_not_claimed_their_place(
    as_: As, programme: Programme, folasade_membership: Membership
) -> None:
    kept = InvitationFactory(programme=programme, first_name="Ann").person
    MentorshipFactory(
        mentor_membership=folasade_membership, mentee=kept, state=MentorshipState.ACTIVE, answered_at=clock.now()
    )
    leave = reverse("programme_leave", args=[programme.slug])
    assert "Ann" not in as_(folasade_membership.person).get(leave).content.decode().split("<main")[1]


def test_the_only_coordinator_is_told_why_they_cannot_leave(as_: As, coretta: Person, programme: Programme) -> None:
    words = as_(coretta).post(reverse("programme_leave", args=[programme.slug])).content.decode()
    assert "only coordinator" in words
    assert state(coretta, programme, Role.COORDINATOR) == MembershipState.MEMBER


def test_who_was_never_there_cannot_leave(as_: As, stranger: Person, programme: Programme) -> None:
    assert as_(stranger).get(reverse("programme_leave", args=[programme.slug])).status_code == 404


# --- What needs somebody now ------------------------------------------------------------------------------------------


def test_home_says_what_is_waited_for(as_: As, programme: Programme) -> None:
    waiting = MentorFactory(programme=programme, state=MembershipState.WAITING).person
    assert "is waiting for approval" in as_(waiting).get("/").content.decode()
    assert "Choose a programme" in as_(PersonFactory()).get("/").content.decode()
    invited = PersonFactory()
    kept_place(invited, programme, Role.MENTEE)
    assert f"A place is kept for you in {programme.name}" in as_(invited).get("/").content.decode()


def test_a_place_kept_at_the_address_stands_among_the_programmes(as_: As, amina: Person) -> None:
    assert amina.user is not None
    kept = InvitationFactory(email=amina.user.email)
    words = as_(amina).get(reverse("programmes_to_join")).content.decode()
    assert kept.programme.name in words
    assert "/claim/" in words
