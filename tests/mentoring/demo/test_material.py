"""The raw material: employers, programmes, words, and that every TOML entry can be used."""

import string
import unicodedata
from pathlib import Path

import pytest

from matching.catalogue.loader import load
from mentoring.demo import words
from mentoring.demo.answers import ALL_VALUES, DOORS, GENDERS, ONLY_FIRST
from mentoring.demo.data import FOLDER, heritages, organisations, professions, programmes, sentences
from mentoring.demo.draws import some
from mentoring.demo.names import ascii_name
from mentoring.demo.preferences import BROAD_GROUP, MENTEE_WISHES, MENTOR_WISHES
from mentoring.demo.schema import AGES, BANDS, SCALES, YEARS

CATALOGUE = {data.key: data for data in load()}
SLOTS = ("headline", "opening", "turning", "aim_mentee", "aim_mentor", "closing")
WORDS = {"noun", "a_noun", "work", "town", "origin", "years", "Years", "place", "title"}


def options(key: str) -> set[str]:
    return set(CATALOGUE[key].option_keys)


def test_there_are_nine_employers_of_five_kinds() -> None:
    assert len(organisations()) == 9
    assert {o.kind for o in organisations()} == {
        "nhs_trust",
        "local_authority",
        "university",
        "voluntary",
        "independent",
    }
    for organisation in organisations():
        assert organisation.region in options("region")
        assert {setting for setting, _ in organisation.settings} <= options("setting")
        assert organisation.domain.endswith(".example")


def test_there_are_three_programmes_one_with_a_recorded_reason() -> None:
    assert len(programmes()) == 3
    assert [p.key for p in programmes() if p.positive_action_reason] == ["allied_health_futures"]
    employers = {organisation.key for organisation in organisations()}
    assert {key for programme in programmes() for key in programme.organisations} == employers
    assert all(0 <= programme.mentee_share <= 100 for programme in programmes())
    assert all(programme.slug == programme.key.replace("_", "-") for programme in programmes())


def test_every_employer_runs_a_programme_open_to_every_profession() -> None:
    open_to_all = {key for p in programmes() if not p.allied_health_only for key in p.organisations}
    assert open_to_all == {organisation.key for organisation in organisations()}


def test_keys_are_those_of_the_catalogue() -> None:
    assert CATALOGUE["band"].option_keys == BANDS
    assert CATALOGUE["years"].option_keys == YEARS
    assert CATALOGUE["age_band"].option_keys == AGES
    assert {key for key, data in CATALOGUE.items() if data.kind == "scale"} == set(SCALES)
    assert set(ALL_VALUES) == options("values")
    assert set(DOORS) == options("sponsorship_wanted") == options("sponsorship_offered")
    assert {gender for gender, _ in GENDERS} == options("gender")
    assert options("first_language") - options("languages") == ONLY_FIRST


def test_broad_groups_are_the_parents_of_the_catalogue() -> None:
    parents = {option.key: option.parent for option in CATALOGUE["ethnicity"].options}
    assert {key: group for key, group in parents.items() if group != "white"} == BROAD_GROUP


def test_wishes_are_directions_the_catalogue_offers() -> None:
    for wish in (*MENTEE_WISHES, *MENTOR_WISHES):
        assert wish.direction in CATALOGUE[wish.characteristic].directions


def test_heritages_name_what_the_catalogue_knows() -> None:
    keys = [heritage.key for heritage in heritages()]
    assert len(set(keys)) == len(keys)
    for heritage in heritages():
        assert heritage.ethnicity in options("ethnicity")
        assert heritage.trained in options("trained_in")
        assert {key for key, _ in heritage.languages} <= options("first_language")
        assert set(heritage.more) <= options("languages")
        assert heritage.women
        assert heritage.men
        assert len(heritage.families) >= 5
    assert {heritage.ethnicity for heritage in heritages()} == options("ethnicity")


def test_professions_name_what_the_catalogue_knows() -> None:
    used = {setting for organisation in organisations() for setting, _ in organisation.settings}
    for profession in professions():
        assert profession.key in options("profession")
        assert {*profession.mentee, *profession.mentor} <= set(BANDS)
        assert set(profession.settings) <= options("setting")
        assert set(profession.settings) & used


@pytest.mark.parametrize("slot", SLOTS)
def test_sentences_hold_known_conditions(slot: str) -> None:
    texts = [sentence.text for sentence in sentences(slot)]
    assert len(set(texts)) == len(texts)
    for sentence in sentences(slot):
        names = {name for _, name, _, _ in string.Formatter().parse(sentence.text) if name}
        assert names <= WORDS
        assert sentence.role in ("", "mentee", "mentor")
        assert sentence.trained in ("", "uk", "abroad")
        assert {sentence.from_band, sentence.to_band} <= {"", *BANDS}
        assert {sentence.from_years, sentence.to_years} <= {"", *YEARS}
        assert sentence.value in {"", *options("values")}
        assert sentence.caring in ("", "children", "adult")
        assert set(sentence.professions) <= {profession.key for profession in professions()}
        assert set(sentence.settings) <= options("setting")
        assert "origin" not in names or sentence.trained == "abroad"


@pytest.mark.parametrize("slot", SLOTS[1:])
def test_sentences_end_as_sentences(slot: str) -> None:
    assert all(sentence.text.endswith(".") for sentence in sentences(slot))


def test_words_name_nobody_but_the_reader() -> None:
    pools = [pool for pool in vars(words).values() if isinstance(pool, tuple)]
    assert len(pools) == 9
    for pool in pools:
        assert len(set(pool)) == len(pool)
        for text in pool:
            assert "{" not in "".join(text).format(name="Folasade")


def test_prose_has_curly_apostrophes() -> None:
    assert not [s.text for slot in SLOTS for s in sentences(slot) if "'" in s.text]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_data_files_are_in_composed_form(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def test_some_draws_no_more_than_there_are_and_keeps_the_order() -> None:
    class Last:
        """Not random at all: always the last choice."""

        @staticmethod
        def choices(things: list[str], weights: list[float]) -> list[str]:
            return [things[-1]]

    assert some(Last(), [("a", 1.0), ("b", 0.0), ("c", 1.0)], 5) == ["a", "c"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Adébáyọ̀", "adebayo"),
        ("Nguyễn Đặng", "nguyen-dang"),
        ("O'Brien", "obrien"),
        ("Ng'ang'a", "nganga"),
        ("Łuczak", "luczak"),
        ("Yıldız", "yildiz"),
        ("Ɔfɔri", "ofori"),
        ("St Hilaire", "st-hilaire"),
        ("Clarke-Johnson", "clarke-johnson"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    assert ascii_name(name) == plain
