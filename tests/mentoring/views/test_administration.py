"""Administration: administrators alone; organisations, programmes, coordinators, stuck messages, create_admin."""

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, notification
from mentoring.enums import MembershipState, NotificationState, OrganisationKind, Role
from mentoring.models import Membership, Notification, Organisation, Person, Programme, User
from mentoring.presenters.administration import masked
from tests.factories import CoordinatorFactory, OrganisationFactory, PersonFactory, ProgrammeFactory
from tests.mentoring.views.counting import queries_of

SignIn = Callable[[Person], Client]
PASSWORD = "correct horse battery"


@pytest.fixture
def admin(db: None) -> Person:
    """An administrator."""
    return PersonFactory(user__is_staff=True, first_name="Sam")


@pytest.fixture
def stuck(db: None) -> Notification:
    """A message that could not be sent."""
    return Notification.objects.create(
        key="k",
        kind="request_received",
        address="somebody@broken.example",
        subject="SUBJECT",
        body="BODY",
        state=NotificationState.QUARANTINED,
        finished_at=clock.now(),
        tries=5,
        trouble="SMTPServerDisconnected",
    )


@pytest.fixture
def addresses(programme: Programme, coretta: Person, stuck: Notification) -> dict[str, str]:
    """Every page of administration."""
    trust = OrganisationFactory()
    place = coretta.memberships.get()
    args: dict[str, list[object]] = {
        "administration": [],
        "organisations": [],
        "organisation_add": [],
        "organisation_edit": [trust.slug],
        "all_programmes": [],
        "programme_add": [],
        "programme_set_up": [programme.slug],
        "programme_edit": [programme.slug],
        "coordinator_dismiss": [programme.slug, place.pk],
        "stuck_messages": [],
        "message_drop": [stuck.pk],
    }
    return {name: reverse(name, args=given) for name, given in args.items()}


def test_for_anybody_else_there_is_no_administration(
    addresses: dict[str, str], stuck: Notification, amina: Person, coretta: Person, client: Client, as_: SignIn
) -> None:
    suspended = PersonFactory(user__is_staff=True, user__is_active=False)
    for url in [*addresses.values()]:
        assert client.get(url).headers["Location"].startswith(reverse("account_login"))
        assert as_(suspended).get(url).status_code == 302
        for person in (amina, coretta):
            assert as_(person).get(url).status_code == 404
    again = reverse("message_again", args=[stuck.pk])
    for url in (again, addresses["message_drop"], addresses["coordinator_dismiss"], addresses["programme_set_up"]):
        assert as_(amina).post(url, {"email": "person0@example.org"}).status_code == 404
    stuck.refresh_from_db()
    assert stuck.state == NotificationState.QUARANTINED


def test_administrators_have_every_page(addresses: dict[str, str], admin: Person, as_: SignIn) -> None:
    client = as_(admin)
    assert {name: client.get(url).status_code for name, url in addresses.items()} == dict.fromkeys(addresses, 200)


# --- Organisations -----------------------------------------------------------------------------------------------


def test_an_organisation_is_added_and_changed(admin: Person, as_: SignIn) -> None:
    client = as_(admin)
    data = {"name": "Calder Trust", "kind": OrganisationKind.NHS_TRUST.value, "region": "east_of_england"}
    assert client.post(reverse("organisation_add"), data).status_code == 302
    row = Organisation.objects.get()
    assert (row.name, row.slug, row.kind, row.region) == (data["name"], "calder-trust", data["kind"], data["region"])
    client.post(reverse("organisation_edit", args=[row.slug]), {**data, "name": "Calder Moor", "region": ""})
    row.refresh_from_db()
    assert (row.name, row.slug, row.region) == ("Calder Moor", "calder-trust", "")


