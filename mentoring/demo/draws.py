"""Small weighted draws on top of random.Random."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def weighted(rng: random.Random, choices: Sequence[tuple[Thing, float]]) -> Thing:
    """One of the choices, each (thing, weight)."""
    return rng.choices([thing for thing, _ in choices], [weight for _, weight in choices])[0]


def some(rng: random.Random, choices: Sequence[tuple[Thing, float]], count: int) -> list[Thing]:
    """Up to `count` different ones, in the order of the choices; a weight of 0 is never drawn."""
    left = [(thing, weight) for thing, weight in choices if weight > 0]
    taken: list[Thing] = []
    while left and len(taken) < count:
        thing = weighted(rng, left)
        taken.append(thing)
        left = [choice for choice in left if choice[0] != thing]
    return [thing for thing, _ in choices if thing in taken]
