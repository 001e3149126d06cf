"""My mentoring: who sees which page, what it says at each stage, and what cannot be done twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, mentorship
from mentoring.enums import MentorshipState
from mentoring.models import Membership, Mentorship, Person
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, PersonFactory
from tests.mentoring.domain.test_mentorship import in_state
from tests.mentoring.views.counting import queries_of

S = MentorshipState
SignIn = Callable[[Person], Client]
ACTIONS = ["mentorship_accept", "mentorship_decline", "mentorship_withdraw", "mentorship_end"]
MESSAGE = "I would like to learn how you moved into leadership."


@pytest.fixture
def asked(amina: Person, folasade_membership: Membership) -> Mentorship:
    """Amina's request to Folasade."""
    return mentorship.ask(mentor=folasade_membership, message=MESSAGE, by=amina)


def shown(client: Client, row: Mentorship) -> str:
    return client.get(reverse("mentorship", args=[row.pk])).content.decode()


# --- Access --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mentorship", *ACTIONS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_a_stranger_the_pages_do_not_exist(
    name: str, method: str, asked: Mentorship, stranger: Person, coretta: Person, as_: SignIn
) -> None:
    for person in (stranger, coretta, MembershipFactory(programme=asked.programme).person):
        missing = getattr(as_(person), method)(reverse(name, args=["00000000-0000-4000-8000-000000000000"]))
        response = getattr(as_(person), method)(reverse(name, args=[asked.pk]))
        refused_by_method = (name, method) in {("mentorship_accept", "get"), ("mentorship", "post")}
        assert response.status_code == (405 if refused_by_method else 404)
        assert (response.status_code, response.content) == (missing.status_code, missing.content)
    asked.refresh_from_db()
    assert asked.state == S.REQUESTED


@pytest.mark.parametrize("name", ["my_mentoring", "blocks"])
def test_visitors_are_asked_to_sign_in_for_lists(name: str, client: Client, db: None) -> None:
    assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["mentorship", *ACTIONS[1:]])
def test_visitors_are_asked_to_sign_in(name: str, client: Client, asked: Mentorship) -> None:
    response = client.get(reverse(name, args=[asked.pk]))
    assert response.headers["Location"].startswith(reverse("account_login"))


# Status of a POST by (action, side, state); whoever's part it is not finds no such page.
POSTS = {
    ("mentorship_accept", "mentee"): dict.fromkeys(S, 404),
    ("mentorship_accept", "mentor"): {**dict.fromkeys(S, 409), S.REQUESTED: 302, S.ACCEPTED: 302},
    ("mentorship_decline", "mentee"): dict.fromkeys(S, 404),
    ("mentorship_decline", "mentor"): {**dict.fromkeys(S, 409), S.REQUESTED: 302, S.DECLINED: 302},
    ("mentorship_withdraw", "mentee"): {**dict.fromkeys(S, 409), S.REQUESTED: 302, S.WITHDRAWN: 302},
    ("mentorship_withdraw", "mentor"): dict.fromkeys(S, 404),
    **{
        ("mentorship_end", side): {**dict.fromkeys(S, 409), S.ACCEPTED: 302, S.ACTIVE: 302, S.ENDED: 302}
        for side in ("mentee", "mentor")
    },
}


def posts() -> list[tuple[str, str, MentorshipState, int]]:
    return [
        (name, side, state, status) for (name, side), statuses in POSTS.items() for state, status in statuses.items()
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "side", "state", "status"), posts())
def test_every_action_by_each_side_in_every_state(
    name: str, side: str, state: MentorshipState, status: int, as_: SignIn
) -> None:
    row = in_state(state)
    person = row.mentee if side == "mentee" else row.mentor
    assert person is not None
    client = as_(person)
    assert client.post(reverse(name, args=[row.pk])).status_code == status
    assert client.get(reverse("mentorship", args=[row.pk])).status_code == 200
    if status == 409:
        row.refresh_from_db()
        assert row.state == state


