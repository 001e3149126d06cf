"""The guard in front of every page that is somebody's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from mentoring.domain.person import create_person
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
    @login_required
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.person = person_of(request.user)
        return view(request, *args, **kwargs)

    return guarded


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
