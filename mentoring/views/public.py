"""Pages that anyone may read: what Alongside is, the model, accessibility, privacy; and two addresses for machines."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentoring.presenters.notice import notices_for


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The first page for someone who is not signed in."""
    return render(request, "public/landing.html")


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The four questions: what the study found, and what is our reading of it."""
    return render(request, "public/model.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works, what does not yet, and whom to tell."""
    return render(request, "public/accessibility.html", {"contact": _contact()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held, for what, who sees it, and how to leave."""
    person = getattr(request.user, "person", None)
    notices = notices_for(person) if person else []
    return render(request, "public/privacy.html", {"contact": _contact(), "notices": notices})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; only where the people who run this copy have said whom to tell."""
    contact: str = getattr(settings, "SECURITY_CONTACT", "")
    if not contact:
        raise Http404
    address = contact if ":" in contact else f"mailto:{contact}"
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return HttpResponse(
        f"Contact: {address}\nExpires: {expires}\nPreferred-Languages: en\n",
        content_type="text/plain; charset=utf-8",
    )


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, for load balancers; the error goes to the log, never to the page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _contact() -> str:
    """Where questions go: the address without the name in front of it."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
