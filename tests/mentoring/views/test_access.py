"""The guard in front of every page, and what wrong methods get."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import Mentorship, Person
from tests.factories import MentorshipFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]


@pytest.fixture
def button() -> str:
    """The address of a mere button."""
    row: Mentorship = MentorshipFactory()
    return reverse("mentorship_accept", args=[row.pk])


@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("http://testserver/mentoring/?past=2", "/mentoring/?past=2"),
        ("http://testserver/mentoring/", "/mentoring/"),
        ("https://evil.example/mentoring/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(
    button: str, came_from: str, back_to: str, client: Client
) -> None:
    response = client.post(button, headers={"Referer": came_from})
    assert response.headers["Location"] == f"{reverse('account_login')}?next={quote(back_to)}"


def test_a_page_asked_for_without_a_session_is_the_one_to_come_back_to(client: Client) -> None:
    response = client.get("/mentoring/?past=2", headers={"Referer": "http://testserver/account/"})
    assert response.headers["Location"] == f"{reverse('account_login')}?next={quote('/mentoring/?past=2')}"


def test_whoever_opens_the_address_of_a_button_finds_a_page(button: str, as_: SignIn, amina: Person) -> None:
    response = as_(amina).get(button)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "press the button once more" in response.content.decode()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("page", ["home", "profile", "find", "account_login"])
def test_no_page_answers_to_other_methods(method: str, page: str, as_: SignIn, amina: Person) -> None:
    response = as_(amina).generic(method, reverse(page))
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
