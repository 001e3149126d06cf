"""Saving mentors, and comparing up to three of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from matching.domain import saved as domain
from matching.permissions import mentors_saved_by, mentors_to_meet, saved_by
from matching.presenters.saved import comparison, saved_rows
from mentoring.views.access import MemberRequest, member

AT_ONCE = 3


@require_safe
@member
def saved(request: MemberRequest) -> HttpResponse:
    """The mentors that the person saved and can still see."""
    rows = list(mentors_saved_by(request.person).select_related("person__organisation", "programme"))
    context = {"rows": saved_rows(rows, request.person), "gone": saved_by(request.person).count() - len(rows)}
    return render(request, "matching/saved.html", context)


@require_POST
@member
def save(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep this mentor."""
    mentor = get_object_or_404(mentors_to_meet(request.person).select_related("person"), pk=pk)
    domain.save_mentor(mentor=mentor, by=request.person)
    messages.success(request, f"{mentor.person.called} is among your saved mentors. Nobody is told.")
    return redirect("mentor", pk)


@require_POST
@member
def let_go(request: MemberRequest, pk: int) -> HttpResponse:
    """No longer keep this mentor."""
    mentor = get_object_or_404(mentors_to_meet(request.person).select_related("person"), pk=pk)
    domain.let_go(mentor=mentor, by=request.person)
    messages.success(request, f"{mentor.person.called} is no longer among your saved mentors.")
    return redirect("mentor", pk)


@require_safe
@member
def compare(request: MemberRequest) -> HttpResponse:
    """Two or three of them side by side."""
    wanted = [int(each) for each in request.GET.getlist("with") if each.isascii() and each.isdigit() and len(each) < 10]
    rows = list(
        mentors_to_meet(request.person).filter(pk__in=wanted).select_related("person__organisation", "programme")
    )
    rows.sort(key=lambda row: wanted.index(row.pk))
    if not 2 <= len(rows) <= AT_ONCE:
        messages.warning(request, f"Choose two or {AT_ONCE} mentors to compare.")
        return redirect("saved_mentors")
    return render(request, "matching/compare.html", {"comparison": comparison(rows, request.person)})
