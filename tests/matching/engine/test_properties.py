"""What must hold of every ranking, whatever the people."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from matching.engine import (
    Catalogue,
    Characteristic,
    Direction,
    Kind,
    Person,
    Places,
    Pool,
    Preference,
    Purpose,
    Role,
    Strength,
)
from matching.engine.command import rank
from matching.engine.parsing import parse
from tests.matching.engine import instances

SEEDS = range(1000, 1024)
Change = Callable[[Any, str, Random], None]


def rankings(raw: Any, only: str) -> Iterator[str]:
    problem = parse(raw)
    for person, role in instances.roles(raw):
        if person == only:
            yield json.dumps(rank(problem, person, Role(role), 50))


def hide_anew(raw: Any, asker: str, random: Random) -> None:
    """Others get new answers where they hide them, or none."""
    listed = {each["key"]: each for each in raw["characteristics"]}
    for person in others(raw, asker):
        for key, purpose in person["purposes"].items():
            if purpose != "profile":
                person["values"].pop(key, None)
                if random.random() < 0.7:
                    person["values"][key] = instances.value(random, listed[key])


def withhold(raw: Any, asker: str, random: Random) -> None:
    """Others who hide an answer had never given it."""
    for person in others(raw, asker):
        for key, purpose in person["purposes"].items():
            if purpose != "profile":
                person["values"].pop(key, None)


def use_own_for_oneself(raw: Any, asker: str, random: Random) -> None:
    """The asker hides nothing from the preferences of their own side, whatever the purposes."""
    person = next(each for each in raw["people"] if each["id"] == asker)
    hidden = {key for key, purpose in person["purposes"].items() if purpose != "profile"}
    for key in hidden:
        person["purposes"][key] = "monitoring" if person["purposes"][key] == "rounds" else "rounds"


def add_a_characteristic(raw: Any, asker: str, random: Random) -> None:
    """The catalogue grows by one that all answer and nobody asks about."""
    raw["characteristics"].insert(0, {"key": "new", "kind": "ordinal", "options": ["x", "y"], "surface": True})
    for person in raw["people"]:
        person["values"]["new"] = random.choice("xy")


def add_an_unanswered_one(raw: Any, asker: str, random: Random) -> None:
    """One that everybody asks about in a way that needs an own answer, and that nobody answered."""
    raw["characteristics"].append({"key": "new", "kind": "scale"})
    for person in raw["people"]:
        for preferences in person["preferences"].values():
            preferences.insert(0, {"characteristic": "new", "direction": "same", "strength": "require"})


def shuffle(raw: Any, asker: str, random: Random) -> None:
    """People, characteristics, exclusions and the keys of values come in another order."""
    for key in ("people", "characteristics", "excluded"):
        random.shuffle(raw[key])
    for person in raw["people"]:
        person["values"] = dict(random.sample(list(person["values"].items()), len(person["values"])))
        for value in person["values"].values():
            if isinstance(value, list):
                random.shuffle(value)


def others(raw: Any, asker: str) -> Iterator[Any]:
    return (person for person in raw["people"] if person["id"] != asker)


@pytest.mark.parametrize(
    "change",
    [hide_anew, withhold, use_own_for_oneself, add_a_characteristic, add_an_unanswered_one, shuffle],
)
def test_nothing_changes(change: Change) -> None:
    for seed in SEEDS:
        before = instances.problem(seed)
        roles = instances.roles(before)
        if not roles:
            continue
        asker = Random(seed).choice(roles)[0]
        after = deepcopy(before)
        change(after, asker, Random(seed))
        assert list(rankings(after, asker)) == list(rankings(before, asker)), seed


def test_a_purpose_on_what_is_not_surface_hides_nothing() -> None:
    catalogue = Catalogue([Characteristic("band", Kind.ORDINAL, ("5", "6"))])
    mentor = Person("m", mentor=Places(1), values={"band": "6"}, purposes={"band": Purpose.MONITORING})
    mentee = Person("x", True, values={"band": "5"}, as_mentee=(Preference("band", Direction.ABOVE, Strength.NEED),))
    assert Pool.of(catalogue, [mentor], Role.MENTOR).rank(mentee).matches[0].reasons[0].known


def test_words_that_come_as_plain_text_count_as_the_same() -> None:
    words: Any = ("multi", "one_of", "require", "profile")
    catalogue = Catalogue([Characteristic("values", words[0], ("a", "b"), surface=True)])
    mentors = [
        Person("m", mentor=Places(1), values={"values": ("a",)}, purposes={"values": words[3]}),
        Person("n", mentor=Places(1), values={"values": ("b",)}),
    ]
    mentee = Person("x", True, as_mentee=(Preference("values", words[1], words[2], ("a",)),))
    matches = Pool.of(catalogue, mentors, Role.MENTOR).rank(mentee).matches
    assert [(match.id, match.reasons[0].passed) for match in matches] == [("m", True)]


def test_reasons_add_up_to_each_side() -> None:
    for seed in SEEDS:
        problem = parse(instances.problem(seed))
        pool = Pool.of(problem.catalogue, problem.people, Role.MENTOR)
        for asker in [person for person in problem.people if person.mentee][:3]:
            for match in pool.rank(asker, mentee_share=problem.mentee_share).matches:
                for role, side in ((Role.MENTEE, match.mentee_side), (Role.MENTOR, match.mentor_side)):
                    reasons = match.side(role)
                    assert sum(reason.points for reason in reasons) == (side or 0)
                    assert all(reason.points <= reason.possible for reason in reasons)
                    assert all(reason.passed is not False for reason in reasons)
                sides = [reason.side for reason in match.reasons]
                assert sides == sorted(sides)


def test_the_two_roles_see_the_same_score_where_nobody_hides() -> None:
    for seed in SEEDS:
        raw = instances.problem(seed)
        for person in raw["people"]:
            person["purposes"] = {}
        problem = parse(raw)
        for mentee in [person.id for person in problem.people if person.mentee][:2]:
            for match in rank(problem, mentee, Role.MENTEE, 50)[:4]:
                mirror = {each["mentee"]: each for each in rank(problem, match["mentor"], Role.MENTOR, 50)}
                assert mirror[mentee] == {"mentee": mentee} | {k: v for k, v in match.items() if k != "mentor"}
