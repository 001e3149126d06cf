"""What the invented people are asked: 23 characteristics of every kind, how people answer and what they ask for.

Every figure here is our own decision, made so that answers are as uneven as real ones: a few options are common and
many are rare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matching.engine import Catalogue, Characteristic, Direction, Kind

ALIKE: Final = {Direction.SAME: 3, Direction.DIFFERENT: 1}
CHOSEN: Final = {Direction.SAME: 3, Direction.DIFFERENT: 1, Direction.ONE_OF: 3}
SENIOR: Final = {Direction.SAME: 1, Direction.DIFFERENT: 1, Direction.ONE_OF: 2, Direction.ABOVE: 6}
FITTING: Final = {Direction.SAME: 1, Direction.DIFFERENT: 1, Direction.ONE_OF: 1, Direction.COMPLEMENTS: 6}

ETHNICITIES: Final = {
    "white_british": "white",
    "african": "black",
    "indian": "asian",
    "white_other": "white",
    "caribbean": "black",
    "pakistani": "asian",
    "asian_other": "asian",
    "bangladeshi": "asian",
    "irish": "white",
    "any_other": "other",
    "chinese": "asian",
    "caribbean_white": "mixed",
    "arab": "other",
    "mixed_other": "mixed",
    "asian_white": "mixed",
    "african_white": "mixed",
    "black_other": "black",
    "roma": "white",
    "gypsy_traveller": "white",
}
"""The 19 groups of the 2021 census in their 5 parents, the common ones first."""

RACE_TALK: Final = {"i_raise": ("you_raise",), "you_raise": ("i_raise",), "rather_not": ("rather_not",)}


@dataclass(frozen=True, slots=True)
class Topic:
    """A characteristic, how people answer, and what they ask about it.

    `shares`: how common each option is, on any scale. `answered`: the share of mentees and of mentors who answer,
    0 where one is not asked. `asked`, `required`: how often it is asked about and how readily that is a condition;
    `directions`: in which way; all relative.
    """

    characteristic: Characteristic
    shares: tuple[float, ...]
    answered: tuple[float, float]
    asked: float
    directions: Mapping[Direction, int]
    required: float = 0

    @property
    def key(self) -> str:
        return self.characteristic.key


def zipf(options: int, power: float = 1.0) -> tuple[float, ...]:
    """1, 1/2, 1/3 …, each to a power."""
    return tuple(place**-power for place in range(1, options + 1))


def numbered(prefix: str, options: int) -> tuple[str, ...]:
    """So many names."""
    return tuple(f"{prefix}_{number}" for number in range(1, options + 1))


def category(key: str, options: tuple[str, ...], *, surface: bool = False) -> Characteristic:
    """A category without groups."""
    return Characteristic(key, Kind.CATEGORY, options, (None,) * len(options), surface)


def scale(key: str, answered: float) -> Topic:
    """A working style."""
    return Topic(Characteristic(key, Kind.SCALE), (1, 3, 4, 3, 1), (answered, answered), 0.5, ALIKE, 0.02)


ABOUT_IDENTITY: Final = (
    Topic(
        Characteristic(
            "ethnicity",
            Kind.CATEGORY,
            tuple(ETHNICITIES),
            tuple(ETHNICITIES.values()),
            surface=True,
            expected={Direction.SAME: 22, Direction.DIFFERENT: 38},
        ),
        zipf(19),
        (0.9, 0.9),
        2.0,
        {Direction.SAME: 5, Direction.DIFFERENT: 1, Direction.ONE_OF: 3},
        1.0,
    ),
    Topic(category("gender", numbered("gender", 4), surface=True), (66, 30, 3, 1), (0.95, 0.95), 1.2, CHOSEN, 0.1),
    Topic(
        Characteristic("age", Kind.ORDINAL, numbered("age", 6), surface=True, step=15),
        (2, 5, 6, 5, 3, 1),
        (0.93, 0.93),
        0.7,
        SENIOR,
        0.05,
    ),
    Topic(category("religion", numbered("religion", 9), surface=True), zipf(9), (0.8, 0.75), 0.8, CHOSEN, 0.6),
    Topic(category("first_language", numbered("tongue", 14), surface=True), zipf(14, 1.5), (0.9, 0.9), 0.5, CHOSEN),
)

ABOUT_WORK: Final = (
    Topic(category("profession", numbered("profession", 20)), zipf(20), (0.95, 0.95), 2.5, CHOSEN, 3.0),
    Topic(
        Characteristic("band", Kind.ORDINAL, numbered("band", 9)),
        (1, 2, 3, 6, 6, 5, 3, 2, 1),
        (0.93, 0.93),
        1.6,
        SENIOR,
        0.1,
    ),
    Topic(category("setting", numbered("setting", 8)), zipf(8), (0.94, 0.94), 1.0, CHOSEN, 1.0),
    Topic(category("region", numbered("region", 12)), zipf(12, 0.5), (0.95, 0.95), 1.6, CHOSEN, 3.0),
    Topic(
        Characteristic("meeting", Kind.MULTI, numbered("meeting", 6)),
        zipf(6, 0.7),
        (0.92, 0.92),
        1.2,
        CHOSEN,
        0.1,
    ),
    Topic(
        Characteristic("languages", Kind.MULTI, numbered("language", 24), surface=True),
        zipf(24, 1.5),
        (0.85, 0.85),
        0.8,
        CHOSEN,
        0.1,
    ),
    Topic(
        Characteristic("wanted", Kind.MULTI, numbered("door", 6), counterpart="offered"),
        zipf(6, 0.7),
        (0.85, 0.0),
        1.4,
        {Direction.COMPLEMENTS: 1},
        0.1,
    ),
    Topic(
        Characteristic("offered", Kind.MULTI, numbered("door", 6), counterpart="wanted"),
        zipf(6, 0.7),
        (0.0, 0.85),
        0.8,
        {Direction.COMPLEMENTS: 4, Direction.ONE_OF: 1},
        0.05,
    ),
)

ABOUT_ONESELF: Final = (
    Topic(
        Characteristic("race_talk", Kind.CATEGORY, tuple(RACE_TALK), (None,) * len(RACE_TALK), fits=RACE_TALK),
        (4, 5, 1),
        (0.85, 0.85),
        1.4,
        FITTING,
        0.1,
    ),
    Topic(
        Characteristic(
            "values",
            Kind.MULTI,
            numbered("value", 20),
            expected={Direction.SAME: 12, Direction.DIFFERENT: 48},
        ),
        zipf(20, 0.6),
        (0.92, 0.92),
        2.0,
        CHOSEN,
        0.4,
    ),
    scale("feedback", 0.92),
    scale("structure", 0.9),
    scale("challenge", 0.9),
    scale("planning", 0.88),
    scale("closeness", 0.86),
    scale("thinking", 0.84),
    scale("distance", 0.82),
    scale("replies", 0.8),
)

TOPICS: Final = (*ABOUT_IDENTITY, *ABOUT_WORK, *ABOUT_ONESELF)
CATALOGUE: Final = Catalogue(topic.characteristic for topic in TOPICS)
