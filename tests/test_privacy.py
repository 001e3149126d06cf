"""Every field has a class of privacy; a person gets everything of theirs; erased is erased."""

import json
import os
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from matching.domain.preference import say_in_own_words
from matching.enums import Direction, Side, Strength
from mentoring.domain import apart, clock, consent, credential, endorsement, erasure, feedback, person, photo, record
from mentoring.domain.feedback import Said
from mentoring.domain.mentorship import ask
from mentoring.domain.my_data import everything_of, heading_of
from mentoring.domain.picture import Squares
from mentoring.domain.privacy import CLASSES, holdings
from mentoring.domain.question import OwnQuestion, add_own
from mentoring.enums import Commitment, CredentialKind, Kind, MentorshipState, Purpose
from mentoring.models import (
    Characteristic,
    Erasure,
    Look,
    Membership,
    Mentorship,
    Option,
    Person,
    Photo,
    Programme,
)
from mentoring.presenters.my_data import PLAIN
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, OrganisationFactory, PersonFactory
from tests.factories.matching import asks, says
from tests.factories.sign_in import app_of, sign_in_of

As = Callable[[Person], Client]
CANARY = "Canary"
EVERYTHING = {
    *("About me", "My photo", "My answers", "What I agreed to", "What I would rather not say", "My mentoring"),
    *(
        "Employers and teams I am never shown to",
        "Those who manage me",
        "My four questions in my own words",
        "Credentials",
    ),
    *("Credentials", "Where I am signed in", "My second steps", "Who looked at my information"),
}
"""What whoever has lived here fully finds in their copy."""
HOW_MANY = int(os.environ.get("ERASED_PEOPLE", "12"))
"""How many people are erased in the test of erasing; 1,000 take some minutes."""


def models() -> Iterator[type[Model]]:
    yield from apps.get_models()


def test_every_field_of_every_model_has_a_class() -> None:
    fields = {
        model._meta.label: {field.name for field in model._meta.get_fields() if field.concrete} for model in models()
    }
    assert {label: set(holding.fields) for label, holding in holdings().items()} == fields


def test_every_class_is_used_and_every_used_one_exists() -> None:
    used = {key for holding in holdings().values() for key in holding.fields.values()}
    assert used == set(CLASSES)


def test_what_is_secret_is_seen_by_nobody() -> None:
    assert [key for key, each in CLASSES.items() if each.secret and each.seen_by] == []


def test_whatever_leads_to_a_person_has_an_owner_or_says_why_not() -> None:
    """A new model that holds a person's rows can't be forgotten in their copy."""
    without = {
        label
        for label, holding in holdings().items()
        if not holding.owners
        and any(field.related_model is Person for field in apps.get_model(label)._meta.concrete_fields)
    }
    assert without == {
        "mentoring.ProgrammeCharacteristic",  # of the programme, as its trail
        "mentoring.ProgrammeCharacteristicEvent",
        "mentoring.KeptApart",  # made of three others
        "mentoring.PeopleImport",  # of a coordinator's work
        "matching.Round",
        "matching.Run",
        "matching.Change",  # of what coordinators do with a round
        "matching.Pair",
        "matching.LeftOut",
        "charter.Assessment",  # of the organisation
        "charter.Answer",
        "charter.AnswerChange",
        "mentoring.MentorshipEvent",  # of two: each reads on their page as much of it as is for them
        "mentoring.EndorsementEvent",  # of what a mentor hides and a coordinator decides
        "mentoring.EndorsementReportEvent",
    }


@pytest.fixture
def ledger(settings: Settings, tmp_path: Path) -> Path:
    """Where erasures are written outside the database."""
    path = tmp_path / "kept" / "erasures.txt"
    settings.ERASURE_LEDGER = str(path)
    return path