# --- What the page says ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "to_mentor", "to_both"),
    [
        (S.REQUESTED, True, False),
        (S.ACCEPTED, True, True),
        (S.ACTIVE, True, True),
        (S.ENDED, True, False),
        (S.DECLINED, False, False),
        (S.WITHDRAWN, False, False),
    ],
)
def test_words_and_addresses_are_shown_only_as_far_as_things_have_come(
    state: MentorshipState, to_mentor: bool, to_both: bool, as_: SignIn
) -> None:
    row = in_state(state)
    assert row.mentee is not None
    assert row.mentor is not None
    assert row.mentee.user is not None
    assert row.mentor.user is not None
    mentees, mentors = shown(as_(row.mentee), row), shown(as_(row.mentor), row)
    assert row.message in mentees
    assert (row.message in mentors) == to_mentor
    assert (row.mentor.user.email in mentees) == to_both
    assert (row.mentee.user.email in mentors) == to_both


def test_the_mentor_reads_what_the_mentee_says_of_themselves_while_it_is_open(
    asked: Mentorship, amina: Person, folasade: Person, as_: SignIn
) -> None:
    Person.objects.filter(pk=amina.pk).update(wants="Somebody who tells me straight.", journey="I began in Leeds.")
    page = shown(as_(folasade), asked)
    assert "Somebody who tells me straight." in page
    assert "I began in Leeds." in page
    mentorship.decline(mentorship=asked, kind_word="", by=folasade)
    assert "I began in Leeds." not in shown(as_(folasade), asked)


def test_a_declined_mentee_reads_the_kind_word_and_that_it_says_nothing_about_them(
    asked: Mentorship, amina: Person, folasade: Person, as_: SignIn
) -> None:
    client = as_(folasade)
    assert "A no is a fine answer" in client.get(reverse("mentorship_decline", args=[asked.pk])).content.decode()
    client.post(reverse("mentorship_decline", args=[asked.pk]), {"kind_word": "Ask me again in spring."})
    page = shown(as_(amina), asked)
    assert "Ask me again in spring." in page
    assert "This says nothing about you." in page
    assert reverse("find") in page


def test_a_partner_who_has_left_is_not_named(asked: Mentorship, amina: Person, folasade: Person, as_: SignIn) -> None:
    mentorship.decline(mentorship=asked, kind_word="", by=folasade)
    folasade.delete()
    client = as_(amina)
    assert "Folasade" not in shown(client, asked)
    assert "Somebody who has left" in client.get(reverse("my_mentoring")).content.decode()


def test_the_other_sides_block_does_not_show(asked: Mentorship, amina: Person, folasade: Person, as_: SignIn) -> None:
    as_(folasade).post(reverse("block", args=[amina.pk]))
    page = shown(as_(amina), asked)
    assert "could not say yes this time" in page
    assert "blocked" not in page


# --- Refusals --------------------------------------------------------------------------------------------------


