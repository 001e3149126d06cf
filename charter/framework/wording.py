"""The plain words of a result: what stands in the way of a level. No percentage is computed here."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from charter.framework.schema import Framework, Held, Level, Principle, Status

STATUS_WORDS = {
    Status.MET: "met",
    Status.PARTLY: "partly met",
    Status.NOT_MET: "not met",
    Status.NOT_APPLICABLE: "not applicable",
    Status.INSUFFICIENT: "without enough numbers to tell",
    Status.UNANSWERED: "not answered yet",
}


def number(exact: Fraction) -> str:
    """6, 6½ or 20/3: a credit as people write it."""
    whole, rest = divmod(exact, 1)
    if rest == 0:
        return str(whole)
    if rest == Fraction(1, 2):
        return f"{whole}½" if whole else "½"
    return str(exact)


def percent(exact: Fraction) -> str:
    """A threshold of the edition as a percentage, exactly: 75% or 72.5%. For thresholds, not for results."""
    scaled = exact * 100
    return f"{scaled}%" if scaled.denominator == 1 else f"{Decimal(scaled.numerator) / scaled.denominator}%"


def core_reason(framework: Framework, criterion_id: str, status: Status) -> str:
    """Why a core criterion blocks a level."""
    title = framework.criterion(criterion_id).title
    return f"{criterion_id} ({title}) is core and {STATUS_WORDS[status]}."


def share_reason(framework: Framework, level: Level, credit: Fraction, applicable: int) -> str:
    """Why the share of a level is too small."""
    if applicable == 0:
        return f"No requirement beside the core ones applies at {level.name}, so it cannot be awarded."
    steps = framework.rules.credit.partly.denominator
    needed = Fraction(ceil(level.share * applicable * steps), steps)
    return (
        f"Beside the core ones, {level.name} has {number(credit)} of {applicable} credits;"
        f" it takes {number(needed)} ({percent(level.share)})."
    )


def principle_reason(principle: Principle) -> str:
    """Why a principle blocks a level."""
    return f"Nothing in principle {principle.number} ({principle.title}) is met, not even partly."


def held_reason(framework: Framework, held: Held) -> str:
    """Why a level needs more time."""
    return f"{framework.level(held.level).name} must have been held for {held.months} months by then."


def below_reason(framework: Framework, level: Level) -> str:
    """Why a level waits for the one below it."""
    below = framework.levels[framework.levels.index(level) - 1]
    return f"{below.name} comes first."
