"""What scoring returns. Everything is frozen and exact; nothing is rounded here."""

from dataclasses import dataclass
from fractions import Fraction

from charter.framework.errors import FrameworkError
from charter.framework.loader import NONE
from charter.framework.schema import Status


@dataclass(frozen=True)
class RequirementResult:
    """One criterion at one level.

    `status` is after the cap on insufficient numbers. `credit` is what it adds: 0 to 1, and for a core one 1 or 0.
    `value` is n/d, R or Q where there is one; `threshold` is where met begins. `more_needed`: how many more in n,
    with d as it is, would meet a measure (None where that makes no sense). `note` is for people, "" for none.
    """

    criterion: str
    level: str
    core: bool
    status: Status
    credit: Fraction
    value: Fraction | None
    threshold: Fraction | None
    more_needed: int | None
    note: str

    @property
    def applies(self) -> bool:
        """Whether it counts at all: a non-core one with insufficient numbers leaves the denominator."""
        left_out = self.status is Status.INSUFFICIENT and not self.core
        return self.status is not Status.NOT_APPLICABLE and not left_out

    @property
    def unmet(self) -> bool:
        """Whether it counts as not met at all; a partly met one is not unmet in this sense."""
        return self.applies and self.status not in (Status.MET, Status.PARTLY)


@dataclass(frozen=True)
class LevelResult:
    """How one level stands. `credit`, `applicable` and `share` speak of its own non-core requirements.

    `share` is None when none applies; `needed_share` is the edition's threshold; `credit_short` is the credit still
    missing (0 when there is enough). `partly_limit`: how many partly met ones may count. `core_unmet` are the level's
    own; `principles_unmet` look at this level and below. `held`: whether another level was held as long as needed.
    `decisive`: non-core criteria that are the only requirement that applies in their principle up to this level, so
    that the level hangs on them. `blocked_by`: in plain words what stands in the way, empty when reached.
    """

    level: str
    reached: bool
    credit: Fraction
    applicable: int
    share: Fraction | None
    needed_share: Fraction
    credit_short: Fraction
    partly_limit: int
    core_unmet: tuple[str, ...]
    principles_unmet: tuple[int, ...]
    held: bool
    decisive: tuple[str, ...]
    blocked_by: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """The whole score. `level` is the highest level reached, or "none"; `levels` run upwards.

    `unanswered` names every criterion without an answer, at whatever level, in framework order.
    """

    framework: str
    level: str
    unanswered: tuple[str, ...]
    levels: tuple[LevelResult, ...]
    requirements: tuple[RequirementResult, ...]
    notes: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every criterion of every level is answered."""
        return not self.unanswered

    def at(self, level: str) -> LevelResult:
        """How that level stands; `FrameworkError` if there is no such level."""
        for result in self.levels:
            if result.level == level:
                return result
        raise FrameworkError(f"There is no level {level!r} in framework {self.framework}.")

    def of(self, criterion: str) -> tuple[RequirementResult, ...]:
        """The results of one criterion, its levels upwards."""
        return tuple(result for result in self.requirements if result.criterion == criterion)

    def up_to(self, level: str) -> tuple[RequirementResult, ...]:
        """The results of the requirements at or below that level, in framework order."""
        wanted = {result.level for result in self.levels[: self.levels.index(self.at(level)) + 1]}
        return tuple(result for result in self.requirements if result.level in wanted)

    def unanswered_up_to(self, level: str) -> tuple[str, ...]:
        """The criteria that block a submission for that level, in framework order."""
        found = (result.criterion for result in self.up_to(level) if result.status is Status.UNANSWERED)
        return tuple(dict.fromkeys(found))

    def awarded_when_applying_for(self, level: str) -> str:
        """The highest level reached that is not above the one applied for, or "none"."""
        index = self.levels.index(self.at(level))
        reached = [result.level for result in self.levels[: index + 1] if result.reached]
        return reached[-1] if reached else NONE
