"""Signing in with an employer's account, against a small server that speaks OpenID Connect over real HTTP."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as our_settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mentoring.models import Notification, Person, User
from tests.factories import PASSWORD, PersonFactory
from tests.factories.sign_in import app_of, code_now, is_in, sign_in

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
LOGIN, CALLBACK = "/accounts/oidc/employer/login/", "/accounts/oidc/employer/login/callback/"


class Employer(BaseHTTPRequestHandler):
    """What the server says; `who` is the person who signs in there, `asked` what it was asked for."""

    who: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[dict[str, list[str]]]] = []

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known"):
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            self._say({"issuer": here} | {name: f"{here}/{path}" for name, path in names.items()})
        else:
            self._say(self.who if self.headers["Authorization"] == "Bearer a-token" else {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        self._say({"access_token": "a-token", "token_type": "Bearer", "expires_in": 60})

    def _say(self, content: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def employer(settings: Settings) -> Iterator[type[Employer]]:
    """A server of an employer whose addresses end in nhs.example."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Employer)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_SERVER_URL = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_EMAIL_DOMAINS = ["nhs.example"]
    app = {"provider_id": "employer", "name": "Trust sign-in", "client_id": "alongside", "secret": "hush"}
    app |= {"settings": {"server_url": settings.OIDC_SERVER_URL}}  # type: ignore[dict-item]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    Employer.who, Employer.asked = {}, []
    yield Employer
    server.shutdown()
    server.server_close()


def through(client: Client, **who: Any) -> Any:
    """To the employer and back as `who`; the answer to the way back."""
    Employer.who = {"sub": "4711", "email_verified": True, "picture": "canary-picture", **who}
    there = client.post(LOGIN).headers["Location"]
    assert there.startswith(f"{our_settings.OIDC_SERVER_URL}/authorize?")
    state = parse_qs(urlsplit(there).query)["state"][0]
    return client.get(CALLBACK, {"code": "a-code", "state": state})


def with_address(email: str, **more: Any) -> Person:
    """Somebody who has an account with this address, and signed in once."""
    return PersonFactory(user__email=email, **more)


def test_without_a_server_there_is_no_such_thing(client: Client, as_: As, amina: Person) -> None:
    assert "Sign in with " not in client.get(reverse("account_login")).text.replace("Sign in with a passkey", "")
    assert "Work account" not in as_(amina).get(reverse("security")).text
    assert client.post(LOGIN).status_code == 404


def test_the_button_is_there_where_there_is_one(employer: type[Employer], client: Client) -> None:
    page = client.get(f"{reverse('account_login')}?next=/account/").text
    assert "Sign in with Trust sign-in" in page
    assert client.get(LOGIN).status_code == 200  # asks first: a link from elsewhere signs nobody in


def test_the_same_confirmed_address_is_the_same_person(employer: type[Employer], client: Client) -> None:
    person = with_address("ola@nhs.example")
    through(client, email="Ola@nhs.example")
    assert client.session["_auth_user_id"] == str(person.user_id)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (person.user, "4711", {})
    assert not SocialToken.objects.exists()
    assert Notification.objects.get(kind="account_connected").person == person
    assert employer.asked[0]["code_verifier"]

    again = Client()
    through(again, email="another@elsewhere.example")  # from now on the number counts, not the address
    assert again.session["_auth_user_id"] == str(person.user_id)


@pytest.mark.parametrize(
    "who",
    [
        {"email": "victim@nhs.example", "email_verified": False},
        {"email": "victim@nhs.example", "email_verified": "false"},
        {"email": "victim@nhs.example", "email_verified": None},
        {"email": "victim@elsewhere.example"},
        {"email": "victim@nhs.example.evil.example"},
    ],
)
def test_nobody_comes_into_anothers_account(employer: type[Employer], client: Client, who: dict[str, Any]) -> None:
    for email in {"victim@nhs.example", "victim@elsewhere.example", who["email"]}:
        with_address(email)
    response = through(client, **who)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert Notification.objects.get().kind == "account_already_exists"


def test_somebody_who_waits_with_a_strange_address_gets_nobody(employer: type[Employer], client: Client) -> None:
    waiting = with_address("victim@nhs.example", user__confirmed=False)
    EmailAddress.objects.create(user=waiting.user, email="victim@nhs.example", verified=False, primary=True)
    through(client, email="victim@nhs.example")
    assert client.session.get("_auth_user_id") != str(waiting.user_id)


def test_a_new_one_of_the_employers_comes_in(employer: type[Employer], client: Client) -> None:
    through(client, email="new@nhs.example")
    assert is_in(client)
    assert Person.objects.get().user == User.objects.get()
    assert not User.objects.get().has_usable_password()


def test_a_new_one_from_elsewhere_has_an_address_to_confirm(employer: type[Employer], client: Client) -> None:
    through(client, email="new@elsewhere.example")
    assert not is_in(client)
    assert not EmailAddress.objects.get().verified


def test_known_and_unknown_addresses_are_answered_alike(employer: type[Employer]) -> None:
    with_address("known@elsewhere.example")
    answers = [
        through(Client(), sub=email, email=email).headers["Location"]
        for email in ("known@elsewhere.example", "unknown@elsewhere.example")
    ]
    assert answers == [reverse("account_email_verification_sent")] * 2


def test_the_second_step_is_asked_for_all_the_same(employer: type[Employer], client: Client) -> None:
    app_of(with_address("ola@nhs.example"))
    response = through(client, email="ola@nhs.example")
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(client)


def test_it_is_linked_and_unlinked_by_its_owner(employer: type[Employer], client: Client, amina: Person) -> None:
    sign_in(client, amina)
    page = client.get(reverse("security"))
    assert "Link my work account" in page.text
    link = page.context["work_account_link"]
    assert f'action="{link}"' in page.text
    Employer.who = {"sub": "4711", "email": "amina@elsewhere.example", "email_verified": True}
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    there = client.post(link).headers["Location"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    back = client.get(CALLBACK, {"code": "a-code", "state": state})
    assert back.headers["Location"] == reverse("security")
    account = SocialAccount.objects.get()
    assert account.user == amina.user
    assert "Take the link away" in client.get(reverse("security")).text
    assert client.get(reverse("socialaccount_connections")).status_code == 200
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_way_back_that_nobody_went_leads_nowhere(employer: type[Employer], client: Client, state: str) -> None:
    Employer.who = {"sub": "4711", "email": "new@nhs.example", "email_verified": True}
    response = client.get(CALLBACK, {"code": "a-code", "state": state})
    assert "That did not work" in response.text
    assert not User.objects.exists()


def test_whoever_stops_there_is_told_so(employer: type[Employer], client: Client) -> None:
    there = client.post(LOGIN).headers["Location"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    response = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "You stopped" in response.text
