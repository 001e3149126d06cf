"""What the mentoring half puts in the header and on Home."""

from django.http import HttpRequest
from django.urls import reverse

from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Person
from mentoring.permissions import (
    can_administer,
    memberships_of,
    memberships_to_manage,
    mentorships_of,
    programmes_to_run,
    requests_to,
)
from mentoring.presenters.navigation import NavigationItem
from mentoring.presenters.needs import Need, Panel


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Home, My mentoring, Programme, Administration, Account: only what the person has."""
    if not request.user.is_authenticated:
        return []
    person = Person.objects.select_related("user").filter(user_id=request.user.pk).first()
    items = [NavigationItem("Home", reverse("home"), 0), NavigationItem("Account", reverse("account"), 90, ("/account", "/profile"))]
    if person is None:
        return items
    roles = set(
        memberships_of(person).filter(state=MembershipState.MEMBER).values_list("role", flat=True).order_by()
    )
    if roles & {Role.MENTEE, Role.MENTOR}:
        items.append(NavigationItem("My mentoring", reverse("my_mentoring"), 20, ("/mentoring/",)))
    if Role.COORDINATOR in roles:
        items.append(NavigationItem("Programme", reverse("programmes"), 30, ("/programmes/",)))
    if can_administer(person):
        items.append(NavigationItem("Administration", reverse("administration"), 80, ("/administration/",)))
    return items


def needs(person: Person) -> list[Need]:
    """Requests to answer, invitations to take up, people who wait for a coordinator."""
    return [*_requests(person), *_invitations(person), *_waiting(person)]


def panels(person: Person) -> list[Panel]:
    """The person's mentorships."""
    rows = list(
        mentorships_of(person)
        .open()
        .select_related("mentee", "mentor", "programme")
        .order_by("-asked_at")[:5]
    )
    return [Panel(10, "mentoring/_home_mentorships.html", {"rows": [(row, row.other(person)) for row in rows]})]


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
        for row in rows[:5]
        if row.mentee
    ]


def _invitations(person: Person) -> list[Need]:
    rows = memberships_of(person).filter(state=MembershipState.INVITED).select_related("programme")
    return [
        Need(
            order=20,
            text=f"A place as {row.get_role_display().lower()} is kept for you in {row.programme.name}",
            detail="See what it is about, then take it up or turn it down.",
            action="Have a look",
            url=reverse("programme_join", args=[row.programme.slug]),
        )
        for row in rows
    ]


def _waiting(person: Person) -> list[Need]:
    needs = []
    for programme in programmes_to_run(person):
        count = memberships_to_manage(person).filter(programme=programme, state=MembershipState.WAITING).count()
        if count:
            needs.append(
                Need(
                    order=30,
                    text=f"{count} {'person waits' if count == 1 else 'people wait'} for your approval",
                    detail=programme.name,
                    action="See who",
                    url=reverse("programme_people", args=[programme.slug]) + "?state=waiting",
                )
            )
    return needs
