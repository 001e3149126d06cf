"""The charter's cast: Marcus leads an organisation with an assessment for bronze."""

import pytest

from charter.models import Assessment
from mentoring.models import Organisation, Person
from tests.factories import OrganisationFactory, PersonFactory, UserFactory
from tests.factories.charter import AssessmentFactory, AssessorFactory, LeadFactory


@pytest.fixture
def northmoor(db: None) -> Organisation:
    """An employer that takes part."""
    return OrganisationFactory(name="Northmoor Community NHS Trust", slug="northmoor")


@pytest.fixture
def marcus(northmoor: Organisation) -> Person:
    """Its charter lead."""
    return LeadFactory(organisation=northmoor, person=PersonFactory(first_name="Marcus", last_name="Bell")).person


@pytest.fixture
def tunde(northmoor: Organisation, marcus: Person) -> Person:
    """Its second charter lead."""
    return LeadFactory(organisation=northmoor, person=PersonFactory(first_name="Tunde", last_name="Ọlá")).person


@pytest.fixture
def elsewhere(db: None) -> Person:
    """A charter lead of another organisation, with an assessment of its own."""
    lead = LeadFactory()
    AssessmentFactory(organisation=lead.organisation)
    return lead.person


@pytest.fixture
def mai(db: None) -> Person:
    """An assessor."""
    return AssessorFactory().person


@pytest.fixture
def sam(db: None) -> Person:
    """An administrator."""
    return PersonFactory(user=UserFactory(is_staff=True))


@pytest.fixture
def assessment(northmoor: Organisation, marcus: Person) -> Assessment:
    """Northmoor's, for bronze, with nothing answered."""
    return AssessmentFactory(organisation=northmoor, opened_by=marcus)
