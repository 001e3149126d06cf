"""The overview, a principle, opening an assessment, changing its level."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from charter.domain.content import Content
from charter.framework import load
from charter.models import Assessment
from mentoring.models import Organisation, Person
from tests.factories.charter import LeadFactory, answer, answer_all, planned
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def text(client: Client, url: str) -> str:
    """A page's text, blanks evened out."""
    return " ".join(client.get(url).content.decode().split())


def overview(assessment: Assessment) -> str:
    """The overview's address."""
    return reverse("assessment", args=[assessment.pk])


def test_the_overview_of_nothing_answered(as_: As, marcus: Person, assessment: Assessment) -> None:
    page = text(as_(marcus), overview(assessment))
    assert "Self-assessed: answers so far reach no level yet" in page
    assert "self-assessed · applying for <b>bronze</b>" in page
    assert "15 questions still open for bronze" in page
    assert "A short way to bronze" in page
    assert "LEA-1 (A board sponsor and a public commitment) is core and not answered yet." in page
    assert "Continue: A board sponsor and a public commitment" in page
    assert "Bronze also hangs on “Sponsorship has a meaning” and “A circle beside one-to-one mentoring”" in page
    assert "each is the only one of its principle that counts, so some of it must be in place." in page
    assert "pilot" in page


def test_the_overview_when_the_level_is_reached(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer_all(assessment, marcus)
    page = text(as_(marcus), overview(assessment))
    assert '<span class="al-level-bronze">bronze</span>' in page
    assert "Nothing stands in the way" in page
    assert "Continue:" not in page
    assert "4 met · 0 partly · 0 not met · 0 open" in page
    assert "Bronze award" not in page


def test_the_short_way_says_how_many_more(as_: As, marcus: Person, assessment: Assessment) -> None:
    Assessment.objects.update(level="silver")
    assessment.refresh_from_db()
    short = Content(first_n=16, first_d=24, action="Begin.", action_due=planned().action_due)
    lacking = {name: planned() for name in ("RAC-4", "ALY-1", "NET-1")}
    answer_all(assessment, marcus, but={"REL-2": short, **lacking})
    page = text(as_(marcus), overview(assessment))
    assert "A short way to silver" in page
    assert "Agreements are in use: 16 of 24, four more" in page
    assert "Beside the core ones, Silver has 12 of 16 credits; it takes 13 (80%)." in page


def test_the_picture_has_its_table(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer_all(assessment, marcus, but={"MAT-2": planned(), "MAT-3": planned()})
    page = text(as_(marcus), overview(assessment))
    assert "Bronze: 71% of what counts beside the core, 75% is asked for; 9 of 9 core ones are met." in page
    assert "<td>5 of 7 (71%)</td>" in page


def test_the_overview_asks_as_often_whatever_the_answers(as_: As, marcus: Person, assessment: Assessment) -> None:
    client = as_(marcus)
    answer(assessment, "LEA-1", planned(), marcus)
    pages = [
        overview(assessment),
        reverse("principle", args=[assessment.pk, 1]),
        reverse("criterion", args=[assessment.pk, "LEA-1"]),
        reverse("home"),
    ]
    before = [queries_of(client, page) for page in pages]
    answer_all(assessment, marcus, but={"LEA-1": None, "LEA-2": planned(), "MAT-2": planned()})
    LeadFactory(organisation=assessment.organisation)
    assert [queries_of(client, page) for page in pages] == before


def test_a_principle_lists_its_criteria(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer(assessment, "LEA-1", planned(), marcus)
    page = text(as_(marcus), reverse("principle", args=[assessment.pk, 1]))
    assert page.index("A board sponsor") < page.index("For a higher level") < page.index("The board looks at the data")
    assert "Not met" in page
    assert "To answer" in page


def test_straight_to_the_only_assessment(as_: As, marcus: Person, assessment: Assessment) -> None:
    assert as_(marcus).get(reverse("charter")).headers["Location"] == overview(assessment)


def test_a_lead_of_two_organisations_chooses(as_: As, marcus: Person, assessment: Assessment) -> None:
    second = LeadFactory(person=marcus).organisation
    page = text(as_(marcus), reverse("charter"))
    assert overview(assessment) in page
    assert reverse("assessment_open", args=[second.slug]) in page


def test_opening_one(as_: As, marcus: Person, northmoor: Organisation) -> None:
    client, url = as_(marcus), reverse("assessment_open", args=[northmoor.slug])
    page = text(client, url)
    assert "15 questions in all" in page
    assert "nine are core" in page
    assert "Choose a level" in client.post(url, {}).content.decode()
    client.post(url, {"level": "silver"})
    row = Assessment.objects.get()
    assert (row.level, row.organisation, row.opened_by) == ("silver", northmoor, marcus)
    client.post(url, {"level": "silver"})
    refused = client.post(url, {"level": "gold"})
    assert (refused.status_code, Assessment.objects.count()) == (409, 1)
    assert "open already" in refused.content.decode()


def test_changing_the_level_says_what_it_changes_first(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer_all(assessment, marcus)
    client, url = as_(marcus), reverse("assessment_level_change", args=[assessment.pk, "silver"])
    page = text(client, url)
    assert "17 questions still open for silver." in page
    assert "Your action plan would want" in page
    assert "Your answers so far would reach no level yet." in page
    assessment.refresh_from_db()
    assert assessment.level == "bronze"
    assert client.post(url).headers["Location"] == overview(assessment)
    assessment.refresh_from_db()
    assert assessment.level == "silver"


def test_home_says_what_is_open(as_: As, marcus: Person, assessment: Assessment) -> None:
    page = text(as_(marcus), reverse("home"))
    assert "15 charter questions still open for bronze" in page
    assert reverse("criterion", args=[assessment.pk, "LEA-1"]) in page
    assert "Charter: Northmoor Community NHS Trust" in page


def test_home_offers_to_open_one(as_: As, marcus: Person, northmoor: Organisation) -> None:
    assert reverse("assessment_open", args=["northmoor"]) in text(as_(marcus), reverse("home"))


def test_home_of_somebody_without_a_part(as_: As, amina: Person, assessment: Assessment) -> None:
    assert "Northmoor" not in text(as_(amina), reverse("home"))


def test_the_charter_is_for_anybody_to_read(client: Client) -> None:
    page = text(client, reverse("charter_framework"))
    edition = load("1.0")
    assert all(f"<h3>{one.title}</h3>" in page for one in edition.criteria)
    assert all(principle.sentence in page for principle in edition.principles)
