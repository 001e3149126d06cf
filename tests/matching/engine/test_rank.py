"""Ranking equals the slow oracle to the last byte, and a pool pages, filters and explains what it ranks."""

import json
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from matching.engine import EngineError, Match, Person, Places, Pool, Role
from matching.engine import pool as pool_module
from matching.engine.checks import MOST_PLACES
from matching.engine.command import rank
from matching.engine.parsing import Problem, parse
from tests.matching.engine import instances, oracle

ASKERS = 2


BATCHES = 11


@pytest.mark.timeout(0)
@pytest.mark.parametrize("hurried", [False, True])
@pytest.mark.parametrize("batch", range(BATCHES))
def test_output_equals_the_oracle(batch: int, hurried: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hurried, pools so small are gone through as large ones are: in blocks, most people never looked at whole."""
    if hurried:
        for constant, small in {"BLOCK": 8, "SAMPLE": 4, "FIRST_LOOK": 1}.items():
            monkeypatch.setattr(pool_module, constant, small)
    for seed in range(batch, instances.HOW_MANY, BATCHES):
        raw = instances.problem(seed)
        problem = parse(raw)
        for person, role in sampled_roles(raw, seed):
            top = 3 if seed % 2 else 20
            found = rank(problem, person, Role(role), top)
            assert json.dumps(found) == json.dumps(oracle.rank(raw, person, role, top)), (seed, person, role)


@pytest.mark.parametrize("characteristics", [40, 274, 600])
def test_so_many_preferences_that_their_points_are_large_numbers(characteristics: int) -> None:
    keys = [f"scale {number}" for number in range(characteristics)]
    asked = [{"characteristic": key, "direction": "same", "strength": "need"} for key in keys]
    raw = {
        "characteristics": [{"key": key, "kind": "scale"} for key in keys],
        "people": [
            {
                "id": name,
                "mentee": name == "asker",
                "mentor": None if name == "asker" else {"capacity": 1},
                "values": {key: 4 if at < unlike else 3 for at, key in enumerate(keys)},
                "preferences": {"as_mentee": asked},
            }
            for name, unlike in [("asker", 0), ("all alike", 0), ("most alike", characteristics // 4), ("unlike", 999)]
        ],
    }
    found = rank(parse(raw), "asker", Role.MENTEE, 3)
    assert [(each["mentor"], each["score"]) for each in found] == [
        ("all alike", 10_000),
        ("most alike", 9_375 if characteristics % 4 == 0 else 9_379),
        ("unlike", 7_500),
    ]


def sampled_roles(raw: Any, seed: int) -> list[tuple[str, str]]:
    roles = instances.roles(raw)
    return Random(seed).sample(roles, min(ASKERS, len(roles)))


def test_the_instances_reach_what_they_are_for() -> None:
    raws = [instances.problem(seed) for seed in range(0, 220, 4)]
    ranked = [oracle.rank(raw, *asker, 20) for raw in raws for asker in sampled_roles(raw, 0)]
    scores = [[match["score"] for match in matches] for matches in ranked]
    reasons = [reason for matches in ranked for match in matches for reason in match["reasons"]]
    assert sum(len(set(each)) < len(each) for each in scores) > 30
    assert {(reason["side"], reason["known"]) for reason in reasons} == {
        (side, known) for side in ("mentee", "mentor") for known in (True, False)
    }
    assert {reason["strength"] for reason in reasons} == set(instances.STRENGTHS)


@pytest.mark.parametrize("seed", range(6))
def test_a_large_pool_is_ranked_as_each_pair_is_explained(seed: int) -> None:
    """So large that most people are never looked at whole."""
    problem = parse(instances.crowd(seed, 1500))
    for role in Role:
        pool = Pool.of(problem.catalogue, problem.people, role.opposite)
        asker = next(each for each in problem.people if each.has(role) and (not each.mentor or each.mentor.open))
        told = [pool.explain(asker, other, mentee_share=problem.mentee_share) for other in pool.ids]
        best = sorted(
            (-each.match.score, -free_share(problem, each.match.id, pool.role), each.match.id)
            for each in told
            if each.eligible
        )
        ranking = pool.rank(asker, mentee_share=problem.mentee_share)
        assert ranking.eligible == len(best)
        assert [(-score, other) for score, other in zip(ranking.scores, ranking.ids, strict=True)] == [
            (score, other) for score, _, other in best[:20]
        ]


def free_share(problem: Problem, person: str, role: Role) -> Fraction:
    places = next(each.mentor for each in problem.people if each.id == person)
    return Fraction(places.capacity - places.taken, places.capacity) if places and role is Role.MENTOR else Fraction(0)


def test_somebody_who_is_both_is_ranked_for_as_mentee() -> None:
    raw = two_people(both=True)
    assert list(rank(parse(raw), "a", None, 5)[0]) == [
        "mentor",
        "score",
        "mentee_side",
        "mentor_side",
        "reasons",
    ]
    assert rank(parse(raw), "a", Role.MENTOR, 5)[0]["mentee"] == "b"


def two_people(both: bool) -> Any:
    places = {"capacity": 1}
    return {
        "characteristics": [],
        "people": [
            {"id": "a", "mentee": True, "mentor": places if both else None},
            {"id": "b", "mentee": both, "mentor": places},
        ],
    }


def test_pairs_that_ask_nothing_score_the_middle() -> None:
    assert [match["score"] for match in rank(parse(two_people(both=False)), "a", None, 5)] == [5000]


def test_equal_scores_go_to_the_emptier_then_to_the_id_as_text() -> None:
    places = {
        "half": Places(2, 1),
        "also half": Places(4, 2),
        "third": Places(3, 2),
        "empty": Places(1),
        "full": Places(2, 2),
        "paused": Places(2, 0, paused=True),
        "closed": Places(0),
    }
    pool = Pool.of(
        parse(two_people(both=False)).catalogue, [Person(i, mentor=p) for i, p in places.items()], Role.MENTOR
    )
    ranking = pool.rank(Person("me", mentee=True))
    assert [match.id for match in ranking.matches] == ["empty", "also half", "half", "third"]


def test_fractions_that_are_very_near_are_told_apart() -> None:
    huge = MOST_PLACES - 1
    pool = mentors({"a": Places(huge, huge - 3), "b": Places(huge + 1, huge - 2), "c": Places(huge - 1, huge - 4)})
    ranked = [match.id for match in pool.rank(Person("me", mentee=True)).matches]
    assert ranked == ["c", "a", "b"]


def mentors(places: dict[str, Places]) -> Pool:
    catalogue = parse({"characteristics": [], "people": []}).catalogue
    return Pool.of(catalogue, [Person(i, mentor=p) for i, p in places.items()], Role.MENTOR)


@pytest.mark.parametrize("places", [Places(1, 1), Places(1, 0, paused=True), Places(0)])
def test_a_mentor_who_can_take_nobody_gets_nobody(places: Places) -> None:
    problem = parse(two_people(both=False))
    pool = Pool.of(problem.catalogue, problem.people, Role.MENTEE)
    assert pool.rank(Person("z", mentor=places)).matches == ()
    assert [match.id for match in pool.rank(Person("z", mentor=Places(1))).matches] == ["a"]


def test_pages_in_sequence_are_the_whole_ranking() -> None:
    for problem, pool, asker in askers(range(30)):
        whole = pool.rank(asker, top=1000, mentee_share=problem.mentee_share)
        pages = [pool.rank(asker, top=3, skip=skip, mentee_share=problem.mentee_share) for skip in range(0, 36, 3)]
        assert whole.eligible == len(whole.matches)
        assert tuple(match for page in pages for match in page.matches) == whole.matches
        assert {page.eligible for page in pages} == {whole.eligible}


def askers(seeds: range) -> list[tuple[Problem, Pool, Person]]:
    found = []
    for seed in seeds:
        problem = parse(instances.problem(seed))
        mentee = next((person for person in problem.people if person.mentee), None)
        if mentee is not None:
            found.append((problem, Pool.of(problem.catalogue, problem.people, Role.MENTOR), mentee))
    return found


def test_among_keeps_the_order_of_those_it_names() -> None:
    for _, pool, asker in askers(range(30)):
        whole = pool.rank(asker, top=1000).matches
        chosen = {each for place, each in enumerate(pool.ids) if place % 3 == 0}
        kept = tuple(match for match in whole if match.id in chosen)
        by_ids = pool.rank(asker, among=[*chosen, "nobody"], top=1000)
        by_mask = pool.rank(asker, among=np.array([each in chosen for each in pool.ids], np.bool_), top=1000)
        assert by_ids.matches == by_mask.matches == kept
        assert by_ids.eligible == by_mask.eligible == len(kept)
        assert pool.rank(asker, among=[]).eligible == 0


def test_excluded_people_are_left_out_of_the_rest() -> None:
    for _, pool, asker in askers(range(20)):
        whole = pool.rank(asker, top=1000).matches
        first = {match.id for match in whole[:2]}
        assert pool.rank(asker, excluded=first, top=1000).matches == whole[2:]


def test_an_exclusion_holds_for_its_own_direction_alone() -> None:
    raw = {**two_people(both=True), "excluded": [["a", "b"]]}
    problem = parse(raw)
    assert rank(problem, "a", Role.MENTEE, 5) == rank(problem, "b", Role.MENTOR, 5) == []
    assert [match["mentor"] for match in rank(problem, "b", Role.MENTEE, 5)] == ["a"]
    assert [match["mentee"] for match in rank(problem, "a", Role.MENTOR, 5)] == ["b"]


def test_explain_agrees_with_rank_on_everyone() -> None:
    for problem, pool, asker in askers(range(40)):
        excluded = problem.excluded_for(asker.id, Role.MENTEE)
        ranked = {match.id: match for match in pool.rank(asker, excluded=excluded, top=1000).matches}
        for other in pool.ids:
            explained = pool.explain(asker, other, excluded=excluded)
            assert explained.eligible == (other in ranked)
            assert ranked.get(other, explained.match) == explained.match


def test_the_eligible_are_all_who_are_ranked() -> None:
    for seed in range(0, 60, 3):
        raw = instances.problem(seed)
        problem = parse(raw)
        by_id = {person.id: person for person in problem.people}
        pools = {role: Pool.of(problem.catalogue, problem.people, role.opposite) for role in Role}
        for asker, name in instances.roles(raw):
            role = Role(name)
            pool = pools[role]
            out = problem.excluded_for(asker, role)
            ranked = pool.rank(by_id[asker], excluded=out, top=len(pool)).ids
            eligible = pool.eligible(by_id[asker], excluded=out)
            assert {pool.ids[row] for row in np.flatnonzero(eligible).tolist()} == set(ranked)


def test_explain_tells_a_full_mentor_from_one_who_does_not_fit() -> None:
    pool = mentors({"full": Places(1, 1), "open": Places(1)})
    me = Person("me", mentee=True)
    flags = {other: pool.explain(me, other, excluded=["open"]) for other in pool.ids}
    assert (flags["full"].fits, flags["full"].eligible) == (True, False)
    assert (flags["open"].fits, flags["open"].eligible) == (False, False)
    assert flags["full"].match == Match("full", 5000, None, None, ())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"top": -1}, "top: must be 0 or more"),
        ({"skip": -1}, "skip: must be 0 or more"),
        ({"mentee_share": 101}, "mentee_share: must be 0 to 100"),
        ({"among": np.ones(3, np.bool_)}, "the mask must be 2 bools, one for each person of the pool"),
        ({"among": np.ones(2, np.int64)}, "the mask must be 2 bools, one for each person of the pool"),
    ],
)
def test_bad_arguments_are_errors(arguments: Any, message: str) -> None:
    pool = mentors({"a": Places(1), "b": Places(1)})
    with pytest.raises(EngineError, match=f"^{message}$"):
        pool.rank(Person("me", mentee=True), **arguments)


def test_people_of_the_wrong_role_or_id_are_errors() -> None:
    pool = mentors({"a": Places(1)})
    with pytest.raises(EngineError, match=r"^person 'me' is not a mentee$"):
        pool.rank(Person("me", mentor=Places(1)))
    with pytest.raises(EngineError, match=r"^there is no mentor 'b'$"):
        pool.explain(Person("me", mentee=True), "b")
    with pytest.raises(EngineError, match=r"^two people have the id 'a'$"):
        Pool.of(pool.catalogue, [Person("a", mentee=True)] * 2, Role.MENTEE)


def test_an_empty_pool_ranks_nobody() -> None:
    assert mentors({}).rank(Person("me", mentee=True)).eligible == 0
