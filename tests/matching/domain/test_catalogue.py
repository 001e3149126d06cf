"""The catalogue in the database."""

import pytest
from django.core.management import call_command

from matching.catalogue.loader import load
from matching.domain.catalogue import load_catalogue
from mentoring.enums import Purpose
from mentoring.models import Characteristic, CharacteristicValue, ConsentText, Option, Person
from tests.factories.matching import says

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    return [
        *Characteristic.objects.values_list(),
        *Option.objects.order_by("characteristic_id", "position").values_list(),
    ]


def test_after_migrating_everything_of_the_files_is_there_in_order() -> None:
    catalogue = load()
    assert [row.key for row in Characteristic.objects.all()] == [data.key for data in catalogue]
    for data in catalogue:
        row = Characteristic.objects.get(pk=data.key)
        assert [option.key for option in row.options.all()] == list(data.option_keys)
        assert row.directions == list(data.directions)
        assert (row.counterpart_id, row.retired) == (data.counterpart, False)


def test_groups_and_words_come_along() -> None:
    option = Option.objects.get(characteristic="profession", key="dietetics")
    assert (option.parent, option.parent_label) == ("allied_health", "Allied health")
    words = Characteristic.objects.get(pk="profession").words
    assert words["inline"]["medicines"] == "pharmacy"
    assert words["reasons"]["same"]["weak"] == "Works in another profession: {theirs}"


def test_loading_again_changes_nothing() -> None:
    before = rows()
    assert load_catalogue() == len(load())
    assert rows() == before


def test_a_number_is_never_given_to_another() -> None:
    numbers = dict(Characteristic.objects.values_list("key", "number"))
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    Characteristic.objects.filter(pk="band").update(number=900)
    Characteristic.objects.filter(pk="years").delete()
    load_catalogue()
    assert dict(Characteristic.objects.values_list("key", "number")) == numbers | {"band": 900, "years": 901}


def test_what_is_gone_is_retired_and_what_people_said_stays(amina: Person) -> None:
    gone = Characteristic.objects.create(
        key="gone", number=999, family="values", kind="category", position=99, label="Gone", question="Gone?"
    )
    Option.objects.create(characteristic=gone, key="yes", label="Yes", position=0)
    old = Option.objects.create(characteristic_id="profession", key="almoner", label="Almoner", position=99)
    CharacteristicValue.objects.create(person=amina, characteristic_id="profession", options=["almoner"])

    load_catalogue()

    gone.refresh_from_db()
    old.refresh_from_db()
    assert (gone.retired, old.retired) == (True, True)
    assert amina.values.get().options == ["almoner"]


def test_what_comes_back_is_offered_again() -> None:
    Characteristic.objects.filter(pk="values").update(retired=True, label="Old")
    Option.objects.filter(characteristic="values").update(retired=True)
    load_catalogue()
    row = Characteristic.objects.get(pk="values")
    assert (row.retired, row.label) == (False, "What matters to me")
    assert not row.options.filter(retired=True).exists()


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_brings_catalogue_and_consent_text_back(amina: Person) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Characteristic.objects.count() == len(load())
    assert ConsentText.objects.count() == 1


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogue")
    assert capsys.readouterr().out == f"{len(load())} characteristics are in the database.\n"


def test_answers_about_identity_still_need_consent_after_loading(amina: Person) -> None:
    says(amina, "ethnicity", "african", purpose=Purpose.MONITORING)
    load_catalogue()
    assert amina.values.get().consent is not None
