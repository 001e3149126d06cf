"""allauth's forms in our words, and what they leave open."""

from typing import Any

from allauth.account.forms import LoginForm
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


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password, and whose computer it is."""

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


class _OnceForm(forms.Form):
    """A code from the app counts once."""

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


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app has read the square."""

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
