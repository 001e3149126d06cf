"""Whole ways through the product, as people go them."""

import re
from collections.abc import Callable

import pytest

from mentoring.domain import notification
from mentoring.models import Mentorship, Notification, Person, Programme
from tests.e2e.conftest import Visitor

Arrive = Callable[..., Visitor]
PASSWORD = "three unrelated words"


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_mentee_finds_a_mentor_who_says_yes(visitor: Arrive, *, javascript: bool) -> None:
    # Given Amina, who knows what she wants
    amina = visitor(javascript=javascript)
    amina.sign_in("amina@example.org")
    assert amina.heading.endswith(", Amina")

    # When she looks for a mentor
    amina.open("/find/")
    first = amina.page.locator("article").first.inner_text()
    assert re.search(r"Fits \d of the 5 things you asked for", first)

    # And reads Folasade's profile, with the reasons
    amina.follow("Folasade Adébáyọ̀")
    assert "You both prefer direct feedback" in amina.text
    assert "I came from Ìbàdàn" in amina.text

    # And asks
    amina.follow("Ask Folasade")
    amina.page.get_by_label("Your message to Folasade").fill("Your journey is one I would like to be on.")
    amina.press("Send to Folasade")
    assert "Folasade" in amina.text

    # Then Folasade finds the request on her first page, and says yes
    folasade = visitor(javascript=javascript)
    folasade.sign_in("folasade@example.org")
    assert "Amina would like you to be their mentor" in folasade.text
    folasade.follow("Read and answer")
    assert "Your journey is one I would like to be on." in folasade.text
    folasade.press("Say yes to Amina")

    # And both see how to reach each other
    assert "amina@example.org" in folasade.text
    amina.open(f"/mentoring/{Mentorship.objects.get(mentee__first_name='Amina').pk}/")
    assert "folasade@example.org" in amina.text


def test_a_declined_mentee_reads_that_it_says_nothing_about_them(visitor: Arrive) -> None:
    amina = visitor()
    amina.sign_in("amina@example.org")
    amina.open("/find/?words=folasade+adebayo")
    amina.follow("Folasade Adébáyọ̀")
    amina.follow("Ask Folasade")
    amina.page.get_by_label("Your message to Folasade").fill("Could we have a first conversation?")
    amina.press("Send to Folasade")

    folasade = visitor()
    folasade.sign_in("folasade@example.org")
    folasade.follow("Read and answer")
    folasade.follow("Say no")
    folasade.page.locator("textarea").fill("My places are promised. I wish you well.")
    folasade.press("Say no")

    amina.open(f"/mentoring/{Mentorship.objects.get(mentee__first_name='Amina').pk}/")
    assert "My places are promised. I wish you well." in amina.text
    assert "says nothing about you" in amina.text


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_somebody_new_meets_real_mentors_after_three_questions(visitor: Arrive, *, javascript: bool) -> None:
    # Given a link that a coordinator gave out
    programme = Programme.objects.get(slug="allied-health-futures")
    programme.join_code = "join-us"
    programme.save()

    # When somebody follows it and makes an account
    noor = visitor(javascript=javascript)
    noor.open("/join/join-us/")
    noor.follow("Make an account")
    noor.page.get_by_label("Email address").fill("noor@example.org")
    noor.page.get_by_label("Choose a password").fill(PASSWORD)
    noor.press("Join")
    body = Notification.objects.get(address="noor@example.org").body
    assert notification.send_due() >= 1
    link = re.search(rf"{re.escape('/accounts/confirm-email/')}\S+", body)
    assert link is not None
    noor.open(link.group())
    noor.press("Yes, go on")

    # Then they join, give a name, answer or skip three questions, none of them about identity
    if "/join/" not in noor.page.url:
        noor.open("/join/join-us/")
    noor.page.get_by_label("As a mentee").check()
    noor.press("Join")
    noor.page.get_by_label("First name").fill("Noor")
    noor.press("Continue")
    for _ in range(3):
        assert "ethnic" not in noor.text.lower()
        noor.press("Save and continue")

    # And real mentors are on the screen
    assert noor.heading == "Find a mentor"
    assert Person.objects.get(first_name="Noor").values.count() == 0
    assert noor.page.locator("article").count() >= 10

    # And one of them is read about, and asked
    noor.page.locator("article a").first.click()
    noor.check()
    noor.page.get_by_role("main").get_by_role("link", name=re.compile("^Ask ")).first.click()
    noor.page.get_by_label("Your message to").fill("Could we have a first conversation?")
    noor.page.get_by_role("main").get_by_role("button", name=re.compile("^Send to ")).click()
    noor.check()
    assert "You have asked" in noor.text


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_one_answer_takes_an_organisation_to_bronze(visitor: Arrive, *, javascript: bool) -> None:
    # Given an organisation that is one core answer short of bronze
    marcus = visitor(javascript=javascript)
    marcus.sign_in("marcus@example.org")
    marcus.open("/charter/")
    assert "answers so far reach no level yet" in marcus.text

    # When its lead answers that one
    marcus.follow("A self-assessment team with protected time")
    marcus.page.get_by_label("Yes").check()
    marcus.page.get_by_label("Why do you say so?").fill("Hours are now agreed for all nine members.")
    marcus.press("Save")

    # Then the level changes at once, here and on the overview
    assert "They reach bronze" in marcus.text
    marcus.follow("Charter overview")
    assert "answers so far reach bronze" in marcus.text
    assert "self-assessed" in marcus.text
