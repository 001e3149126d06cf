"""Photos: one's own to put up and take down, and the picture itself for whoever sees the profile."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from mentoring.domain import photo as domain
from mentoring.domain.picture import LARGE, MIME
from mentoring.forms.photo import PhotoForm
from mentoring.permissions import photos_visible_to
from mentoring.presenters.photo import SIZES, photo_url
from mentoring.presenters.tasks import guide_for
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts
from mentoring.views.start import roles_here

KEPT_FOR = 60
"""Seconds that a browser shows a picture without asking whether it is still there, and still for this person."""


@reads_and_posts
@member
def profile_photo(request: MemberRequest) -> HttpResponse:
    """Choose a photo, look at the present one."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_page(
        request,
        PhotoForm(*sent, by=request.person),
        template="mentoring/profile/photo.html",
        to=request.get_full_path(),
        done="Your photo is saved. This is how others see it.",
        context={
            "person": request.person,
            "photo": photo_url(request.person, LARGE),
            "guide": guide_for(request, request.person, lambda: roles_here(request)),
        },
    )


@reads_and_posts
@member
def profile_photo_remove(request: MemberRequest) -> HttpResponse:
    """Take the photo down."""
    asked = Question(
        question="Remove your photo?",
        consequences=["It is deleted at once and for good. Your initials are shown instead."],
        button="Remove it",
        back=reverse("profile_photo"),
        done="Your photo is removed.",
    )
    return confirm_page(request, lambda: domain.take_down(by=request.person), asked)


@require_safe
@member
def photo(request: MemberRequest, pk: UUID, size: int) -> HttpResponse:
    """A photo. The browser may keep it for a minute, and then asks whether it has changed."""
    if size not in SIZES:
        raise Http404
    field = "large" if size == LARGE else "small"
    row = get_object_or_404(photos_visible_to(request.person).only("pk", "person__photo_key"), pk=pk)
    etag = f'"{row.person.photo_key}-{size}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(bytes(getattr(row, field)), MIME)
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    patch_cache_control(response, private=True, max_age=KEPT_FOR, must_revalidate=True)
    return response
