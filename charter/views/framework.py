"""The charter itself, for anybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.domain.assessment import EDITION
from charter.framework import load
from charter.presenters.framework import level_hints, principle_texts


@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """Its principles and criteria in plain words, and how a level is reached."""
    edition = load(EDITION)
    hints = level_hints(edition)
    context = {
        "edition": edition,
        "levels": [(level, hints[level.id]) for level in edition.levels],
        "principles": principle_texts(edition),
    }
    return render(request, "charter/framework.html", context)
