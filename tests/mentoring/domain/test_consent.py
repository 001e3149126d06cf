"""What people say, and the consent on which anything about identity stands."""

import pytest
from django.db import IntegrityError, transaction

from mentoring.domain import consent
from mentoring.domain.action import NotPossible
from mentoring.domain.consent import Answer
from mentoring.enums import Purpose
from mentoring.models import Characteristic, CharacteristicValue, Consent, Person

pytestmark = pytest.mark.django_db


def asked(key: str) -> Characteristic:
    return Characteristic.objects.get(pk=key)


def said(person: Person, key: str) -> tuple[list[str], int | None, str | None] | None:
    row = CharacteristicValue.objects.filter(person=person, characteristic=key).first()
    return (row.options, row.point, row.purpose) if row else None


def say(person: Person, key: str, *options: str, purpose: Purpose | None = None) -> None:
    consent.give_value(characteristic=asked(key), options=options, purpose=purpose, by=person)


def live(person: Person) -> list[tuple[str, str]]:
    rows = Consent.objects.filter(person=person, withdrawn_at__isnull=True)
    return list(rows.values_list("characteristic_id", "purpose"))


def test_an_answer_about_work_needs_no_consent(amina: Person) -> None:
    say(amina, "profession", "physiotherapy")
    assert said(amina, "profession") == (["physiotherapy"], None, None)
    assert live(amina) == []


def test_answering_again_replaces(amina: Person) -> None:
    say(amina, "profession", "physiotherapy")
    say(amina, "profession", "dietetics")
    assert said(amina, "profession") == (["dietetics"], None, None)


def test_nothing_said_takes_the_answer_back(amina: Person) -> None:
    say(amina, "profession", "physiotherapy")
    say(amina, "profession")
    assert said(amina, "profession") is None


@pytest.mark.parametrize(
    ("key", "options", "point"),
    [
        ("profession", ["astrology"], None),
        ("profession", ["physiotherapy", "dietetics"], None),
        ("profession", ["physiotherapy"], 3),
        ("meeting", ["video", "video"], None),
        ("values", ["ambition", "balance", "community", "courage", "creativity", "curiosity", "dignity"], None),
        ("feedback", [], 6),
        ("feedback", [], 0),
        ("feedback", ["low"], 1),
        ("organisation", ["leeds"], None),
    ],
)
def test_what_is_not_offered_is_refused(amina: Person, key: str, options: list[str], point: int | None) -> None:
    with pytest.raises(NotPossible):
        consent.give_value(characteristic=asked(key), options=options, point=point, by=amina)
    assert said(amina, key) is None


def test_a_retired_option_is_not_offered(amina: Person) -> None:
    asked("profession").options.filter(key="dietetics").update(retired=True)
    with pytest.raises(NotPossible):
        say(amina, "profession", "dietetics")


def test_a_page_is_kept_whole_or_not_at_all(amina: Person) -> None:
    answers = [Answer(asked("profession"), options=("dietetics",)), Answer(asked("feedback"), point=9)]
    with pytest.raises(NotPossible):
        consent.give_values(answers=answers, by=amina)
    assert said(amina, "profession") is None


def test_identity_is_kept_only_with_a_purpose(amina: Person) -> None:
    with pytest.raises(NotPossible):
        say(amina, "gender", "woman")
    assert said(amina, "gender") is None


def test_the_words_agreed_to_are_kept_with_the_consent(amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    assert Consent.objects.get(person=amina).text.words == consent.TEXTS[-1].text


def test_a_new_purpose_is_a_new_consent_and_the_old_one_is_withdrawn(amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    say(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    assert said(amina, "gender") == (["woman"], None, "rounds")
    assert live(amina) == [("gender", "rounds")]
    assert Consent.objects.filter(person=amina, withdrawn_at__isnull=False).count() == 1


def test_the_same_purpose_keeps_the_consent(amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    say(amina, "gender", "non_binary", purpose=Purpose.PROFILE)
    assert Consent.objects.filter(person=amina).count() == 1
    assert said(amina, "gender") == (["non_binary"], None, "profile")


def test_withdrawing_removes_the_answer_and_keeps_the_record(amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    consent.remove_value(characteristic=asked("gender"), by=amina)
    consent.remove_value(characteristic=asked("gender"), by=amina)
    assert said(amina, "gender") is None
    assert Consent.objects.get(person=amina).withdrawn_at is not None


def test_withdrawing_all_leaves_other_answers_and_other_people(amina: Person, folasade: Person) -> None:
    for person in (amina, folasade):
        say(person, "gender", "woman", purpose=Purpose.PROFILE)
    say(amina, "ethnicity", "african", purpose=Purpose.MONITORING)
    say(amina, "profession", "dietetics")
    consent.withdraw_all(by=amina)
    assert live(amina) == []
    assert list(amina.values.values_list("characteristic_id", flat=True)) == ["profession"]
    assert live(folasade) == [("gender", "profile")]


def test_the_database_refuses_identity_without_live_consent(amina: Person, folasade: Person) -> None:
    say(folasade, "gender", "woman", purpose=Purpose.PROFILE)
    borrowed = Consent.objects.get(person=folasade)
    for stolen in ({}, {"purpose": Purpose.PROFILE, "consent": borrowed}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CharacteristicValue.objects.create(person=amina, characteristic_id="gender", options=["woman"], **stolen)


def test_the_database_takes_the_answer_with_the_consent(amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    Consent.objects.filter(person=amina).update(withdrawn_at="2026-11-23T10:00:00Z")
    assert said(amina, "gender") is None
