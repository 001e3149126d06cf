"""Four hundred drawn people: reproducible, valid, distinct, diverse, and true to what they show."""

import re
import unicodedata
from collections import Counter
from itertools import chain

import pytest

from matching.catalogue.loader import load
from matching.catalogue.schema import MULTI_MOST
from mentoring.demo.cast import CAST
from mentoring.demo.data import heritages, names_to_avoid, organisations, professions, programmes
from mentoring.demo.journeys import WHITE, YEARS_WORDS
from mentoring.demo.names import ascii_name
from mentoring.demo.people import domains, draw_people
from mentoring.demo.preferences import may_require_surface
from mentoring.demo.schema import BANDS, SURFACE, YEARS, DemoPerson, DemoPreference

CATALOGUE = {data.key: data for data in load()}
PEOPLE = draw_people(400, seed=1)
EVERYONE = [*CAST, *PEOPLE]
MENTEES = [person for person in PEOPLE if person.is_mentee]
MENTORS = [person for person in PEOPLE if person.is_mentor]
ONLY_MENTEES = [person for person in MENTEES if not person.is_mentor]
ONLY_MENTORS = [person for person in MENTORS if not person.is_mentee]
TRAINED_ABROAD = set(CATALOGUE["trained_in"].option_keys) - {"uk"}


def preferences(person: DemoPerson) -> list[DemoPreference]:
    return [*person.as_mentee, *person.as_mentor]


def test_the_same_seed_gives_the_same_people() -> None:
    assert draw_people(400, seed=1) == PEOPLE
    assert draw_people(40, seed=2) != PEOPLE[:40]


def test_the_first_people_do_not_change_with_the_count() -> None:
    assert draw_people(25, seed=1) == PEOPLE[:25]
    assert draw_people(0, seed=1) == []


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="count must not be negative"):
        draw_people(-1, seed=1)


def test_there_are_names_enough_for_three_thousand() -> None:
    people = draw_people(3000, seed=5)
    assert len({ascii_name(person.name) for person in people}) == 3000
    assert len({person.email for person in people}) == 3000


def test_names_keys_and_addresses_are_distinct() -> None:
    for seen in (
        [ascii_name(person.name) for person in EVERYONE],
        [person.key for person in EVERYONE],
        [person.email.lower() for person in EVERYONE],
    ):
        assert len(set(seen)) == len(EVERYONE)


def test_addresses_are_ascii_and_of_reserved_domains() -> None:
    for person in EVERYONE:
        local, domain = person.email.split("@")
        assert re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", local), person.email
        assert domain in domains()
    assert all(domain == "example.org" or domain.endswith(".example") for domain in domains())


def test_names_are_composed_and_nobody_is_well_known() -> None:
    for person in EVERYONE:
        assert unicodedata.is_normalized("NFC", person.name)
        assert person.name == person.name.strip()
        assert person.name not in names_to_avoid()


def test_names_are_of_every_shape() -> None:
    names = [person.name for person in PEOPLE]
    assert sum(not name.isascii() for name in names) >= 40
    assert sum("'" in name for name in names) >= 5
    assert sum("-" in name for name in names) >= 15
    assert sum(person.family_name == "" for person in PEOPLE) >= 4
    assert sum(len(name) > 24 for name in names) >= 2


def test_people_are_of_many_backgrounds() -> None:
    known = Counter(str(person.values["ethnicity"]) for person in PEOPLE if "ethnicity" in person.values)
    assert len(known) >= 14
    assert {"african", "caribbean", "indian", "pakistani", "bangladeshi", "chinese", "asian_other"} <= set(known)
    assert max(known.values()) < 0.35 * len(PEOPLE)
    assert len({person.values["profession"] for person in PEOPLE}) >= 20
    assert {person.organisation for person in PEOPLE} == {organisation.key for organisation in organisations()}
    assert {person.values.get("gender") for person in PEOPLE} >= {"woman", "man", "non_binary", None}


