"""The short pages in which somebody says who they are: how far each is, and the way through them one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from mentoring.enums import Family, Role
from mentoring.forms import profile as pages
from mentoring.models import Characteristic, Membership, Person
from mentoring.permissions import characteristics_asked_of, credentials_of, places_of
from mentoring.presenters.places import with_break

GUIDED: Final = "guided"
"""In an address: the person goes through the pages one after the other."""

DONE, STARTED, NOT_STARTED = ("Done", ""), ("Started", "yellow"), ("Not started", "blue")
OPTIONAL: Final = "Only if I like"
"""Never a thing that is left to do, and not one that is done."""
_APART: Final = {*pages.WANTED, *pages.OFFERED, *pages.MEETING}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list on the profile."""

    label: str
    hint: str
    href: str
    status: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Tasks that belong together, under a heading."""

    heading: str
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Guide:
    """Where somebody is on the way through the pages. `on` is the next one, or what others see after the last."""

    number: int
    count: int
    on: str


def parts_of(person: Person, roles: set[Role]) -> list[Part]:
    """The short pages of the profile with how far each is. The other apps' come by name from the settings."""
    said = _Said.of(person)
    elsewhere = (cast(_Tasks, import_string(name)) for name in settings.PROFILE_TASKS)
    parts = [
        Part("More about me", _about_me(person, roles, said)),
        Part("My four questions", [task for tasks in elsewhere for task in tasks(person)]),
        Part("My identity", [_identity(said)]),
        Part("How I work", _how_i_work(said)),
    ]
    return [part for part in parts if part.tasks]


def guide_for(request: HttpRequest, person: Person, roles: Callable[[], set[Role]]) -> Guide | None:
    """Where this page is on the way, if the person goes that way; nothing is asked of the database if not."""
    if GUIDED not in request.GET:
        return None
    hrefs = [task.href for part in parts_of(person, roles()) for task in part.tasks]
    if request.path not in hrefs:
        return None
    at = hrefs.index(request.path)
    on = guided(hrefs[at + 1]) if at + 1 < len(hrefs) else reverse("profile_preview")
    return Guide(at + 1, len(hrefs), on)


def guided(href: str) -> str:
    """The same page on the way through all of them."""
    return f"{href}?{GUIDED}=on"


_Tasks = Callable[[Person], Iterable[Task]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person is asked, by family, and what of it they have answered or would rather not say.

    `statements` says of each scale that is asked by statements how many these are.
    """

    asked: dict[str, list[str]]
    answered: set[str]
    statements: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Person) -> "_Said":
        """Three queries."""
        rows: QuerySet[Characteristic] = characteristics_asked_of(person).filter(derived="")
        asked: dict[str, list[str]] = {}
        statements = {}
        for row in rows:
            asked.setdefault(row.family, []).append(row.key)
            if row.items:
                statements[row.key] = len(row.items)
        answered = set(person.values.values_list("characteristic_id", flat=True))
        answered |= set(person.not_said.values_list("characteristic_id", flat=True))
        return cls(asked, answered, statements)

    def keys(self, family: Family) -> list[str]:
        """What is asked of a family."""
        return self.asked.get(family, [])

    def asked_among(self, keys: Iterable[str]) -> list[str]:
        """What of these is asked."""
        asked = set(chain.from_iterable(self.asked.values()))
        return [key for key in keys if key in asked]


def _about_me(person: Person, roles: set[Role], said: _Said) -> list[Task]:
    work = [key for key in said.keys(Family.PROFESSIONAL) if key not in _APART]
    tasks = [
        _about(person),
        _photo(person),
        _task("work", "My work", "Profession, band, place, years, languages", work, said.answered),
        _task("meeting", "When and how I can meet", "Ways, times, hours a month", pages.MEETING, said.answered),
    ]
    if roles != {Role.MENTOR}:
        wanted = {*said.answered, "words"} if person.wants else said.answered
        tasks.append(
            _task("wants", "What I want from mentoring", "", [*said.asked_among(pages.WANTED), "words"], wanted)
        )
    return tasks if Role.MENTOR not in roles else [*tasks, *_as_a_mentor(person, said)]


def _as_a_mentor(person: Person, said: _Said) -> list[Task]:
    offered = {*said.answered, "mentored"} if person.mentored else said.answered
    asked = [*said.asked_among(pages.OFFERED), "mentored"]
    return [
        _task("offers", "What I can offer", "What you would do besides talk", asked, offered),
        _commitments(person),
        _credentials(person),
        *(_places(place) for place in places_of(person).select_related("programme")),
    ]


def _how_i_work(said: _Said) -> list[Task]:
    styles = said.keys(Family.WORKING_STYLES)
    told = [key for key in styles if key not in said.statements]
    found = [key for key in styles if key in said.statements]
    values = said.keys(Family.VALUES)
    tasks = [
        _task("values", "What matters to me", "Up to six", values, said.answered),
        _task("working", "How I work", "Feedback, planning, talking about race", told, said.answered),
        Task(
            "How I go about things",
            f"{sum(said.statements.values())} short statements",
            reverse("profile_personality"),
            *status_of(len(said.answered.intersection(found)), len(found)),
        ),
    ]
    return [task for task, asked in zip(tasks, (values, told, found), strict=True) if asked]


def _task(step: str, label: str, hint: str, asked: Sequence[str], said: set[str]) -> Task:
    answered = len(said.intersection(asked))
    return Task(label, hint, reverse("profile_step", args=[step]), *status_of(answered, len(asked)))


def status_of(answered: int, asked: int) -> tuple[str, str]:
    """How far something is, in words and as the colour of a tag."""
    if answered >= asked:
        return DONE
    return STARTED if answered else NOT_STARTED


def _about(person: Person) -> Task:
    given = [bool(person.name != "New member"), bool(person.headline), bool(person.journey)]
    status = status_of(sum(given), len(given))
    return Task("About me", "Name, one line, my journey", reverse("profile_step", args=["about"]), *status)


def _photo(person: Person) -> Task:
    """Never a thing that is left to do: a photo is not needed."""
    status = "Done" if person.photo_key else OPTIONAL
    return Task("My photo", "Seen by whoever sees my profile", reverse("profile_photo"), status)


def _identity(said: _Said) -> Task:
    asked = said.keys(Family.SURFACE)
    answered = len(said.answered.intersection(asked))
    status = f"{answered} of {len(asked)} said" if answered else OPTIONAL
    hint = "You decide for each answer who may use it"
    return Task("About me and my identity", hint, reverse("identity"), status)


def _commitments(person: Person) -> Task:
    status = DONE if person.commitments else NOT_STARTED
    return Task("As an ally", "What a mentee can count on", reverse("profile_step", args=["commitments"]), *status)


def _credentials(person: Person) -> Task:
    count = credentials_of(person).count()
    status = (f"{count} listed", "") if count else NOT_STARTED
    return Task("Credentials", "Registration, qualifications, training", reverse("credentials"), *status)


def _places(place: Membership) -> Task:
    words = "1 place" if place.capacity == 1 else f"{place.capacity} places"
    return Task("My places", place.programme.name, reverse("profile_places", args=[place.pk]), with_break(words, place))
