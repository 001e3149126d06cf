"""The first minutes."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import MembershipState
from mentoring.models import Person
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, PersonFactory, UserFactory
from tests.factories.invitations import InvitationFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
QUESTIONS = ["wants", "offers", "work", "meeting"]


@pytest.fixture
def newcomer() -> Person:
    return PersonFactory(first_name="", last_name="")


def test_nobody_starts_without_an_account(client: Client) -> None:
    for page in ("/start/", "/start/on/", "/start/wants/"):
        assert client.get(page).headers["Location"].startswith("/accounts/login/")


def test_home_sends_a_newcomer_here(as_: As, newcomer: Person) -> None:
    assert as_(newcomer).get("/").headers["Location"] == reverse("start")


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "\u200b", "…"])
def test_a_name_without_a_letter_is_none(as_: As, newcomer: Person, name: str) -> None:
    page = as_(newcomer).post("/start/", {"first_name": name, "here_for": ["mentee"]})
    assert "Enter what we should call you" in page.content.decode()


def test_a_name_does_not_turn_round_what_stands_beside_it(as_: As, newcomer: Person) -> None:
    as_(newcomer).post("/start/", {"first_name": " \u202eOlá\u2069 \u200dمريم ", "here_for": ["mentee"]})
    newcomer.refresh_from_db()
    assert newcomer.first_name == "Olá \u200dمريم"


@pytest.mark.parametrize("name", [{"first_name": "Ọlá"}, {"last_name": "李"}])
def test_one_name_is_enough(as_: As, newcomer: Person, name: dict[str, str]) -> None:
    response = as_(newcomer).post("/start/", {**name, "here_for": ["mentee"]})
    assert response.headers["Location"] == reverse("start_question", args=["wants"])
    newcomer.refresh_from_db()
    assert newcomer.name == next(iter(name.values()))


def test_no_name_is_an_error_that_keeps_the_rest(as_: As, newcomer: Person) -> None:
    words = as_(newcomer).post("/start/", {"here_for": ["mentor"]}).content.decode()
    assert "Enter what we should call you." in words
    assert words.count(" checked") == 1


@pytest.mark.parametrize(
    ("here_for", "asked"),
    [
        (["mentee"], ["wants", "work", "meeting"]),
        (["mentor"], ["offers", "work", "meeting"]),
        (["mentee", "mentor"], ["wants", "offers", "work", "meeting"]),
    ],
)
def test_the_questions_follow_from_what_brings_somebody_here(
    as_: As, newcomer: Person, here_for: list[str], asked: list[str]
) -> None:
    mine = as_(newcomer)
    on = mine.post("/start/", {"first_name": "Ọlá", "here_for": here_for}).headers["Location"]
    met: list[str] = []
    while on != reverse("start_end"):
        words = mine.get(on).content.decode()
        assert f"Question {len(met) + 1} of {len(asked)}" in words
        assert "identity" not in words.split("<main")[1].lower()
        met.append(on.split("/")[2])
        on = mine.post(on).headers["Location"]
    assert met == asked


def test_who_has_a_place_is_not_asked_what_brings_them(as_: As) -> None:
    mentor = MentorFactory(person__first_name="", person__last_name="").person
    mine = as_(mentor)
    assert "What brings you here?" not in mine.get("/start/").content.decode()
    on = mine.post("/start/", {"first_name": "Ọlá"}).headers["Location"]
    assert on == reverse("start_question", args=["offers"])


def test_a_coordinator_is_asked_no_questions(as_: As) -> None:
    coordinator = CoordinatorFactory(person__first_name="", person__last_name="").person
    assert as_(coordinator).post("/start/", {"first_name": "Coretta"}).headers["Location"] == reverse("start_end")


def test_answers_are_kept_and_skipping_keeps_nothing(as_: As, amina: Person) -> None:
    mine = as_(amina)
    mine.post("/start/wants/", {"sponsorship_wanted": ["shadowing"], "wants": "Somebody kind"})
    mine.get(reverse("start_question", args=["work"]))
    mine.post("/start/meeting/", {"meeting": ["video"], "hours": "1"})
    amina.refresh_from_db()
    assert amina.wants == "Somebody kind"
    said = dict(amina.values.values_list("characteristic_id", "options"))
    assert said == {"sponsorship_wanted": ["shadowing"], "meeting": ["video"], "hours": ["1"]}


def test_seven_wishes_are_an_error_that_loses_nothing(as_: As, amina: Person) -> None:
    seven = ["introductions", "put_forward", "shadowing", "secondment", "speaking", "writing", "committees"]
    words = as_(amina).post("/start/wants/", {"sponsorship_wanted": seven, "wants": "Typed"}).content.decode()
    assert "Choose six at most" in words
    assert "Typed" in words
    assert words.count(" checked") == 7


def test_a_question_that_is_not_theirs_leads_on(as_: As, amina: Person) -> None:
    assert as_(amina).get("/start/offers/").headers["Location"] == reverse("start_end")
    assert as_(amina).get("/start/horoscope/").status_code == 404


def test_a_mentee_member_lands_with_the_mentors(as_: As, amina: Person) -> None:
    assert as_(amina).get("/start/on/").headers["Location"] == reverse("find")


def test_without_a_programme_one_is_chosen_next(as_: As) -> None:
    assert as_(PersonFactory()).get("/start/on/").headers["Location"] == reverse("programmes_to_join")


def test_who_waits_lands_on_home_and_is_told_so(as_: As) -> None:
    waiting = MentorFactory(state=MembershipState.WAITING).person
    page = as_(waiting).get("/start/on/", follow=True)
    assert page.redirect_chain == [("/", 302)]
    words = page.content.decode()
    assert "You are waiting for approval." in words
    assert "is waiting for approval" in words


def test_an_approved_mentor_lands_on_home(as_: As, folasade: Person) -> None:
    assert as_(folasade).get("/start/on/").headers["Location"] == "/"


def test_who_is_invited_meets_the_invitation(as_: As) -> None:
    place = MembershipFactory(state=MembershipState.INVITED)
    page = reverse("programme_join", args=[place.programme.slug])
    assert as_(place.person).get("/start/on/").headers["Location"] == page


def test_a_place_kept_at_the_address_is_found_without_the_link(as_: As) -> None:
    InvitationFactory(email="Kwame@example.org")
    kwame = PersonFactory(user=UserFactory(email="kwame@example.org"))
    assert as_(kwame).get("/start/on/").headers["Location"].startswith("/claim/")
    assert "A place is kept for you in" in as_(kwame).get("/").content.decode()
