"""Sign-in and security: what is on, where one is signed in, and what comes of being away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.domain import clock
from mentoring.models import Membership, Mentorship, Notification, Person
from tests.factories.sign_in import FIREFOX, app_of, is_in, sign_in, sign_in_of
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def browser() -> Client:
    """A browser that nobody has signed in with."""
    return Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="198.51.100.9")


def end(client: Client, path: str) -> str:
    """Where a page sends somebody; nothing when it opens."""
    return client.get(path).headers.get("Location", "")


# --- The page -------------------------------------------------------------------------------------------------------


def test_it_says_what_is_on(as_: As, amina: Person) -> None:
    page = as_(amina).get(reverse("security")).text
    assert "Set up an app" in page
    assert "Add a passkey" in page
    app_of(amina)
    page = as_(amina).get(reverse("security")).text
    assert "Remove the app" in page
    assert "You have 10 left" in page


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_no_more_the_more_there_is(as_: As, amina: Person, many: int) -> None:
    app_of(amina)
    for _ in range(many):
        sign_in_of(amina)
    assert queries_of(as_(amina), reverse("security")) == 10


# --- Where one is signed in -----------------------------------------------------------------------------------------


def test_a_sign_in_is_listed_coarsely_and_can_be_ended_from_elsewhere(amina: Person) -> None:
    here, there = browser(), browser()
    for client in (here, there):
        sign_in(client, amina)
    page = here.get(reverse("security")).text
    assert page.count("Firefox on Windows") >= 2
    assert "198.51.100.x" in page
    assert "198.51.100.9" not in page
    row = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(reverse("sign_in_end", args=[row.pk])).status_code == 302
    assert end(there, reverse("account")).startswith(reverse("account_login"))
    assert end(here, reverse("account")) == ""


def test_all_others_are_ended_at_once(amina: Person, folasade: Person) -> None:
    here, there, other = browser(), browser(), browser()
    sign_in(here, amina)
    sign_in(there, amina)
    sign_in(other, folasade)
    here.post(reverse("sign_ins_end"))
    assert [is_in(client) for client in (here, there, other)] == [True, False, True]
    assert UserSession.objects.filter(user__person=amina).count() == 1


def test_nobody_ends_anothers(as_: As, amina: Person, folasade: Person) -> None:
    theirs = sign_in_of(folasade)
    assert as_(amina).post(reverse("sign_in_end", args=[theirs.pk])).status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_the_copy_of_ones_data_has_it(amina: Person) -> None:
    client = browser()
    sign_in(client, amina)
    app_of(amina)
    page = client.get(reverse("my_data")).text
    assert "Where I am signed in" in page
    assert "Firefox on Windows" in page
    assert "My second steps" in page
    assert str(client.session.session_key) not in page


# --- What is told ---------------------------------------------------------------------------------------------------


def told() -> list[str]:
    """The kinds of messages so far."""
    return list(Notification.objects.order_by("pk").values_list("kind", flat=True))


def test_a_browser_that_is_new_is_told_of_once(amina: Person) -> None:
    client = browser()
    sign_in(client, amina)
    assert told() == []  # the very first sign-in is nobody else's
    client.post(reverse("account_logout"))
    sign_in(client, amina)
    assert told() == []
    sign_in(browser(), amina)
    mail = Notification.objects.get()
    assert (mail.kind, mail.person) == ("new_browser", amina)
    assert "mentor" not in (mail.subject + mail.body).lower()
    assert "Firefox" not in mail.body


def test_anothers_cookie_makes_no_browser_known(amina: Person, folasade: Person) -> None:
    sign_in(browser(), amina)
    client = browser()
    sign_in(client, folasade)
    client.post(reverse("account_logout"))
    sign_in(client, amina)
    assert told() == ["new_browser"]


def test_a_shared_computer_is_never_known(amina: Person) -> None:
    sign_in(browser(), amina)
    client = browser()
    for _ in range(2):
        sign_in(client, amina, shared="on")
        client.post(reverse("account_logout"))
    assert "known" not in client.cookies
    assert told() == ["new_browser", "new_browser"]


def test_a_new_password_is_told_of_and_ends_every_sign_in(amina: Person) -> None:
    here, there = browser(), browser()
    sign_in(here, amina)
    sign_in(there, amina)
    Notification.objects.all().delete()
    said = {"oldpassword": "a-long-test-password", "password1": "three other words", "password2": "three other words"}
    here.post(reverse("account_change_password"), said)
    mail = Notification.objects.get()
    assert (mail.kind, mail.person, mail.subject) == ("password_changed", amina, "How you sign in has changed")
    assert "198.51" not in mail.body
    assert reverse("security") in mail.body
    assert [end(client, "/account/")[:16] for client in (here, there)] == ["/accounts/login/"] * 2


# --- Being away -----------------------------------------------------------------------------------------------------


def away(minutes: int) -> time_machine.travel:
    """So many minutes later."""
    return time_machine.travel(clock.now() + timedelta(minutes=minutes, seconds=1))


def test_a_coordinator_is_signed_out_after_half_an_hour_and_comes_back_to_the_page(coretta: Person) -> None:
    client = browser()
    sign_in(client, coretta)
    with away(29):
        assert end(client, "/account/data/") == ""
    with away(29 + 30):
        assert end(client, "/account/data/") == "/accounts/login/?next=/account/data/"
        assert "You were away for a while" in client.get("/accounts/login/?next=/account/data/").text
        assert sign_in(client, coretta, next_page="/account/data/") == "/account/data/"


def test_a_member_stays_and_on_a_shared_computer_does_not(amina: Person) -> None:
    own, shared = browser(), browser()
    sign_in(own, amina)
    sign_in(shared, amina, shared="on")
    with away(11):
        assert (end(own, "/account/"), end(shared, "/account/")) == ("", "/accounts/login/?next=/account/")


def test_somebody_who_becomes_a_coordinator_has_a_coordinators_time(amina: Person, programme: object) -> None:
    client = browser()
    sign_in(client, amina)
    Membership.objects.filter(person=amina).update(role="coordinator")
    with away(2):
        client.get("/account/")
    with away(2 + 31):
        assert end(client, "/account/").startswith("/accounts/login/")


def test_what_was_typed_is_kept_and_sent_once_they_are_back(amina: Person, folasade_membership: Membership) -> None:
    client = browser()
    sign_in(client, amina, shared="on")
    path = reverse("ask", args=[folasade_membership.pk])
    message = "I would like to learn from you."
    with away(11):
        response = client.post(path, {"message": message})
        assert response.headers["Location"] == "/accounts/login/?next=/account/draft/"
        assert not Mentorship.objects.exists()
        assert message not in client.get("/accounts/login/?next=/account/draft/").text
        assert sign_in(client, amina, next_page="/account/draft/") == "/account/draft/"
        page = client.get("/account/draft/").text
        assert f'action="{path}"' in page
        assert page.count(message) == 2
        assert client.get("/account/draft/").status_code == 200
        client.post(path, {"message": message})
        assert Mentorship.objects.get().message == message
        assert client.get("/account/draft/").status_code == 404


def test_a_member_who_was_away_half_a_day_finds_what_they_typed(amina: Person, folasade_membership: Membership) -> None:
    client = browser()
    sign_in(client, amina)
    with away(13 * 60):
        response = client.post(reverse("ask", args=[folasade_membership.pk]), {"message": "I would like to learn."})
        assert response.headers["Location"] == "/accounts/login/?next=/account/draft/"


def test_a_draft_ends_after_an_hour_and_the_sign_in_does_not(amina: Person, folasade_membership: Membership) -> None:
    """Whichever way they sign in: a passkey and a work account say nothing of how long."""
    client = browser()
    sign_in(client, amina, shared="on")
    assert amina.user is not None
    with away(11):
        client.post(reverse("ask", args=[folasade_membership.pk]), {"message": "I would like to learn."})
        client.force_login(amina.user)
        assert "draft" in client.session
    with away(11 + 61):
        assert end(client, "/account/") == ""
        assert "draft" not in client.session


def test_a_sign_in_ends_with_the_browser(amina: Person) -> None:
    client, passkey = browser(), browser()
    assert client.post(reverse("account_login"), {"remember": "on"}).status_code == 200
    sign_in(client, amina, remember="on")
    assert amina.user is not None
    passkey.force_login(amina.user)
    passkey.get("/account/")
    for each in (client, passkey):
        assert each.session.get_expire_at_browser_close()
        assert not each.cookies["sessionid"]["max-age"]


def test_the_next_one_at_the_computer_does_not_get_it(amina: Person, folasade_membership: Membership) -> None:
    client = browser()
    sign_in(client, amina, shared="on")
    with away(11):
        client.post(reverse("ask", args=[folasade_membership.pk]), {"message": "For Folasade alone."})
        sign_in(client, folasade_membership.person)
        assert client.get("/account/draft/").status_code == 404
        assert "draft" not in client.session


def test_what_a_strange_form_sends_is_not_kept(amina: Person, folasade_membership: Membership) -> None:
    client = Client(enforce_csrf_checks=True)
    assert amina.user is not None
    client.force_login(amina.user)
    with away(12 * 60):
        response = client.post(reverse("ask", args=[folasade_membership.pk]), {"message": "Not mine."})
    assert response.status_code == 403
    assert "draft" not in client.session


def test_being_here_costs_no_page_a_query(as_: As, amina: Person) -> None:
    client = as_(amina)
    with CaptureQueriesContext(connection) as usual:
        client.get("/account/messages/")
    with away(2), CaptureQueriesContext(connection) as once_a_minute:
        client.get("/account/messages/")
    assert len(once_a_minute) - len(usual) <= 6