def full_life(number: int, place: Membership) -> Person:
    """Somebody with something of everything, each text a canary of their own."""
    word = f"{CANARY}{number}x"
    somebody = MembershipFactory(
        programme=place.programme,
        person__first_name=word,
        person__headline=word,
        person__journey=word,
        person__wants=word,
        person__user__email=f"{word}@example.org".lower(),
    ).person
    says(somebody, "ethnicity", "african", purpose=Purpose.PROFILE)
    says(somebody, "values", "growth")
    says(somebody, "band", "6")
    asks(somebody, "band", Direction.SAME)
    apart.name_team(team=word, by=somebody)
    apart.record_manager(email=f"{word}.manager@example.org", by=somebody)
    apart.never_show_to(organisation=OrganisationFactory(), team=word, by=somebody)
    consent.rather_not_say(characteristic=Characteristic.objects.get(pk="religion"), by=somebody)
    say_in_own_words(side=Side.AS_MENTEE, strength=Strength.NEED, words=word, by=somebody)
    photo.put_up(squares=Squares(word.encode(), word.encode()), by=somebody)
    credential.add_credential(kind=CredentialKind.QUALIFICATION, said={"title": word}, by=somebody)
    other = MentorFactory(programme=place.programme)
    ask(mentor=other, message=word, by=somebody)
    MentorshipFactory(
        mentor_membership=place,
        mentee=somebody,
        state=MentorshipState.ENDED,
        message=word,
        answered_at=clock.now(),
        active_at=clock.now(),
        ended_at=clock.now(),
    )
    feedback.give_feedback(mentor=place.person, said=Said({"listening": 4}, word), by=somebody)
    words = endorsement.endorse(mentor=place.person, named=True, skills=[], words=word, by=somebody)
    endorsement.report(endorsement=words, why=word, by=somebody)
    app_of(somebody)
    sign_in_of(somebody)
    record.note(record=somebody, by=other.person)
    return somebody


