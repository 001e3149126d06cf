"""My mentoring: the list, and each mentorship with what can be done there."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import clock
from mentoring.domain import mentorship as domain
from mentoring.domain.action import NotPossible
from mentoring.enums import OPEN, MembershipState, MentorshipState, Role
from mentoring.forms.mentorship import DeclineForm
from mentoring.models import Mentorship, Person
from mentoring.permissions import (
    blocks_of,
    can_see_partner,
    characteristics_asked_in,
    memberships_of,
    mentorships_of,
    requests_by,
    requests_to,
)
from mentoring.presenters.mentorship import MentorshipRow, page_of, row_of, to_answer
from mentoring.presenters.profile import Profile, profile_of
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the page: its rows, and the page of the paginator they are on."""

    rows: list[MentorshipRow]
    page: Page[Mentorship]
    key: str

    def __bool__(self) -> bool:
        return bool(self.rows)


def _rows(request: MemberRequest, queryset: QuerySet[Mentorship], key: str) -> Listed:
    """One page of a list, as rows; `key` is the parameter with its page number."""
    return _listed(request, queryset.select_related("mentee", "mentor", "programme"), key)


def _listed(request: MemberRequest, rows: QuerySet[Mentorship] | list[Mentorship], key: str) -> Listed:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get(key))
    return Listed([row_of(row, request.person) for row in page], page, key)


@require_safe
@member
def my_mentoring(request: MemberRequest) -> HttpResponse:
    """Requests, mentorships under way, answers, and what is past; on both sides."""
    person = request.person
    waiting = Q(state=MentorshipState.REQUESTED)
    news = Q(state=MentorshipState.DECLINED, mentee=person, answered_at__gt=clock.now() - clock.ANSWER_STANDS_IN_LIST)
    memberships = list(memberships_of(person).filter(state=MembershipState.MEMBER).select_related("programme"))
    context = {
        "to_answer": _listed(request, to_answer(person), "asked"),
        "under_way": _rows(request, mentorships_of(person).under_way().order_by("-answered_at"), "now"),
        "asked": _rows(request, requests_by(person).filter(waiting).order_by("asked_at"), "mine"),
        "answers": _rows(request, mentorships_of(person).filter(news).order_by("-answered_at"), "answers"),
        "past": _rows(
            request, mentorships_of(person).exclude(state__in=OPEN).exclude(news).order_by("-ended_at"), "past"
        ),
        "places": [row for row in memberships if row.role == Role.MENTOR],
        "is_mentee": any(row.role == Role.MENTEE for row in memberships),
    }
    return render(request, "mentoring/mentorship/list.html", context)


def _load(queryset: QuerySet[Mentorship], pk: UUID) -> Mentorship:
    related = ("mentee__user", "mentor__user", "mentee__organisation", "mentor__organisation", "programme")
    return get_object_or_404(queryset.select_related("mentor_membership", *related), pk=pk)


@require_safe
@member
def mentorship(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One mentorship: where it stands, the next step, what was written, who the other is."""
    return _page(request, _load(mentorships_of(request.person), pk))


def _profile(other: Person, row: Mentorship, viewer: Person, role: Role) -> Profile:
    return profile_of(other, viewer, asked=characteristics_asked_in(row.programme), role=role)


def _page(request: MemberRequest, row: Mentorship, form: forms.Form | None = None) -> HttpResponse:
    viewer, other = request.person, row.other(request.person)
    role = Role.MENTEE if row.mentor_id == viewer.pk else Role.MENTOR
    shown = other is not None and can_see_partner(viewer, row)
    context = {
        "row": row,
        "page": page_of(row, viewer),
        "other": other,
        "profile": _profile(other, row, viewer, role) if other and shown else None,
        "form": form,
        "blocked": blocks_of(viewer).filter(blocked=other).exists() if other else False,
    }
    return render(request, "mentoring/mentorship/page.html", context, status=409 if form else 200)


def _called(row: Mentorship, person: Person) -> str:
    other = row.other(person)
    return other.called if other else "this person"


@require_POST
@member
def accept(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentor says yes; where that is no longer possible, the page says why (409)."""
    row = _load(requests_to(request.person), pk)
    try:
        domain.accept(mentorship=row, by=request.person)
    except NotPossible as refusal:
        form = forms.Form({})
        form.add_error(None, str(refusal))
        return _page(request, _load(requests_to(request.person), pk), form)
    messages.success(request, f"You said yes to {_called(row, request.person)}. They have been told.")
    return redirect("mentorship", pk)


@reads_and_posts
@member
def decline(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentor says no, on a page that says a no is fine."""
    row = get_object_or_404(requests_to(request.person).select_related("mentee"), pk=pk)
    called = _called(row, request.person)
    form = DeclineForm(request.POST if request.method == "POST" else None, mentorship=row, by=request.person)
    return form_page(
        request,
        form,
        template="mentoring/mentorship/decline.html",
        to=reverse("my_mentoring"),
        done=f"You said no to {called}, and that is fine. They have been told kindly.",
        context={"row": row, "called": called},
    )


@reads_and_posts
@member
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentee takes the request back."""
    row = get_object_or_404(requests_by(request.person).select_related("mentor"), pk=pk)
    called = _called(row, request.person)
    return confirm_page(
        request,
        lambda: domain.withdraw(mentorship=row, by=request.person),
        Question(
            question=f"Take back your request to {called}?",
            consequences=[
                f"{called} will no longer see what you wrote. No reason is owed, and none is given to them.",
                "You can ask them again another day, if they have a free place.",
            ],
            button="Take it back",
            back=reverse("mentorship", args=[pk]),
            to=reverse("my_mentoring"),
            done=f"Your request to {called} has been taken back.",
        ),
    )


@reads_and_posts
@member
def end(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Either of the two ends it."""
    row = _load(mentorships_of(request.person), pk)
    called = _called(row, request.person)
    return confirm_page(
        request,
        lambda: domain.end(mentorship=row, by=request.person),
        Question(
            question=f"End your mentoring with {called}?",
            consequences=[
                "No reason is owed, and you are not asked for one. Many good mentorships end early.",
                f"{called} will be told kindly that it has ended, and not why.",
                "This page stays, but you no longer see each other’s email addresses here.",
            ],
            button="End it",
            back=reverse("mentorship", args=[pk]),
            done="This mentorship has ended. Thank you for the time you gave it.",
            danger=True,
        ),
    )
