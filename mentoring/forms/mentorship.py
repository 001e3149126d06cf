"""Answering a request."""

from typing import Any

from django import forms

from mentoring.domain import mentorship as domain
from mentoring.forms.renderer import LongText
from mentoring.models import Mentorship, Person


class DeclineForm(forms.Form):
    """A no, with a kind word if the mentor likes."""

    kind_word = forms.CharField(
        label="A kind word, if you like",
        help_text="They will read it. “Ask me again in spring” or “Try somebody in your own trust” can mean a lot.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, mentorship: Mentorship, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentorship = mentorship
        self.by = by

    def save(self) -> None:
        """Decline the request."""
        domain.decline(mentorship=self.mentorship, kind_word=self.cleaned_data["kind_word"], by=self.by)
