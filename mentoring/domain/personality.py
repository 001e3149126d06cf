"""Scales that are made of statements: four answers, one point.

The statements are the Mini-IPIP's (Donnellan, Oswald, Baird and Lucas 2006), in the public domain; see the catalogue.
"""

from collections.abc import Sequence
from typing import Final

ANSWERS: Final = 5
"""From *not at all like me* (1) to *just like me* (5)."""


def point(said: Sequence[int], reversed_: Sequence[bool]) -> int:
    """The mean of the answers, reversed ones turned round, rounded to a whole number from 1 to 5, halves up.

    Args:
        said: one answer from 1 to 5 for each statement; at least one.
        reversed_: of each, whether it speaks for the low pole.
    """
    turned = [ANSWERS + 1 - each if turn else each for each, turn in zip(said, reversed_, strict=True)]
    return (2 * sum(turned) + len(turned)) // (2 * len(turned))