def everywhere() -> str:
    """All text of the database in one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM \"{table}\" t")
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


@pytest.mark.timeout(0)
@pytest.mark.django_db
def test_exported_erased_exported_again_is_empty(ledger: Path) -> None:
    place = MentorFactory(capacity=20)
    people = [full_life(number, place) for number in range(HOW_MANY)]
    for number, somebody in enumerate(people):
        copy = json.dumps(everything_of(somebody), default=str)
        assert f"{CANARY}{number}x" in copy
        assert set(everything_of(somebody)) >= EVERYTHING
        for other in range(min(HOW_MANY, 12)):
            assert other == number or f"{CANARY}{other}x" not in copy
    assert CANARY in everywhere()

    for somebody in people:
        key = somebody.pk
        person.delete_account(by=somebody)
        assert everything_of(Person(pk=key)) == {}

    assert not Photo.objects.exists()
    text = everywhere()
    assert CANARY.lower() not in text.lower()
    assert Erasure.objects.count() == HOW_MANY
    assert not any(model.objects.exists() for model in (Session, UserSession, Authenticator, Look))


@pytest.mark.django_db
def test_without_the_erasing_the_search_finds_them() -> None:
    """The negative control: the search sees what is there."""
    full_life(1, MentorFactory(capacity=20))
    assert everywhere().count(CANARY) >= 8


@pytest.mark.django_db
def test_whoever_a_backup_brings_back_is_erased_again(ledger: Path) -> None:
    gone = full_life(1, MentorFactory(capacity=20))
    key, address = gone.pk, gone.user.email if gone.user else ""
    person.delete_account(by=gone)
    erasure.file_erasures()
    erasure.file_erasures()
    assert ledger.read_text().split()[0] == str(key)
    assert len(ledger.read_text().splitlines()) == 1
    Erasure.objects.all().delete()  # the backup is older than the erasure
    PersonFactory(pk=key, user__email=address, first_name=CANARY)
    stays = PersonFactory()
    call_command("replay_erasures")
    call_command("replay_erasures")
    assert set(Person.objects.filter(pk__in=[key, stays.pk])) == {stays}
    assert CANARY not in everywhere()


@pytest.mark.django_db
def test_a_copy_tells_nothing_that_the_page_hides(amina: Person, folasade_membership: Membership) -> None:
    """What the mentee took back, the pair a coordinator expects, and who said what in confidence."""
    mentor = folasade_membership.person
    row = MentorshipFactory(mentor_membership=folasade_membership, mentee=amina, message="My worries")
    Mentorship.objects.filter(pk=row.pk).update(state=MentorshipState.WITHDRAWN, ended_at=clock.now())
    expected = PersonFactory(user=None, first_name="Expected")
    MentorshipFactory(
        mentor_membership=folasade_membership,
        mentee=expected,
        state=MentorshipState.ACTIVE,
        answered_at=clock.now(),
    )
    copy = json.dumps(everything_of(mentor), default=str)
    assert "My worries" not in copy
    assert "Expected" not in copy
    assert "My worries" in json.dumps(everything_of(amina), default=str)


@pytest.mark.django_db
def test_it_is_read_and_downloaded(as_: As, amina: Person) -> None:
    says(amina, "ethnicity", "african", purpose=Purpose.ROUNDS)
    client = as_(amina)
    page = client.get(reverse("my_data"))
    assert "Ethnic background" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    document = client.get(reverse("my_data_file"))
    assert document.headers["Content-Disposition"] == 'attachment; filename="my-data.html"'
    assert "Ethnic background" in document.text
    assert not re.search(r"src=|href=|url\(|<script", document.text)
    file = client.get(reverse("my_data_json"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in file.headers["Cache-Control"]
    assert json.loads(file.content)["data"]["My answers"][0]["options"] == ["African"]


@pytest.mark.django_db
def test_a_copy_says_answers_and_wishes_in_their_own_words(
    as_: As, amina: Person, programme: Programme, coretta: Person
) -> None:
    """Two questions may have an option of the same key: each is read with its own words, here and in the download."""
    first, second = (
        add_own(
            programme=programme, question=OwnQuestion(name, f"{name}?", Kind.MULTI, False, words), reason="", by=coretta
        )
        for name, words in (("Boards", ("Ethics", "Research")), ("Sports", ("Chess", "Rowing")))
    )
    says(amina, first.pk, "option_1")
    says(amina, second.pk, "option_2")
    employer = OrganisationFactory(name="Riverside Trust")
    asks(amina, "organisation", Direction.ONE_OF, Strength.NEED, employer.slug)
    group = Option.objects.filter(characteristic="profession").exclude(parent="").first()
    assert group is not None
    asks(amina, "profession", Direction.ONE_OF, Strength.NEED, group.parent)
    Person.objects.filter(pk=amina.pk).update(commitments=[Commitment.HONEST])
    told = json.loads(as_(amina).get(reverse("my_data_json")).content)["data"]
    assert [row["options"] for row in told["My answers"]] == [["Ethics"], ["Rowing"]]
    assert {tuple(row["options"]) for row in told["What I asked for"]} == {
        ("Riverside Trust",),
        (group.parent_label,),
    }
    page = as_(amina).get(reverse("my_data")).text
    assert ("Ethics" in page, "Rowing" in page, "Chess" in page, "option_" in page) == (True, True, False, False)
    assert str(Commitment.HONEST.label) in page


@pytest.mark.django_db
def test_what_is_read_is_in_words_and_the_file_keeps_its_names(as_: As, amina: Person) -> None:
    says(amina, "feedback", point=2)
    client = as_(amina)
    for name in ("my_data", "my_data_file"):
        page = unescape(client.get(reverse(name)).text)
        assert "2, where 1 is “Direct feedback” and 5 is “Gentle feedback”" in page
        assert "May sign in" in page
        assert "Is active" not in page
    data = json.loads(client.get(reverse("my_data_json")).content)["data"]
    assert data["Account"][0]["is active"] is True


def test_every_name_for_the_page_is_that_of_a_field_somewhere() -> None:
    """One that a field no longer has would be left standing."""
    fields = {heading_of(field) for label in holdings() for field in apps.get_model(label)._meta.concrete_fields}
    assert set(PLAIN) <= fields
