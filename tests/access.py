"""Every address × person × object × method: what is due, what comes back, and what does not fit.

Each app's table of addresses says what a person finds at *our* object. From it follows what is due at the *others'*
object of the same kind, at one of the others' under our own programme (*mixed*), and at one that is not there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

FOUND, MISSING, SIGN_IN, NO_METHOD = "found", "missing", "sign in", "no such method"
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOT_OURS: Final = ("PUT", "PATCH", "DELETE", "OPTIONS")
NOBODYS: Final = UUID("00000000-0000-4000-8000-000000000000")
_CHANGES = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
Arguments = Sequence[object]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One app's table, and the two worlds that it is tried on.

    Args:
        due: by address and person, what is due at our own object: FOUND, MISSING or SIGN_IN.
        theirs_as: who stands to the others' object as somebody else does to ours; left out, as they do to ours.
        ours: what each address needs to lead to our object.
        theirs: the same for the others' object.
        buttons: addresses that answer to POST alone.
    """

    due: Mapping[str, Mapping[str, str]]
    theirs_as: Mapping[str, str]
    ours: Mapping[str, Arguments]
    theirs: Mapping[str, Arguments]
    buttons: frozenset[str]

    def objects(self, name: str) -> dict[str, Arguments]:
        """The objects that an address is tried on, by kind."""
        ours, theirs = self.ours.get(name, ()), self.theirs.get(name, ())
        found = {"our": ours}
        if list(ours) != list(theirs):
            found["their"] = theirs
            if list(ours[1:]) != list(theirs[1:]):
                found["mixed"] = [ours[0], *theirs[1:]]
        if ours:
            found["missing"] = [*ours[:-1], _nothing(ours[-1])]
        return found

    def expected(self, name: str, who: str, kind: str) -> str:
        """What is due to somebody at an object of a kind."""
        own = self.due[name][who]
        if kind == "our" or own == SIGN_IN:
            return own
        if kind == "their":
            return self.due[name][self.theirs_as.get(who, who)]
        return MISSING


@dataclass(slots=True)
class Found:
    """How many cells were tried, and what did not fit."""

    cells: int = 0
    wrong: list[tuple[str, ...]] = field(default_factory=list)


def try_all(matrix: Matrix, who: str, client: Client, names: Sequence[str] | None = None) -> Found:
    """Try every address as one person."""
    found = Found()
    for name in matrix.due if names is None else names:
        missing: dict[str, tuple[object, ...]] = {}
        for kind, arguments in sorted(matrix.objects(name).items(), key=lambda item: item[0] != "missing"):
            url = reverse(name, args=arguments)
            due = matrix.expected(name, who, kind)
            for method in _methods(kind, due):
                found.cells += 1
                response = _send(client, method, url)
                got = answer(response)
                if not _fits(matrix, name, method, due, got):
                    found.wrong.append((name, who, kind, method, f"due: {due}", f"got: {got}"))
                if kind == "missing":
                    missing[method] = _all_of(response)
                elif due == MISSING and missing.get(method, _all_of(response)) != _all_of(response):
                    found.wrong.append((name, who, kind, method, "differs from what is not there"))
    return found


def _methods(kind: str, due: str) -> tuple[str, ...]:
    """What is sent. Others' methods are refused before an address is looked at: one object is enough."""
    if due == FOUND:
        return METHODS if kind == "our" else METHODS[:3]
    return ("GET",) if kind == "mixed" else ("GET", "POST")


def answer(response: HttpResponseBase) -> str:
    """Found, missing, no such method, or: sign in first. Anything else that is no page is told by its number."""
    if response.headers.get("Location", "").startswith(reverse("account_login")):
        return SIGN_IN
    status = response.status_code
    return {404: MISSING, 405: NO_METHOD}.get(status, FOUND if status < 400 or status == 409 else str(status))


def _fits(matrix: Matrix, name: str, method: str, due: str, got: str) -> bool:
    if method in NOT_OURS:
        return got == NO_METHOD
    if method == "POST":
        return got in (due, NO_METHOD) and not (got == NO_METHOD and name in matrix.buttons)
    return got == (NO_METHOD if name in matrix.buttons and due != SIGN_IN else due) or (
        name in matrix.buttons and got == NO_METHOD
    )


def _send(client: Client, method: str, url: str) -> HttpResponseBase:
    """The answer; whatever a POST changed is undone, in the browser too."""
    if method != "POST":
        response: HttpResponseBase = client.generic(method, url)
        return response
    cookies = dict(client.cookies)
    with transaction.atomic():
        response = client.post(url)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return response


def _all_of(response: HttpResponseBase) -> tuple[object, ...]:
    """Everything of an answer but what differs between any two."""
    headers = {
        key: value for key, value in response.headers.items() if key not in ("Expires", "Content-Security-Policy")
    }
    return response.status_code, _CHANGES.sub(b"", getattr(response, "content", b"")), headers


def _nothing(argument: object) -> object:
    """An argument of the same kind that leads to nothing."""
    if isinstance(argument, UUID):
        return NOBODYS
    return 0 if isinstance(argument, int) else "nothing-here"


def columns(people: Sequence[str], row: Sequence[int]) -> Iterator[tuple[str, str]]:
    """A row of statuses in words: a redirect is *sign in* for nobody, and *found* for anybody who is signed in."""
    words = {200: FOUND, 404: MISSING}
    for who, status in zip(people, row, strict=True):
        yield who, words.get(status, SIGN_IN if who == "anonymous" else FOUND)
