"""Setting up: organisations, programmes and their coordinators, and messages that could not be sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import look, membership, notification
from mentoring.enums import LookKind, MembershipState, Role
from mentoring.forms.administration import AppointForm, OrganisationForm, ProgrammeForm, SearchForm
from mentoring.models import Organisation, Programme
from mentoring.permissions import (
    coordinators_to_appoint,
    messages_to_handle,
    organisations_to_set_up,
    programmes_to_set_up,
)
from mentoring.presenters.administration import masked, stuck_rows
from mentoring.views.access import MemberRequest, administrator
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20
COORDINATOR = Q(memberships__role=Role.COORDINATOR, memberships__state=MembershipState.MEMBER)


@require_safe
@administrator
def administration(request: MemberRequest) -> HttpResponse:
    """What there is to set up."""
    context = {
        "organisations": organisations_to_set_up(request.person).count(),
        "programmes": programmes_to_set_up(request.person).count(),
        "stuck": messages_to_handle(request.person).count(),
    }
    return render(request, "mentoring/administration/overview.html", context)


# --- Organisations ---------------------------------------------------------------------------------------------


@require_safe
@administrator
def organisations(request: MemberRequest) -> HttpResponse:
    """All employers and bodies."""
    form = SearchForm(request.GET)
    rows = organisations_to_set_up(request.person).filter(name__icontains=form.words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/administration/organisations.html", {"page": page, "search": form})


@reads_and_posts
@administrator
def organisation_add(request: MemberRequest) -> HttpResponse:
    """A new employer or body."""
    return _organisation(request, None)


@reads_and_posts
@administrator
def organisation_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change an employer or body."""
    return _organisation(request, get_object_or_404(organisations_to_set_up(request.person), slug=slug))


def _organisation(request: MemberRequest, row: Organisation | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    return form_page(
        request,
        OrganisationForm(posted, organisation=row, by=request.person),
        template="mentoring/administration/organisation.html",
        to=reverse("organisations"),
        done="The organisation has been changed." if row else "The organisation has been added.",
        context={"organisation": row},
    )


# --- Programmes ------------------------------------------------------------------------------------------------


@require_safe
@administrator
def all_programmes(request: MemberRequest) -> HttpResponse:
    """All programmes, and how many coordinators each has."""
    form = SearchForm(request.GET)
    rows = programmes_to_set_up(request.person).filter(name__icontains=form.words)
    counted = rows.annotate(coordinators=Count("memberships", filter=COORDINATOR))
    page = Paginator(counted.order_by("name"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/administration/programmes.html", {"page": page, "search": form})


@reads_and_posts
@administrator
def programme_add(request: MemberRequest) -> HttpResponse:
    """A new programme."""
    return _programme_form(request, None)


@reads_and_posts
@administrator
def programme_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what a programme is called and who runs it."""
    return _programme_form(request, _programme(request, slug))


def _programme(request: MemberRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_to_set_up(request.person), slug=slug)


def _programme_form(request: MemberRequest, row: Programme | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    return form_page(
        request,
        ProgrammeForm(posted, programme=row, by=request.person),
        template="mentoring/administration/programme_form.html",
        to=reverse("programme_set_up", args=[row.slug]) if row else reverse("all_programmes"),
        done="The programme has been changed." if row else "The programme has been added. Appoint a coordinator next.",
        context={"programme": row},
    )


@reads_and_posts
@administrator
def programme_set_up(request: MemberRequest, slug: str) -> HttpResponse:
    """A programme and its coordinators; appointing another."""
    row = _programme(request, slug)
    places = coordinators_to_appoint(request.person).filter(programme=row).select_related("person__user")
    coordinators = list(places.order_by("person__last_name", "pk"))
    look.record(subjects=[place.person_id for place in coordinators], kind=LookKind.OFFICE, by=request.person)
    posted = request.POST if request.method == "POST" else None
    return form_page(
        request,
        AppointForm(posted, programme=row, by=request.person),
        template="mentoring/administration/programme.html",
        to=reverse("programme_set_up", args=[slug]),
        done="They are a coordinator now, and have been told that something is new.",
        context={
            "programme": row,
            "organisations": row.organisations.all(),
            "coordinators": [
                (place, masked(place.person.user.email) if place.person.user else "") for place in coordinators
            ],
        },
    )


@reads_and_posts
@administrator
def coordinator_dismiss(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take the role of coordinator back."""
    places = coordinators_to_appoint(request.person).filter(programme__slug=slug)
    place = get_object_or_404(places.select_related("person", "programme"), pk=pk)
    name = place.person.name
    look.record(subjects=[place.person_id], kind=LookKind.OFFICE, by=request.person)
    return confirm_page(
        request,
        lambda: membership.dismiss_coordinator(membership=place, by=request.person),
        Question(
            question=f"Should {name} no longer coordinate {place.programme.name}?",
            consequences=[
                f"{name} no longer sees the programme’s people and settings.",
                "If they are a mentor or mentee there as well, that goes on.",
            ],
            button="Take the role back",
            back=reverse("programme_set_up", args=[slug]),
            done=f"{name} is no longer a coordinator here.",
            danger=True,
        ),
    )


# --- Messages --------------------------------------------------------------------------------------------------


@require_safe
@administrator
def stuck_messages(request: MemberRequest) -> HttpResponse:
    """Messages that could not be sent after five tries."""
    rows = messages_to_handle(request.person).defer("body", "subject").order_by("-finished_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    look.record(subjects=[each.person_id for each in page], kind=LookKind.MESSAGE, by=request.person)
    context = {"page": page, "rows": stuck_rows(page)}
    return render(request, "mentoring/administration/messages.html", context)


@require_POST
@administrator
def message_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a message back in the queue."""
    row = get_object_or_404(messages_to_handle(request.person), pk=pk)
    notification.try_again(notification=row, by=request.person)
    messages.success(request, "The message is in the queue again. If it fails five times more, it comes back here.")
    return redirect("stuck_messages")


@reads_and_posts
@administrator
def message_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a message up."""
    row = get_object_or_404(messages_to_handle(request.person), pk=pk)
    look.record(subjects=[row.person_id], kind=LookKind.MESSAGE, by=request.person)
    return confirm_page(
        request,
        lambda: notification.drop(notification=row, by=request.person),
        Question(
            question="Drop this message?",
            consequences=[
                f"The message to {masked(row.address)} is never sent, and its text is deleted.",
                "What it told of stays: they still see it when they sign in.",
            ],
            button="Drop it",
            back=reverse("stuck_messages"),
            done="The message has been dropped.",
            danger=True,
        ),
    )
