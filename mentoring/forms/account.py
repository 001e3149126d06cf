"""The last form of all."""

from typing import Any

from django import forms

from mentoring.domain.person import delete_account
from mentoring.models import Person


class DeleteAccountForm(forms.Form):
    """A tick, beside the password that was asked for before, so that nobody does this by mistake."""

    sure = forms.BooleanField(
        label="Yes, delete my account and everything in it",
        error_messages={"required": "Tick the box if you are sure, or go back."},
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def save(self) -> None:
        """Erase the person."""
        delete_account(by=self.by)
