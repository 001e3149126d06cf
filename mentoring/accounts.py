"""How allauth is joined to the rest: nothing else lives here."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from mentoring.domain import notification
from mentoring.domain.person import create_person
from mentoring.emails import Email
from mentoring.models import User

CLAIM_IN_SESSION = "claim"
JOIN_IN_SESSION = "join"
_CONFIRMED = "account_verified_email"
_LINKS = ("activate_url", "password_reset_url", "signup_url")


def _at_home(url: str) -> str:
    return f"{settings.BASE_URL}{urlsplit(url).path}"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Email goes through the outbox; every account has a person behind it."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not go together. Check both, or choose a new "
        "password.",
        "incorrect_password": "This is not your password. Try again, or choose a new one.",
        "enter_current_password": "This is not your present password.",
        "too_many_login_attempts": "That was tried too often. Wait five minutes, then try again.",
        "same_as_current": "This is the one you have now. Choose another.",
        "duplicate_email": "This is the address you sign in with already.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the message instead of sending it inside the request: a dead mail server must not stop a sign-up.

        Links start with BASE_URL, whatever host the request named. The row belongs to the person where there is one,
        so that it goes with them.
        """
        links = {name: _at_home(context[name]) for name in _LINKS if name in context}
        message: EmailMessage = self.render_mail(template_prefix, email, context | links)
        kind = template_prefix.rpartition("/")[2]
        queued = Email(kind=kind, subject=str(message.subject), body=str(message.body))
        person = getattr(context.get("user"), "person", None)
        notification.queue(email=queued, to=person, address=email, subject_id=notification.new_intent())

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Make the person together with the account.

        An address that a link in our own mail has proved counts only where the account is made with it: else
        allauth would put it in the place of the address that was typed.
        """
        proved = request.session.get(_CONFIRMED) or ""
        if proved.lower() != form.cleaned_data["email"].lower():
            request.session.pop(_CONFIRMED, None)
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            create_person(user=saved)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation or the link that brought the person here, if one did."""
        for key, page in ((CLAIM_IN_SESSION, "claim"), (JOIN_IN_SESSION, "join_link")):
            if code := request.session.get(key):
                return reverse(page, args=[code])
        return str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same for an account that needed no confirmation."""
        return self.get_login_redirect_url(request)
