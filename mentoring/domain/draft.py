"""What somebody had typed when their time was up: kept for an hour, for them alone, and offered once they are back."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import QueryDict

from mentoring.domain import clock
from mentoring.models import User

KEPT_FOR: Final = timedelta(hours=1)
MOST_CHARACTERS: Final = 50_000
_KEY: Final = "draft"
_NEVER: Final = ("csrfmiddlewaretoken", "password", "code", "credential", "secret")


@dataclass(frozen=True, slots=True)
class Draft:
    """Where it was to be sent, and each field with its values as they came."""

    path: str
    fields: list[tuple[str, str]]


def keep(session: MutableMapping[str, Any], *, user: User, path: str, sent: QueryDict) -> bool:
    """Keep what was sent; nothing that opens an account, and not what is too long for a session. Whether it was."""
    fields = [(name, value) for name, values in sent.lists() for value in values if not _is_never_kept(name)]
    if not fields or path.startswith("/accounts/") or sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return False
    until = clock.now() + KEPT_FOR
    session[_KEY] = {"user": user.pk, "path": path, "fields": fields, "until": until.timestamp()}
    return True


def _is_never_kept(name: str) -> bool:
    return any(word in name for word in _NEVER)


def kept_for(session: Mapping[str, Any], *, user: User) -> Draft | None:
    """The person's own draft; another's is as if it were not there."""
    found = session.get(_KEY)
    if not found or found["user"] != user.pk or _time(found["until"]) < clock.now():
        return None
    return Draft(found["path"], [(name, value) for name, value in found["fields"]])


def is_of_another(session: Mapping[str, Any], *, user: User) -> bool:
    """Whether somebody else left it here."""
    return _KEY in session and session[_KEY]["user"] != user.pk


def is_sent_by(session: Mapping[str, Any], path: str) -> bool:
    """Whether something sent to `path` makes it needless."""
    return _KEY in session and bool(session[_KEY]["path"] == path)


def drop(session: MutableMapping[str, Any]) -> None:
    """Forget it."""
    session.pop(_KEY, None)


def drop_old(session: MutableMapping[str, Any]) -> None:
    """Forget it once its hour is over, whoever's it is."""
    if _KEY in session and _time(session[_KEY]["until"]) < clock.now():
        drop(session)


def _time(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, tz=clock.now().tzinfo)
