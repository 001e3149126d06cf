"""What is written to the log: ids and places in the code, never names, addresses or texts."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Final

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_KEYS: Final = re.compile(r"(?<=/)(join|claim|confirm-email|reset/key)/[^/\s]+")
"""Whoever reads one of these addresses may use it: what follows is as good as a password."""


class DiscreetFormatter(logging.Formatter):
    """Leaves out all but the first line of what an error says, and what in an address opens a door.

    PostgreSQL tells the whole row that a constraint refused, private words included, in the lines after it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line without the codes of links that were sent to somebody."""
        return _KEYS.sub(r"\1/…", super().format(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """Where the error came from, and the first line of each error on the way."""
        return "\n".join(_told(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those it came from, the first one first."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _told(error: BaseException) -> str:
    where = "".join(traceback.format_tb(error.__traceback__))
    said = str(error).partition("\n")[0]
    return f"Traceback (most recent call last):\n{where}{type(error).__qualname__}: {said}"
