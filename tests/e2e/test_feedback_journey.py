"""A mentee says how it is; the mentor answers; somebody reports it; a coordinator decides."""

from collections.abc import Callable

import pytest

from mentoring.enums import MentorshipState
from mentoring.models import Endorsement, Mentorship, Person
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

Arrive = Callable[..., Visitor]


def address_of(person: Person) -> str:
    assert person.user
    return person.user.email


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_what_a_mentee_says_is_read_answered_and_looked_at(visitor: Arrive, *, javascript: bool) -> None:
    # Given two who work together in Niamh's programme
    Endorsement.objects.all().delete()
    row = Mentorship.objects.filter(state=MentorshipState.ACTIVE, programme__slug="allied-health-futures")[0]
    assert row.mentee
    assert row.mentor

    # When the mentee says how it is, in confidence
    mentee = visitor(javascript=javascript)
    mentee.sign_in(address_of(row.mentee))
    mentee.open(f"/mentoring/{row.pk}/")
    mentee.follow("Say how it is, in confidence")
    mentee.page.get_by_role("group", name="Listens, and hears what I mean").get_by_label("Very much").check()
    mentee.press("Keep my answers")
    assert "counted together with what others say" in mentee.text

    # And writes a word for all to read
    mentee.follow("Write a word for all to read")
    mentee.page.get_by_label("In your own words").fill("She asked the question I had been avoiding.")
    mentee.press("Publish")
    assert "Choose whether your name stands beside your words." in mentee.text
    mentee.page.get_by_label("Leave my name out").check()
    mentee.press("Publish")

    # Then the mentor reads it, answers, and asks for a second look
    mentor = visitor(javascript=javascript)
    mentor.sign_in(address_of(row.mentor))
    mentor.open("/mentoring/")
    mentor.follow("What mentees say")
    assert "She asked the question I had been avoiding." in mentor.text
    block = mentor.page.locator("section", has_text="She asked the question I had been avoiding.")
    block.get_by_role("link", name="Answer").click()
    mentor.check()
    mentor.page.get_by_label("Your answer").fill("You found the answer.")
    mentor.press("Save")
    block.get_by_role("link", name="Something is wrong with this").click()
    mentor.check()
    mentor.page.get_by_label("What is wrong with it?").fill("It may be about somebody else.")
    mentor.press("Tell a coordinator")

    # And Niamh lets it stand
    niamh = visitor(javascript=javascript)
    niamh.sign_in("niamh@example.org")
    niamh.open("/programmes/allied-health-futures/reports/")
    niamh.follow("Words about")
    assert row.mentee.name not in niamh.text
    niamh.page.get_by_label("Leave it standing").check()
    niamh.press("Decide")
    assert "Nothing to look at" in niamh.text
    assert Endorsement.objects.standing().filter(writer=row.mentee).exists()
