"""*What needs you now*: at most five things in plain words, each with one action."""

from dataclasses import dataclass
from typing import Final, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from mentoring.models import Person

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the person.

    Args:
        order: lower is more pressing (10 somebody waits for an answer, 50 worth doing soon, 90 one day).
        text: the sentence in large words.
        detail: a line under it.
        action: the words of the one link.
        url: where it leads.
    """

    order: int
    text: str
    detail: str
    action: str
    url: str

    @property
    def colour(self) -> str:
        """The bar beside it: marigold while somebody waits for an answer, then plum, then green."""
        return "marigold" if self.order < 30 else "plum" if self.order < 60 else "green"


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on Home: a template of its room and what it shows; the template finds its context as `panel`."""

    order: int
    template: str
    context: dict[str, object]


class _Needs(Protocol):
    def __call__(self, person: Person) -> list[Need]: ...


class _Panels(Protocol):
    def __call__(self, person: Person) -> list[Panel]: ...


def needs_of(person: Person) -> list[Need]:
    """The five most pressing things of all rooms."""
    rooms = (cast(_Needs, import_string(f"{room}.needs")) for room in settings.ROOMS)
    return sorted((need for room in rooms for need in room(person)), key=lambda need: need.order)[:MOST]


def panels_of(person: Person) -> list[Panel]:
    """The cards of all rooms, in order."""
    rooms = (cast(_Panels, import_string(f"{room}.panels")) for room in settings.ROOMS)
    return sorted((panel for room in rooms for panel in room(person)), key=lambda panel: panel.order)


def as_todo(need: Need) -> dict[str, str]:
    """A need in the words of the component `todo`."""
    return {
        "title": need.text,
        "text": need.detail,
        "href": need.url,
        "action": need.action,
        "colour": need.colour,
    }
