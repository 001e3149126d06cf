"""How long somebody stays signed in, and what is kept of where they are."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import QueryDict
from pytest_django import Settings

from mentoring.accounts import SecondStepAdapter
from mentoring.domain import clock, draft, sign_in
from mentoring.models import Person
from mentoring.permissions import is_in_charge, sign_ins_of
from tests.factories import CoordinatorFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.charter import AssessorFactory, LeadFactory
from tests.factories.sign_in import FIREFOX, sign_in_of

CHROME = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36"
EDGE = f"{CHROME} Edg/141.0"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Mac"),
        (EDGE, "Edge on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/141 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_and_no_more(said: str, named: str) -> None:
    assert sign_in.browser_named(said) == named
    assert sign_in.browser_named(named) == named


@pytest.mark.parametrize(
    ("address", "kept"), [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"), ("0.0.0.0", "0.0.0.0")]
)
def test_of_an_address_the_neighbourhood_is_kept(address: str, kept: str) -> None:
    assert sign_in.coarse(address) == sign_in.coarse(kept) == kept


@pytest.mark.django_db
def test_what_would_tell_one_computer_from_another_is_never_stored(amina: Person) -> None:
    row = UserSession.objects.get(pk=sign_in_of(amina).pk)
    assert (row.ip, row.user_agent) == ("192.0.2.0", "Firefox on Windows")


@pytest.mark.parametrize(
    ("shared", "in_charge", "minutes"), [(False, False, 720), (False, True, 30), (True, False, 10), (True, True, 10)]
)
def test_how_long_without_a_click(shared: bool, in_charge: bool, minutes: int) -> None:
    session: dict[str, object] = {sign_in.SHARED: shared}
    start = clock.now()
    with time_machine.travel(start, tick=False):
        sign_in.began(session, in_charge=in_charge)
    with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
        assert not sign_in.is_over(session)
    with time_machine.travel(start + timedelta(minutes=minutes, seconds=1), tick=False):
        assert sign_in.is_over(session)


@pytest.mark.django_db
@pytest.mark.parametrize(("in_charge", "hours"), [(True, 12), (False, 7 * 24)])
def test_clicking_on_and_on_it_ends_all_the_same(in_charge: bool, hours: int) -> None:
    session: dict[str, object] = {}
    start = clock.now()
    with time_machine.travel(start, tick=False):
        sign_in.began(session, in_charge=in_charge)
    for minutes in range(20, hours * 60, 20):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert not sign_in.is_over(session)
            sign_in.seen(session, None, in_charge=in_charge)
    with time_machine.travel(start + timedelta(hours=hours, seconds=1), tick=False):
        assert sign_in.is_over(session)


def test_not_each_page_is_written_down() -> None:
    session: dict[str, object] = {}
    start = clock.now()
    with time_machine.travel(start, tick=False):
        assert sign_in.is_to_be_noted(session)
        sign_in.began(session, in_charge=False)
        assert not sign_in.is_to_be_noted(session)
    with time_machine.travel(start + timedelta(seconds=61), tick=False):
        assert sign_in.is_to_be_noted(session)


@pytest.mark.django_db
def test_who_is_in_charge() -> None:
    member, coordinator = MembershipFactory().person, CoordinatorFactory().person
    lead, assessor = LeadFactory(organisation=OrganisationFactory()).person, AssessorFactory().person
    administrator, root = PersonFactory(user__is_staff=True), PersonFactory(user__is_superuser=True)
    everybody = [member, coordinator, lead, assessor, administrator, root]
    assert [is_in_charge(each.user) for each in everybody if each.user] == [False, True, True, True, True, True]


@pytest.mark.django_db
def test_who_was_a_coordinator_is_not_in_charge_any_more(coretta: Person) -> None:
    coretta.memberships.update(state="left")
    assert coretta.user is not None
    assert not is_in_charge(coretta.user)


@pytest.mark.django_db
def test_where_somebody_was_signed_in_is_forgotten(amina: Person) -> None:
    gone, stays = sign_in_of(amina), sign_in_of(amina)
    Session.objects.filter(pk=gone.session_key).update(expire_date=clock.now() - timedelta(minutes=1))
    assert list(sign_ins_of(amina)) == [stays]
    sign_in.forget_old_sign_ins()
    assert list(UserSession.objects.all()) == [stays]


@pytest.mark.django_db
def test_a_browser_is_known_by_its_cookie_alone(amina: Person, folasade: Person) -> None:
    assert amina.user is not None
    assert folasade.user is not None
    cookie = sign_in.with_known(None, amina.user)
    assert (sign_in.knows(cookie, amina.user), sign_in.knows(cookie, folasade.user)) == (True, False)
    assert not sign_in.knows(cookie[:-1] + "x", amina.user)
    assert not sign_in.knows(None, amina.user)
    both = sign_in.with_known(cookie, folasade.user)
    assert (sign_in.knows(both, amina.user), sign_in.knows(both, folasade.user)) == (True, True)
    with time_machine.travel(clock.now() + timedelta(days=366)):
        assert not sign_in.knows(both, amina.user)


def test_secrets_are_kept_encrypted(settings: Settings) -> None:
    adapter = SecondStepAdapter()
    kept = adapter.encrypt("JBSWY3DP")
    assert "JBSWY3DP" not in kept
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert adapter.decrypt(kept) == "JBSWY3DP"


# --- Drafts ---------------------------------------------------------------------------------------------------------


def _sent(**fields: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(fields)
    return sent


@pytest.mark.django_db
def test_a_draft_is_its_owners_for_an_hour(amina: Person, folasade: Person) -> None:
    assert amina.user is not None
    assert folasade.user is not None
    session: dict[str, object] = {}
    sent = _sent(message="What I typed", password="mine", csrfmiddlewaretoken="t")
    assert draft.keep(session, user=amina.user, path="/find/", sent=sent)
    kept = draft.kept_for(session, user=amina.user)
    assert kept == draft.Draft("/find/", [("message", "What I typed")])
    assert draft.kept_for(session, user=folasade.user) is None
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert draft.kept_for(session, user=amina.user) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/email/", {"email": "a@example.org"}),
        ("/find/", {"csrfmiddlewaretoken": "t"}),
        ("/find/", {"message": "x" * 50_001}),
    ],
)
def test_what_is_not_kept(path: str, fields: dict[str, str], amina: Person) -> None:
    assert amina.user is not None
    session: dict[str, object] = {}
    assert not draft.keep(session, user=amina.user, path=path, sent=_sent(**fields))
    assert session == {}
