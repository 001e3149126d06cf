"""Saving mentors and seeing them side by side."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from matching.domain import saved as domain
from matching.enums import Direction
from matching.models import SavedMentor
from mentoring.domain.action import NotPossible
from mentoring.enums import MembershipState
from mentoring.models import Block, Membership, Person, Programme
from tests.factories import MentorFactory
from tests.factories.matching import asks, says
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


@pytest.fixture
def three(programme: Programme) -> list[Membership]:
    """Three mentors."""
    return [MentorFactory(programme=programme, person__first_name=name) for name in ("Ada", "Bola", "Chidi")]


def test_saved_is_found_again_and_let_go(as_: As, amina: Person, three: list[Membership]) -> None:
    client = as_(amina)
    for _ in range(2):
        client.post(reverse("mentor_save", args=[three[0].pk]))
    assert SavedMentor.objects.count() == 1
    assert "Ada" in client.get(reverse("saved_mentors")).text
    assert "Let go of this saved mentor" in client.get(reverse("mentor", args=[three[0].pk])).text
    client.post(reverse("mentor_let_go", args=[three[0].pk]))
    assert "You have saved nobody yet" in client.get(reverse("saved_mentors")).text


def test_nobody_else_knows(as_: As, amina: Person, three: list[Membership]) -> None:
    before = as_(three[0].person).get(reverse("home")).text
    domain.save_mentor(mentor=three[0], by=amina)
    assert len(as_(three[0].person).get(reverse("home")).text) == len(before)


def test_whoever_is_gone_is_said_to_be_and_not_named(as_: As, amina: Person, three: list[Membership]) -> None:
    for mentor in three:
        domain.save_mentor(mentor=mentor, by=amina)
    Block.objects.create(blocker=three[0].person, blocked=amina)
    Membership.objects.filter(pk=three[1].pk).update(state=MembershipState.LEFT)
    page = as_(amina).get(reverse("saved_mentors")).text
    assert "2 mentors you saved are not here at present" in page
    assert "Ada" not in page
    assert "Bola" not in page
    assert "Chidi" in page


def test_who_cannot_be_seen_cannot_be_saved(as_: As, stranger: Person, three: list[Membership]) -> None:
    for name in ("mentor_save", "mentor_let_go"):
        assert as_(stranger).post(reverse(name, args=[three[0].pk])).status_code == 404
    assert not SavedMentor.objects.exists()


def test_there_is_an_end_to_saving(monkeypatch: pytest.MonkeyPatch, amina: Person, three: list[Membership]) -> None:
    monkeypatch.setattr(domain, "MOST", 2)
    for mentor in (*three[:2], three[0]):
        domain.save_mentor(mentor=mentor, by=amina)
    with pytest.raises(NotPossible):
        domain.save_mentor(mentor=three[2], by=amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedMentor.objects.create(person=amina, membership=three[0])


def test_side_by_side(as_: As, amina: Person, three: list[Membership]) -> None:
    says(amina, "profession", "dietetics")
    asks(amina, "profession", Direction.SAME)
    says(three[0].person, "profession", "dietetics")
    says(three[1].person, "profession", "medicine")
    page = as_(amina).get(reverse("compare_mentors"), {"with": [three[1].pk, three[0].pk]})
    comparison = page.context["comparison"]
    assert [column.person.first_name for column in comparison.columns] == ["Bola", "Ada"]
    asked = {line.label: [cell.met for cell in line.cells] for line in comparison.asked}
    assert list(asked.values())[1] == [False, True]
    assert "Not on the profile" in page.text


@pytest.mark.parametrize("chosen", [[], [0], [0, 1, 2, 3]])
def test_two_or_three_it_must_be(
    as_: As, amina: Person, programme: Programme, three: list[Membership], chosen: list[int]
) -> None:
    mentors = [*three, MentorFactory(programme=programme)]
    answer = as_(amina).get(reverse("compare_mentors"), {"with": [mentors[at].pk for at in chosen]}, follow=True)
    assert "Choose two or three mentors to compare." in answer.text


@pytest.mark.parametrize("with_", ["x", "-1", "9" * 30, "²"])
def test_what_is_no_number_is_nobody(as_: As, amina: Person, with_: str) -> None:
    assert as_(amina).get(reverse("compare_mentors"), {"with": with_}).status_code == 302


def test_who_cannot_be_seen_is_not_compared(as_: As, amina: Person, three: list[Membership]) -> None:
    elsewhere = MentorFactory(person__first_name="Elsewhere")
    page = as_(amina).get(reverse("compare_mentors"), {"with": [three[0].pk, three[1].pk, elsewhere.pk]})
    assert "Elsewhere" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_little_for_three_as_for_one(
    as_: As, amina: Person, three: list[Membership], count: int
) -> None:
    for mentor in three[:count]:
        says(mentor.person, "profession", "dietetics")
        domain.save_mentor(mentor=mentor, by=amina)
    assert queries_of(as_(amina), reverse("saved_mentors")) == 12


def test_saved_from_the_list_and_back_to_the_same_card(as_: As, amina: Person, three: list[Membership]) -> None:
    client, here = as_(amina), "/find/?q=Ada&order=rating"
    card = three[0].pk
    assert f'name="back" value="{here.replace("&", "&amp;")}"' in client.get(here).text
    answer = client.post(reverse("mentor_save", args=[card]), {"back": here})
    assert answer.headers["Location"] == f"{here}#mentor-{card}"
    assert "Saved: let go" in client.get(here).text
    answer = client.post(reverse("mentor_let_go", args=[card]), {"back": "/find/"})
    assert answer.headers["Location"] == f"/find/#mentor-{card}"
    assert not SavedMentor.objects.exists()


@pytest.mark.parametrize(
    "back", ["", "https://evil.example/find/", "//evil.example/find/", "/account/", "javascript:/find/", "find/"]
)
def test_no_other_address_is_gone_back_to(as_: As, amina: Person, three: list[Membership], back: str) -> None:
    page = reverse("mentor", args=[three[0].pk])
    answer = as_(amina).post(reverse("mentor_save", args=[three[0].pk]), {"back": back})
    assert answer.headers["Location"] == page
    answer = as_(amina).get(reverse("compare_mentors"), {"from": back})
    assert answer.headers["Location"] == reverse("saved_mentors")


def test_ticked_in_the_list_and_compared(as_: As, amina: Person, three: list[Membership]) -> None:
    client = as_(amina)
    page = client.get("/find/").text
    for mentor in three:
        assert f'id="compare-{mentor.pk}"' in page
    assert page.count('form="compare"') == 3
    one = f"{reverse('compare_mentors')}?from=/find/%3Fq%3Da&with={three[0].pk}"
    assert 'href="/find/?q=a"' in client.get(f"{one}&with={three[1].pk}").text
    answer = client.get(one)
    assert answer.headers["Location"] == "/find/?q=a"


def test_working_styles_are_drawn_and_said(as_: As, amina: Person, three: list[Membership]) -> None:
    says(amina, "feedback", point=3)
    says(three[0].person, "feedback", point=1)
    page = as_(amina).get(reverse("compare_mentors"), {"with": [three[0].pk, three[1].pk]})
    row = page.context["comparison"].scales[0]
    assert [(who.first_name, point) for who, point in row.theirs] == [("Ada", 1), ("Bola", None)]
    assert row.mine == 3
    assert "Ada: all the way to direct feedback; you: in the middle" in page.text
    assert "<svg" in page.text
    assert "Not on the profile" in page.text


@pytest.mark.parametrize("scales", [1, 3])
def test_a_comparison_asks_as_little_for_many_scales(
    as_: As, amina: Person, three: list[Membership], scales: int
) -> None:
    for key in ("feedback", "planning", "focus")[:scales]:
        for mentor in three[:2]:
            says(mentor.person, key, point=2)
    address = f"{reverse('compare_mentors')}?with={three[0].pk}&with={three[1].pk}"
    assert queries_of(as_(amina), address) == 32
