"""How allauth is joined to the rest: nothing else lives here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from mentoring.domain import notification
from mentoring.domain.person import create_person
from mentoring.emails import Email
from mentoring.models import User

CLAIM_IN_SESSION = "claim"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail goes through the outbox; every account has a person behind it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the message instead of sending it inside the request: a dead mail server must not stop a sign-up."""
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        kind = template_prefix.rpartition("/")[2]
        queued = Email(kind=kind, subject=str(message.subject), body=str(message.body))
        notification.queue(email=queued, address=email, subject_id=notification.new_intent())

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Make the person together with the account."""
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            create_person(user=saved)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation that brought the person here, if one did."""
        code = request.session.get(CLAIM_IN_SESSION)
        return f"/claim/{code}/" if code else str(super().get_login_redirect_url(request))
