"""What is not for everybody is on no page, in no file, email or log, but for those whom it is for.

Which fields that are, the privacy registry says: whatever is secret, special category data, or for few. In each that
can hold words a canary is planted; then everything of all apps is opened by everybody and searched.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from charter.domain.content import Content
from matching.enums import Direction, Side, Strength
from matching.models import Change, Preference, QuestionWords, Round, Run
from mentoring.domain import clock
from mentoring.domain.privacy import CLASSES, Audience, holdings
from mentoring.domain.trail import event_models
from mentoring.enums import MentorshipState
from mentoring.logs import DiscreetFormatter
from mentoring.models import (
    Credential,
    EndorsementReport,
    Invitation,
    ManagedBy,
    Membership,
    NeverShownTo,
    Notification,
    PeopleImport,
    Person,
    Programme,
    User,
)
from tests.charter.views import test_access as charter
from tests.conftest import Count
from tests.factories import (
    CoordinatorFactory,
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.charter import AssessmentFactory, AssessorFactory, LeadFactory, answer, in_months
from tests.factories.matching import asks
from tests.matching.views import test_access as matching
from tests.mentoring.views import test_access as mentoring

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]

As = Callable[[Person], Client]
FEW = {Audience.PARTNER, Audience.COORDINATORS, Audience.ORGANISATION, Audience.ADMINISTRATORS}
WATCHED = {
    key for key, each in CLASSES.items() if each.secret or each.special or (each.seen_by and each.seen_by <= FEW)
}
HOLD_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)

NOBODY: set[str] = set()
MENTEE, MENTOR, COORDINATOR, ADMINISTRATOR, LEAD = "mentee", "mentor", "coordinator", "administrator", "charter lead"
BOTH = {MENTEE, MENTOR}
# The word that is planted in each field, and who reads it somewhere. All else is a leak.
PLANTED: dict[str, tuple[str, set[str]]] = {
    "mentoring.User.password": ("canary-password", NOBODY),
    "mentoring.User.email": ("canary-mail@example.org", {MENTEE, COORDINATOR}),
    "account.EmailAddress.email": ("canary-second@example.org", {MENTEE}),
    "account.EmailConfirmation.key": ("canary-confirmation", NOBODY),
    "sessions.Session.session_data": ("canary-session", NOBODY),
    "usersessions.UserSession.session_key": ("canary-place", NOBODY),
    "mfa.Authenticator.data": ("canary-second-step", NOBODY),
    "socialaccount.SocialApp.secret": ("canary-employer", NOBODY),
    "socialaccount.SocialToken.token": ("canary-token", NOBODY),
    "socialaccount.SocialToken.token_secret": ("canary-twin", NOBODY),
    "mentoring.Person.wants": ("canary-wants", BOTH),
    "mentoring.Person.team": ("canary-team", {MENTEE}),
    "mentoring.NeverShownTo.team": ("canary-never", {MENTEE}),
    "mentoring.ManagedBy.email": ("canary-boss@example.org", {MENTEE}),
    "matching.QuestionWords.words": ("canary-four", {MENTEE}),
    "mentoring.CharacteristicValue.options": ("Gypsy or Irish Traveller", {MENTEE}),
    "mentoring.Credential.number": ("canary-number", {MENTOR, COORDINATOR}),
    "mentoring.Credential.note": ("canary-note", {MENTOR, COORDINATOR}),
    "mentoring.Mentorship.message": ("canary-message", BOTH),
    "mentoring.Mentorship.kind_word": ("canary-kind-word", {MENTOR}),  # of a request whose page is not opened here
    "mentoring.Feedback.words": ("canary-confidence", {MENTEE}),
    "mentoring.EndorsementReport.why": ("canary-why", {MENTOR, COORDINATOR}),
    "mentoring.EndorsementReport.note": ("canary-decision", NOBODY),
    "mentoring.Invitation.email": ("canary-kwame@example.org", {COORDINATOR}),
    "mentoring.PeopleImport.file_name": ("canary-file.csv", {COORDINATOR}),
    "mentoring.PeopleImport.content": ("Senior OT; hands", {COORDINATOR}),
    "mentoring.Programme.positive_action_reason": ("canary-positive", {COORDINATOR}),
    "mentoring.Programme.join_code": ("canary-code", {COORDINATOR}),
    "matching.Preference.options": ("canary-option", {MENTEE}),
    "matching.Round.name": ("canary-round", {COORDINATOR}),
    "matching.Change.reason": ("canary-reason", {COORDINATOR}),
    "matching.Run.inputs_key": ("canary-key", NOBODY),
    "charter.Answer.reason": ("canary-charter", {LEAD}),
    "charter.Answer.action": ("canary-action", {LEAD}),
}
WITHOUT: dict[str, str] = {
    "mentoring.PeopleImport.findings": "made of the content: its words are the content's",
    "mentoring.PeopleImport.planned": "made of the content: its words are the content's",
    "mentoring.PeopleImport.taken": "numbers",
    "matching.Run.inputs": "numbers",
    "charter.Assessment.framework": "the name of a published edition",
    "charter.Assessment.level": "a word of that edition",
    "charter.Answer.criterion": "a word of that edition",
    "charter.AnswerChange.content": "what stood in an answer: its canary is the answer's",
}


def watched() -> set[str]:
    """Fields that hold words which are not for everybody; what the trail keeps of them are the same words."""
    trail = {model._meta.label for model in event_models()}
    return {
        f"{label}.{name}"
        for label, holding in holdings().items()
        if label not in trail
        for name, key in holding.fields.items()
        if key in WATCHED and _holds_words(apps.get_model(label)._meta.get_field(name))
    }


def _holds_words(field: object) -> bool:
    return isinstance(field, HOLD_WORDS) and not getattr(getattr(field, "base_field", field), "choices", None)


def test_every_field_that_is_not_for_everybody_has_a_canary(count: Count) -> None:
    count("fields that hold words which are not for everybody", len(watched()))
    count("canaries", len(PLANTED))
    assert set(PLANTED) | set(WITHOUT) == watched()
    assert not set(PLANTED) & set(WITHOUT)


@dataclass(frozen=True, slots=True)
class House:
    """Everybody's client, and what each address of all apps needs."""

    clients: Mapping[str, Client]
    arguments: Mapping[str, list[object]]

    def url(self, name: str) -> str:
        """The address of a page."""
        return reverse(name, args=self.arguments.get(name, []))


