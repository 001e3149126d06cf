"""What an edition of the framework is made of. Nothing here knows any particular edition.

All shares, thresholds and credits are exact (`Fraction`); nothing in this package is a float.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from charter.framework.errors import FrameworkError


class Kind(StrEnum):
    """How a criterion is answered: in words, n of d, rate over rate, or share over share."""

    STATEMENT = "statement"
    MEASURE = "measure"
    RATIO = "ratio"
    QUOTIENT = "quotient"


class Status(StrEnum):
    """How one requirement stands. `INSUFFICIENT` and `UNANSWERED` are only ever set by the engine."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    INSUFFICIENT = "insufficient"
    UNANSWERED = "unanswered"


class Empty(StrEnum):
    """What a measure with d = 0 means: too few to say, or a mistake in the answer."""

    INSUFFICIENT = "insufficient"
    ERROR = "error"


@dataclass(frozen=True)
class Source:
    """Where a finding or a rule comes from."""

    id: str
    citation: str
    link: str


@dataclass(frozen=True)
class Group:
    """One side of a ratio; `headings` and `categories` say which census groups belong to it."""

    id: str
    name: str
    short: str
    headings: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A level that must have been held for some months before another may be awarded."""

    level: str
    months: int


@dataclass(frozen=True)
class Level:
    """One award level; `share` is the credit that its own non-core requirements need, from 0 to 1."""

    id: str
    name: str
    share: Fraction
    needs_held: Held | None


@dataclass(frozen=True)
class Principle:
    """A heading under which criteria stand: its number, a short title and one sentence."""

    number: int
    title: str
    sentence: str


@dataclass(frozen=True)
class Threshold:
    """Met from `met` on, partly met from `partly` on. `met` None: a valid answer is enough ("reported")."""

    met: Fraction | None
    partly: Fraction | None


@dataclass(frozen=True)
class Side:
    """The words for one n and d. `key` is "" for a measure, a group's id for a ratio, part or whole."""

    key: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Criterion:
    """One criterion: its rules, and its words for people (title to evidence).

    `thresholds` has an entry per level, in level order, for all but statements. `auto`: the app can count it
    by itself. `survey`: d counts answers. `at_least`: n below it is not met, whatever d. `derived` names
    what the app works the status out from ("" for most). `numbers` are the windows and counts that
    the app's own counting needs, by name (days, months, sessions).
    """

    id: str
    principle: int
    kind: Kind
    core: bool
    not_applicable: bool
    levels: tuple[str, ...]
    thresholds: Mapping[str, Threshold]
    sides: tuple[Side, ...]
    auto: bool
    survey: bool
    empty: Empty
    at_least: int
    derived: str
    numbers: Mapping[str, int | str]
    title: str
    requirement: str
    why: str
    sources: tuple[str, ...]
    good: tuple[str, ...]
    evidence: str


@dataclass(frozen=True)
class Requirement:
    """A criterion at one level: what is scored."""

    criterion: Criterion
    level: str

    @property
    def threshold(self) -> Threshold | None:
        """The threshold of this level; None for a statement."""
        return self.criterion.thresholds.get(self.level)


@dataclass(frozen=True)
class Credit:
    """What a requirement that is met, partly met (and counted) or not met adds."""

    met: Fraction
    partly: Fraction
    not_met: Fraction


@dataclass(frozen=True)
class RatioRules:
    """How ratios of rates are judged: smallest total on a side, and the interval's z and decimal digits."""

    minimum: int
    pool_years: int
    z: Decimal
    digits: int
    note_above: Fraction
    zero_adds_to_count: Fraction
    zero_adds_to_total: Fraction


@dataclass(frozen=True)
class Validity:
    """How long an award lasts (years), when it is checked and how far a renewal extends it (months)."""

    years: int
    interim_months: int
    renewal_months: int


@dataclass(frozen=True)
class Review:
    """Who must sit on a panel: members in all, and members of the first group."""

    panel_minimum: int
    panel_from_first_group: int


@dataclass(frozen=True)
class Rules:
    """Every number of the award rules."""

    period_months: int
    partly_margin: Fraction
    partly_share: Fraction
    insufficient_per_level: int
    not_applicable_per_principle: int
    not_applicable_reason: int
    survey_minimum: int
    credit: Credit
    ratio: RatioRules
    validity: Validity
    review: Review


@dataclass(frozen=True)
class Framework:
    """One edition. Levels run from lowest to highest; criteria stand in framework order."""

    version: str
    title: str
    pilot: bool
    pilot_note: str
    rules: Rules
    groups: tuple[Group, Group]
    levels: tuple[Level, ...]
    sources: tuple[Source, ...]
    principles: tuple[Principle, ...]
    criteria: tuple[Criterion, ...]

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """All level-requirements: criteria in framework order, and within one its levels upwards."""
        return tuple(Requirement(criterion, level) for criterion in self.criteria for level in criterion.levels)

    @cached_property
    def _criteria_by_id(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def _levels_by_id(self) -> dict[str, Level]:
        return {level.id: level for level in self.levels}

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id; `FrameworkError` if the edition has none."""
        found = self._criteria_by_id.get(criterion_id)
        if found is None:
            raise FrameworkError(f"There is no criterion {criterion_id!r} in framework {self.version}.")
        return found

    def level(self, level_id: str) -> Level:
        """The level of that id; `FrameworkError` if the edition has none."""
        found = self._levels_by_id.get(level_id)
        if found is None:
            raise FrameworkError(f"There is no level {level_id!r} in framework {self.version}.")
        return found

    def principle(self, number: int) -> Principle:
        """The principle of that number; `FrameworkError` if the edition has none."""
        for principle in self.principles:
            if principle.number == number:
                return principle
        raise FrameworkError(f"There is no principle {number} in framework {self.version}.")

    def levels_up_to(self, level_id: str) -> tuple[Level, ...]:
        """The levels from the lowest to this one, both included."""
        last = self.levels.index(self.level(level_id))
        return self.levels[: last + 1]

    def criteria_of(self, principle: int) -> tuple[Criterion, ...]:
        """The criteria of one principle, in framework order."""
        return tuple(criterion for criterion in self.criteria if criterion.principle == principle)
