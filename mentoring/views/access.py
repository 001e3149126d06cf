"""The guard in front of every page that is somebody's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from mentoring.domain.activity import here_today
from mentoring.domain.person import create_person
from mentoring.domain.sign_in import has_second_step
from mentoring.models import Person, User
from mentoring.permissions import can_administer

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User
    person: Person


def member(view: Callable[Concatenate[MemberRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For anybody signed in; sets `request.person`."""

    @wraps(view)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(where_they_were(request))
        request.person = person_of(request.user)
        here_today(person=request.person)
        return view(request, *args, **kwargs)

    return guarded


def where_they_were(request: HttpRequest) -> str:
    """The page to come back to after signing in: for a button pressed too late, the page that it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def where_to_pass_it(request: HttpRequest) -> str:
    """To the second step of somebody who has one, and then back; to the page that says how to get one otherwise."""
    if not isinstance(request.user, User) or not has_second_step(request.user):
        return reverse("second_step")
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': where_they_were(request)})}"


def administrator(view: Callable[Concatenate[MemberRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For administrators; for anybody else the page does not exist."""

    @wraps(view)
    @member
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not can_administer(request.person):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def person_of(user: User) -> Person:
    """The person behind an account; made now for one that was made on the command line."""
    person = Person.objects.select_related("organisation").filter(user=user).first() or create_person(user=user)
    user.person = person  # who draws the header asks the account, not the database
    return person
