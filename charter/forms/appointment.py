"""Giving somebody who is here already a part in charter work."""

from collections.abc import Callable
from typing import Any

from django import forms

from mentoring.domain.person import create_person
from mentoring.models import Person, User


class AppointmentForm(forms.Form):
    """An email address; `act` is given the person behind it and calls the domain."""

    email = forms.EmailField(
        label="Email address",
        help_text="They need an account here first.",
        max_length=254,
        error_messages={
            "required": "Enter the email address they sign in with.",
            "invalid": "Enter an email address, like name@example.org.",
        },
    )

    def __init__(self, *args: Any, act: Callable[[Person], object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def clean_email(self) -> User:
        """The account with the address."""
        user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody here signs in with this address. Ask them to join first.")
        return user

    def save(self) -> None:
        """Give them the part."""
        self.act(create_person(user=self.cleaned_data["email"]))
