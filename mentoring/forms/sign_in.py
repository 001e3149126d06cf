"""allauth's forms in our words, and what they leave open."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache

from mentoring.domain.sign_in import SHARED
from mentoring.models import User

_REMEMBERED = 120
"""Seconds for which a used code is remembered: longer than one is good for, with the half minute it may be late."""


class _OurLabels(forms.Form):
    """Labels in our words. In the form and not on the page, because the list of errors names the fields too."""

    labels: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label


class JoinForm(_OurLabels, SignupForm):  # type: ignore[misc]
    """A new account."""

    labels: ClassVar[Mapping[str, str]] = {"email": "Email address", "password1": "Choose a password"}


class PasswordForgottenForm(_OurLabels, ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link to a new password."""

    labels: ClassVar[Mapping[str, str]] = {"email": "Email address"}


class PasswordByLinkForm(_OurLabels, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link."""

    labels: ClassVar[Mapping[str, str]] = {"password1": "New password", "password2": "New password, once more"}


class PasswordChangeForm(_OurLabels, ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    labels: ClassVar[Mapping[str, str]] = {"oldpassword": "Present password", **PasswordByLinkForm.labels}


class PasswordFirstForm(_OurLabels, SetPasswordForm):  # type: ignore[misc]
    """A password for whoever had none, because an employer's account let them in."""

    labels: ClassVar[Mapping[str, str]] = {"password1": "Password", "password2": "Password, once more"}


class EmailForm(_OurLabels, AddEmailForm):  # type: ignore[misc]
    """Another address."""

    labels: ClassVar[Mapping[str, str]] = {"email": "New email address"}


class SignInForm(_OurLabels, LoginForm):  # type: ignore[misc]
    """Address and password, and whose computer it is."""

    labels: ClassVar[Mapping[str, str]] = {"login": "Email address"}
    shared = forms.BooleanField(required=False, label="Other people use this computer too")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = settings.SIGNED_IN["shared"][0]
        self.fields["shared"].help_text = f"You are then signed out after {minutes} minutes without a click."

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        """Keep the answer through the second step, if there is one: the sign-in is finished by another form."""
        request.session[SHARED] = self.cleaned_data["shared"]
        return super().login(request, redirect_url)


def _use_up(user: User, code: str) -> None:
    """Refuse a code that was used before; allauth forgets it while it is still good.

    Raises:
        ValidationError: it was.
    """
    if not cache.add(f"code-used:{user.pk}:{''.join(code.split())}", 1, timeout=_REMEMBERED):
        raise get_adapter().validation_error("incorrect_code")


class _OnceForm(_OurLabels):
    """A code from the app counts once."""

    labels: ClassVar[Mapping[str, str]] = {"code": "Code"}
    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            _use_up(self.user, code)
        return code


class CodeForm(_OnceForm, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_OnceForm, ReauthenticateForm):  # type: ignore[misc]
    """Is it still you?"""


class AppForm(_OurLabels, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app has read the square."""

    labels: ClassVar[Mapping[str, str]] = {"code": "Code"}

    def clean_code(self) -> str:
        """It is used up with that."""
        code: str = super().clean_code()
        _use_up(self.user, code)
        return code


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["name"].label = "What you call it"
        self.fields["name"].help_text = "So that you know which one it is, for example: my telephone."
        self.fields["passwordless"].label = "I want to sign in with it alone, without a password"
        self.fields["passwordless"].help_text = "It then asks for your fingerprint, your face or a PIN each time."


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label="What you call it", max_length=60)
