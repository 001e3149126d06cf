"""Whom the person is never shown to: people, employers and teams, those who manage them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import apart as domain
from mentoring.forms.apart import EmployerForm, ManagerForm, TeamForm
from mentoring.forms.saving import saved
from mentoring.permissions import blocks_of, managers_of, never_shown_to_of
from mentoring.views.access import MemberRequest, member


def _page(
    request: MemberRequest,
    employer: EmployerForm | None = None,
    manager: ManagerForm | None = None,
    team: TeamForm | None = None,
) -> HttpResponse:
    person = request.person
    context = {
        "blocked": blocks_of(person).count(),
        "employers": never_shown_to_of(person).select_related("organisation"),
        "managers": managers_of(person),
        "employer": employer or EmployerForm(person=person),
        "manager": manager or ManagerForm(person=person),
        "team": team or TeamForm(person=person),
        "form": employer or manager or team,
    }
    return render(request, "mentoring/profile/never_show.html", context)


@require_safe
@member
def never_show(request: MemberRequest) -> HttpResponse:
    """The three lists, and the person's own team."""
    return _page(request)


@require_POST
@member
def add_employer(request: MemberRequest) -> HttpResponse:
    """One more employer or team."""
    form = EmployerForm(request.POST, person=request.person)
    if not saved(form):
        return _page(request, employer=form)
    messages.success(request, "Saved. You and they are not shown to each other any more.")
    return redirect("never_show")


@require_POST
@member
def remove_employer(request: MemberRequest, pk: int) -> HttpResponse:
    """One fewer."""
    domain.show_again_to(row=get_object_or_404(never_shown_to_of(request.person), pk=pk), by=request.person)
    messages.success(request, "Taken off the list.")
    return redirect("never_show")


@require_POST
@member
def add_manager(request: MemberRequest) -> HttpResponse:
    """One more of those who manage the person."""
    form = ManagerForm(request.POST, person=request.person)
    if not saved(form):
        return _page(request, manager=form)
    messages.success(request, "Saved. You and they are never put together here.")
    return redirect("never_show")


@require_POST
@member
def remove_manager(request: MemberRequest, pk: int) -> HttpResponse:
    """One fewer."""
    domain.forget_manager(row=get_object_or_404(managers_of(request.person), pk=pk), by=request.person)
    messages.success(request, "Taken off the list.")
    return redirect("never_show")


@require_POST
@member
def team(request: MemberRequest) -> HttpResponse:
    """The person's own team."""
    form = TeamForm(request.POST, person=request.person)
    if not saved(form):
        return _page(request, team=form)
    messages.success(request, "Your team is saved. It is written on no page.")
    return redirect("never_show")
