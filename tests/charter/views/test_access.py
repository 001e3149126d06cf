"""Every address of the charter × method × person. An address without a row fails."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Assessment, Assessor, Lead
from charter.urls import urlpatterns
from mentoring.models import Person

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


@pytest.fixture
def arguments(assessment: Assessment, mai: Person, tunde: Person) -> dict[str, list[object]]:
    """What each address needs to be the one of Northmoor."""
    assessor, lead = Assessor.objects.get(person=mai), Lead.objects.get(person=tunde)
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
def clients(as_: As, marcus: Person, elsewhere: Person, mai: Person, amina: Person, sam: Person) -> dict[str, Client]:
    """Everybody, signed in."""
    people = dict(zip(PEOPLE, (marcus, elsewhere, mai, amina, sam), strict=False))
    return {name: as_(person) for name, person in people.items()} | {"anonymous": Client()}


def test_every_address_has_a_row() -> None:
    assert {getattr(pattern, "name", None) for pattern in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_look(name: str, clients: dict[str, Client], arguments: dict[str, list[object]]) -> None:
    url = reverse(name, args=arguments.get(name, []))
    answers = {who: clients[who].get(url).status_code for who in PEOPLE}
    assert answers == dict(zip(PEOPLE, TABLE[name], strict=True))


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_change(name: str, clients: dict[str, Client], arguments: dict[str, list[object]]) -> None:
    """Only who sees a page may post to it, and only where there is something to post. An empty post changes nothing."""
    url = reverse(name, args=arguments.get(name, []))
    allowed = {who for who, status in zip(PEOPLE, TABLE[name], strict=True) if status == 200}
    for who in PEOPLE:
        status = clients[who].post(url).status_code
        if name not in TAKES_POSTS:
            assert status == 405
        elif who in allowed:
            assert status in (200, 302)
        else:
            assert status == (302 if who == "anonymous" else 404)


def test_what_is_not_there_looks_like_what_is_not_theirs(
    as_: As, marcus: Person, elsewhere: Person, assessment: Assessment
) -> None:
    other = Assessment.objects.exclude(pk=assessment.pk).get()
    client = as_(marcus)
    found = {
        client.get(path).content
        for path in (
            reverse("assessment", args=[other.pk]),
            reverse("assessment", args=["00000000-0000-4000-8000-000000000000"]),
            reverse("criterion", args=[other.pk, "LEA-1"]),
        )
    }
    assert len(found) == 1


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
