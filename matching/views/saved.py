"""Saving mentors, and comparing up to three of them."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
    said = f"{mentor.person.called} is among your saved mentors. Nobody is told."
    messages.success(request, said, extra_tags="unfocused" if _list_in(request.POST, "back") else "")
    return redirect(_back(request, pk))


@require_POST
@member
def let_go(request: MemberRequest, pk: int) -> HttpResponse:
    """No longer keep this mentor."""
    mentor = get_object_or_404(mentors_to_meet(request.person).select_related("person"), pk=pk)
    domain.let_go(mentor=mentor, by=request.person)
    said = f"{mentor.person.called} is no longer among your saved mentors."
    messages.success(request, said, extra_tags="unfocused" if _list_in(request.POST, "back") else "")
    return redirect(_back(request, pk))


def _list_in(data: QueryDict, key: str) -> str:
    """The address of a list of mentors as it was narrowed, where one is given; no other address is taken."""
    parts = urlsplit(data.get(key, ""))
    if parts.scheme or parts.netloc or parts.path != reverse("find"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _back(request: MemberRequest, pk: int) -> str:
    """Where the button stood: the card in the list, or the mentor's page."""
    found = _list_in(request.POST, "back")
    return f"{found}#mentor-{pk}" if found else reverse("mentor", args=[pk])


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
        messages.warning(request, "Choose two or three mentors to compare.")
        return redirect(_list_in(request.GET, "from") or reverse("saved_mentors"))
    context = {"comparison": comparison(rows, request.person), **_way_back(request)}
    return render(request, "matching/compare.html", context)


def _way_back(request: MemberRequest) -> dict[str, str]:
    """The list they came from, and what it is called."""
    found = _list_in(request.GET, "from")
    label = "Find a mentor" if found else "Saved mentors"
    return {"back": found or reverse("saved_mentors"), "back_label": label}
