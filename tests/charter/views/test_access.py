"""Every address of the charter × method × person. An address without a row fails."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Assessment, Assessor, Lead
from charter.urls import urlpatterns
from mentoring.models import Person
from tests.access import Matrix, columns, try_all
from tests.conftest import Count
from tests.factories import PersonFactory
from tests.factories.charter import AssessorFactory, LeadFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PEOPLE = ("marcus", "elsewhere", "mai", "amina", "sam", "anonymous")
OWN = (200, 404, 404, 404, 404, 302)
STAFF = (404, 404, 404, 404, 200, 302)

# What a GET answers to: the lead, a lead elsewhere, an assessor, a mentee, an administrator, nobody signed in.
TABLE: dict[str, tuple[int, ...]] = {
    "charter": (302, 302, 200, 404, 302, 302),
    "charter_framework": (200, 200, 200, 200, 200, 200),
    "charter_administration": STAFF,
    "assessors": STAFF,
    "assessor_remove": STAFF,
    "charter_leads": STAFF,
    "charter_lead_remove": STAFF,
    "assessment_open": OWN,
    "assessment": OWN,
    "assessment_level": OWN,
    "assessment_level_change": OWN,
    "principle": OWN,
    "criterion": OWN,
}
TAKES_POSTS = {
    "assessors",
    "assessor_remove",
    "charter_leads",
    "charter_lead_remove",
    "assessment_open",
    "assessment_level_change",
    "criterion",
}


ALSO = {"mentor": "amina", "coordinator": "amina", "suspended": "anonymous"}
"""Who else is tried, and whose column is theirs. The suspended one led this charter, and was an administrator."""


@pytest.fixture
def arguments(assessment: Assessment, mai: Person, tunde: Person) -> dict[str, list[object]]:
    """What each address needs to be the one of Northmoor."""
    return arguments_for(assessment, Assessor.objects.get(person=mai), Lead.objects.get(person=tunde))


def arguments_for(assessment: Assessment, assessor: Assessor, lead: Lead) -> dict[str, list[object]]:
    """What each address needs to be the one of an organisation, an assessor and one of its leads."""
    slug = assessment.organisation.slug
    return {
        "assessor_remove": [assessor.pk],
        "charter_leads": [slug],
        "charter_lead_remove": [slug, lead.pk],
        "assessment_open": [slug],
        "assessment": [assessment.pk],
        "assessment_level": [assessment.pk],
        "assessment_level_change": [assessment.pk, "silver"],
        "principle": [assessment.pk, 4],
        "criterion": [assessment.pk, "LEA-2"],
    }


@pytest.fixture
def clients(
    as_: As,
    marcus: Person,
    elsewhere: Person,
    mai: Person,
    amina: Person,
    sam: Person,
    folasade: Person,
    coretta: Person,
) -> dict[str, Client]:
    """Everybody, signed in as far as they can be."""
    gone = PersonFactory(user__is_staff=True, user__is_active=False)
    LeadFactory(organisation=Lead.objects.get(person=marcus).organisation, person=gone)
    people = dict(zip(PEOPLE, (marcus, elsewhere, mai, amina, sam), strict=False))
    people |= {"mentor": folasade, "coordinator": coretta, "suspended": gone}
    return {name: as_(person) for name, person in people.items()} | {"anonymous": Client()}


def test_every_address_has_a_row() -> None:
    assert {getattr(pattern, "name", None) for pattern in urlpatterns} == set(TABLE)


@pytest.fixture
def matrix(clients: dict[str, Client], elsewhere: Person, arguments: dict[str, list[object]]) -> Matrix:
    """The table, Northmoor's charter, and that of an organisation which `elsewhere` leads."""
    lead = Lead.objects.get(person=elsewhere)
    other = Assessment.objects.get(organisation=lead.organisation)
    rows = {name: dict(columns(PEOPLE, row)) for name, row in TABLE.items()}
    return Matrix(
        due={name: row | {also: row[who] for also, who in ALSO.items()} for name, row in rows.items()},
        theirs_as={"elsewhere": "marcus", "marcus": "elsewhere"},
        ours=arguments,
        theirs=arguments_for(other, AssessorFactory(), LeadFactory(organisation=lead.organisation)),
        buttons=frozenset(),
    )


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("who", [*PEOPLE, *ALSO])
def test_who_finds_what(who: str, matrix: Matrix, clients: dict[str, Client], count: Count) -> None:
    found = try_all(matrix, who, clients[who])
    count("cells of the charter's table", found.cells)
    assert found.wrong == []


@pytest.mark.usefixtures("quiet")
def test_without_a_guard_the_table_is_not_met(
    matrix: Matrix, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a guard away, two addresses found by whom they are not for."""
    monkeypatch.setattr("charter.views.assessment.assessments_of", lambda person: Assessment.objects.all())
    wrong = try_all(matrix, "elsewhere", clients["elsewhere"], ("assessment", "assessment_level")).wrong
    assert {row[0] for row in wrong} == {"assessment", "assessment_level"}


@pytest.mark.parametrize("name", sorted(set(TABLE) - TAKES_POSTS))
def test_there_is_nothing_to_post_to(name: str, clients: dict[str, Client], arguments: dict[str, list[object]]) -> None:
    assert {client.post(reverse(name, args=arguments.get(name, []))).status_code for client in clients.values()} == {
        405
    }


@pytest.mark.parametrize("path", ["LEA-9/", "lea-1/", "principles/9/", "level/platinum/"])
def test_no_such_criterion_principle_or_level(as_: As, marcus: Person, assessment: Assessment, path: str) -> None:
    assert as_(marcus).get(f"/charter/{assessment.pk}/{path}").status_code == 404


def test_a_lead_who_was_removed_is_out_at_once(as_: As, marcus: Person, tunde: Person, assessment: Assessment) -> None:
    client = as_(marcus)
    assert client.get(reverse("assessment", args=[assessment.pk])).status_code == 200
    Lead.objects.filter(person=marcus).delete()
    assert client.get(reverse("assessment", args=[assessment.pk])).status_code == 404


def test_navigation_shows_the_room_to_those_who_have_it(clients: dict[str, Client], assessment: Assessment) -> None:
    shown = {who: 'href="/charter/"' in clients[who].get("/charter/framework/").content.decode() for who in PEOPLE}
    assert shown == dict(zip(PEOPLE, (True, True, True, False, True, False), strict=True))
