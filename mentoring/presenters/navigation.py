"""The navigation that every page shows: what each room offers to this person, and nothing else."""

from dataclasses import dataclass, field
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One room in the header.

    Args:
        label: the word on screen.
        url: where it leads, already reversed.
        order: place in the header, low first (Home 0, Find a mentor 10, My mentoring 20, Programme 30,
            Charter 40, Account 90).
        prefixes: paths that make it the current room; the longest match among all items wins.
            Without any, only `url` itself does.
    """

    label: str
    url: str
    order: int
    prefixes: tuple[str, ...] = field(default=())

    def reach(self, path: str) -> int:
        """How many characters of `path` this item claims; 0 when none."""
        if self.prefixes:
            return max((len(prefix) for prefix in self.prefixes if path.startswith(prefix)), default=0)
        return len(self.url) if path == self.url else 0


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An item as the header draws it."""

    label: str
    url: str
    current: bool


class Room(Protocol):
    """What a module named in `settings.ROOMS` offers the header."""

    def __call__(self, request: HttpRequest) -> list[NavigationItem]: ...


def links(request: HttpRequest) -> list[NavigationLink]:
    """All rooms' items for this person in order, at most one of them marked as current."""
    items = sorted(
        (item for room in settings.ROOMS for item in cast(Room, import_string(f"{room}.navigation"))(request)),
        key=lambda item: item.order,
    )
    current = max(items, key=lambda item: item.reach(request.path), default=None)
    return [NavigationLink(item.label, item.url, item is current and item.reach(request.path) > 0) for item in items]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor. Nothing is asked of the database unless the template draws the navigation."""
    return {"navigation": SimpleLazyObject(lambda: links(request))}
