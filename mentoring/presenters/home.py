"""What the mentoring half puts in the header and on Home, and how Home greets somebody."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mentoring.domain import clock
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Membership, Person
from mentoring.permissions import (
    can_administer,
    memberships_of,
    memberships_to_manage,
    mentorships_of,
    messages_to_handle,
    open_reports,
    quiet_requests_to_follow,
    requests_by,
    requests_to,
)
from mentoring.presenters import characteristic, joining
from mentoring.presenters.mentorship import row_of
from mentoring.presenters.navigation import NavigationItem
from mentoring.presenters.needs import Need, Panel
from mentoring.presenters.setup import setup_panels

MOST_OF_A_KIND: Final = 5


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Home, My mentoring, Programme, Administration, Account: only what the person has."""
    if not request.user.is_authenticated:
        return []
    home = NavigationItem("Home", reverse("home"), 0)
    account = NavigationItem("Account", reverse("account"), 90, ("/account", "/profile"))
    person = getattr(request.user, "person", None)
    return [home, *(_rooms(person) if person else []), account]


def _rooms(person: Person) -> Iterable[NavigationItem]:
    places = memberships_of(person).filter(state=MembershipState.MEMBER)
    roles = set(places.values_list("role", flat=True).order_by())
    if roles & {Role.MENTEE, Role.MENTOR}:
        yield NavigationItem("My mentoring", reverse("my_mentoring"), 20, ("/mentoring/",))
    if Role.COORDINATOR in roles:
        yield NavigationItem("Programme", reverse("programmes"), 30, ("/programmes/",))
    if can_administer(person):
        yield NavigationItem("Administration", reverse("administration"), 80, ("/administration/",))


def greeting(person: Person) -> str:
    """Good morning, afternoon or evening by the clock in London, with the name they go by."""
    hour = timezone.localtime(clock.now()).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {person.called}"


def roles_line(memberships: Iterable[Membership]) -> str:
    """Programmes with what the person is there: *Allied Health Futures · mentee and mentor*."""
    roles: dict[str, list[str]] = {}
    for row in memberships:
        roles.setdefault(row.programme.name, []).append(row.get_role_display().lower())
    return "; ".join(f"{name} · {' and '.join(held)}" for name, held in roles.items())


def panels(person: Person) -> list[Panel]:
    """The person's open requests and mentorships, if there are any; for a mentor, their set-up or a kind word."""
    rows = mentorships_of(person).open().select_related("mentee", "mentor", "programme").order_by("-asked_at")
    shown = [row_of(row, person) for row in rows[:MOST_OF_A_KIND]]
    mentorships = [Panel(10, "mentoring/_home_mentorships.html", {"rows": shown})] if shown else []
    return [*setup_panels(person), *mentorships]


def needs(person: Person) -> list[Need]:
    """What waits for an answer, for a next step, or for a coordinator's or administrator's eye."""
    return [
        *_requests(person),
        *joining.needs(person),
        *_waiting(person),
        *_accepted(person),
        *_declined(person),
        *_ended(person),
        *_reported(person),
        *_quiet(person),
        *_stuck(person),
        *characteristic.needs(person),
    ]


def _requests(person: Person) -> list[Need]:
    rows = requests_to(person).filter(state=MentorshipState.REQUESTED).select_related("mentee").order_by("asked_at")
    return [
        Need(
            order=10,
            text=f"{row.mentee.called} would like you to be their mentor",
            detail="Read what they wrote. A no is a fine answer, and kinder than silence.",
            action="Read and answer",
            url=reverse("mentorship", args=[row.pk]),
        )
        for row in rows[:MOST_OF_A_KIND]
        if row.mentee
    ]


