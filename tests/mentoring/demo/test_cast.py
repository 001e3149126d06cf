"""The named cast, and what Amina sees when she looks for a mentor."""

import json
from typing import Any

import pytest

from matching.engine.command import rank
from matching.engine.parsing import parse
from matching.engine.schema import Role
from mentoring.demo.cast import CAST, cast_member
from mentoring.demo.data import organisations, programmes
from mentoring.demo.people import draw_people
from mentoring.demo.schema import ROLES
from tests.mentoring.demo.problem import problem

PROGRAMME = "allied_health_futures"
SEEDS = (1, 7, 2026)


def ranking(seed: int, count: int = 400) -> list[dict[str, Any]]:
    """Amina's mentors, best first, as the offline command prints them."""
    people = [*CAST, *draw_people(count, seed)]
    raw = json.loads(json.dumps(problem(people, PROGRAMME)))
    return rank(parse(raw), "amina", Role.MENTEE, 500)


def fitting(match: dict[str, Any]) -> int:
    """How many of the five things Amina asked for a mentor fits."""
    return sum(reason["side"] == "mentee" and reason["agreement"] >= 30 for reason in match["reasons"])


def test_the_cast_covers_every_role() -> None:
    assert {role for person in CAST for role in person.roles} == set(ROLES)
    roles = {person.key: person.roles for person in CAST}
    assert roles == {
        "amina": ("mentee",),
        "folasade": ("mentor",),
        "tom": ("mentor",),
        "preeti": ("mentor",),
        "niamh": ("coordinator",),
        "marcus": ("charter_lead",),
        "mai": ("assessor",),
        "sam": ("administrator",),
    }


def test_folasade_is_who_everybody_expects() -> None:
    folasade = cast_member("folasade")
    assert folasade.name == "Folasade Adébáyọ̀"
    assert (folasade.values["profession"], folasade.values["band"]) == ("occupational_therapy", "8a")
    assert (folasade.town, folasade.email) == ("Leeds", "folasade@example.org")


def test_an_unknown_member_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody in the cast is called 'olive'"):
        cast_member("olive")


def test_the_assessor_works_elsewhere_than_the_charter_lead() -> None:
    assert cast_member("mai").organisation != cast_member("marcus").organisation


def test_the_cast_works_for_employers_of_their_programmes() -> None:
    runs = {programme.key: programme.organisations for programme in programmes()}
    regions = {organisation.key: organisation.region for organisation in organisations()}
    for person in CAST:
        assert all(person.organisation in runs[key] for key in person.programmes)
        assert person.values["region"] == regions[person.organisation]


@pytest.mark.parametrize("seed", SEEDS)
def test_folasade_is_near_the_top_with_one_honest_difference(seed: int) -> None:
    found = ranking(seed)
    place = [match["mentor"] for match in found].index("folasade")
    assert place < 3
    reasons = {r["characteristic"]: r["agreement"] for r in found[place]["reasons"] if r["side"] == "mentee"}
    assert reasons == {"band": 60, "feedback": 60, "sponsorship_wanted": 60, "race_talk": 60, "setting": 0}


@pytest.mark.parametrize("seed", SEEDS)
def test_some_mentors_fit_four_of_five(seed: int) -> None:
    found = ranking(seed)
    fits = {match["mentor"]: fitting(match) for match in found}
    assert (fits["folasade"], fits["tom"], fits["preeti"]) == (4, 4, 4)
    assert 5 <= sum(count == 4 for count in fits.values()) < len(fits) / 2
    assert len(found) >= 25


def test_the_cast_alone_can_be_ranked() -> None:
    assert [match["mentor"] for match in ranking(seed=1, count=0)] == ["folasade", "tom", "preeti"]


@pytest.mark.parametrize("programme", [programme.key for programme in programmes()])
def test_the_engine_accepts_everybody(programme: str) -> None:
    people = [*CAST, *draw_people(400, seed=3)]
    assert len(parse(problem(people, programme)).people) >= 80
