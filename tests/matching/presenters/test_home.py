"""What finding a mentor puts in the header and on Home."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from matching.enums import Direction
from matching.presenters.home import needs, panels
from mentoring.enums import MentorshipState
from mentoring.models import Membership, Person, Programme
from tests.factories import MentorFactory, MentorshipFactory
from tests.factories.matching import asks

As = Callable[[Person], Client]


def texts(person: Person) -> list[str]:
    return [need.text for need in needs(person)]


def decline(amina: Person, membership: Membership) -> None:
    moment = timezone.now()
    MentorshipFactory(
        mentee=amina,
        mentor_membership=membership,
        state=MentorshipState.DECLINED,
        answered_at=moment,
        ended_at=moment,
    )


def test_mentees_have_the_room_in_their_header_and_nobody_else(
    amina: Person, folasade: Person, coretta: Person, as_: As, client: Client
) -> None:
    assert 'href="/find/"' in as_(amina).get("/").content.decode()
    for other in (folasade, coretta):
        assert 'href="/find/"' not in as_(other).get("/account/").content.decode()
    assert 'href="/find/"' not in client.get("/").content.decode()


def test_first_to_say_what_one_would_like_then_to_look(amina: Person) -> None:
    assert texts(amina) == ["Say what you would like in a mentor"]
    asks(amina, "band", Direction.ABOVE)
    assert texts(amina) == ["Find a mentor who fits"]


@pytest.mark.parametrize("state", [MentorshipState.REQUESTED, MentorshipState.ACCEPTED])
def test_nothing_while_somebody_is_asked_or_found(
    amina: Person, folasade_membership: Membership, state: MentorshipState
) -> None:
    answered = timezone.now() if state == MentorshipState.ACCEPTED else None
    MentorshipFactory(mentee=amina, mentor_membership=folasade_membership, state=state, answered_at=answered)
    assert texts(amina) == []


def test_nothing_for_who_is_no_mentee(folasade: Person, coretta: Person) -> None:
    assert (texts(folasade), texts(coretta)) == ([], [])


def test_after_a_no_a_kind_word_and_three_others(
    amina: Person, folasade_membership: Membership, programme: Programme, as_: As
) -> None:
    for _ in range(4):
        MentorFactory(programme=programme)
    decline(amina, folasade_membership)
    assert texts(amina) == ["Folasade could not say yes this time"]
    [others] = [panel for panel in panels(amina) if panel.template == "matching/_home_others.html"]
    cards = others.context["others"]
    assert isinstance(cards, list)
    assert (len(cards), folasade_membership.person in [card.person for card in cards]) == (3, False)
    page = as_(amina).get("/").content.decode()
    assert "That says nothing about you" in page
    assert "Others who would fit you" in page


def test_no_word_of_an_old_no_once_somebody_else_is_asked(
    amina: Person, folasade_membership: Membership, programme: Programme
) -> None:
    decline(amina, folasade_membership)
    MentorshipFactory(mentee=amina, mentor_membership=MentorFactory(programme=programme))
    assert texts(amina) == []
    assert [panel.template for panel in panels(amina)] == ["matching/_home_four.html"]


def test_ones_own_four_supports_are_on_home(amina: Person, as_: As) -> None:
    asks(amina, "band", Direction.ABOVE)
    page = as_(amina).get("/").content.decode()
    assert "Your four supports" in page
    assert "Someone more senior than me" in page


def test_a_mentor_is_shown_where_to_say_whom_they_could_help(folasade: Person, as_: As) -> None:
    assert 'href="/preferences/mentor/"' in as_(folasade).get("/").content.decode()
    assert [panel.template for panel in panels(folasade)] == ["matching/_home_mentor.html"]
