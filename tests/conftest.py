"""The cast that tests speak of, and clients signed in as them."""

from collections.abc import Callable

import pytest
from django.test import Client

from mentoring.models import Membership, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, ProgrammeFactory


@pytest.fixture
def programme(db: None) -> Programme:
    """The programme that the cast belongs to."""
    return ProgrammeFactory(name="Allied Health Futures", slug="allied-health-futures")


@pytest.fixture
def amina(programme: Programme) -> Person:
    """A mentee."""
    return MembershipFactory(programme=programme, person__first_name="Amina", person__last_name="Yusuf").person


@pytest.fixture
def folasade_membership(programme: Programme) -> Membership:
    """An approved mentor's membership, with one place."""
    return MentorFactory(programme=programme, capacity=1, person__first_name="Folasade", person__last_name="Adébáyọ̀")


@pytest.fixture
def folasade(folasade_membership: Membership) -> Person:
    """An approved mentor."""
    return folasade_membership.person


@pytest.fixture
def coretta(programme: Programme) -> Person:
    """The programme's coordinator."""
    return CoordinatorFactory(programme=programme, person__first_name="Coretta", person__last_name="O'Brien").person


@pytest.fixture
def stranger(db: None) -> Person:
    """A mentee of another programme."""
    return MembershipFactory(person__first_name="Stranger").person


@pytest.fixture
def as_(db: None) -> Callable[[Person], Client]:
    """A client signed in as the person: `as_(amina).get(…)`."""

    def sign_in(person: Person) -> Client:
        client = Client()
        assert person.user is not None
        client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
