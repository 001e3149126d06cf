"""Dates that the rules speak of: how long an award lasts, and how long a level has been held."""

import calendar
from datetime import date

from charter.framework.schema import Framework, Held


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); the last day of a month that is too short.

    29 February plus three years is 28 February (our decision). Beyond the calendar: its first or last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def expires_on(framework: Framework, start: date) -> date:
    """The day an award that starts on `start` expires."""
    return add_months(start, 12 * framework.rules.validity.years)


def interim_check_on(framework: Framework, start: date) -> date:
    """The day the interim check falls due."""
    return add_months(start, framework.rules.validity.interim_months)


def renewal_ends_on(framework: Framework, expires: date) -> date:
    """The last day to which an undecided renewal extends an award that expires on `expires`."""
    return add_months(expires, framework.rules.validity.renewal_months)


def action_counts(framework: Framework, due: date | None, submitted_on: date) -> bool:
    """Whether an open action due then lets a *partly* count: after submission, before the award would expire."""
    return due is not None and submitted_on < due < expires_on(framework, submitted_on)


def held_long_enough(held: Held, since: date | None, submitted_on: date) -> bool:
    """Whether a level held since then was held for the months asked, counted back from submission."""
    return since is not None and since <= add_months(submitted_on, -held.months)
