"""New words of consent: what was answered on the ones before waits, is shown to nobody, and comes back with a yes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from mentoring.domain import consent, question
from mentoring.enums import Purpose
from mentoring.models import Characteristic, CharacteristicValue, Consent, ConsentText, Person, Programme
from mentoring.models.characteristic import HELD
from mentoring.presenters.characteristic import needs
from mentoring.presenters.profile import profile_of
from tests.factories.matching import says

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def new_words(*, material: bool = True) -> ConsentText:
    version = consent.present_text().version + 1
    return ConsentText.objects.create(
        version=version, words="I agree to more.", since=date(2026, 12, 1), material=material
    )


def purpose_of(person: Person) -> str | None:
    return CharacteristicValue.objects.get(person=person, characteristic="ethnicity").purpose


def test_the_words_of_each_version_are_kept_once() -> None:
    consent.keep_texts()
    kept = ConsentText.objects.values_list("version", "words", "material")
    assert list(kept) == [(words.version, words.text, words.material) for words in consent.TEXTS]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_material_words_put_an_answer_to_no_use(amina: Person, purpose: Purpose) -> None:
    says(amina, "ethnicity", "african", purpose=purpose)
    says(amina, "profession", "dietetics")
    new_words()
    assert purpose_of(amina) == HELD
    assert profile_of(amina, asked=Characteristic.objects.all()).identity == ()
    assert CharacteristicValue.objects.get(person=amina, characteristic="profession").purpose is None
    assert Consent.objects.get(person=amina).withdrawn_at is None


def test_plainer_words_change_nothing(amina: Person) -> None:
    says(amina, "ethnicity", "african")
    new_words(material=False)
    assert purpose_of(amina) == Purpose.PROFILE
    assert needs(amina) == []


def test_an_answer_on_earlier_words_cannot_be_put_to_use_even_in_sql(amina: Person) -> None:
    says(amina, "ethnicity", "african")
    new_words()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE mentoring_characteristicvalue SET purpose = 'profile'")
    assert purpose_of(amina) == HELD


def test_a_yes_to_the_new_words_brings_it_back(amina: Person) -> None:
    says(amina, "ethnicity", "african")
    text = new_words()
    says(amina, "ethnicity", "african", purpose=Purpose.ROUNDS)
    assert purpose_of(amina) == Purpose.ROUNDS
    assert Consent.objects.get(person=amina, withdrawn_at__isnull=True).text == text
    assert needs(amina) == []


def test_a_held_answer_goes_when_it_is_withdrawn(amina: Person) -> None:
    says(amina, "ethnicity", "african")
    new_words()
    consent.withdraw_all(by=amina)
    assert not CharacteristicValue.objects.filter(person=amina).exists()


def test_they_are_asked_kindly(amina: Person, as_: As) -> None:
    says(amina, "ethnicity", "african")
    client = as_(amina)
    assert "Waits for your yes" not in client.get("/profile/identity/").text
    new_words()
    assert "The words you agreed to about your identity have changed" in client.get("/").text
    page = client.get("/profile/identity/").text
    assert "Waits for your yes" in page
    assert "Read and decide" in page
    form = client.get("/profile/identity/ethnicity/").text
    assert "I agree to more." in form
    # What they chose before is still chosen; the tick is theirs to set.
    answer = {"answer": "african", "purpose": "profile", "agree": "on"}
    assert client.post("/profile/identity/ethnicity/", answer).status_code == 302
    assert purpose_of(amina) == Purpose.PROFILE
    assert "Waits for your yes" not in client.get("/profile/identity/").text


def test_nobody_is_asked_for_a_yes_that_no_page_takes(amina: Person, programme: Programme, coretta: Person) -> None:
    says(amina, "gender", "woman")
    new_words()
    assert len(needs(amina)) == 1
    gender = Characteristic.objects.get(pk="gender")
    for asked in (False, True):
        question.choose(programme=programme, characteristic=gender, asked=asked, reason="", by=coretta)
        assert len(needs(amina)) == asked
