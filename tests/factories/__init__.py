"""One named way to make each thing that tests need."""

from tests.factories.people import (
    PASSWORD,
    CoordinatorFactory,
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    UserFactory,
)

__all__ = [
    "PASSWORD",
    "CoordinatorFactory",
    "MembershipFactory",
    "MentorFactory",
    "MentorshipFactory",
    "OrganisationFactory",
    "PersonFactory",
    "ProgrammeFactory",
    "UserFactory",
]
