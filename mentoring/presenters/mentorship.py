"""Mentorships in words: as rows of a list, and each on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string

from mentoring.enums import OPEN, TAKES_A_PLACE, MentorshipState
from mentoring.models import Mentorship, Person
from mentoring.permissions import requests_to
from mentoring.presenters.photo import photo_url

S = MentorshipState
GONE: Final = "Somebody who has left"
_TAGS: Final = {
    S.REQUESTED: ("No answer yet", "yellow"),
    S.ACCEPTED: ("Accepted", "green"),
    S.ACTIVE: ("Active", "green"),
    S.DECLINED: ("Declined", "grey"),
    S.WITHDRAWN: ("Withdrawn", "grey"),
    S.ENDED: ("Ended", "grey"),
}


def day(moment: datetime | None) -> str:
    """A day in London: 22 November 2026."""
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def is_mentor(row: Mentorship, viewer: Person) -> bool:
    """Whether the viewer is the mentor in it."""
    return row.mentor_id == viewer.pk


@dataclass(frozen=True, slots=True)
class MentorshipRow:
    """A line of a list; with a photo while both see each other's profile."""

    name: str
    photo: str
    line: str
    tag: str
    colour: str
    url: str


def row_of(row: Mentorship, viewer: Person) -> MentorshipRow:
    """One mentorship as the viewer's list shows it; needs mentee, mentor and programme fetched."""
    other = row.other(viewer)
    tag, colour = _TAGS[S(row.state)]
    if row.state == S.REQUESTED and is_mentor(row, viewer):
        tag = "Waiting for you"
    return MentorshipRow(
        name=other.name if other else GONE,
        photo=photo_url(other) if other and row.state in OPEN else "",
        line=f"{_when(row, viewer)} · {row.programme.name}",
        tag=tag,
        colour=colour,
        url=reverse("mentorship", args=[row.pk]),
    )


def _when(row: Mentorship, viewer: Person) -> str:
    mentor = is_mentor(row, viewer)
    match row.state:
        case S.REQUESTED:
            return f"{'Asked you' if mentor else 'You asked'} on {day(row.asked_at)}"
        case S.ACCEPTED | S.ACTIVE:
            return f"Your {'mentee' if mentor else 'mentor'} since {day(row.answered_at)}"
        case S.DECLINED:
            return f"Answered on {day(row.answered_at)}"
        case S.WITHDRAWN:
            return f"Withdrawn on {day(row.ended_at)}"
        case _:
            return f"Your {'mentee' if mentor else 'mentor'} until {day(row.ended_at)}"


class _Order(Protocol):
    def __call__(self, *, requests: Sequence[Mentorship], mentor: Person) -> list[Mentorship]: ...


def to_answer(person: Person) -> list[Mentorship]:
    """The requests that wait for a mentor, with mentee and programme, in the order of `settings.REQUESTS_ORDER`.

    Those that are equal there come oldest first.
    """
    rows = requests_to(person).filter(state=S.REQUESTED).select_related("mentee", "mentor", "programme")
    order = cast(_Order, import_string(settings.REQUESTS_ORDER))
    return order(requests=list(rows.order_by("asked_at")), mentor=person)


@dataclass(frozen=True, slots=True)
class MentorshipPage:
    """What the page of one mentorship shows to one of its two people.

    Args:
        stages: the names of the stops of the stage line; `current` is the index of the present one, `notes` their days.
        next_title, next_text: the panel that says where things stand.
        message: what the mentee wrote, as far as the viewer may read it.
        email: the other's address, once there was a yes and while it holds.
        may: what the viewer can do now: accept, decline, places (offer another), withdraw, end, find (other mentors).
        may_speak: whether the viewer may say how it is with this mentor.
    """

    other: str
    called: str
    mentor: bool
    stages: list[str]
    current: int
    notes: dict[int, str]
    next_title: str
    next_text: str
    message: str
    kind_word: str
    email: str
    may: frozenset[str]
    may_speak: bool

    @property
    def message_title(self) -> str:
        """Over what the mentee wrote."""
        return f"What {self.called if self.mentor else 'you'} wrote"

    @property
    def kind_word_title(self) -> str:
        """Over the mentor's kind word."""
        return "Your kind word" if self.mentor else f"A word from {self.called}"


