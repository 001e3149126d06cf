"""The catalogue that ships: complete, consistent, and kind in its words."""

import itertools
import re
from dataclasses import astuple

import pytest

from matching.catalogue.loader import FILES, load
from matching.catalogue.schema import CharacteristicData, all_or_nothing

CATALOGUE = load()
BY_KEY = {data.key: data for data in CATALOGUE}

KEYS = (
    *("ethnicity", "gender", "age_band", "trained_in", "caring", "first_language", "lived_experiences"),
    *("religion", "sexual_orientation", "disability", "values"),
    *(
        "feedback",
        "structure",
        "challenge",
        "planning",
        "focus",
        "thinking",
        "closeness",
        "replies",
        "race_talk",
        "openness",
        "conscientiousness",
    ),
    *("profession", "band", "setting", "specialisms", "region", "years", "hours", "meeting"),
    *("sponsorship_wanted", "sponsorship_offered", "languages", "organisation"),
)
HCPC = {
    *("arts_therapy", "biomedical_science", "podiatry", "clinical_science", "dietetics"),
    *("hearing_aid_dispensing", "occupational_therapy", "operating_department_practice", "orthoptics"),
    *("paramedicine", "physiotherapy", "practitioner_psychology", "prosthetics_orthotics", "radiography"),
    "speech_language_therapy",
}
FORBIDDEN = (
    *("surface", "bame", "bme", "minority", "minorities", "ethnic minority", "non-white", "coloured"),
    *("prefer not to say", "justify", "prove", "score", "weight", "algorithm", "demographic", "diverse"),
    *("normal", "foreign", "native", "exotic", "tolerate", "cultural fit"),
)
FILLED = {"name": "Amina", "shared": "kindness", "theirs": "curiosity", "mine": "courage"}


def sentences(data: CharacteristicData) -> list[str]:
    """Every reason template of a characteristic."""
    told = [(words.strong, words.partial, words.weak) for words in data.reasons]
    return [sentence for sentence in (data.unknown, *itertools.chain(*told)) if sentence]


def texts(data: CharacteristicData) -> list[str]:
    """Everything of a characteristic that can reach a screen."""
    names = [text for option in data.options for text in (option.label, option.inline)]
    names += [text for group in data.groups for text in (group.label, group.inline)]
    poles = list(astuple(data.poles)) if data.poles else []
    return [
        *(data.label, data.label_of_other, data.question, data.hint, *poles, *sentences(data)),
        *(words.preference for words in data.reasons),
        *(item.text for item in data.items),
        data.why,
        *names,
    ]


def test_holds_the_agreed_characteristics_in_their_order() -> None:
    assert tuple(data.key for data in CATALOGUE) == KEYS


def test_every_file_is_read() -> None:
    assert {data.family for data in CATALOGUE} == {name.removesuffix(".toml") for name in FILES}


def test_loading_twice_gives_the_same() -> None:
    assert load() == CATALOGUE
    assert len({hash(data) for data in CATALOGUE}) == len(CATALOGUE)


def test_three_special_categories_wait_for_a_programme_to_switch_them_on() -> None:
    waiting = {data.key for data in CATALOGUE if data.on_request}
    assert waiting == {"religion", "sexual_orientation", "disability"}
    special = {data.key for data in CATALOGUE if data.special_category}
    assert special == {"ethnicity", "lived_experiences", *waiting}


def test_the_two_personality_scales_are_made_of_four_statements_each() -> None:
    made = {data.key: [item.reversed for item in data.items] for data in CATALOGUE if data.items}
    assert made == {"openness": [False, True, True, True], "conscientiousness": [False, True, False, True]}


def test_ethnicity_has_the_nineteen_groups_of_the_census_in_five_parents() -> None:
    ethnicity = BY_KEY["ethnicity"]
    sizes = {group.key: sum(o.parent == group.key for o in ethnicity.options) for group in ethnicity.groups}
    assert sizes == {"asian": 5, "black": 3, "mixed": 4, "white": 5, "other": 2}
    assert len(ethnicity.options) == 19


def test_profession_has_the_fifteen_of_the_hcpc_and_the_others() -> None:
    keys = BY_KEY["profession"].option_keys
    assert len(HCPC) == 15
    assert set(keys[:15]) == HCPC
    assert {"adult_nursing", "midwifery", "medicine", "pharmacy", "social_work", "another_profession"} <= set(keys)


def test_pay_bands_run_from_two_to_nine() -> None:
    assert BY_KEY["band"].option_keys == ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")
    assert "or equivalent" in BY_KEY["band"].hint


def test_age_and_years_have_no_gap() -> None:
    assert BY_KEY["age_band"].option_keys == ("under_25", "25_34", "35_44", "45_54", "55_64", "65_over")
    assert BY_KEY["years"].option_keys == (
        *("under_2", "2_4", "5_9", "10_14", "15_19"),
        *("20_29", "30_more"),
    )


def test_race_talk_fits_from_both_sides() -> None:
    fits = dict(BY_KEY["race_talk"].complements)
    assert "i_raise" in fits["you_raise"]
    assert "you_raise" in fits["i_raise"]
    assert fits["rather_not"] == ("rather_not",)
    assert all(asker in fits[other] for asker, others in fits.items() for other in others)


def test_sponsorship_is_a_pair() -> None:
    wanted, offered = BY_KEY["sponsorship_wanted"], BY_KEY["sponsorship_offered"]
    assert (wanted.counterpart, offered.counterpart) == (offered.key, wanted.key)
    assert wanted.option_keys == offered.option_keys
    assert (wanted.asked_of, offered.asked_of) == ("mentee", "mentor")


def test_employers_come_from_the_programme() -> None:
    assert BY_KEY["organisation"].derived == "organisation"
    assert BY_KEY["organisation"].options == ()


def test_an_import_of_languages_agrees_with_first_languages() -> None:
    assert set(BY_KEY["languages"].option_keys) <= set(BY_KEY["first_language"].option_keys)


@pytest.mark.parametrize("data", CATALOGUE, ids=KEYS)
def test_templates_make_sentences(data: CharacteristicData) -> None:
    for template in sentences(data):
        sentence = template.format(**FILLED)
        assert "{" not in sentence
        assert sentence[0].isupper()
        assert sentence[-1] not in ".!"


@pytest.mark.parametrize("data", CATALOGUE, ids=KEYS)
def test_templates_name_only_what_is_there(data: CharacteristicData) -> None:
    for words in data.reasons:
        if words.direction != "different":
            assert "{shared}" not in words.weak
        assert "{mine}" not in words.strong or words.direction == "different"
        assert bool(words.partial) != all_or_nothing(data.kind, words.direction)


@pytest.mark.parametrize("data", CATALOGUE, ids=KEYS)
def test_preferences_read_as_someone(data: CharacteristicData) -> None:
    assert all(words.preference.startswith("someone ") for words in data.reasons)
    assert data.question.endswith("?")
    assert data.label[0].isupper()


@pytest.mark.parametrize("data", CATALOGUE, ids=KEYS)
def test_no_forbidden_word_reaches_a_screen(data: CharacteristicData) -> None:
    for text in texts(data):
        assert [word for word in FORBIDDEN if re.search(rf"\b{word}\b", text.lower())] == []
        assert "'" not in text, "a typographic apostrophe, please"
