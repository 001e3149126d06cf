"""The mail of a trial: newest first, links to press, and no such page anywhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, db: None) -> Path:
    """Where the mail lands."""
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def send(to: str, subject: str, body: str, date: str) -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    message = EmailMessage(subject, body, "hello@alongside.example", [to], headers={"Date": date})
    get_connection(backend).send_messages([message])


def page(client: Client, **query: str) -> str:
    return client.get(reverse("trial_mail"), query).content.decode()


def test_mail_is_shown_newest_first_with_links_and_nothing_run(folder: Path, client: Client) -> None:
    send(
        "amina@example.org",
        "The first – ọlá",
        "See http://127.0.0.1:8000/mentoring/ now",
        "Mon, 23 Nov 2026 08:00:00 +0000",
    )
    send("tom@example.org", "The second", "<script>alert(1)</script> Müller", "Mon, 23 Nov 2026 09:00:00 +0000")
    shown = page(client)
    assert shown.index("The second") < shown.index("The first – ọlá")
    assert 'href="http://127.0.0.1:8000/mentoring/"' in shown
    assert "<script>alert" not in shown
    assert "Müller" in shown
    assert "23 November 2026" in shown


def test_several_mails_of_one_connection_are_told_apart(folder: Path, client: Client) -> None:
    with get_connection("django.core.mail.backends.filebased.EmailBackend") as connection:
        for number in range(3):
            EmailMessage(f"Number {number}", "x", to=[f"p{number}@example.org"], connection=connection).send()
    assert page(client).count('<article class="al-card">') == 3


def test_mail_is_found_by_recipient(folder: Path, client: Client) -> None:
    for name in ("amina", "tom"):
        send(f"{name}@example.org", f"For {name}", "x", "Mon, 23 Nov 2026 08:00:00 +0000")
    shown = page(client, to="AMINA@")
    assert "For amina" in shown
    assert "For tom" not in shown


def test_an_empty_folder_says_so(folder: Path, client: Client) -> None:
    assert "No mail" in page(client)


def test_a_folder_that_is_not_there_yet_says_so(folder: Path, client: Client, settings: Settings) -> None:
    settings.EMAIL_FILE_PATH = str(folder / "not-yet")
    assert "No mail" in page(client)


def test_the_way_there_stands_where_mail_is_awaited(folder: Path, client: Client) -> None:
    assert reverse("trial_mail") in client.get(reverse("account_email_verification_sent")).content.decode()
    assert reverse("trial_mail") in client.get(reverse("home")).content.decode()


def test_outside_a_trial_there_is_no_such_address_and_no_way_there() -> None:
    """Settings are read once, so this asks a process of its own."""
    code = (
        "import django; django.setup()\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "from django.template.loader import render_to_string\n"
        "try: reverse('trial_mail'); raise SystemExit('the address exists')\n"
        "except NoReverseMatch: pass\n"
        "assert 'trial' not in render_to_string('components/footer.html')\n"
        "assert render_to_string('mentoring/trial/_link.html').strip() == ''\n"
    )
    environ = {
        **os.environ,
        "TRIAL": "0",
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "BASE_URL": "https://x.example",
    }
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