def test_a_place_that_is_gone_is_said_clearly(
    asked: Mentorship, folasade: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    in_state(S.ACTIVE, folasade_membership)
    client = as_(folasade)
    page = shown(client, asked)
    assert "Offer another place" in page
    assert "Say yes" not in page
    response = client.post(reverse("mentorship_accept", args=[asked.pk]))
    assert response.status_code == 409
    assert "All your places are taken." in response.content.decode()
    asked.refresh_from_db()
    assert asked.state == S.REQUESTED


def test_a_kind_word_is_not_lost_when_the_request_is_gone(
    asked: Mentorship, amina: Person, folasade: Person, as_: SignIn
) -> None:
    mentorship.withdraw(mentorship=asked, by=amina)
    response = as_(folasade).post(reverse("mentorship_decline", args=[asked.pk]), {"kind_word": "A long kind word."})
    assert response.status_code == 409
    page = response.content.decode()
    assert "This request has been withdrawn in the meantime." in page
    assert "A long kind word." in page


def test_too_long_a_kind_word_is_kept_and_named(asked: Mentorship, folasade: Person, as_: SignIn) -> None:
    response = as_(folasade).post(reverse("mentorship_decline", args=[asked.pk]), {"kind_word": "x" * 601})
    assert response.status_code == 200
    assert "x" * 601 in response.content.decode()
    assert "Error:" in response.content.decode()


# --- The list ------------------------------------------------------------------------------------------------------


def test_each_side_finds_the_request_in_its_place(
    asked: Mentorship, amina: Person, folasade: Person, as_: SignIn
) -> None:
    mine = as_(amina).get(reverse("my_mentoring")).content.decode()
    theirs = as_(folasade).get(reverse("my_mentoring")).content.decode()
    assert "Your requests" in mine
    assert "No answer yet" in mine
    assert "Waiting for your answer" not in mine
    assert "Waiting for you" in theirs
    assert "0 of 1 taken" in theirs


def test_requests_to_answer_come_oldest_first(folasade_membership: Membership, as_: SignIn) -> None:
    now = clock.now()
    for name, days in (("Beatrice", 1), ("Abimbola", 3), ("Cyprian", 2)):
        mentee = MembershipFactory(programme=folasade_membership.programme, person__first_name=name).person
        MentorshipFactory(mentor_membership=folasade_membership, mentee=mentee, asked_at=now - timedelta(days=days))
    page = as_(folasade_membership.person).get(reverse("my_mentoring")).content.decode()
    assert sorted(("Abimbola", "Beatrice", "Cyprian"), key=page.index) == ["Abimbola", "Cyprian", "Beatrice"]


def test_an_answer_is_news_for_a_month_and_then_past(
    asked: Mentorship, amina: Person, folasade: Person, as_: SignIn
) -> None:
    mentorship.decline(mentorship=asked, kind_word="", by=folasade)
    client = as_(amina)
    assert 'id="answers"' in client.get(reverse("my_mentoring")).content.decode()
    long_ago = clock.now() - timedelta(days=31)
    Mentorship.objects.update(asked_at=long_ago, answered_at=long_ago, ended_at=long_ago)
    page = client.get(reverse("my_mentoring")).content.decode()
    assert 'id="answers"' not in page
    assert 'id="past"' in page


def test_long_lists_are_paged(folasade_membership: Membership, as_: SignIn) -> None:
    for _ in range(21):
        in_state(S.REQUESTED, folasade_membership)
    client = as_(folasade_membership.person)
    assert client.get(reverse("my_mentoring")).content.decode().count("Waiting for you<") == 20
    second = client.get(reverse("my_mentoring"), {"asked": "2"})
    assert second.content.decode().count("Waiting for you<") == 1


def test_somebody_new_is_shown_the_next_step(amina: Person, as_: SignIn) -> None:
    assert reverse("find") in as_(amina).get(reverse("my_mentoring")).content.decode()
    outsider = PersonFactory()
    assert reverse("programmes_to_join") in as_(outsider).get(reverse("my_mentoring")).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(as_: SignIn, db: None) -> None:
    place = MentorFactory(capacity=9)
    MembershipFactory(programme=place.programme, person=place.person)
    client = as_(place.person)

    def another() -> None:
        for state in S:
            in_state(state, place)
            in_state(state, MentorFactory(programme=place.programme), mentee=place.person)

    another()
    for_one = queries_of(client, reverse("my_mentoring"))
    another()
    another()
    assert queries_of(client, reverse("my_mentoring")) == for_one <= 26


def test_the_page_asks_the_database_as_often_whatever_else_there_is(
    asked: Mentorship, folasade: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    client = as_(folasade)
    url = reverse("mentorship", args=[asked.pk])
    for_one = queries_of(client, url)
    for _ in range(3):
        in_state(S.REQUESTED, folasade_membership)
    assert queries_of(client, url) == for_one <= 16