def _accepted(person: Person) -> list[Need]:
    """A first conversation to arrange, for both of them, in the two weeks after the yes."""
    since = clock.now() - clock.ANSWER_STANDS_ON_HOME
    rows = mentorships_of(person).filter(state=MentorshipState.ACCEPTED, answered_at__gt=since)
    found = []
    for row in rows.select_related("mentee", "mentor").order_by("-answered_at")[:MOST_OF_A_KIND]:
        other = row.other(person)
        if other is not None:
            said = f"{other.called} said yes: arrange" if row.mentee_id == person.pk else "Arrange"
            found.append(
                Need(
                    order=40,
                    text=f"{said} a first conversation{'' if row.mentee_id == person.pk else f' with {other.called}'}",
                    detail="It commits neither of you.",
                    action="See how to reach them",
                    url=reverse("mentorship", args=[row.pk]),
                )
            )
    return found


def _declined(person: Person) -> list[Need]:
    """A no is news too; it says nothing about the person."""
    since = clock.now() - clock.ANSWER_STANDS_ON_HOME
    rows = requests_by(person).filter(state=MentorshipState.DECLINED, answered_at__gt=since)
    return [
        Need(
            order=45,
            text=f"There is an answer from {row.mentor.called}",
            detail="They could not say yes this time. It says nothing about you.",
            action="Read it",
            url=reverse("mentorship", args=[row.pk]),
        )
        for row in rows.select_related("mentor").order_by("-answered_at")[:MOST_OF_A_KIND]
        if row.mentor
    ]


def _ended(person: Person) -> list[Need]:
    """What ended lately: the email says only that something has changed."""
    since = clock.now() - clock.ANSWER_STANDS_ON_HOME
    rows = mentorships_of(person).filter(state=MentorshipState.ENDED, ended_at__gt=since)
    return [
        Need(
            order=60,
            text=f"Your mentoring with {other.called if other else 'somebody who left'} has ended",
            detail="It can end at any time, and no reason is owed.",
            action="Read more",
            url=reverse("mentorship", args=[row.pk]),
        )
        for row in rows.select_related("mentee", "mentor").order_by("-ended_at")[:MOST_OF_A_KIND]
        for other in (row.other(person),)
    ]


def _waiting(person: Person) -> list[Need]:
    rows = memberships_to_manage(person).filter(state=MembershipState.WAITING)
    counted = rows.values_list("programme__slug", "programme__name").annotate(number=Count("pk")).order_by("-number")
    return [
        Need(
            order=30,
            text=f"{number} {'person waits' if number == 1 else 'people wait'} for your approval",
            detail=name,
            action="See who",
            url=reverse("programme_people", args=[slug]) + "?state=waiting",
        )
        for slug, name, number in counted[:MOST_OF_A_KIND]
    ]


def _reported(person: Person) -> list[Need]:
    where = ("endorsement__programme__slug", "endorsement__programme__name")
    counted = open_reports(person).values_list(*where).annotate(number=Count("pk")).order_by("-number", *where)
    return [
        Need(
            order=30,
            text="Somebody asks you to look at words about a mentor",
            detail=name if number == 1 else f"{name}, {number} reports",
            action="Have a look",
            url=reverse("reports", args=[slug]),
        )
        for slug, name, number in counted[:MOST_OF_A_KIND]
    ]


def _quiet(person: Person) -> list[Need]:
    rows = quiet_requests_to_follow(person, clock.now() - clock.REMIND_MENTOR_AFTER)
    counted = rows.values_list("programme__slug", "programme__name").annotate(number=Count("pk")).order_by("-number")
    return [
        Need(
            order=50,
            text=f"{number} {'request has' if number == 1 else 'requests have'} waited five days or more",
            detail=f"{name}. A word from you may help.",
            action="See which",
            url=reverse("programme", args=[slug]) + "#quiet",
        )
        for slug, name, number in counted[:MOST_OF_A_KIND]
    ]


def _stuck(person: Person) -> list[Need]:
    number = messages_to_handle(person).count() if can_administer(person) else 0
    if not number:
        return []
    return [
        Need(
            order=35,
            text=f"{number} {'message' if number == 1 else 'messages'} could not be sent",
            detail="Somebody may be waiting for it.",
            action="Have a look",
            url=reverse("stuck_messages"),
        )
    ]
