"""Inviting one person by hand."""

from typing import Any

from django import forms

from mentoring.domain import invitation
from mentoring.enums import Role
from mentoring.forms.profile import LineField
from mentoring.forms.renderer import Checkboxes
from mentoring.models import Person, Programme


class InviteForm(forms.Form):
    """Name, address, and as what. A place is kept; the email goes only when that is ticked too."""

    first_name = LineField(label="First name", max_length=60, error_messages={"required": "Enter a first name."})
    last_name = LineField(label="Last name", max_length=80, required=False)
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "required": "Enter an email address.",
            "invalid": "Enter an email address, like name@example.org.",
        },
    )
    roles = forms.MultipleChoiceField(
        label="They are invited as",
        choices=[(Role.MENTEE, "Mentee"), (Role.MENTOR, "Mentor")],
        widget=Checkboxes,
        error_messages={"required": "Choose mentee, mentor or both."},
    )
    send_now = forms.BooleanField(label="Send the invitation by email now", required=False)

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.by = by

    def save(self) -> None:
        """Keep the place and, if wanted, queue the email."""
        data = self.cleaned_data
        row = invitation.invite_by_hand(
            programme=self.programme,
            email=data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            roles={Role(role) for role in data["roles"]},
            by=self.by,
        )
        if data["send_now"]:
            invitation.send(programme=self.programme, by=self.by, only=[row.pk])
