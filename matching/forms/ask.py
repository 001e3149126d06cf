"""Asking a mentor."""

from typing import Any, Final

from django import forms

from matching.domain.rounds import ask_mentor
from mentoring.forms.renderer import LongText
from mentoring.models import Membership, Mentorship, Person

LONGEST: Final = 2000


class AskForm(forms.Form):
    """What the mentee writes to the mentor; `suggested` by a coordinator's round, it is begun for them."""

    message = forms.CharField(
        max_length=LONGEST,
        widget=LongText(attrs={"rows": 8, "data-label-size": "m"}),
        help_text="A few lines are enough: what you hope for, and why you thought of them. "
        "You do not need to explain yourself or tell your story.",
        error_messages={"max_length": "Use at most %(limit_value)d characters; there are %(show_value)d now."},
    )

    def __init__(self, *args: Any, mentor: Membership, person: Person, suggested: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentor, self.person = mentor, person
        called = mentor.person.called
        message = self.fields["message"]
        if suggested:
            message.initial = f"Hello {called}, our programme suggested that we might work well together. "
        message.label = f"Your message to {called}"
        message.error_messages["required"] = f"Write a line or two, so that {called} knows what you hope for."

    def save(self) -> Mentorship:
        """Ask.

        Raises:
            NotPossible: they cannot be asked any more.
        """
        return ask_mentor(mentor=self.mentor, message=self.cleaned_data["message"], by=self.person)
