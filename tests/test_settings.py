"""How the settings come out where real people are, and what every answer carries."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mentoring.models import Person

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "SECRET_KEY": "Zm9yIHRoaXMgdGVzdCBhbG9uZSwgYW5kIGxvbmcgZW5vdWdoIHRvIGJlIHRydWU",
    "DATABASE_URL": "postgres://alongside:secret@127.0.0.1:1/alongside",
    "REDIS_URL": "redis://:secret@127.0.0.1:1/0",
    "ALLOWED_HOSTS": "mentoring.example.org",
    "BASE_URL": "https://mentoring.example.org/",
    "CSRF_TRUSTED_ORIGINS": "https://mentoring.example.org",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "SECURITY_CONTACT": "safe@example.org",
    "TRUSTED_PROXIES": "1",
}


def production(*command: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """A process with the environment of an instance for real people, and nothing of this one's."""
    environ = {name: value for name, value in PRODUCTION.items() if name != without}
    here = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "mentoring.settings"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=here | environ, capture_output=True, text=True, check=False
    )


def test_django_has_nothing_to_say_about_deploying() -> None:
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "BASE_URL"])
def test_it_does_not_start_without(name: str) -> None:
    done = production("manage.py", "check", without=name)
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


def test_what_the_environment_says_arrives() -> None:
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.BASE_URL, s.SECURITY_CONTACT, s.DATABASES['default']['OPTIONS']['options'], s.TRIAL, s.DEBUG,"
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    said = production("-c", code).stdout.split()
    assert said[:2] == ["https://mentoring.example.org", "safe@example.org"]
    assert "statement_timeout=5s" in said
    assert said[-6:] == ["False", "False", "True", "True", "True", "1"]


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/accounts/login/",
        "/account/",
        "/nowhere/",
        "/mentoring",
        "/static/css/nothing.css",
        "/join/wrong/",
        "/healthz",
    ],
)
def test_every_answer_carries_what_protects(
    path: str, signed_in: bool, client: Client, as_: Callable[[Person], Client], amina: Person
) -> None:
    reader = as_(amina) if signed_in else client
    for response in (reader.get(path), reader.post(path), Client(enforce_csrf_checks=True).post(path)):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/account/", "/nowhere/", "/programmes/elsewhere/", "/model/"])
def test_nothing_a_member_sees_is_kept_by_a_browser(path: str, as_: Callable[[Person], Client], amina: Person) -> None:
    assert "no-store" in as_(amina).get(path).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(next_page: str, amina: Person, client: Client) -> None:
    assert amina.user is not None
    said = {"login": amina.user.email, "password": "a-long-test-password", "next": next_page}
    response = client.post(reverse("account_login"), said)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("home")


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert "*" not in settings.ALLOWED_HOSTS
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()