def page_of(row: Mentorship, viewer: Person) -> MentorshipPage:
    """The page of one mentorship; needs mentee, mentor (with users), their programme and the place fetched."""
    mentor = is_mentor(row, viewer)
    other = row.other(viewer)
    called = other.called if other else "this person"
    title, text, may = _next(row, mentor, called)
    stops = _stops(row)
    # The mentor no longer reads what the mentee took back, or what they said no to.
    hidden = mentor and row.state in (S.WITHDRAWN, S.DECLINED)
    return MentorshipPage(
        other=other.name if other else GONE,
        called=called,
        mentor=mentor,
        stages=[label for label, _ in stops],
        current=0 if row.state == S.REQUESTED else len(stops) - 1,
        notes={at: day(moment) for at, (_, moment) in enumerate(stops) if moment},
        next_title=title,
        next_text=text,
        message="" if hidden else row.message,
        kind_word=row.kind_word,
        email=other.user.email if other and other.user and row.state in TAKES_A_PLACE else "",
        may=may,
        may_speak=not mentor and row.mentor_id is not None and row.active_at is not None,
    )


def _stops(row: Mentorship) -> list[tuple[str, datetime | None]]:
    """The stages that are true of it, and the next one while it waits for an answer."""
    asked = ("Asked", row.asked_at)
    match row.state:
        case S.REQUESTED:
            return [asked, ("Accepted", None)]
        case S.WITHDRAWN:
            return [asked, ("Withdrawn", row.ended_at)]
        case S.DECLINED:
            return [asked, ("Declined", row.answered_at)]
        case S.ENDED:
            return [asked, ("Accepted", row.answered_at), ("Ended", row.ended_at)]
        case _:
            return [asked, (_TAGS[S(row.state)][0], row.answered_at)]


_NOTHING: Final[frozenset[str]] = frozenset()
_TOGETHER: Final = (
    "Write to each other and find a time for a first conversation: by video, by telephone or over a cup of tea. "
    "It commits neither of you. If it does not feel right, either of you can end it here, and no reason is owed."
)
_ENDED: Final = "Your time together is over. Endings need no reason, and what you learnt stays yours."
# What the panel says, by state and side (True: the mentor).
_NEXT: Final[dict[tuple[MentorshipState, bool], tuple[str, str, frozenset[str]]]] = {
    (S.REQUESTED, False): (
        "{called} has your request",
        "There is nothing you need to do. They answer when it suits them; after five days we remind them, once. "
        "You can take your request back at any time.",
        frozenset({"withdraw"}),
    ),
    (S.REQUESTED, True): (
        "{called} would like you to be their mentor",
        "Saying yes opens a first conversation; it commits neither of you. You will each see the other’s email "
        "address. A no is a fine answer too, and kinder than silence.",
        frozenset({"accept", "decline"}),
    ),
    (S.ACCEPTED, False): ("{called} said yes: arrange a first conversation", _TOGETHER, frozenset({"end"})),
    (S.ACCEPTED, True): ("You said yes: arrange a first conversation", _TOGETHER, frozenset({"end"})),
    (S.ACTIVE, False): ("You are working together", _TOGETHER, frozenset({"end"})),
    (S.ACTIVE, True): ("You are working together", _TOGETHER, frozenset({"end"})),
    (S.DECLINED, False): (
        "{called} could not say yes this time",
        "This says nothing about you. Mentors have few places and full lives, and a no to a request is no "
        "judgement of the person who asked. There are others who would be glad to hear from you.",
        frozenset({"find"}),
    ),
    (S.DECLINED, True): ("You said no, and that is fine", "{called} has been told kindly.", _NOTHING),
    (S.WITHDRAWN, False): (
        "You took this request back",
        "Nothing more comes of it. You can ask somebody else whenever you like.",
        frozenset({"find"}),
    ),
    (S.WITHDRAWN, True): ("{called} took this request back", "There is nothing you need to do.", _NOTHING),
    (S.ENDED, False): ("This mentorship has ended", _ENDED, frozenset({"find"})),
    (S.ENDED, True): ("This mentorship has ended", _ENDED, _NOTHING),
}


def _next(row: Mentorship, mentor: bool, called: str) -> tuple[str, str, frozenset[str]]:
    title, text, may = _NEXT[S(row.state), mentor]
    if row.state == S.REQUESTED and mentor and not _has_place(row):
        text = (
            "All your places are taken at present. You can offer another place and then say yes, or say no: "
            "a no is a fine answer, and kinder than silence."
        )
        may = may - {"accept"} | {"places"}
    title = title.format(called=called)
    return title[:1].upper() + title[1:], text.format(called=called), may


def _has_place(row: Mentorship) -> bool:
    return row.mentor_membership is not None and row.mentor_membership.free > 0
