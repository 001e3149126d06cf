"""What every response to a signed-in person carries, and what becomes of refusals and of wrong methods."""

from collections.abc import Callable
from typing import Final

import pghistory
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mentoring.domain import draft, sign_in
from mentoring.domain.action import NotPossible
from mentoring.models import User
from mentoring.permissions import is_in_charge
from mentoring.views.access import where_they_were, where_to_pass_it
from mentoring.views.errors import conflict, wrong_method

WITHOUT_SECOND_STEP: Final = frozenset(
    {
        *("security", "second_step", "sign_in_end", "sign_ins_end", "privacy", "accessibility", "model"),
        *("security_txt", "healthz", "account_logout", "account_reauthenticate"),
    }
)
"""What is open before the second step: setting one up, signing out, and what anybody may read."""
ASKING_FOR_ONE: Final = frozenset(
    {"mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"}
)
"""Of the pages about second steps those that ask for one; all others show, add or remove one."""
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


class IdleMiddleware:
    """Whoever has been away for too long is signed out, and loses nothing that they had typed.

    A page that they look at is simply shown as to anybody; its guard asks them to sign in, and brings them back. What
    they send is kept for them (`domain/draft.py`), but only once Django has seen that it comes from our own form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note that they are here, once a minute."""
        if isinstance(request.user, User):
            if sign_in.is_over(request.session):
                if request.method != "POST":
                    self._sign_out(request)
            elif sign_in.is_to_be_noted(request.session):
                in_charge = is_in_charge(request.user)
                sign_in.seen(request.session, request.session.session_key, in_charge=in_charge)
                draft.drop_old(request.session)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """Comes after the look at the form's token."""
        if not isinstance(request.user, User):
            return None
        if request.method == "POST" and draft.is_sent_by(request.session, request.get_full_path()):
            draft.drop(request.session)
        if not sign_in.is_over(request.session):
            return None
        user = request.user
        self._sign_out(request)
        path = request.get_full_path()
        kept = draft.keep(request.session, user=user, path=path, sent=request.POST)
        if not kept:
            return redirect_to_login(where_they_were(request))
        request.session.set_expiry(draft.KEPT_FOR)
        return redirect_to_login(reverse("draft"))

    def _sign_out(self, request: HttpRequest) -> None:
        logout(request)
        messages.info(request, "You were away for a while, so we signed you out.")


class SecondStepMiddleware:
    """Whoever is in charge of others' things gets nowhere else before they have passed a second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the way through."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """To their second step, or to the page that says how to get one."""
        if not isinstance(request.user, User):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith("mfa_"):
            return self._guard_second_steps(request, request.user, name)
        if not settings.MFA_REQUIRED or name in WITHOUT_SECOND_STEP:
            return None
        if sign_in.has_passed_second_step(request) or not is_in_charge(request.user):
            return None
        return redirect(where_to_pass_it(request))

    def _guard_second_steps(self, request: HttpRequest, user: User, name: str) -> HttpResponseBase | None:
        """Whoever has a second step shows it before they see, add or remove one: the password alone does not do."""
        if name in ASKING_FOR_ONE or sign_in.has_passed_second_step(request):
            return None
        return redirect(where_to_pass_it(request)) if sign_in.has_second_step(user) else None