def test_mentors_are_allies_too_and_mentees_are_those_the_programmes_are_for() -> None:
    assert not [person for person in MENTEES if person.values.get("ethnicity") == "white_british"]
    allies = [person for person in ONLY_MENTORS if person.values.get("ethnicity") in WHITE]
    assert 0.2 < len(allies) / len(ONLY_MENTORS) < 0.5


def test_every_value_is_in_the_catalogue() -> None:
    for person in EVERYONE:
        for key, value in person.values.items():
            data = CATALOGUE[key]
            assert data.derived is None
            if data.kind == "scale":
                assert isinstance(value, int) and value in range(1, 6)  # noqa: PT018 narrows the type
            elif data.kind == "multi":
                assert isinstance(value, list)
                assert 0 < len(value) <= MULTI_MOST
                assert len(set(value)) == len(value)
                assert set(value) <= set(data.option_keys)
            else:
                assert value in data.option_keys


def test_values_fit_the_role_they_are_asked_of() -> None:
    for person in EVERYONE:
        for key in person.values:
            asked_of = CATALOGUE[key].asked_of
            assert asked_of == "everyone" or asked_of in person.roles


def test_a_purpose_stands_beside_every_surface_value_and_no_other() -> None:
    for person in EVERYONE:
        assert set(person.purposes) == set(person.values) & set(SURFACE)
        assert set(person.purposes.values()) <= {"profile", "rounds", "monitoring"}
    assert {key for key, data in CATALOGUE.items() if data.is_surface and not data.on_request} == set(SURFACE)


def test_purposes_are_mostly_profile() -> None:
    used = Counter(chain.from_iterable(person.purposes.values() for person in PEOPLE))
    assert used["profile"] > 0.65 * used.total()
    assert min(used["rounds"], used["monitoring"]) > 0.05 * used.total()
    not_given = sum(key not in person.values for person in PEOPLE for key in SURFACE)
    assert 0.1 < not_given / (len(PEOPLE) * len(SURFACE)) < 0.35


def test_not_everyone_answers_everything() -> None:
    for key in ("values", "feedback", "race_talk", "setting", "hours", "languages", "years"):
        answered = sum(key in person.values for person in PEOPLE) / len(PEOPLE)
        assert 0.6 < answered < 1


