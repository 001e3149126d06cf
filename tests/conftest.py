"""The cast that tests speak of, and clients signed in as them."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from hypothesis import settings

from mentoring.models import Membership, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, ProgrammeFactory

# A busy machine fails no test.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# The longest first, so that at the end of a run there is work for every process.
LONG = ("tests/e2e/", "tests/mentoring/test_reminders.py", "tests/mentoring/test_embedded.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts what takes long at the beginning."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


Count = Callable[[str, int], None]
COUNTED = "counted"


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    """Says how much a test has tried: `count("cells", 900)`; all of it stands at the end of the run."""
    return lambda what, number: request.node.user_properties.append((COUNTED, (what, number)))


@pytest.fixture
def quiet() -> Iterator[None]:
    """No log for a test that is refused a thousand times."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was counted, added up by what it was."""
    sums: Counter[str] = Counter()
    for report in terminalreporter.getreports(""):
        if getattr(report, "when", "") == "call":
            sums.update({what: number for key, (what, number) in report.user_properties if key == COUNTED})
    if sums:
        terminalreporter.section("counted")
        for what, number in sorted(sums.items()):
            terminalreporter.write_line(f"{number:>9,} {what}")


@pytest.fixture(scope="session", autouse=True)
def _hash_quickly() -> None:
    """The real hasher takes a third of a second, as it should; here it goes round once."""
    PBKDF2PasswordHasher.iterations = 1


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
