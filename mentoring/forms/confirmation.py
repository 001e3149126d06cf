"""Asking once before something that cannot be taken back."""

from collections.abc import Callable
from typing import Any

from django import forms


class ConfirmForm(forms.Form):
    """Nothing to fill in: sending it is the yes. `act` calls the domain."""

    def __init__(self, *args: Any, act: Callable[[], object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def save(self) -> None:
        """Do it."""
        self.act()