def test_mentors_are_more_senior() -> None:
    def middle(people: list[DemoPerson]) -> str:
        places = sorted(BANDS.index(str(person.values["band"])) for person in people)
        return BANDS[places[len(places) // 2]]

    assert middle(ONLY_MENTEES) == "6"
    assert middle(ONLY_MENTORS) in ("8a", "8b")
    assert all(BANDS.index(str(person.values["band"])) >= BANDS.index("7") for person in MENTORS)


def test_years_go_with_bands() -> None:
    for person in PEOPLE:
        years, band = person.values.get("years"), str(person.values["band"])
        if years is not None and BANDS.index(band) >= BANDS.index("8a"):
            assert YEARS.index(str(years)) >= YEARS.index("10_14")
        if years is not None and band == "5":
            assert YEARS.index(str(years)) <= YEARS.index("5_9")


def test_people_work_for_an_employer_of_their_programmes_and_in_its_region() -> None:
    by_key = {programme.key: programme for programme in programmes()}
    regions = {organisation.key: organisation.region for organisation in organisations()}
    allied = {profession.key for profession in professions() if profession.allied}
    for person in PEOPLE:
        assert person.programmes
        for key in person.programmes:
            assert person.organisation in by_key[key].organisations
            assert person.values["profession"] in allied or not by_key[key].allied_health_only
        assert person.values.get("region", regions[person.organisation]) == regions[person.organisation]


def test_every_programme_has_mentees_and_mentors() -> None:
    for programme in programmes():
        assert sum(programme.key in person.programmes for person in MENTEES) >= 40
        assert sum(programme.key in person.programmes for person in MENTORS) >= 25


def test_capacity_is_for_mentors() -> None:
    assert {person.capacity for person in MENTORS} == {1, 2, 3}
    assert {person.capacity for person in ONLY_MENTEES} == {0}


def test_preferences_obey_the_rules() -> None:
    for person in EVERYONE:
        for side in (person.as_mentee, person.as_mentor):
            keys = [asked.characteristic for asked in side]
            assert len(set(keys)) == len(keys)
        for asked in preferences(person):
            data = CATALOGUE[asked.characteristic]
            assert asked.direction in data.directions
            assert asked.strength in ("require", "need", "help", "support")
            assert bool(asked.options) == (asked.direction == "one_of")
            known = {*data.option_keys, *(group.key for group in data.groups)}
            assert set(asked.options) <= known
            if asked.direction != "one_of" and data.derived is None:
                assert asked.characteristic in person.values


def test_preferences_are_of_the_side_the_person_is_on() -> None:
    for person in EVERYONE:
        assert bool(person.as_mentee) == person.is_mentee
        assert bool(person.as_mentor) == person.is_mentor


def test_nobody_requires_identity_without_a_recorded_reason() -> None:
    for person in EVERYONE:
        assert not [a for a in person.as_mentor if a.strength == "require" and a.characteristic in SURFACE]
        required = [a for a in person.as_mentee if a.strength == "require" and a.characteristic in SURFACE]
        assert not required or may_require_surface(person.programmes)


def test_preferences_are_as_many_as_people_state() -> None:
    required = sum(asked.strength == "require" for person in MENTEES for asked in person.as_mentee)
    assert 0.45 < required / len(MENTEES) < 0.75
    assert 5 < sum(len(person.as_mentee) for person in MENTEES) / len(MENTEES) < 6.2
    assert 2 <= sum(len(person.as_mentor) for person in MENTORS) / len(MENTORS) <= 3.2


def test_journeys_do_not_read_alike() -> None:
    assert len({person.journey for person in EVERYONE}) == len(EVERYONE)
    headlines = Counter(person.headline for person in PEOPLE)
    assert max(headlines.values()) <= 4
    sentences = Counter(chain.from_iterable(re.split(r"(?<=\.) ", person.journey) for person in PEOPLE))
    assert max(sentences.values()) <= 0.05 * len(PEOPLE)


def test_journeys_have_two_to_five_sentences() -> None:
    for person in PEOPLE:
        count = len(re.findall(r"\.( |$)", person.journey))
        assert 2 <= count <= 5, person.journey
        assert person.journey.endswith(".")
        assert not re.search(r"[{}]|  |'", person.journey)
        assert not re.search(r"[{}]|\.$", person.headline)


def test_journeys_give_away_only_what_the_profile_shows() -> None:
    origins = set(chain.from_iterable(heritage.origins for heritage in heritages()))
    told = 0
    for person in PEOPLE:
        words = f"{person.headline} {person.journey}"
        if not any(re.search(rf"\b{re.escape(origin)}\b", words) for origin in origins):
            continue
        told += 1
        assert person.values["trained_in"] in TRAINED_ABROAD
        assert person.purposes["trained_in"] == "profile"
        assert person.purposes["ethnicity"] == "profile"
    assert told >= 15


def test_journeys_name_one_length_of_time() -> None:
    every = sorted(chain.from_iterable(YEARS_WORDS.values()), key=len, reverse=True)
    for person in PEOPLE:
        own = f"{person.headline} {person.journey}".lower()
        own = own.replace("in two years", "").replace("for two years", "")
        told = set()
        for phrase in every:
            if re.search(rf"\b{phrase} (in|i know|on the road)|for {phrase},|, {phrase} in", own):
                told.add(phrase)
                own = own.replace(phrase, "")
        assert len(told) <= 1, person.journey
        assert not told or told <= set(YEARS_WORDS[str(person.values["years"])])


def test_pronouns_do_not_give_away_a_gender_that_is_not_shown() -> None:
    for person in PEOPLE:
        if person.purposes.get("gender") in ("rounds", "monitoring"):
            assert person.pronouns == ""
