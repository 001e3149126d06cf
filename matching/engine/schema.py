"""What goes into the engine: characteristics, people and their preferences, as plain frozen data.

The dataclasses hold what they are given; `catalogue.Catalogue` and `checks.check_person` say whether it makes
sense. The engine compares words by equality, so that a kind, direction, strength or purpose that comes as plain text
from a database counts as the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How a characteristic is answered: one option, one of ordered options, up to six options, or 1-5."""

    CATEGORY = "category"
    ORDINAL = "ordinal"
    MULTI = "multi"
    SCALE = "scale"


class Direction(StrEnum):
    """What somebody asks of the other: like me, unlike me, one of these, more senior, what fits mine."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_OF = "one_of"
    ABOVE = "above"
    COMPLEMENTS = "complements"


class Strength(StrEnum):
    """How much a preference matters.

    The four words are the questions of the model in Sriram 2024; using them as a scale is our own reading.
    """

    REQUIRE = "require"
    NEED = "need"
    HELP = "help"
    SUPPORT = "support"


class Purpose(StrEnum):
    """What a person allows one of their surface values to be used for; ranking sees `profile` alone."""

    PROFILE = "profile"
    ROUNDS = "rounds"
    MONITORING = "monitoring"


class Role(StrEnum):
    """The two sides of a pair."""

    MENTEE = "mentee"
    MENTOR = "mentor"

    @property
    def opposite(self) -> "Role":
        return Role.MENTOR if self is Role.MENTEE else Role.MENTEE


FULL: Final = 60
"""Full agreement. Divisible by 1-6, so that shares of up to six options are whole (our decision)."""

DEFAULT_EXPECTED: Final = 20
"""Agreement counted for an unknown value where the programme has no figure of its own (our decision)."""

DEFAULT_STEP: Final = 20
"""Agreement lost per step between two ordinal values, of 60 (our decision)."""

DEFAULT_MENTEE_SHARE: Final = 70
"""Per cent of a score that the mentee's side makes up: the mentee chooses (our decision)."""

MOST_CHOSEN: Final = 6
"""Most options of a multi that one person may hold: nobody gains by ticking everything (our decision)."""

SCALE: Final = (1, 2, 3, 4, 5)

WEIGHTS: Final[Mapping[Strength, int]] = {
    Strength.REQUIRE: 0,
    Strength.NEED: 4,
    Strength.HELP: 2,
    Strength.SUPPORT: 1,
}
"""Weight of each strength (our decision); a condition earns nothing, else it would drown the rest."""

Value = str | int | tuple[str, ...]
"""An answer: an option (category, ordinal), 1-5 (scale) or options (multi; empty counts as no answer)."""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One thing that people can be alike or unlike in.

    `options` are in their order (ordinal) or any order (category, multi), none for a scale. `parents` has one
    entry for each option of a category. `fits` (category) maps an option to those that complement it;
    `counterpart` (multi) names the characteristic whose options complement this one's. `expected` is the mean
    agreement of random pairs of the programme, 0-60 per direction, used where the other's value is unknown:
    so withholding neither pays nor costs on average (our decision).
    """

    key: str
    kind: Kind
    options: tuple[str, ...] = ()
    parents: tuple[str | None, ...] = ()
    surface: bool = False
    step: int = DEFAULT_STEP
    fits: Mapping[str, tuple[str, ...]] | None = None
    counterpart: str | None = None
    expected: Mapping[Direction, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preference:
    """What one person asks of the other in one characteristic; `options` only for `one_of`.

    Options of a category may also be parent groups.
    """

    characteristic: str
    direction: Direction
    strength: Strength
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """How many mentees a mentor takes in all, how many they have, and whether they pause."""

    capacity: int
    taken: int = 0
    paused: bool = False

    @property
    def open(self) -> bool:
        return self.taken < self.capacity and not self.paused


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is a mentee, a mentor (`mentor` is not None), both or neither.

    `purposes` of surface values; one left out means `profile`. Preferences are in the order given, which is
    the order of the reasons.
    """

    id: str
    mentee: bool = False
    mentor: Places | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    as_mentee: tuple[Preference, ...] = ()
    as_mentor: tuple[Preference, ...] = ()

    def has(self, role: Role) -> bool:
        return self.mentee if role is Role.MENTEE else self.mentor is not None

    def preferences(self, role: Role) -> tuple[Preference, ...]:
        return self.as_mentee if role is Role.MENTEE else self.as_mentor
