"""The pages on which mentees say how it is, and on which it is read."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, endorsement
from mentoring.enums import MentorshipState
from mentoring.models import Endorsement, Feedback, MeanMark, Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorshipFactory
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


@pytest.fixture
def together(folasade_membership: Membership, amina: Person) -> Mentorship:
    """Amina and Folasade work together."""
    return MentorshipFactory(
        mentor_membership=folasade_membership, mentee=amina, state=MentorshipState.ACTIVE, answered_at=clock.now()
    )


def test_it_is_offered_from_the_agreement_on(as_: As, amina: Person, folasade: Person, together: Mentorship) -> None:
    page, address = reverse("mentorship", args=[together.pk]), reverse("feedback_give", args=[together.pk])
    assert address in as_(amina).get(page).text
    assert address not in as_(folasade).get(page).text
    Mentorship.objects.update(state=MentorshipState.ACCEPTED, active_at=None)
    assert address not in as_(amina).get(page).text
    assert as_(amina).get(address).status_code == 404


def test_what_was_said_is_there_again_and_can_be_taken_back(as_: As, amina: Person, together: Mentorship) -> None:
    address = reverse("feedback_give", args=[together.pk])
    client = as_(amina)
    assert client.post(address, {"listening": "4", "words": "Thank you"}).status_code == 302
    form = client.get(address).context["form"]
    assert (form["listening"].value(), form["challenge"].value(), form["words"].value()) == ("4", "", "Thank you")
    client.post(address, {"listening": "", "challenge": "5", "words": ""})
    assert list(Feedback.objects.get().marks.values_list("item", "mark")) == [("challenge", 5)]
    client.post(reverse("feedback_take_back", args=[together.pk]))
    assert not Feedback.objects.exists()


def test_a_made_up_mark_keeps_what_was_typed(as_: As, amina: Person, together: Mentorship) -> None:
    answer = as_(amina).post(reverse("feedback_give", args=[together.pk]), {"listening": "9", "words": "Typed"})
    assert "Typed" in answer.text
    assert not Feedback.objects.exists()


def test_an_endorsement_needs_a_choice_of_name(as_: As, amina: Person, together: Mentorship) -> None:
    address = reverse("endorse", args=[together.pk])
    answer = as_(amina).post(address, {"words": "Kind."})
    assert "Choose whether your name stands beside your words." in answer.text
    assert "With so few mentees they may guess it is you." in answer.text
    assert as_(amina).post(address, {"words": "Kind.", "named": "no"}).status_code == 302


def test_without_a_name_nobody_reads_whose_it_is(
    as_: As, amina: Person, folasade: Person, coretta: Person, programme: Programme, together: Mentorship
) -> None:
    row = endorsement.endorse(mentor=folasade, named=False, skills=["listening"], words="Kind.", by=amina)
    report = endorsement.report(endorsement=row, why="Is it true?", by=folasade)
    other = MembershipFactory(programme=programme).person
    pages = {
        folasade: [reverse("said_of_me"), reverse("endorsement_reply", args=[row.pk])],
        coretta: [reverse("report_decide", args=[programme.slug, report.pk])],
        other: [reverse("mentor", args=[together.mentor_membership_id]), reverse("endorsement_report", args=[row.pk])],
    }
    for reader, addresses in pages.items():
        for address in addresses:
            text = as_(reader).get(address).text
            assert "Kind." in text
            assert amina.last_name not in text, address


def test_a_mentor_hides_and_shows_and_answers(
    as_: As, amina: Person, folasade: Person, programme: Programme, together: Mentorship
) -> None:
    row = endorsement.endorse(mentor=folasade, named=True, skills=[], words="Kind.", by=amina)
    reader = as_(MembershipFactory(programme=programme).person)
    address = reverse("mentor", args=[together.mentor_membership_id])
    as_(folasade).post(reverse("endorsement_reply", args=[row.pk]), {"words": "Thank you."})
    assert "Thank you." in reader.get(address).text
    as_(folasade).post(reverse("endorsement_hide", args=[row.pk]))
    assert "Kind." not in reader.get(address).text
    as_(folasade).post(reverse("endorsement_show", args=[row.pk]))
    assert "Kind." in reader.get(address).text


def test_a_coordinator_reads_how_many_are_hidden_and_not_which(
    as_: As, amina: Person, folasade: Person, coretta: Person, programme: Programme, together: Mentorship
) -> None:
    row = endorsement.endorse(mentor=folasade, named=True, skills=[], words="Kind.", by=amina)
    address = reverse("programme_person", args=[programme.slug, folasade.pk])
    assert "Words they hide" not in as_(coretta).get(address).text
    endorsement.hide(endorsement=row, by=folasade)
    page = as_(coretta).get(address).text
    assert "1 endorsement of mentees" in page
    assert "Kind." not in page


def test_a_coordinator_takes_it_down(
    as_: As, amina: Person, folasade: Person, coretta: Person, programme: Programme, together: Mentorship
) -> None:
    row = endorsement.endorse(mentor=folasade, named=True, skills=[], words="Kind.", by=amina)
    as_(folasade).post(reverse("endorsement_report", args=[row.pk]), {"why": "It is about somebody else."})
    report = row.reports.get()
    asked = "Somebody asks you to look at words about a mentor"
    assert asked in as_(coretta).get(reverse("home")).text
    assert asked not in as_(folasade).get(reverse("home")).text
    address = reverse("report_decide", args=[programme.slug, report.pk])
    assert as_(coretta).post(address, {"decision": "take_down"}).status_code == 409
    assert as_(coretta).post(address, {"decision": "take_down", "note": "It is."}).status_code == 302
    assert "Kind." not in as_(folasade).get(reverse("said_of_me")).text
    assert asked not in as_(coretta).get(reverse("home")).text
    assert "A coordinator took these words down" in as_(amina).get(reverse("endorse", args=[together.pk])).text


def test_means_stand_on_the_page_the_card_and_the_mentor_s_own(
    as_: As, folasade: Person, together: Mentorship, programme: Programme
) -> None:
    MeanMark.objects.create(mentor=folasade, item="listening", halves=9, mentees=12)
    MeanMark.objects.create(mentor=folasade, item="humility", halves=7, mentees=6)
    MeanMark.objects.create(mentor=folasade, item="challenge", halves=8, mentees=6, stands=False)
    reader = as_(MembershipFactory(programme=programme).person)
    page = reader.get(reverse("mentor", args=[together.mentor_membership_id])).text
    assert "4½" in page
    assert "from 12" in page
    assert "from 6" not in page
    own = as_(folasade).get(reverse("said_of_me")).text
    assert "3½" in own
    assert "No feedback shown yet" in reader.get(reverse("find"), {"full": "on"}).text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_little_for_three_as_for_one(
    as_: As, folasade: Person, folasade_membership: Membership, programme: Programme, count: int
) -> None:
    for _ in range(count):
        row = MentorshipFactory(
            mentor_membership=folasade_membership,
            state=MentorshipState.ENDED,
            answered_at=clock.now(),
            active_at=clock.now(),
            ended_at=clock.now(),
        )
        assert row.mentee
        endorsement.endorse(mentor=folasade, named=True, skills=["listening"], words="Kind.", by=row.mentee)
    assert Endorsement.objects.count() == count
    assert queries_of(as_(folasade), reverse("said_of_me")) == 12
