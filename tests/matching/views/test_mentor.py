"""A mentor's page, and asking."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from matching.enums import Direction, Side, Strength
from mentoring.domain import credential
from mentoring.enums import CredentialKind, MembershipState, MentorshipState, Purpose
from mentoring.models import Block, Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, ProgrammeFactory
from tests.factories.matching import asks, says

As = Callable[[Person], Client]


@pytest.fixture
def mentor(folasade_membership: Membership) -> str:
    """The address of Folasade's page."""
    return f"/mentors/{folasade_membership.pk}/"


@pytest.mark.parametrize("path", ["", "ask/"])
def test_somebody_signed_out_signs_in_first(client: Client, mentor: str, path: str) -> None:
    assert client.get(mentor + path)["Location"] == f"/accounts/login/?next={mentor}{path}"


@pytest.mark.parametrize("path", ["", "ask/"])
def test_nobody_else_finds_the_page(
    mentor: str, path: str, folasade: Person, coretta: Person, stranger: Person, as_: As
) -> None:
    for person in (folasade, coretta, stranger):
        assert as_(person).get(mentor + path).status_code == 404
        assert as_(person).post(mentor + path, {"message": "Hello"}).status_code == 404
    assert not Mentorship.objects.exists()


@pytest.mark.parametrize("path", ["", "ask/"])
def test_what_is_no_mentor_is_not_found(amina: Person, programme: Programme, path: str, as_: As) -> None:
    own = amina.memberships.get().pk
    waiting = MentorFactory(programme=programme, state=MembershipState.WAITING).pk
    elsewhere = MentorFactory().pk
    for pk in (own, waiting, elsewhere, 0, 10**30):
        assert as_(amina).get(f"/mentors/{pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "ask/"])
def test_a_block_either_way_hides_the_page(amina: Person, folasade: Person, mentor: str, path: str, as_: As) -> None:
    block = Block.objects.create(blocker=folasade, blocked=amina)
    assert as_(amina).get(mentor + path).status_code == 404
    block.delete()
    Block.objects.create(blocker=amina, blocked=folasade)
    assert as_(amina).get(mentor + path).status_code == 404


def test_why_you_might_work_well(amina: Person, folasade: Person, mentor: str, as_: As) -> None:
    says(amina, "band", "6")
    says(amina, "feedback", point=1)
    says(amina, "values", "growth")
    says(folasade, "band", "8a")
    says(folasade, "feedback", point=5)
    asks(amina, "band", Direction.ABOVE, Strength.REQUIRE)
    asks(amina, "feedback", Direction.SAME, Strength.NEED)
    asks(amina, "values", Direction.SAME, Strength.SUPPORT)
    html = as_(amina).get(mentor).content.decode()
    assert "Fits 1 of the 3 things you asked for" in html
    assert "Is more senior than you: band 8a" in html
    assert "Prefers gentle feedback, where you prefer direct feedback" in html
    assert "Not on their profile" in html
    assert f'href="{mentor}ask/"' in html


def test_points_add_up_on_the_page(amina: Person, folasade: Person, mentor: str, as_: As) -> None:
    says(amina, "values", "growth")
    says(amina, "band", "6")
    says(amina, "years", "5_9")
    for key, strength in (("values", Strength.NEED), ("band", Strength.HELP), ("years", Strength.SUPPORT)):
        asks(amina, key, Direction.SAME, strength)
    says(folasade, "band", "7")
    response = as_(amina).get(mentor)
    page = response.context["page"]
    assert sum(told.points for told in page.sums) == page.fit.score
    assert f"<strong>{page.fit.score}</strong>" in response.content.decode()


def test_a_condition_that_is_not_met_is_said(amina: Person, folasade: Person, mentor: str, as_: As) -> None:
    asks(amina, "profession", Direction.ONE_OF, Strength.REQUIRE, "dietetics")
    assert "is not in your list: there is something you require" in as_(amina).get(mentor).content.decode()


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_what_is_hidden_is_not_on_the_profile(
    amina: Person, folasade: Person, mentor: str, purpose: Purpose, as_: As
) -> None:
    says(amina, "ethnicity", "gypsy_traveller")
    says(folasade, "ethnicity", "gypsy_traveller", purpose=purpose)
    asks(amina, "ethnicity", Direction.SAME)
    html = as_(amina).get(mentor).content.decode()
    assert "Not on their profile" in html
    assert "Traveller" not in html


def test_what_the_mentor_hopes_for_is_not_shown(amina: Person, folasade: Person, mentor: str, as_: As) -> None:
    says(amina, "values", "growth")
    says(folasade, "values", "growth")
    asks(folasade, "values", Direction.SAME, Strength.REQUIRE, side=Side.AS_MENTOR)
    response = as_(amina).get(mentor)
    assert response.context["page"].fit.told == ()
    assert "You have not said what you would like in a mentor yet." in response.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"paused": True}, "on a break from new requests"), ({"capacity": 0}, "no free place at present")],
)
def test_why_not_now(
    amina: Person, folasade: Person, mentor: str, change: dict[str, object], words: str, as_: As
) -> None:
    folasade.memberships.update(**change)
    html = as_(amina).get(mentor).content.decode()
    assert words in html
    assert f'href="{mentor}ask/"' not in html
    response = as_(amina).post(f"{mentor}ask/", {"message": "Hello"}, follow=True)
    assert response.redirect_chain == [(mentor, 302)]
    assert words in response.content.decode()
    assert not Mentorship.objects.exists()