def test_a_name_in_use_is_refused_and_nothing_typed_is_lost(admin: Person, as_: SignIn) -> None:
    OrganisationFactory(name="Calder Trust")
    data = {"name": "calder trust", "kind": OrganisationKind.UNIVERSITY.value, "region": ""}
    response = as_(admin).post(reverse("organisation_add"), data)
    assert response.status_code == 409
    assert "There is an organisation with this name already." in response.content.decode()
    assert 'value="calder trust"' in response.content.decode()


def test_organisations_are_found_and_paged(admin: Person, as_: SignIn) -> None:
    for _ in range(20):
        OrganisationFactory()
    OrganisationFactory(name="Zebra Trust", slug="zebra")
    client = as_(admin)
    assert "Zebra Trust" not in client.get(reverse("organisations")).content.decode()
    assert "Zebra Trust" in client.get(reverse("organisations"), {"page": 2}).content.decode()
    assert "Zebra Trust" in client.get(reverse("organisations"), {"q": "zebra"}).content.decode()


# --- Programmes ----------------------------------------------------------------------------------------------------


def test_a_programme_is_added_and_changed(admin: Person, as_: SignIn) -> None:
    client = as_(admin)
    trust = OrganisationFactory()
    data = {"name": "Rising", "description": "For all.", "organisations": [trust.pk]}
    client.post(reverse("programme_add"), data)
    row = Programme.objects.get()
    assert (row.name, row.slug, row.description, list(row.organisations.all())) == (
        "Rising",
        "rising",
        "For all.",
        [trust],
    )
    client.post(reverse("programme_edit", args=["rising"]), {"name": "Risen", "description": ""})
    row.refresh_from_db()
    assert (row.name, row.slug, list(row.organisations.all())) == ("Risen", "rising", [])


def test_somebody_who_is_here_is_appointed_by_their_address(programme: Programme, admin: Person, as_: SignIn) -> None:
    person = PersonFactory(user__email="niamh@example.org")
    client = as_(admin)
    url = reverse("programme_set_up", args=[programme.slug])
    for _ in range(2):
        assert client.post(url, {"email": "Niamh@Example.org"}).status_code == 302
    row = Membership.objects.get()
    assert (row.person, row.role, row.state) == (person, Role.COORDINATOR, MembershipState.MEMBER)
    page = client.get(url).content.decode()
    assert person.name in page
    assert "n…@example.org" in page


@pytest.mark.parametrize("email", ["nobody@example.org", "no address", "", "suspended@example.org"])
def test_an_address_of_nobody_is_named_and_kept(email: str, programme: Programme, admin: Person, as_: SignIn) -> None:
    PersonFactory(user__email="suspended@example.org", user__is_active=False)
    response = as_(admin).post(reverse("programme_set_up", args=[programme.slug]), {"email": email})
    assert response.status_code == 200
    assert "Error:" in response.content.decode()
    assert f'value="{email}"' in response.content.decode() or not email
    assert not Membership.objects.exists()


def test_a_coordinator_is_dismissed_but_not_the_last(
    programme: Programme, coretta: Person, admin: Person, as_: SignIn
) -> None:
    client = as_(admin)
    place = coretta.memberships.get()
    url = reverse("coordinator_dismiss", args=[programme.slug, place.pk])
    response = client.post(url)
    assert response.status_code == 409
    assert "A programme needs a coordinator." in response.content.decode()
    CoordinatorFactory(programme=programme)
    assert client.post(url).status_code == 302
    place.refresh_from_db()
    assert place.state == MembershipState.LEFT
    elsewhere = CoordinatorFactory()
    assert client.get(reverse("coordinator_dismiss", args=[programme.slug, elsewhere.pk])).status_code == 404


# --- Messages ------------------------------------------------------------------------------------------------------


def test_a_stuck_message_shows_no_address_subject_or_text(stuck: Notification, admin: Person, as_: SignIn) -> None:
    page = as_(admin).get(reverse("stuck_messages")).content.decode()
    assert "s…@broken.example" in page
    assert "SMTPServerDisconnected" in page
    for hidden in ("somebody@", "SUBJECT", "BODY"):
        assert hidden not in page


