"""Appointing charter leads and naming assessors."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Assessor, Lead
from mentoring.models import Organisation, Person
from tests.factories import OrganisationFactory, PersonFactory
from tests.factories.charter import AssessorFactory, LeadFactory
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def email(person: Person) -> str:
    """The address they sign in with."""
    assert person.user is not None
    return person.user.email


def test_appointing_a_lead(as_: As, sam: Person, amina: Person, northmoor: Organisation) -> None:
    url = reverse("charter_leads", args=[northmoor.slug])
    done = as_(sam).post(url, {"email": email(amina).upper()}, follow=True)
    assert Lead.objects.get().person == amina
    assert "have been told" in done.content.decode()


def test_an_organisation_may_have_any_name(as_: As, sam: Person) -> None:
    """Its address never hides behind another page of the administration."""
    OrganisationFactory(name="Assessors", slug="assessors")
    page = as_(sam).get(reverse("charter_leads", args=["assessors"])).content.decode()
    assert "Charter leads of Assessors" in page


@pytest.mark.parametrize(("said", "error"), [("", "Enter the email"), ("nobody@example.org", "Nobody here signs in")])
def test_an_address_that_is_nobody_s(as_: As, sam: Person, northmoor: Organisation, said: str, error: str) -> None:
    for url in (reverse("charter_leads", args=[northmoor.slug]), reverse("assessors")):
        page = as_(sam).post(url, {"email": said}).content.decode()
        assert error in page
        assert said in page
    assert not Lead.objects.exists()
    assert not Assessor.objects.exists()


def test_the_last_lead_is_not_removed(
    as_: As, sam: Person, northmoor: Organisation, marcus: Person, tunde: Person
) -> None:
    client = as_(sam)
    urls = [reverse("charter_lead_remove", args=[northmoor.slug, lead.pk]) for lead in Lead.objects.order_by("pk")]
    assert "Take it back" in client.get(urls[0]).content.decode()
    assert Lead.objects.count() == 2
    assert client.post(urls[0]).status_code == 302
    refused = client.post(urls[1])
    assert refused.status_code == 409
    assert "only charter lead" in refused.content.decode()
    assert Lead.objects.get().person == tunde


def test_a_lead_of_one_organisation_is_not_found_under_another(as_: As, sam: Person, marcus: Person) -> None:
    other = OrganisationFactory()
    url = reverse("charter_lead_remove", args=[other.slug, Lead.objects.get().pk])
    assert as_(sam).post(url).status_code == 404


def test_naming_and_removing_an_assessor(as_: As, sam: Person, amina: Person) -> None:
    client = as_(sam)
    client.post(reverse("assessors"), {"email": email(amina)})
    row = Assessor.objects.get()
    assert (row.person, row.named_by) == (amina, sam)
    client.post(reverse("assessor_remove", args=[row.pk]))
    assert not Assessor.objects.exists()


def test_lists_ask_as_often_whatever_their_length(as_: As, sam: Person, northmoor: Organisation) -> None:
    client = as_(sam)
    pages = [reverse("charter_administration"), reverse("charter_leads", args=["northmoor"]), reverse("assessors")]
    LeadFactory(organisation=northmoor)
    AssessorFactory()
    before = [queries_of(client, page) for page in pages]
    for _ in range(2):
        LeadFactory(organisation=northmoor)
        LeadFactory()
        AssessorFactory(person=PersonFactory(organisation=northmoor))
    assert [queries_of(client, page) for page in pages] == before