@pytest.fixture
def house(programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person, as_: As) -> House:
    """All three apps with something in them, and a canary in each field that is watched."""
    lead = LeadFactory()
    assessment = AssessmentFactory(organisation=lead.organisation)
    assessor = AssessorFactory()
    arguments = mentoring.arguments_for(programme, amina, folasade_membership, coretta)
    another = MembershipFactory(programme=programme).person
    run = matching.kept_in_a_round(programme, another, MentorFactory(programme=programme).person, coretta)
    arguments |= matching.arguments_for(folasade_membership, run)
    arguments |= charter.arguments_for(assessment, assessor, LeadFactory(organisation=lead.organisation))
    people = {
        MENTEE: amina,
        MENTOR: folasade_membership.person,
        COORDINATOR: coretta,
        "coordinator elsewhere": CoordinatorFactory().person,
        ADMINISTRATOR: PersonFactory(user__is_staff=True),
        "another mentee": another,
        "stranger": MembershipFactory().person,
        LEAD: lead.person,
        "lead elsewhere": LeadFactory().person,
        "assessor": assessor.person,
    }
    plant(programme, amina, folasade_membership, coretta)
    said = Content(status="not_met", reason="canary-charter", action="canary-action", action_due=in_months(3))
    answer(assessment, "LEA-2", said, lead.person)
    arguments["join_link"] = ["canary-code"]
    return House({who: as_(person) for who, person in people.items()} | {"anonymous": Client()}, arguments)


def plant(programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person) -> None:
    """What the pages' own tests have not planted already."""
    word = {field: planted for field, (planted, _) in PLANTED.items()}
    User.objects.filter(person=amina).update(email=word["mentoring.User.email"])
    plant_keys(amina, MembershipFactory(programme=programme).person)
    Person.objects.filter(pk=amina.pk).update(team="canary-team")
    NeverShownTo.objects.create(person=amina, organisation=OrganisationFactory(), team="canary-never")
    ManagedBy.objects.create(person=amina, email="canary-boss@example.org")
    QuestionWords.objects.create(person=amina, side=Side.AS_MENTEE, strength=Strength.NEED, words="canary-four")
    Credential.objects.update(note="canary-note", verified_at=clock.now(), verified_by=coretta)
    MentorshipFactory(
        mentor_membership=folasade_membership,
        mentee=amina,
        state=MentorshipState.DECLINED,
        kind_word="canary-kind-word",
        answered_at=clock.now(),
        ended_at=clock.now(),
    )
    EndorsementReport.objects.update(note="canary-decision")
    Invitation.objects.update(email=word["mentoring.Invitation.email"])
    PeopleImport.objects.update(file_name="canary-file.csv")
    Programme.objects.filter(pk=programme.pk).update(join_code="canary-code", positive_action_reason="canary-positive")
    asks(amina, "band", Direction.SAME)
    Preference.objects.update(direction=Direction.ONE_OF, options=["canary-option"])
    Round.objects.update(name="canary-round")
    Change.objects.update(reason="canary-reason")
    Run.objects.update(inputs_key="canary-key")


