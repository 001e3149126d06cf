"""When something went wrong: a page that says what, in plain words, and asks nothing of the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be understood."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not theirs to see or do."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for things that exist but are not for this person, so that nothing is given away."""
    return render(request, "404.html", status=404)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address takes other methods, `allowed`, than the one it was asked with."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """409: the domain refused, as things stand now; the page says why."""
    return render(request, "409.html", {"reason": str(exception or "")}, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without the request, so that no context processor can fail a second time."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's token is missing or old: explains, and lets the browser keep what was typed."""
    return render(request, "403_csrf.html", status=403)
