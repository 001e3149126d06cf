"""A slow second implementation of matching rounds on the decoded JSON, sharing nothing with the engine."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from tests.matching.engine.oracle import Json, give_points, has_place, judge


class Scored(NamedTuple):
    """A pair that fits: its score and those of both sides, None where a side asks nothing."""

    score: int
    mentee: int | None
    mentor: int | None


Scores = dict[tuple[str, str], Scored]
Matching = dict[str, str]


def scores(problem: Json) -> Scores:
    """All pairs that fit, whether or not the mentor has a place."""
    barred = [tuple(pair) for pair in problem.get("excluded", [])]
    found = {}
    for mentee, mentor in product(those(problem, "mentee"), those(problem, "mentor")):
        names = mentee["id"], mentor["id"]
        if names[0] != names[1] and names not in barred:
            pair = scored(problem, mentee, mentor)
            if pair is not None:
                found[names] = pair
    return found


def those(problem: Json, role: str) -> list[Json]:
    return [person for person in problem["people"] if person.get(role)]


def scored(problem: Json, mentee: Json, mentor: Json) -> Scored | None:
    """None where a condition fails: conditions see what is shown alone, points what is given for rounds too."""
    sides = []
    for asker, other, role in ((mentee, mentor, "mentee"), (mentor, mentee, "mentor")):
        own, values, shown = (
            answers(problem, asker, "rounds"),
            answers(problem, other, "rounds"),
            answers(problem, other),
        )
        if not all(each["passes"] for each in judge(problem, asker, role, own, shown) if each["strength"] == "require"):
            return None
        sides.append(give_points(judge(problem, asker, role, own, values)))
    share = problem.get("mentee_share", 70)
    known = [side for side in sides if side is not None]
    score = (share * known[0] + (100 - share) * known[1]) // 100 if len(known) == 2 else (*known, 5000)[0]
    return Scored(score, sides[0], sides[1])


def answers(problem: Json, person: Json, *purposes: str) -> Json:
    surface = {each["key"] for each in problem["characteristics"] if each.get("surface")}
    given = person.get("purposes", {})
    return {
        key: value
        for key, value in person.get("values", {}).items()
        if value != [] and (key not in surface or given.get(key, "profile") in ("profile", *purposes))
    }


def places(problem: Json) -> dict[str, int]:
    """The free places of each mentor who takes anybody."""
    return {
        mentor["id"]: mentor["mentor"]["capacity"] - mentor["mentor"].get("taken", 0)
        for mentor in those(problem, "mentor")
        if has_place(mentor["mentor"])
    }


def most(problem: Json, scores: Scores, floor: int = 0) -> tuple[int, int]:
    """How many can be matched with pairs that score so much or more, and their largest total; by trying all."""
    free = places(problem)
    mentors, mentees = list(free), [mentee["id"] for mentee in those(problem, "mentee")]

    @cache
    def best(number: int, left: tuple[int, ...]) -> tuple[int, int]:
        if number == len(mentees):
            return 0, 0
        found = [best(number + 1, left)]
        for place, mentor in enumerate(mentors):
            pair = scores.get((mentees[number], mentor))
            if left[place] and pair is not None and pair.score >= floor:
                matched, total = best(number + 1, (*left[:place], left[place] - 1, *left[place + 1 :]))
                found.append((matched + 1, total + pair.score))
        return max(found)

    return best(0, tuple(free.values()))


def fair(problem: Json, scores: Scores) -> tuple[int, int, int | None]:
    """Matched, total and worst-off pair of the fair objective."""
    matched, _ = most(problem, scores)
    for floor in sorted({pair.score for pair in scores.values()}, reverse=True):
        found = most(problem, scores, floor)
        if found[0] == matched and matched:
            return *found, floor
    return 0, 0, None


def blocking(problem: Json, scores: Scores, matching: Matching) -> list[tuple[str, str]]:
    """Pairs of which both would rather have each other than what they got."""
    free = places(problem)
    found = []
    for (mentee, mentor), pair in scores.items():
        if mentor not in free:
            continue
        here = matching.get(mentee)
        wants = here is None or mentee_rank(pair, mentor) < mentee_rank(scores[mentee, here], here)
        theirs = [each for each, got in matching.items() if got == mentor]
        worst = max((mentor_rank(scores[each, mentor], each) for each in theirs), default=None)
        room = len(theirs) < free[mentor]
        if wants and (room or worst is None or mentor_rank(pair, mentee) < worst):
            found.append((mentee, mentor))
    return found


def mentee_rank(pair: Scored, mentor: str) -> tuple[int, int, str]:
    return -(pair.score if pair.mentee is None else pair.mentee), -pair.score, mentor


def mentor_rank(pair: Scored, mentee: str) -> tuple[int, int, str]:
    return -(pair.score if pair.mentor is None else pair.mentor), -pair.score, mentee


def matchings(problem: Json, scores: Scores) -> Iterator[Matching]:
    """All there are."""
    free = places(problem)
    mentees = [mentee["id"] for mentee in those(problem, "mentee")]
    choices = [[None, *(mentor for mentor in free if (mentee, mentor) in scores)] for mentee in mentees]
    for chosen in product(*choices):
        if all(chosen.count(mentor) <= number for mentor, number in free.items()):
            yield {mentee: mentor for mentee, mentor in zip(mentees, chosen, strict=True) if mentor is not None}


def reasons_left(problem: Json, scores: Scores, matched: Matching) -> list[Json]:
    fitting = {mentee for mentee, _ in scores}
    return [
        {"mentee": mentee, "reason": "places short" if mentee in fitting else "no mentor fits"}
        for mentee in sorted(each["id"] for each in those(problem, "mentee"))
        if mentee not in matched
    ]
