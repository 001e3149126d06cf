"""A slow second implementation of rank, pair by pair on the decoded JSON, sharing nothing with the engine."""

from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

Json = dict[str, Any]
Answer = Any
WEIGHTS = {"need": 4, "help": 2, "support": 1}


def rank(problem: Json, person_id: str, role: str | None = None, top: int = 20) -> list[Json]:
    people = {person["id"]: person for person in problem["people"]}
    me = people[person_id]
    role = role or ("mentee" if me.get("mentee") else "mentor")
    theirs = "mentor" if role == "mentee" else "mentee"
    found: list[tuple[Json, Json]] = []
    for other in people.values():
        if not other.get(theirs):
            continue
        mentee, mentor = (me, other) if role == "mentee" else (other, me)
        if fits(problem, mentee, mentor, viewer=role) and has_place(mentor["mentor"]):
            found.append((other, pair(problem, mentee, mentor, viewer=role)))
    found.sort(key=cmp_to_key(compare_mentors if theirs == "mentor" else compare_mentees))
    return [{theirs: other["id"], **match} for other, match in found[:top]]


def compare_mentors(a: tuple[Json, Json], b: tuple[Json, Json]) -> int:
    free_a, free_b = free(a[0]["mentor"]), free(b[0]["mentor"])
    if a[1]["score"] == b[1]["score"] and free_a != free_b:
        return 1 if free_a < free_b else -1
    return compare_mentees(a, b)


def compare_mentees(a: tuple[Json, Json], b: tuple[Json, Json]) -> int:
    if a[1]["score"] != b[1]["score"]:
        return 1 if a[1]["score"] < b[1]["score"] else -1
    return 1 if a[0]["id"] > b[0]["id"] else -1


def free(places: Json) -> Fraction:
    return Fraction(places["capacity"] - places.get("taken", 0), places["capacity"])


def has_place(places: Json) -> bool:
    return places["capacity"] - places.get("taken", 0) >= 1 and not places.get("paused", False)


def fits(problem: Json, mentee: Json, mentor: Json, viewer: str) -> bool:
    if mentee["id"] == mentor["id"] or [mentee["id"], mentor["id"]] in problem.get("excluded", []):
        return False
    return all(
        reason["passes"]
        for reason in judged(problem, mentee, mentor, "mentee", viewer)
        + judged(problem, mentor, mentee, "mentor", viewer)
        if reason["strength"] == "require"
    )


def pair(problem: Json, mentee: Json, mentor: Json, viewer: str) -> Json:
    mentee_reasons = judged(problem, mentee, mentor, "mentee", viewer)
    mentor_reasons = judged(problem, mentor, mentee, "mentor", viewer)
    mentee_side, mentor_side = give_points(mentee_reasons), give_points(mentor_reasons)
    share = problem.get("mentee_share", 70)
    if mentee_side is None or mentor_side is None:
        sides = [side for side in (mentee_side, mentor_side) if side is not None]
        score = sides[0] if sides else 5000
    else:
        score = int(Fraction(share * mentee_side + (100 - share) * mentor_side, 100))
    reasons = mentee_reasons + mentor_reasons
    for reason in reasons:
        del reason["passes"]
    return {"score": score, "mentee_side": mentee_side, "mentor_side": mentor_side, "reasons": reasons}


def give_points(reasons: list[Json]) -> int | None:
    counted = [reason for reason in reasons if reason["strength"] != "require"]
    if not counted:
        return None
    total = sum(WEIGHTS[reason["strength"]] for reason in counted)
    exact = [Fraction(10000 * WEIGHTS[r["strength"]] * r["agreement"], 60 * total) for r in counted]
    side = int(sum(exact))
    for reason, share in zip(counted, exact, strict=True):
        reason["points"] = int(share)
    fractions = [share - int(share) for share in exact]
    while sum(reason["points"] for reason in counted) < side:
        largest = fractions.index(max(fractions))
        counted[largest]["points"] += 1
        fractions[largest] = Fraction(-1)
    return side


def judged(problem: Json, asker: Json, other: Json, side: str, viewer: str) -> list[Json]:
    """One side's reasons, with whether each would pass as a condition; skipped preferences left out."""
    catalogue = {each["key"]: each for each in problem["characteristics"]}
    own = answers(catalogue, asker, everything=side == viewer)
    return judge(problem, asker, side, own, answers(catalogue, other, everything=False))


def judge(problem: Json, asker: Json, side: str, own: Json, shown: Json) -> list[Json]:
    """The same with the asker's own answers and those of the other that count."""
    catalogue = {each["key"]: each for each in problem["characteristics"]}
    reasons = []
    for preference in asker.get("preferences", {}).get(f"as_{side}", []):
        what, direction = catalogue[preference["characteristic"]], preference["direction"]
        x = own.get(what["key"])
        if direction != "one_of" and x is None:
            continue
        key = what["counterpart"] if what["kind"] == "multi" and direction == "complements" else what["key"]
        y = shown.get(key)
        if y is None:
            agreement, passes = what.get("expected", {}).get(direction, 20), False
        else:
            agreement, passes = KINDS[what["kind"]](what, direction, x, y, preference.get("options"))
        reasons.append(
            {
                "side": side,
                "characteristic": what["key"],
                "direction": direction,
                "strength": preference["strength"],
                "known": y is not None,
                "agreement": agreement,
                "points": 0,
                "passes": passes,
            }
        )
    return reasons


def answers(catalogue: Json, person: Json, everything: bool) -> Json:
    purposes = person.get("purposes", {})
    return {
        key: value
        for key, value in person.get("values", {}).items()
        if value != [] and (everything or purposes.get(key, "profile") == "profile")
    }


def category(what: Json, direction: str, x: Answer, y: Answer, wanted: Answer) -> tuple[int, bool]:
    parents = what["options"]
    if direction == "one_of":
        hit = y in wanted or (parents[y] is not None and parents[y] in wanted)
        return 60 if hit else 0, hit
    if direction == "complements":
        hit = y in what["complements"].get(x, [])
        return 60 if hit else 0, hit
    same = 60 if x == y else 30 if parents[x] is not None and parents[x] == parents[y] else 0
    return (same, x == y) if direction == "same" else (60 - same, x != y)


def ordinal(what: Json, direction: str, x: Answer, y: Answer, wanted: Answer) -> tuple[int, bool]:
    if direction == "one_of":
        return (60, True) if y in wanted else (0, False)
    here, there = what["options"].index(x), what["options"].index(y)
    if direction == "above":
        return 60 if there > here else 30 if there == here else 0, there > here
    same = max(0, 60 - what.get("step", 20) * abs(here - there))
    return (same, abs(here - there) <= 1) if direction == "same" else (60 - same, here != there)


def multi(what: Json, direction: str, x: Answer, y: Answer, wanted: Answer) -> tuple[int, bool]:
    if direction == "one_of":
        hit = any(option in wanted for option in y)
        return 60 if hit else 0, hit
    share = Fraction(sum(option in y for option in x), len(x))
    agreement = int(60 * share)
    if direction == "different":
        return 60 - agreement, share < Fraction(1, 2)
    return agreement, share >= Fraction(1, 2)


def scale(what: Json, direction: str, x: Answer, y: Answer, wanted: Answer) -> tuple[int, bool]:
    distance = abs(x - y)
    if direction == "same":
        return 60 - 15 * distance, distance <= 1
    return 15 * distance, distance >= 2


KINDS: dict[str, Callable[..., tuple[int, bool]]] = {
    "category": category,
    "ordinal": ordinal,
    "multi": multi,
    "scale": scale,
}