def test_trying_again_sends_it_once(stuck: Notification, admin: Person, as_: SignIn, mailoutbox: list[object]) -> None:
    url = reverse("message_again", args=[stuck.pk])
    client = as_(admin)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404
    stuck.refresh_from_db()
    assert (stuck.state, stuck.tries) == (NotificationState.DUE, 0)
    notification.try_again(notification=stuck, by=admin)
    assert notification.send_due() == 1
    assert len(mailoutbox) == 1


def test_dropping_is_asked_once_and_wipes_the_text(stuck: Notification, admin: Person, as_: SignIn) -> None:
    client = as_(admin)
    url = reverse("message_drop", args=[stuck.pk])
    assert "s…@broken.example" in client.get(url).content.decode()
    stuck.refresh_from_db()
    assert stuck.body == "BODY"
    client.post(url)
    for _ in range(2):
        notification.drop(notification=stuck, by=admin)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.body) == (NotificationState.POINTLESS, "")


def test_only_stuck_messages_are_handled(admin: Person, as_: SignIn, stuck: Notification) -> None:
    Notification.objects.update(state=NotificationState.DUE, finished_at=None)
    assert as_(admin).post(reverse("message_again", args=[stuck.pk])).status_code == 404
    assert as_(admin).post(reverse("message_drop", args=[stuck.pk])).status_code == 404


@pytest.mark.parametrize(
    ("address", "seen"), [("amina@example.org", "a…@example.org"), ("a@b.example", "a…@b.example")]
)
def test_an_address_is_masked(address: str, seen: str) -> None:
    assert masked(address) == seen


# --- Numbers of queries --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["organisations", "all_programmes", "stuck_messages", "programme_set_up"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(
    name: str, programme: Programme, admin: Person, as_: SignIn
) -> None:
    client = as_(admin)
    url = reverse(name, args=[programme.slug] if name == "programme_set_up" else [])

    def another() -> None:
        trust = OrganisationFactory()
        ProgrammeFactory().organisations.add(trust)
        programme.organisations.add(trust)
        place = CoordinatorFactory(programme=programme)
        Notification.objects.create(
            key=str(place.pk), address="x@y.example", state=NotificationState.QUARANTINED, finished_at=clock.now()
        )

    another()
    for_one = queries_of(client, url)
    another()
    another()
    assert queries_of(client, url) == for_one <= 16


# --- create_admin --------------------------------------------------------------------------------------------------


def create_admin(email: str) -> str:
    out = StringIO()
    call_command("create_admin", email=email, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_an_administrator_is_made_once_and_can_sign_in(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    for email in ("Boss@Example.org", "boss@example.org"):
        assert "is an administrator" in create_admin(email)
    user = User.objects.get()
    assert (user.email, user.is_staff, user.person.pk is not None) == ("boss@example.org", True, True)
    address = EmailAddress.objects.get()
    assert (address.user_id, address.email, address.verified, address.primary) == (user.pk, user.email, True, True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("administration")).status_code == 200


@pytest.mark.django_db
def test_run_again_without_a_password_nothing_is_asked_or_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    create_admin("boss@example.org")
    before = User.objects.get().password
    monkeypatch.delenv("ADMIN_PASSWORD")
    create_admin("boss@example.org")
    assert User.objects.get().password == before


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password123", "1234567890", "boss@example.org"])
def test_weak_passwords_are_refused(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", password)
    with pytest.raises(CommandError):
        create_admin("boss@example.org")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match="no email address"):
        create_admin("boss")


@pytest.mark.django_db
def test_the_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    monkeypatch.setattr("mentoring.management.commands.create_admin.getpass", lambda _: next(answers))
    with pytest.raises(CommandError, match="not the same"):
        create_admin("boss@example.org")
    create_admin("boss@example.org")
    assert User.objects.get().check_password(PASSWORD)
