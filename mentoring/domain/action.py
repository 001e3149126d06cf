"""What every change of state has in common."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, UniqueViolation

P = ParamSpec("P")
R = TypeVar("R")


class NotPossible(Exception):
    """What was asked cannot be done as things stand. The text is a sentence for the person who asked."""


class Busy(NotPossible):
    """Too many people want the same thing at once; nothing was changed and trying again is safe."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction; once more when another was in the way.

    In the way is who holds the lock too long (lock_timeout, see settings), who waits for us in turn, and who wrote
    the same unique thing since we looked: the second time we see it, and say so or leave it be.

    Raises:
        Busy: another was in the way twice in a row, nothing was changed.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for last in (False, True):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (OperationalError, IntegrityError) as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected | UniqueViolation):
                    raise
                if transaction.get_connection().in_atomic_block:
                    raise  # the snapshot is spoilt; only the outermost action may try again
                if last:
                    raise Busy("Somebody else was doing this at the same moment. Please try again.") from error
        raise AssertionError("unreachable")

    return run
