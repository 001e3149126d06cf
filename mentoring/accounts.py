"""How allauth is joined to the rest: nothing else lives here."""

import base64
import hashlib
from typing import Any, ClassVar
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from mentoring.domain import notification, sign_in
from mentoring.domain.person import create_person
from mentoring.emails import Email
from mentoring.models import User
from mentoring.permissions import is_in_charge

NOWHERE = "0.0.0.0"
CLAIM_IN_SESSION = "claim"
JOIN_IN_SESSION = "join"
_CONFIRMED = "account_verified_email"
WRONG_CODE = "This code does not fit, or it has been used already. Wait for the next one, and type that."
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
        "incorrect_code": WRONG_CODE,
        "rate_limited": "That was tried too often. Wait five minutes, then try again.",
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

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """allauth's ways of showing that it is still them, in our words."""
        words = {
            "reauthenticate": "Your password",
            "mfa_reauthenticate": "A code from your app, or a recovery code",
            "mfa_reauthenticate:webauthn": "A passkey",
        }
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words.get(way["id"], way["description"])} for way in ways]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that how they sign in has changed: where, and with which browser, stands on their page."""
        said = {**(context or {}), "user": user, "security_url": f"{settings.BASE_URL}{reverse('security')}"}
        super().send_notification_mail(template_prefix, user, said, email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """An address also where none is known (a socket in between): that must not keep anybody from signing in."""
        return get_client_ip(request) or NOWHERE

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, remember whose computer it is, and tell the person of a browser that is new to us."""
        if "shared" in request.POST:
            request.session[sign_in.SHARED] = True
        been_here = user.last_login is not None
        super().login(request, user)
        person = create_person(user=user)
        if been_here and not sign_in.knows(request.COOKIES.get(sign_in.KNOWN_COOKIE), user):
            sign_in.tell_of_new_browser(by=person)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        """Remember the browser; a shared computer's is nobody's, and is told of each time."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        if not request.session.get(sign_in.SHARED):
            response.set_cookie(
                sign_in.KNOWN_COOKIE,
                sign_in.with_known(request.COOKIES.get(sign_in.KNOWN_COOKIE), user),
                max_age=sign_in.KNOWN_FOR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

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


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second step:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys and recovery codes."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Your role needs a second step. Set up another first, then remove this one.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The square for the app as SVG to stand in the page: `data:` images are forbidden here, style too."""
        square = segno.make(url, error="m")
        return str(square.svg_inline(scale=5, omitsize=True, svgclass="al-square", lineclass=None, light="#fff"))

    def encrypt(self, text: str) -> str:
        """Whoever reads the database, or a copy of it, cannot make anybody's codes."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With the instance's key, or one that it had before."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs a second step keeps one."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=["totp", "webauthn"])
        needed = settings.MFA_REQUIRED and is_in_charge(authenticator.user)
        return not needed or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called until somebody gives it a name."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class WorkAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in with an employer's account, so that nobody comes into another's by it."""

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account with the same address: both sides must have confirmed it, and the employer own its domain."""
        for address in sociallogin.email_addresses:
            own = EmailAddress.objects.filter(email__iexact=address.email, verified=True).select_related("user").first()
            if own is not None and _vouched_for(address):
                return own.user, own.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An address that the employer may not speak for has yet to be confirmed by a link."""
        for address in sociallogin.email_addresses:
            address.verified = _vouched_for(address)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the person together with the account."""
        user: User = super().save_user(request, sociallogin, form)
        create_person(user=user)
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        """Back to where it was asked for."""
        return reverse("security")


def _vouched_for(address: EmailAddress) -> bool:
    domain = address.email.rpartition("@")[2].lower()
    return address.verified is True and domain in settings.OIDC_EMAIL_DOMAINS
