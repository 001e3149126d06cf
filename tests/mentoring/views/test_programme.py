"""A coordinator's pages: theirs alone, and nothing on them that a coordinator may not see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock
from mentoring.domain import programme as domain
from mentoring.domain.consent import give_value
from mentoring.enums import MembershipState, Purpose, Role
from mentoring.models import Characteristic, Membership, Person, Programme
from tests.factories import (
    CoordinatorFactory,
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.mentoring.views.counting import queries_of

M = MembershipState
SignIn = Callable[[Person], Client]
PAGES = [
    "programme",
    "programme_people",
    "programme_settings",
    "programme_description",
    "programme_positive_action",
    "programme_mentee_share",
    "programme_link_renew",
    "programme_link_close",
]
POSTS_ONLY = ["programme_decide", "programme_link_open"]


def at(name: str, programme: Programme, *args: object) -> str:
    return reverse(name, args=[programme.slug, *args])


def page_of(client: Client, name: str, programme: Programme, *args: object) -> str:
    response = client.get(at(name, programme, *args))
    assert response.status_code == 200
    return response.content.decode()


# --- Access ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*PAGES, *POSTS_ONLY])
def test_for_anybody_but_its_coordinators_the_pages_do_not_exist(
    name: str, method: str, programme: Programme, amina: Person, folasade: Person, stranger: Person, as_: SignIn
) -> None:
    others = [
        amina,
        folasade,
        stranger,
        CoordinatorFactory().person,
        CoordinatorFactory(programme=programme, state=M.LEFT).person,
        PersonFactory(user__is_staff=True),
    ]
    read_only = name in ("programme", "programme_people", "programme_settings")
    wrong_method = (name in POSTS_ONLY and method == "get") or (read_only and method == "post")
    for person in others:
        client = as_(person)
        assert getattr(client, method)(at(name, programme)).status_code == (405 if wrong_method else 404)


@pytest.mark.parametrize("name", PAGES)
def test_visitors_are_asked_to_sign_in(name: str, programme: Programme, client: Client) -> None:
    assert client.get(at(name, programme)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_its_coordinators_have_them(name: str, programme: Programme, coretta: Person, as_: SignIn) -> None:
    page_of(as_(coretta), name, programme)


def test_a_person_page_is_for_people_of_the_programme(
    programme: Programme, coretta: Person, amina: Person, stranger: Person, as_: SignIn
) -> None:
    client = as_(coretta)
    page_of(client, "programme_person", programme, amina.pk)
    assert client.get(at("programme_person", programme, stranger.pk)).status_code == 404
    assert as_(amina).get(at("programme_person", programme, amina.pk)).status_code == 404


def test_with_one_programme_straight_in_with_two_a_list(
    programme: Programme, coretta: Person, amina: Person, as_: SignIn
) -> None:
    client = as_(coretta)
    assert client.get(reverse("programmes")).headers["Location"] == at("programme", programme)
    other = CoordinatorFactory(person=coretta).programme
    page = client.get(reverse("programmes")).content.decode()
    assert programme.name in page
    assert other.name in page
    assert programme.name not in as_(amina).get(reverse("programmes")).content.decode()


# --- Overview --------------------------------------------------------------------------------------------------


def test_the_overview_counts_those_who_really_take_part(programme: Programme, coretta: Person, as_: SignIn) -> None:
    MentorFactory(programme=programme, capacity=3)
    MembershipFactory(programme=programme)
    MembershipFactory(programme=programme, state=M.WAITING, person__first_name="Waiting-Wanda")
    MembershipFactory(programme=programme, state=M.LEFT)
    page = page_of(as_(coretta), "programme", programme)
    assert page.count('<p class="al-figure">1</p>') == 3
    assert "0 of 3 places taken" in page
    assert "Waiting-Wanda" in page


def test_quiet_requests_are_named_without_what_was_written(
    programme: Programme, coretta: Person, folasade_membership: Membership, amina: Person, as_: SignIn
) -> None:
    now = clock.now()
    MentorshipFactory(
        mentor_membership=folasade_membership, mentee=amina, message="PRIVATE WORDS", asked_at=now - timedelta(days=6)
    )
    young = MembershipFactory(programme=programme, person__first_name="Youngwait").person
    MentorshipFactory(mentor_membership=folasade_membership, mentee=young, asked_at=now - timedelta(days=4))
    page = page_of(as_(coretta), "programme", programme)
    assert "Amina Yusuf" in page
    assert '<td class="al-number">6</td>' in page
    assert "PRIVATE WORDS" not in page
    assert "Youngwait" not in page


# --- People ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Ọlá", "Jürgen", "Left"}),
        ({"q": "ola"}, {"Ọlá"}),
        ({"q": "ỌLÁ"}, {"Ọlá"}),
        ({"q": "jurgen mull"}, {"Jürgen"}),
        ({"q": "Müller Jürgen"}, {"Jürgen"}),
        ({"q": "nobody"}, set()),
        ({"q": "%"}, set()),
        ({"role": "mentor"}, {"Jürgen"}),
        ({"state": "left"}, {"Left"}),
        ({"role": "mentor", "state": "left"}, set()),
        ({"role": "king"}, {"Ọlá", "Jürgen", "Left"}),
    ],
)
def test_people_are_found_by_name_role_and_state(
    query: dict[str, str], found: set[str], programme: Programme, coretta: Person, as_: SignIn
) -> None:
    MembershipFactory(programme=programme, person__first_name="Ọlá", person__last_name="Adébáyọ̀")
    MentorFactory(programme=programme, person__first_name="Jürgen", person__last_name="Müller")
    MembershipFactory(programme=programme, person__first_name="Left", person__last_name="Long", state=M.LEFT)
    MembershipFactory(person__first_name="Ọlá-Elsewhere")
    response = as_(coretta).get(at("programme_people", programme), query)
    page = response.content.decode()
    assert {name for name in ("Ọlá", "Jürgen", "Left") if f">{name} " in page} == found
    assert "Ọlá-Elsewhere" not in page


def test_people_are_paged(programme: Programme, coretta: Person, as_: SignIn) -> None:
    for _ in range(20):
        MembershipFactory(programme=programme)
    client = as_(coretta)
    assert page_of(client, "programme_people", programme).count('class="al-person"') == 20
    second = client.get(at("programme_people", programme), {"page": "2"}).content.decode()
    assert second.count('class="al-person"') == 1


def test_a_coordinator_sees_what_they_may_and_nothing_else(
    programme: Programme, coretta: Person, amina: Person, as_: SignIn
) -> None:
    trust = OrganisationFactory(name="Calder Trust")
    Person.objects.filter(pk=amina.pk).update(
        pronouns="she/her", headline="Ready to grow", journey="MY JOURNEY", wants="MY WISHES", organisation=trust
    )
    work = Characteristic.objects.get(key="profession")
    give_value(characteristic=work, options=["physiotherapy"], by=amina)
    give_value(characteristic=Characteristic.objects.get(key="band"), options=["6"], by=amina)
    for key, option, purpose in (
        ("ethnicity", "african", Purpose.PROFILE),
        ("gender", "woman", Purpose.ROUNDS),
    ):
        give_value(characteristic=Characteristic.objects.get(key=key), options=[option], purpose=purpose, by=amina)
    MentorshipFactory(mentor_membership=MentorFactory(programme=programme), mentee=amina, message="MY MESSAGE")
    page = page_of(as_(coretta), "programme_person", programme, amina.pk)
    for shown in ("Amina Yusuf", "she/her", "Ready to grow", "Calder Trust", "Physiotherapy · Band 6"):
        assert shown in page
    for hidden in ("MY JOURNEY", "MY WISHES", "MY MESSAGE", "African", "Woman", "example.org"):
        assert hidden not in page


@pytest.mark.parametrize("state", [M.WAITING, M.MEMBER])
def test_a_coordinator_reads_a_mentor_as_mentees_will_but_for_identity(
    state: MembershipState, programme: Programme, coretta: Person, folasade: Person, as_: SignIn
) -> None:
    Membership.objects.filter(person=folasade).update(state=state)
    Person.objects.filter(pk=folasade.pk).update(journey="MY JOURNEY", wants="MY WISHES")
    for key, option, purpose in (
        ("sponsorship_offered", "shadowing", None),
        ("ethnicity", "african", Purpose.PROFILE),
        ("gender", "woman", Purpose.ROUNDS),
    ):
        give_value(characteristic=Characteristic.objects.get(key=key), options=[option], purpose=purpose, by=folasade)
    page = page_of(as_(coretta), "programme_person", programme, folasade.pk)
    for shown in ("MY JOURNEY", "Let you shadow my work"):
        assert shown in page
    for hidden in ("MY WISHES", "African", "Woman"):
        assert hidden not in page


@pytest.mark.parametrize("state", [M.LEFT, M.DECLINED])
def test_of_who_left_or_was_declined_only_the_name_is_left(
    state: MembershipState, programme: Programme, coretta: Person, as_: SignIn
) -> None:
    gone = MembershipFactory(
        programme=programme,
        state=state,
        person__first_name="Gone",
        person__headline="Ready to grow",
        person__organisation=OrganisationFactory(name="Calder Trust"),
    ).person
    give_value(characteristic=Characteristic.objects.get(key="band"), options=["6"], by=gone)
    client = as_(coretta)
    page = page_of(client, "programme_person", programme, gone.pk) + page_of(client, "programme_people", programme)
    assert "Gone" in page
    for hidden in ("Ready to grow", "Calder Trust", "Band 6"):
        assert hidden not in page


def test_a_mentors_places_are_shown(programme: Programme, coretta: Person, folasade: Person, as_: SignIn) -> None:
    page = page_of(as_(coretta), "programme_person", programme, folasade.pk)
    assert "0 mentees, 1 place" in page


# --- Deciding ------------------------------------------------------------------------------------------------------


def waiting(programme: Programme, number: int = 1) -> list[Membership]:
    return [MembershipFactory(programme=programme, state=M.WAITING) for _ in range(number)]


def states(rows: list[Membership]) -> list[str]:
    return list(
        Membership.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("state", flat=True)
    )


def test_several_are_approved_at_once(programme: Programme, coretta: Person, as_: SignIn) -> None:
    rows = waiting(programme, 3)
    client = as_(coretta)
    data = {"decision": "approve", "chosen": [rows[0].pk, rows[1].pk]}
    response = client.post(at("programme_decide", programme), data, follow=True)
    assert "2 people were approved." in response.content.decode()
    assert states(rows) == [M.MEMBER, M.MEMBER, M.WAITING]
    again = client.post(at("programme_decide", programme), data, follow=True)
    assert "2 were not waiting any more" in again.content.decode()


def test_a_no_is_asked_once_more(programme: Programme, coretta: Person, as_: SignIn) -> None:
    rows = waiting(programme)
    client = as_(coretta)
    data = {"decision": "decline", "chosen": [rows[0].pk]}
    page = client.post(at("programme_decide", programme), data).content.decode()
    assert rows[0].person.name in page
    assert states(rows) == [M.WAITING]
    client.post(at("programme_decide", programme), {**data, "sure": "yes"})
    assert states(rows) == [M.DECLINED]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"decision": "approve"}, "Choose at least one person."),
        ({"decision": "approve", "chosen": "many"}, "has gone in the meantime"),
        ({"decision": "king", "chosen": "1"}, "Choose what to do."),
    ],
)
def test_what_makes_no_sense_is_said(
    data: dict[str, str], words: str, programme: Programme, coretta: Person, as_: SignIn
) -> None:
    response = as_(coretta).post(at("programme_decide", programme), data)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_an_error_keeps_the_ticks_and_leads_to_them(programme: Programme, coretta: Person, as_: SignIn) -> None:
    waiting = MembershipFactory(programme=programme, state=M.WAITING)
    gone = MembershipFactory(state=M.WAITING)
    data = {"decision": "approve", "chosen": [waiting.pk, gone.pk]}
    page = " ".join(as_(coretta).post(at("programme_decide", programme), data).content.decode().split())
    assert f'value="{waiting.pk}" checked' in page
    assert 'href="#id_chosen">Somebody you chose' in page
    assert 'id="id_chosen"' in page


def test_nobody_decides_on_another_programmes_people(programme: Programme, coretta: Person, as_: SignIn) -> None:
    elsewhere = MembershipFactory(state=M.WAITING)
    data = {"decision": "approve", "chosen": [elsewhere.pk]}
    assert "has gone" in as_(coretta).post(at("programme_decide", programme), data).content.decode()
    assert states([elsewhere]) == [M.WAITING]


# --- Settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "field", "value"),
    [
        ("programme_description", {"description": "For all of us."}, "description", "For all of us."),
        ("programme_positive_action", {"reason": "Few in band 8."}, "positive_action_reason", "Few in band 8."),
        ("programme_mentee_share", {"mentee_share": "55"}, "mentee_share", 55),
    ],
)
def test_a_setting_is_changed(
    name: str, data: dict[str, str], field: str, value: object, programme: Programme, coretta: Person, as_: SignIn
) -> None:
    client = as_(coretta)
    assert client.post(at(name, programme), data).headers["Location"] == at("programme_settings", programme)
    programme.refresh_from_db()
    assert getattr(programme, field) == value
    assert str(value) in page_of(client, name, programme)
    assert str(value) in page_of(client, "programme_settings", programme)


@pytest.mark.parametrize("share", ["101", "-1", "half", ""])
def test_a_share_that_is_none_is_named_and_kept(share: str, programme: Programme, coretta: Person, as_: SignIn) -> None:
    page = as_(coretta).post(at("programme_mentee_share", programme), {"mentee_share": share}).content.decode()
    assert "Error:" in page
    assert f'value="{share}"' in page or not share
    programme.refresh_from_db()
    assert programme.mentee_share == 70


def test_the_join_link_from_on_to_new_to_off(programme: Programme, coretta: Person, as_: SignIn) -> None:
    client = as_(coretta)

    def code() -> str | None:
        programme.refresh_from_db()
        return programme.join_code

    client.post(at("programme_link_open", programme))
    first = code()
    assert first is not None
    assert reverse("join_link", args=[first]) in page_of(client, "programme_settings", programme)
    page_of(client, "programme_link_renew", programme)
    assert code() == first
    client.post(at("programme_link_renew", programme))
    assert code() not in (None, first)
    client.post(at("programme_link_close", programme))
    assert code() is None
    assert client.post(at("programme_link_renew", programme)).status_code == 409


def test_a_new_link_ends_the_old_one(programme: Programme, coretta: Person, client: Client) -> None:
    domain.open_join_link(programme=programme, by=coretta)
    programme.refresh_from_db()
    old = reverse("join_link", args=[programme.join_code])
    assert client.get(old).status_code == 200
    domain.renew_join_link(programme=programme, by=coretta)
    assert client.get(old).status_code == 404


# --- Numbers of queries --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["programme", "programme_people"])
def test_pages_ask_the_database_as_often_for_three_as_for_one(
    name: str, programme: Programme, coretta: Person, as_: SignIn
) -> None:
    client = as_(coretta)

    def another() -> None:
        place = MentorFactory(programme=programme, person__organisation=OrganisationFactory())
        MembershipFactory(programme=programme, state=M.WAITING, person__organisation=OrganisationFactory())
        MentorshipFactory(mentor_membership=place, asked_at=clock.now() - timedelta(days=7))

    another()
    for_one = queries_of(client, at(name, programme))
    another()
    another()
    assert queries_of(client, at(name, programme)) == for_one <= 18


def test_the_list_of_programmes_asks_as_often_for_three_as_for_two(coretta: Person, as_: SignIn) -> None:
    client = as_(coretta)
    CoordinatorFactory(person=coretta)
    for_two = queries_of(client, reverse("programmes"))
    CoordinatorFactory(person=coretta)
    assert queries_of(client, reverse("programmes")) == for_two
    assert Membership.objects.filter(person=coretta, role=Role.COORDINATOR).count() == 3
