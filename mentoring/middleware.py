"""What every response to a signed-in person carries, and what becomes of refusals and of wrong methods."""

from collections.abc import Callable
from typing import Final

import pghistory
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from mentoring.domain.action import NotPossible
from mentoring.views.errors import conflict, wrong_method

METHODS: Final = ("GET", "HEAD", "POST")


class TrailMiddleware:
    """Tells the trail of changes who acts and on which page: the account's number and the page's name.

    Never the address that was asked for: it may hold a code that lets somebody in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever is written until the response is there has this account beside it."""
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """The page is known once its view is found."""
        if request.resolver_match is not None:
            pghistory.context(page=request.resolver_match.view_name)


class PersonalPagesMiddleware:
    """Personal pages are never kept by a browser or a proxy: after signing out on a shared computer, none is left.

    Only what a view has itself marked as private, for a time that it says, is left as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the response as private where somebody is signed in or a form of an account is shown."""
        response = self.get_response(request)
        personal = request.user.is_authenticated or request.path.startswith("/accounts/")
        if personal and "private" not in response.headers.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response


class MethodMiddleware:
    """Only methods that a browser uses reach a view; whoever opens the address of a mere button is told so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A page in the place of Django's empty 405."""
        if request.method not in METHODS:
            return wrong_method(request, ", ".join(METHODS))
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        return wrong_method(request, response.headers["Allow"])


class RefusalMiddleware:
    """A refusal of the domain is never a server error: where a view has no form to show it in, it is a 409 page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the way through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The sentence of the refusal, on a page of its own."""
        return conflict(request, exception) if isinstance(exception, NotPossible) else None
