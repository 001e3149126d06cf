"""Somebody goes through the pages of their profile, and a programme decides what it asks."""

from collections.abc import Callable

import pytest

from matching.models import Preference, QuestionWords
from mentoring.models import Person
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_the_way_through_the_profile(visitor: Arrive, *, javascript: bool) -> None:
    # Given a mentee who has said much already, and not how she goes about things
    amina = Person.objects.get(user__email="amina@example.org")
    amina.values.filter(characteristic__in=["openness", "conscientiousness"]).delete()
    Preference.objects.filter(person=amina, strength="help").delete()
    visit = visitor(javascript=javascript)
    visit.sign_in("amina@example.org")
    visit.open("/profile/")

    # When she goes step by step, to what can help her
    visit.open("/profile/wants/?guided=on")
    visit.press("Save and continue")
    while visit.heading.splitlines()[-1].strip() != "What can help me":
        visit.follow("Skip for now")

    # And says so in her own words, and picks something
    visit.page.get_by_label("In your own words").fill("Somebody who believes me.")
    visit.page.get_by_text("What matters to them", exact=True).first.click()
    visit.page.get_by_label("What matters to them", exact=True).check()
    visit.press("Save and continue")
    visit.press("Save")
    assert "Choose what you would like, or that it does not matter." in visit.text
    visit.page.get_by_label("Someone who cares about the things I care about").check()
    visit.press("Save")
    assert "Someone who cares about the things I care about" in visit.text
    visit.press("Save and continue")

    # Then the way goes on to her identity, and ends at what others see
    visit.follow("Skip for now")
    assert visit.heading.splitlines()[-1].strip() == "About me and my identity"
    visit.press("Continue")
    while visit.heading.splitlines()[-1].strip() != "How I go about things":
        visit.press("Save and continue")
    visit.page.get_by_role("group", name="I like order.").get_by_label("Quite like me").check()
    visit.press("Save and continue")
    assert "a result needs all four statements" in visit.text
    for statement in ("I get chores done right away.", "I often forget to put things", "I make a mess of things."):
        visit.page.get_by_role("group", name=statement).get_by_label("In between").check()
    visit.press("Save and continue")
    assert visit.page.url.endswith("/profile/preview/")
    assert "Order" in visit.text
    assert amina.values.get(characteristic="conscientiousness").point == 3
    assert QuestionWords.objects.get(person=amina).words == "Somebody who believes me."

    # And the picture is drawn from what she said
    visit.open("/preferences/")
    assert "Somebody who believes me." in visit.text


def asks_more(niamh: Visitor) -> None:
    """She switches one thing on, the first time without a reason, and adds a question of her own."""
    niamh.sign_in("niamh@example.org")
    niamh.open("/programmes/allied-health-futures/settings/")
    niamh.open("/programmes/allied-health-futures/settings/questions/")
    niamh.open("/programmes/allied-health-futures/settings/questions/disability/")
    niamh.page.get_by_label("Yes, ask it").check()
    niamh.press("Save")
    assert "Say why you ask this, or choose not to ask it." in niamh.text
    niamh.page.get_by_label("Why do you ask this?").fill("Colleagues with a disability asked us to.")
    niamh.press("Save")
    niamh.press("Add a question of your own")
    niamh.press("Ask it")
    niamh.page.get_by_label("Name of the question").fill("Placements")
    niamh.page.get_by_label("The question itself").fill("Where have you been on placement?")
    niamh.page.get_by_label("Up to six answers out of a list").check()
    niamh.page.get_by_label("Answers to choose from").fill("Prison\nHospice\nUniversity")
    niamh.press("Ask it")
    assert "Placements" in niamh.text


def test_a_programme_asks_with_a_reason_and_somebody_would_rather_not_say(visitor: Arrive) -> None:
    # Given Niamh's programme, which asks more than it did
    asks_more(visitor())

    # Then Amina reads why, and would rather not say
    amina = visitor()
    amina.sign_in("amina@example.org")
    amina.open("/profile/identity/disability/")
    assert "Colleagues with a disability asked us to." in amina.text
    amina.page.get_by_label("I would rather not say").check()
    amina.press("Save")
    assert "I would rather not say" in amina.text
    amina.open("/profile/work/")
    amina.page.get_by_label("Hospice", exact=True).check()
    amina.press("Save")

    # And she keeps her employer and her manager away
    amina.open("/profile/never-show/")
    amina.page.get_by_label("Their work email address").fill("nobody")
    amina.page.locator("form", has_text="Their work email address").get_by_role("button").click()
    amina.check()
    assert "Enter an email address like name@example.org." in amina.text
    amina.page.get_by_label("Their work email address").fill("boss@example.org")
    amina.page.locator("form", has_text="Their work email address").get_by_role("button").click()
    amina.check()
    amina.page.get_by_label("Employer").select_option(index=1)
    amina.page.locator("form", has_text="Only this team").get_by_role("button").click()
    amina.check()
    assert "boss@example.org" in amina.text
    assert amina.page.get_by_role("button", name="Remove").count() == 2
