"""What somebody asks of the other side, within the engine's rules.

At most one preference per characteristic and side; nothing is asked whose own value is missing, save one_of;
a mentor requires nothing of who somebody is, and a mentee only where every programme has recorded why.
"""

import random
from dataclasses import dataclass

from mentoring.demo.data import programmes
from mentoring.demo.draws import some, weighted
from mentoring.demo.schema import SURFACE, DemoPreference, Value

REQUIRE, NEED, HELP, SUPPORT = "require", "need", "help", "support"

BROAD_GROUP = {
    **dict.fromkeys(("indian", "pakistani", "bangladeshi", "chinese", "asian_other"), "asian"),
    **dict.fromkeys(("caribbean", "african", "black_other"), "black"),
    **dict.fromkeys(("white_black_caribbean", "white_black_african", "white_asian", "mixed_other"), "mixed"),
    **dict.fromkeys(("arab", "any_other"), "other"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A preference somebody might have. `likely`: weight among the others; `condition`: as a requirement."""

    characteristic: str
    direction: str
    likely: float
    condition: float = 0.0


MENTEE_WISHES = (
    Wish("band", "above", 9, 8),
    Wish("sponsorship_wanted", "complements", 8, 1.5),
    Wish("values", "same", 7),
    Wish("race_talk", "complements", 7, 1.2),
    Wish("meeting", "same", 6, 2),
    Wish("feedback", "same", 5),
    Wish("profession", "same", 5, 2.5),
    Wish("profession", "different", 1),
    Wish("profession", "one_of", 1.2, 0.8),
    Wish("organisation", "different", 4.5, 5),
    Wish("ethnicity", "same", 4, 0.4),
    Wish("ethnicity", "one_of", 2.2, 0.8),
    Wish("ethnicity", "different", 0.5),
    Wish("gender", "same", 2.2, 0.9),
    Wish("trained_in", "same", 1.8),
    Wish("caring", "same", 1.6),
    Wish("first_language", "same", 0.5),
    Wish("lived_experiences", "same", 1.8),
    Wish("specialisms", "same", 2.2),
    Wish("conscientiousness", "same", 0.6),
    Wish("openness", "same", 0.8),
    Wish("age_band", "above", 0.6),
    Wish("region", "same", 3, 0.8),
    Wish("setting", "same", 1.6),
    Wish("setting", "different", 1),
    Wish("years", "above", 2.2, 0.8),
    Wish("hours", "same", 1.6),
    Wish("languages", "same", 0.8),
    Wish("structure", "same", 2.4),
    Wish("challenge", "same", 2),
    Wish("challenge", "different", 1),
    Wish("planning", "same", 2),
    Wish("planning", "different", 0.6),
    Wish("focus", "same", 2),
    Wish("thinking", "same", 1.2),
    Wish("thinking", "different", 0.8),
    Wish("closeness", "same", 2),
    Wish("replies", "same", 1.6),
    Wish("values", "different", 0.5),
)
MENTOR_WISHES = (
    Wish("values", "same", 6),
    Wish("sponsorship_offered", "complements", 6),
    Wish("hours", "same", 4),
    Wish("meeting", "same", 4, 0.6),
    Wish("organisation", "different", 3.5, 3),
    Wish("profession", "same", 3, 0.6),
    Wish("profession", "different", 0.6),
    Wish("race_talk", "complements", 3),
    Wish("planning", "same", 2),
    Wish("feedback", "same", 2),
    Wish("focus", "same", 1.2),
    Wish("replies", "same", 1.2),
    Wish("band", "one_of", 2, 0.4),
    Wish("region", "same", 1.4),
    Wish("trained_in", "same", 1),
    Wish("ethnicity", "different", 0.3),
    Wish("caring", "same", 0.6),
)
HOW_MANY_MENTEE = ((3, 5), (4, 14), (5, 30), (6, 28), (7, 15), (8, 8))
HOW_MANY_MENTOR = ((1, 8), (2, 44), (3, 40), (4, 8))
REQUIRED_MENTEE = ((0, 50), (1, 39), (2, 11))
REQUIRED_MENTOR = ((0, 82), (1, 18))
STRENGTHS = ((NEED, 3), (HELP, 4), (SUPPORT, 3))
STRENGTHS_SURFACE = ((NEED, 1.5), (HELP, 3), (SUPPORT, 5))


def may_require_surface(programme_keys: tuple[str, ...]) -> bool:
    """Whether every one of these programmes has recorded a reason of positive action."""
    reasons = {programme.key: programme.positive_action_reason for programme in programmes()}
    return all(reasons[key] for key in programme_keys)


def draw_as_mentee(
    rng: random.Random, values: dict[str, Value], programme_keys: tuple[str, ...]
) -> tuple[DemoPreference, ...]:
    """What a mentee asks of mentors: five or six things, seldom more than one of them a condition."""
    wishes = _one_each(rng, MENTEE_WISHES, values, weighted(rng, HOW_MANY_MENTEE))
    surface = may_require_surface(programme_keys)
    required = _required(rng, wishes, weighted(rng, REQUIRED_MENTEE), surface=surface)
    return tuple(_preference(rng, wish, values, required) for wish in wishes)


def draw_as_mentor(rng: random.Random, values: dict[str, Value]) -> tuple[DemoPreference, ...]:
    """What a mentor asks of mentees: two or three things."""
    wishes = _one_each(rng, MENTOR_WISHES, values, weighted(rng, HOW_MANY_MENTOR))
    required = _required(rng, wishes, weighted(rng, REQUIRED_MENTOR), surface=False)
    return tuple(_preference(rng, wish, values, required) for wish in wishes)


def _one_each(rng: random.Random, wishes: tuple[Wish, ...], values: dict[str, Value], count: int) -> list[Wish]:
    left = [wish for wish in wishes if _can_ask(wish, values)]
    taken: list[Wish] = []
    while left and len(taken) < count:
        wish = weighted(rng, [(wish, wish.likely) for wish in left])
        taken.append(wish)
        left = [other for other in left if other.characteristic != wish.characteristic]
    return taken


def _can_ask(wish: Wish, values: dict[str, Value]) -> bool:
    if wish.direction == "one_of":
        return bool(_options(wish, values))
    return wish.characteristic == "organisation" or wish.characteristic in values


def _required(rng: random.Random, wishes: list[Wish], count: int, *, surface: bool) -> list[Wish]:
    can = [(wish, wish.condition if surface or wish.characteristic not in SURFACE else 0.0) for wish in wishes]
    return some(rng, can, count)


def _preference(rng: random.Random, wish: Wish, values: dict[str, Value], required: list[Wish]) -> DemoPreference:
    strengths = STRENGTHS_SURFACE if wish.characteristic in SURFACE else STRENGTHS
    strength = REQUIRE if wish in required else weighted(rng, strengths)
    options = _options(wish, values) if wish.direction == "one_of" else ()
    return DemoPreference(wish.characteristic, wish.direction, strength, options)


def _options(wish: Wish, values: dict[str, Value]) -> tuple[str, ...]:
    if wish.characteristic == "ethnicity":
        group = BROAD_GROUP.get(str(values.get("ethnicity")))
        return () if group is None else (group,) if group != "mixed" else ("mixed", "black")
    if wish.characteristic == "profession":
        return ("allied_health",)
    if wish.characteristic == "band":
        return ("5", "6", "7")
    return ()