def test_asking(amina: Person, folasade: Person, mentor: str, as_: As) -> None:
    client = as_(amina)
    assert "Your message to Folasade" in client.get(f"{mentor}ask/").content.decode()
    response = client.post(f"{mentor}ask/", {"message": "I would like to learn how you lead."})
    assert response["Location"] == "/mentoring/"
    row = Mentorship.objects.get()
    assert (row.mentee, row.mentor, row.state, row.message) == (
        amina,
        folasade,
        MentorshipState.REQUESTED,
        "I would like to learn how you lead.",
    )
    assert "You have asked Folasade." in client.get("/mentoring/").content.decode()


def test_asking_twice_is_asking_once(amina: Person, mentor: str, as_: As) -> None:
    client = as_(amina)
    client.post(f"{mentor}ask/", {"message": "Hello"})
    row = Mentorship.objects.get()
    assert client.post(f"{mentor}ask/", {"message": "Hello"})["Location"] == f"/mentoring/{row.pk}/"
    assert client.get(f"{mentor}ask/")["Location"] == f"/mentoring/{row.pk}/"
    assert Mentorship.objects.count() == 1
    html = client.get(mentor).content.decode()
    assert "You have asked" in html
    assert f'href="{mentor}ask/"' not in html


@pytest.mark.parametrize(("message", "words"), [("", "Write a line or two"), ("x" * 2001, "2000")])
def test_a_wrong_message_loses_nothing(amina: Person, mentor: str, message: str, words: str, as_: As) -> None:
    html = as_(amina).post(f"{mentor}ask/", {"message": message}).content.decode()
    assert "There is a problem" in html
    assert words in html
    assert message in html
    assert not Mentorship.objects.exists()


def test_a_fourth_request_at_once_is_one_too_many(amina: Person, mentor: str, programme: Programme, as_: As) -> None:
    for _ in range(3):
        MentorshipFactory(mentee=amina, mentor_membership=MentorFactory(programme=programme))
    response = as_(amina).post(f"{mentor}ask/", {"message": "Hello"}, follow=True)
    assert "You have 3 requests waiting." in response.content.decode()
    assert Mentorship.objects.count() == 3


def test_the_page_ranks_in_the_mentors_own_programme(amina: Person, mentor: str, as_: As) -> None:
    MembershipFactory(person=amina, programme=ProgrammeFactory(name="Aaa first by name"))
    assert as_(amina).get(mentor).status_code == 200


@pytest.mark.parametrize("answers", [1, 3])
def test_constant_queries(
    amina: Person,
    folasade: Person,
    mentor: str,
    as_: As,
    answers: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for key, option in [("values", "growth"), ("band", "7"), ("profession", "dietetics")][:answers]:
        says(amina, key, option)
        says(folasade, key, option)
        asks(amina, key, Direction.SAME)
    client = as_(amina)
    # What the header asks is for other tests to count.
    with override_settings(ROOMS=[]), django_assert_num_queries(27):
        client.get(mentor)


def test_the_page_is_in_the_order_in_which_it_is_worth_reading(
    amina: Person, folasade: Person, mentor: str, as_: As
) -> None:
    """Why, journey, offer, ways of working, race, commitments, credentials, what mentees say, asking; facts beside."""
    Person.objects.filter(pk=folasade.pk).update(journey="From Ibadan to Leeds.", commitments=["honest"])
    for key, said in (("sponsorship_offered", "introductions"), ("race_talk", "i_raise"), ("profession", "dietetics")):
        says(folasade, key, said)
    says(folasade, "feedback", point=2)
    credential.add_credential(kind=CredentialKind.QUALIFICATION, said={"title": "Dietitian"}, by=folasade)
    html = as_(amina).get(mentor).text
    headings = [unescape(each.strip()) for each in re.findall(r'<h2 class="al-card__title">\s*([^<]+?)\s*</h2>', html)]
    assert headings == [
        "Why you might work well together",
        "My journey",
        "What I offer",
        "How I work",
        "How I like to approach race",
        "What you can count on",
        "Credentials",
        "What mentees say",
        "Asking",
        "My work",
    ]
