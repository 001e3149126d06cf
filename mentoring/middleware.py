"""What every response to a signed-in person carries, and what becomes of a refusal that no view caught."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from mentoring.domain.action import NotPossible
from mentoring.views.errors import conflict


class PersonalPagesMiddleware:
    """Personal pages are never kept by a browser or a proxy: after signing out on a shared computer, none is left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the response as private where somebody is signed in or a form of an account is shown."""
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith("/accounts/"):
            add_never_cache_headers(response)
        return response


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
