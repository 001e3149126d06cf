"""The coordinator's side of invitations: e-mails only by these buttons, once, and taken back without a trace."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import clock, invitation
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import CharacteristicValue, Invitation, Membership, Mentorship, Notification, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, MentorshipFactory
from tests.factories.invitations import InvitationFactory

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def url(name: str, programme: Programme, *more: object) -> str:
    return reverse(name, args=[programme.slug, *more])


def addresses() -> list[str]:
    return sorted(Notification.objects.values_list("address", flat=True))


def kept(programme: Programme, name: str, **times: object) -> Invitation:
    row = InvitationFactory(programme=programme, email=f"{name.lower()}@example.org", first_name=name, last_name="")
    Invitation.objects.filter(pk=row.pk).update(**times)
    row.refresh_from_db()
    return row


def test_nobody_is_written_to_until_the_button_is_pressed(as_: As, coretta: Person, programme: Programme) -> None:
    kept(programme, "Kwame")
    kept(programme, "Ama")
    kept(programme, "Done", sent_at=clock.now())
    client = as_(coretta)
    assert "A place is kept for 2 people" in client.get(url("invitations", programme)).content.decode()
    assert "Send 2 invitations?" in client.get(url("invitations_send", programme)).content.decode()
    assert addresses() == []
    followed = client.post(url("invitations_send", programme), follow=True)
    assert "2 emails are on the way." in followed.content.decode()
    assert addresses() == ["ama@example.org", "kwame@example.org"]
    again = client.post(url("invitations_send", programme), follow=True)
    assert "0 emails are on the way." in again.content.decode()
    assert len(addresses()) == 2


def test_only_those_chosen_are_written_to(as_: As, coretta: Person, programme: Programme) -> None:
    kwame, other = kept(programme, "Kwame"), InvitationFactory(email="elsewhere@example.org")
    kept(programme, "Ama")
    chosen = f"{url('invitations_send', programme)}?selected=yes&chosen={kwame.pk}&chosen={other.pk}&chosen=x"
    client = as_(coretta)
    assert "Send 1 invitation?" in client.get(chosen).content.decode()
    client.post(chosen)
    assert addresses() == ["kwame@example.org"]


def test_choosing_nobody_is_not_choosing_everybody(as_: As, coretta: Person, programme: Programme) -> None:
    kept(programme, "Kwame")
    client = as_(coretta)
    followed = client.get(url("invitations_send", programme) + "?selected=yes", follow=True)
    assert "There is nobody to write to." in followed.content.decode()
    client.post(url("invitations_send", programme) + "?selected=yes")
    assert addresses() == []


def test_a_reminder_goes_once_and_after_a_week(as_: As, coretta: Person, programme: Programme) -> None:
    kept(programme, "Old", sent_at=clock.now() - timedelta(days=8))
    kept(programme, "New", sent_at=clock.now() - timedelta(days=6))
    client = as_(coretta)
    assert "Send 1 reminder?" in client.get(url("invitations_chase", programme)).content.decode()
    client.post(url("invitations_chase", programme))
    client.post(url("invitations_chase", programme))
    assert addresses() == ["old@example.org"]


def test_the_list_shows_each_where_they_are(as_: As, coretta: Person, programme: Programme) -> None:
    kept(programme, "Written", sent_at=clock.now())
    invitation.turn_down(invitation=kept(programme, "Declined"))
    claimer = MembershipFactory().person
    invitation.claim(invitation=kept(programme, "Claimed"), by=claimer)
    kept(programme, "Unwritten")
    client = as_(coretta)
    for show, name in (("to-write", "Unwritten"), ("written", "Written"), ("over", "Declined")):
        shown = client.get(url("invitations", programme) + f"?show={show}").content.decode()
        names = {each for each in ("Unwritten<", "Written<", "Declined<") if f">{each}" in shown}
        assert names == {f"{name}<"}
    assert claimer.first_name in client.get(url("invitations", programme) + "?show=claimed").content.decode()


# --- By hand ----------------------------------------------------------------------------------------------------------


def form(**more: object) -> dict[str, object]:
    return {"first_name": "Kwame", "last_name": "Mensah", "email": "Kwame@Example.org", "roles": ["mentee"], **more}


def test_one_person_is_invited_by_hand_and_written_to_when_wanted(
    as_: As, coretta: Person, programme: Programme
) -> None:
    client = as_(coretta)
    client.post(url("invitation_new", programme), form())
    assert addresses() == []
    client.post(
        url("invitation_new", programme), form(email="ama@example.org", roles=["mentee", "mentor"], send_now="on")
    )
    assert addresses() == ["ama@example.org"]
    places = Membership.objects.filter(state=MembershipState.INVITED).order_by("person__invitations__email", "role")
    assert list(places.values_list("person__invitations__email", "role", "capacity")) == [
        ("ama@example.org", "mentee", None),
        ("ama@example.org", "mentor", 1),
        ("kwame@example.org", "mentee", None),
    ]


def test_somebody_here_is_not_invited_again_and_nothing_typed_is_lost(
    as_: As, coretta: Person, programme: Programme, amina: Person
) -> None:
    assert amina.user
    response = as_(coretta).post(url("invitation_new", programme), form(email=amina.user.email.upper()))
    assert response.status_code == 409
    assert "They are in this programme already" in response.content.decode()
    assert "Mensah" in response.content.decode()


def test_somebody_who_said_no_can_be_asked_again_by_hand(as_: As, coretta: Person, programme: Programme) -> None:
    row = kept(programme, "Kwame")
    invitation.send(programme=programme, by=coretta)
    invitation.turn_down(invitation=row)
    as_(coretta).post(url("invitation_new", programme), form(send_now="on"))
    again = Invitation.objects.get(programme=programme)
    assert again.pk != row.pk
    assert again.person.name == "Kwame Mensah"
    assert again.sent_at is not None
    assert addresses() == ["kwame@example.org"]
    assert Notification.objects.get().key == f"invitation:{again.pk}:kwame@example.org"


def test_a_member_who_left_comes_back_as_themselves(as_: As, coretta: Person, programme: Programme) -> None:
    left = MembershipFactory(programme=programme, state=MembershipState.LEFT)
    assert left.person.user
    before = left.person.first_name
    as_(coretta).post(url("invitation_new", programme), form(email=left.person.user.email))
    left.refresh_from_db()
    assert (left.state, left.person.first_name) == (MembershipState.INVITED, before)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"email": "nobody"}, "Enter an email address, like"),
        ({"first_name": ""}, "Enter a first name."),
        ({"roles": []}, "Choose mentee, mentor or both."),
        ({"roles": ["coordinator"]}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said(
    as_: As, coretta: Person, programme: Programme, more: dict[str, object], words: str
) -> None:
    response = as_(coretta).post(url("invitation_new", programme), form(**more))
    assert words in response.content.decode()
    assert Invitation.objects.count() == 0


# --- Taking back ------------------------------------------------------------------------------------------------------


def test_taking_back_leaves_nothing_of_the_person(as_: As, coretta: Person, programme: Programme) -> None:
    row = kept(programme, "Kwame")
    CharacteristicValue.objects.create(person=row.person, characteristic_id="band", options=["6"])
    mentor = MentorFactory(programme=programme)
    MentorshipFactory(
        mentee=row.person, mentor_membership=mentor, state=MentorshipState.ACTIVE, answered_at=clock.now()
    )
    invitation.send(programme=programme, by=coretta)
    client = as_(coretta)
    assert (
        "Take back the invitation of Kwame?"
        in client.get(url("invitation_take_back", programme, row.pk)).content.decode()
    )
    client.post(url("invitation_take_back", programme, row.pk))
    gone = Person.objects.filter(pk=row.person_id), Invitation.objects.all(), Mentorship.objects.all()
    assert [rows.count() for rows in (*gone, CharacteristicValue.objects.all(), Notification.objects.all())] == [0] * 5
    mentor.refresh_from_db()
    assert mentor.taken == 0
    assert client.post(url("invitation_take_back", programme, row.pk)).status_code == 404


def test_a_place_that_was_claimed_cannot_be_taken_back(as_: As, coretta: Person, programme: Programme) -> None:
    row = kept(programme, "Kwame")
    invitation.claim(invitation=row, by=MembershipFactory().person)
    assert as_(coretta).post(url("invitation_take_back", programme, row.pk)).status_code == 404
    assert Membership.objects.filter(programme=programme, role=Role.MENTEE).count() == 1


def test_an_account_stays_when_its_invitation_is_taken_back(as_: As, coretta: Person, programme: Programme) -> None:
    left = MembershipFactory(programme=programme, state=MembershipState.LEFT)
    assert left.person.user
    as_(coretta).post(url("invitation_new", programme), form(email=left.person.user.email))
    as_(coretta).post(url("invitation_take_back", programme, Invitation.objects.get().pk))
    assert Person.objects.filter(pk=left.person_id).exists()
    assert not Invitation.objects.exists()


# --- Whose, and how often it asks -------------------------------------------------------------------------------------


def test_nobody_else_s_invitations(
    as_: As, client: Client, programme: Programme, amina: Person, folasade: Person
) -> None:
    row = kept(programme, "Kwame")
    pages = [
        url(name, programme) for name in ("invitations", "invitation_new", "invitations_send", "invitations_chase")
    ]
    pages.append(url("invitation_take_back", programme, row.pk))
    for person in (amina, folasade, CoordinatorFactory().person):
        assert {as_(person).get(page).status_code for page in pages} == {404}
        assert {as_(person).post(page, form()).status_code for page in pages[1:]} == {404}
    assert {client.get(page).headers["Location"][:16] for page in pages} == {"/accounts/login/"}
    assert addresses() == []


def test_an_invitation_of_another_programme_is_not_reached_through_one_s_own(as_: As) -> None:
    row, own = InvitationFactory(), CoordinatorFactory()
    assert as_(own.person).post(url("invitation_take_back", own.programme, row.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    as_: As, coretta: Person, programme: Programme, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(number):
        kept(programme, f"Kwame{count}")
    client = as_(coretta)
    with django_assert_num_queries(13):
        client.get(url("invitations", programme))
