"""Home: the greeting, what needs somebody now, and a header that shows only what they have."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, mentorship
from mentoring.enums import MembershipState, MentorshipState, NotificationState, Role
from mentoring.models import Membership, Mentorship, Notification, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, MentorshipFactory, PersonFactory
from tests.mentoring.domain.test_mentorship import in_state
from tests.mentoring.views.counting import queries_of

S = MentorshipState
SignIn = Callable[[Person], Client]


def home(client: Client) -> str:
    return client.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("moment", "greeting"),
    [
        ("2026-07-01T02:30Z", "Good evening, Amina"),
        ("2026-07-01T03:30Z", "Good morning, Amina"),
        ("2026-07-01T11:30Z", "Good afternoon, Amina"),
        ("2026-01-01T11:30Z", "Good morning, Amina"),
        ("2026-01-01T18:00Z", "Good evening, Amina"),
    ],
)
def test_the_greeting_goes_by_the_clock_in_london(moment: str, greeting: str, amina: Person, as_: SignIn) -> None:
    with time_machine.travel(moment, tick=False):
        assert greeting in home(as_(amina))


def test_programmes_and_roles_stand_under_it(programme: Programme, amina: Person, as_: SignIn) -> None:
    MentorFactory(programme=programme, person=amina)
    MembershipFactory(programme__name="Open Door", person=amina, state=MembershipState.WAITING)
    assert "Allied Health Futures · mentee and mentor" in home(as_(amina))


def test_somebody_without_a_name_is_sent_to_the_first_questions(db: None, as_: SignIn) -> None:
    response = as_(PersonFactory(first_name="", last_name="")).get(reverse("home"))
    assert response.headers["Location"] == reverse("start")


def test_visitors_see_the_landing_page(client: Client, db: None) -> None:
    assert client.get(reverse("home")).status_code == 200
    assert "What needs you now" not in home(client)


def test_somebody_in_no_programme_is_invited_to_one(db: None, as_: SignIn) -> None:
    assert reverse("programmes_to_join") in home(as_(PersonFactory()))


def test_somebody_who_waits_reads_what_happens_next(programme: Programme, as_: SignIn) -> None:
    waiting = MembershipFactory(programme=programme, state=MembershipState.WAITING).person
    assert "A coordinator looks at it" in home(as_(waiting))


def test_a_request_needs_its_mentor_and_nobody_else(
    amina: Person, folasade: Person, folasade_membership: Membership, coretta: Person, as_: SignIn
) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    words = "Amina would like you to be their mentor"
    assert words in home(as_(folasade))
    assert reverse("mentorship", args=[row.pk]) in home(as_(folasade))
    assert words not in home(as_(amina))
    assert words not in home(as_(coretta))
    mentorship.accept(mentorship=row, by=folasade)
    assert words not in home(as_(folasade))


@pytest.mark.parametrize(
    ("state", "to_mentee", "to_mentor"),
    [
        (S.ACCEPTED, "Folasade said yes: arrange a first conversation", "Arrange a first conversation with Amina"),
        (S.DECLINED, "There is an answer from Folasade", ""),
    ],
)
def test_an_answer_is_news_for_two_weeks(
    state: MentorshipState,
    to_mentee: str,
    to_mentor: str,
    amina: Person,
    folasade: Person,
    folasade_membership: Membership,
    as_: SignIn,
) -> None:
    in_state(state, folasade_membership, mentee=amina)
    assert to_mentee in home(as_(amina))
    assert to_mentor in home(as_(folasade))
    long_ago = clock.now() - timedelta(days=15)
    Mentorship.objects.update(asked_at=long_ago, answered_at=long_ago)
    assert to_mentee not in home(as_(amina))


def test_a_coordinator_sees_who_waits_and_what_went_quiet_in_their_own_programmes(
    programme: Programme, coretta: Person, folasade_membership: Membership, as_: SignIn
) -> None:
    elsewhere = CoordinatorFactory().person
    MembershipFactory(programme=programme, state=MembershipState.WAITING)
    MentorshipFactory(mentor_membership=folasade_membership, asked_at=clock.now() - timedelta(days=6))
    MentorshipFactory(mentor_membership=MentorFactory(programme=programme), asked_at=clock.now() - timedelta(days=4))
    page = home(as_(coretta))
    assert "1 person waits for your approval" in page
    assert "1 request has waited five days or more" in page
    assert "waits for your approval" not in home(as_(elsewhere))
    assert "waited five days or more" not in home(as_(elsewhere))


def test_an_administrator_hears_of_messages_that_could_not_be_sent(amina: Person, as_: SignIn) -> None:
    Notification.objects.create(
        key="k", address="x@example.org", state=NotificationState.QUARANTINED, finished_at=clock.now()
    )
    assert "1 message could not be sent" in home(as_(PersonFactory(user__is_staff=True)))
    assert "could not be sent" not in home(as_(amina))


def test_at_most_five_things_need_somebody(folasade_membership: Membership, as_: SignIn) -> None:
    for _ in range(7):
        in_state(S.REQUESTED, folasade_membership)
    assert home(as_(folasade_membership.person)).count('class="al-todo__item') == 5


@pytest.mark.parametrize(
    ("roles", "staff", "rooms"),
    [
        ([], False, set()),
        ([Role.MENTEE], False, {"my_mentoring"}),
        ([Role.MENTOR], False, {"my_mentoring"}),
        ([Role.COORDINATOR], False, {"programmes"}),
        ([Role.MENTEE, Role.COORDINATOR], True, {"my_mentoring", "programmes", "administration"}),
    ],
)
def test_the_header_shows_only_what_somebody_has(
    roles: list[Role], staff: bool, rooms: set[str], programme: Programme, as_: SignIn
) -> None:
    person = PersonFactory(user__is_staff=staff)
    for role in roles:
        MembershipFactory(programme=programme, person=person, role=role, capacity=1 if role == Role.MENTOR else None)
    page = home(as_(person))
    header = page[page.index("<header") : page.index("</header>")]
    names = ("my_mentoring", "programmes", "administration")
    assert {name for name in names if f'href="{reverse(name)}"' in header} == rooms


def test_home_asks_the_database_as_often_for_three_of_everything_as_for_one(as_: SignIn, db: None) -> None:
    person = MentorFactory(capacity=9, person__user__is_staff=True).person
    client = as_(person)

    def another() -> None:
        place = person.memberships.get(role=Role.MENTOR)
        own = CoordinatorFactory(person=person).programme
        MembershipFactory(programme=own, state=MembershipState.WAITING)
        MembershipFactory(programme=own, person=person)
        MentorshipFactory(mentor_membership=MentorFactory(programme=own), asked_at=clock.now() - timedelta(days=6))
        MembershipFactory(person=person, state=MembershipState.INVITED)
        for state in (S.REQUESTED, S.ACCEPTED, S.DECLINED):
            in_state(state, place)
            in_state(state, MentorFactory(programme=own), mentee=person)

    another()
    for_one = queries_of(client, reverse("home"))
    another()
    another()
    assert queries_of(client, reverse("home")) == for_one


def test_an_ending_is_told_to_the_other_for_two_weeks(folasade_membership: Membership, as_: SignIn) -> None:
    row = in_state(S.ACCEPTED, folasade_membership)
    assert row.mentee is not None
    mentorship.end(mentorship=row, by=folasade_membership.person)
    assert "Your mentoring with Folasade has ended" in home(as_(row.mentee))
    Mentorship.objects.update(ended_at=clock.now() - clock.ANSWER_STANDS_ON_HOME - timedelta(hours=1))
    assert "has ended" not in home(as_(row.mentee))