def plant_keys(amina: Person, other: Person) -> None:
    """What somebody signs in with; `other` is somebody who is not asked for it here."""
    User.objects.filter(person=other).update(password="canary-password")
    second = EmailAddress.objects.create(user=amina.user, email=PLANTED["account.EmailAddress.email"][0])
    EmailConfirmation.objects.create(email_address=second, key="canary-confirmation", sent=clock.now())
    Session.objects.create(session_key="k", session_data="canary-session", expire_date=clock.now())
    UserSession.objects.create(user=amina.user, session_key="canary-place", ip="127.0.0.1", user_agent="Firefox")
    Authenticator.objects.create(user=other.user, type="totp", data={"secret": "canary-second-step"})
    app = SocialApp.objects.create(provider="openid_connect", name="Employer", client_id="x", secret="canary-employer")
    account = SocialAccount.objects.create(user=other.user, provider="openid_connect", uid="x")
    SocialToken.objects.create(app=app, account=account, token="canary-token", token_secret="canary-twin")


def all_of(response: HttpResponseBase) -> str:
    """All that came back, the insides of a workbook and the headers too."""
    assert isinstance(response, HttpResponse)
    content = response.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return f"{response.headers}\n{content.decode(errors='replace')}"


def opened(house: House, who: str, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """What somebody is sent at each address: looking, and pressing without having filled in anything.

    Where there is nothing for them, pressing gives what is not there, byte by byte: the tables of addresses show it.
    """
    client = house.clients[who]
    for name in names:
        url = house.url(name)
        response = client.get(url)
        yield name, all_of(response)
        if response.status_code == 404 or _asks_to_sign_in(response):
            continue
        cookies = dict(client.cookies)
        with transaction.atomic():
            yield f"{name}, pressed", all_of(client.post(url))
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(cookies)


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    return response.headers.get("Location", "").startswith(reverse("account_login"))


NAMES = sorted({*mentoring.TABLE, *matching.TABLE, *charter.TABLE} - mentoring.ASKS_EVERYBODY)


def test_nobody_reads_what_is_not_for_them(house: House, count: Count, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    leaks, read_by, pages = set(), {field: set[str]() for field in PLANTED}, 0
    for who in house.clients:
        for place, text in opened(house, who, NAMES):
            pages += 1
            for field, (word, allowed) in PLANTED.items():
                if word in text:
                    read_by[field].add(who)
                    if who not in allowed:
                        leaks.add((field, who, place))
    assert leaks == set()
    # Each is read by whoever may, so the search finds what is there.
    assert read_by == {field: allowed for field, (_, allowed) in PLANTED.items()}

    lines = [DiscreetFormatter().format(record) for record in caplog.records]
    mails = [f"{row.subject}\n{row.body}" for row in Notification.objects.all()]
    assert len(lines) > 100
    assert len(mails) > 2
    assert {(word, text) for text in (*lines, *mails) for word, _ in PLANTED.values() if word in text} == set()
    count("answers searched for canaries", pages)
    count("lines of the log and emails searched for canaries", len(lines) + len(mails))


@pytest.mark.usefixtures("quiet")
def test_what_is_said_where_it_should_not_be_is_found(house: House, folasade: Person) -> None:
    """The negative control: words said in confidence stand in a headline."""
    Person.objects.filter(pk=folasade.pk).update(headline="canary-confidence")
    found = {
        place for place, text in opened(house, "another mentee", ["mentor", "find"]) if "canary-confidence" in text
    }
    assert found >= {"mentor", "find"}


@pytest.mark.usefixtures("quiet")
def test_no_search_finds_by_what_is_not_for_the_searcher(house: House) -> None:
    client = house.clients["another mentee"]
    nothing = client.get("/find/", {"q": "xyzzy"}).content.decode().replace("xyzzy", "")
    for word, _ in PLANTED.values():
        found = client.get("/find/", {"q": word}).content.decode()
        assert "<article" not in found, word
    assert "<article" not in nothing
    assert "<article" in client.get("/find/", {"q": "Folasade"}).content.decode()


def test_an_error_tells_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(person: Person) -> None:
        raise RuntimeError("canary-error")

    monkeypatch.setattr("mentoring.views.mentorship.mentorships_of", broken)
    client = house.clients[MENTEE]
    client.raise_request_exception = False
    response = client.get(house.url("mentorship"))
    assert response.status_code == 500
    assert "canary" not in all_of(response)
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
