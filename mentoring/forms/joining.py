"""Asking to take part in a programme."""

from collections.abc import Iterable
from typing import Any

from django import forms

from mentoring.domain import membership
from mentoring.domain.membership import FIRST_CAPACITY, MOST_PLACES
from mentoring.enums import Role
from mentoring.forms.renderer import Checkboxes
from mentoring.models import Membership, Person, Programme

ROLE_WORDS = {
    Role.MENTEE: "As a mentee: I would like a mentor",
    Role.MENTOR: "As a mentor: I would like to mentor others",
}


class JoinForm(forms.Form):
    """As what somebody would like to take part; a mentor also says how many mentees they can have.

    Args:
        roles: what the person can still ask for.
        wished: what they said they were here for, before they had a programme.
        code: the code of a join link, if one brought them here.
    """

    all_optional = True
    roles = forms.MultipleChoiceField(
        label="How would you like to take part?",
        widget=Checkboxes,
        error_messages={"required": "Choose how you would like to take part. Both is fine."},
    )
    places = forms.IntegerField(
        label="If you would mentor: how many mentees could you have at a time?",
        help_text="One is a fine number, and you can change it later.",
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        initial=FIRST_CAPACITY,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "invalid": f"Enter a whole number between 1 and {MOST_PLACES}.",
            "min_value": "Enter 1 or more.",
            "max_value": f"Enter {MOST_PLACES} or fewer.",
        },
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        roles: list[Role],
        by: Person | None,
        wished: Iterable[str] = (),
        code: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.by, self.code = programme, by, code
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(role, ROLE_WORDS[role]) for role in roles]
        if len(roles) == 1:
            field.widget, field.initial = forms.MultipleHiddenInput(), list(roles)
        else:
            field.initial = list(wished)
        if Role.MENTOR not in roles:
            del self.fields["places"]
        elif len(roles) == 1:
            self.fields["places"].label = "How many mentees could you have at a time?"

    def save(self) -> None:
        """Ask for each role that was ticked; with a join link a mentee is in at once."""
        assert self.by is not None
        self.places_taken: list[Membership] = []
        for role in (Role(chosen) for chosen in self.cleaned_data["roles"]):
            if self.code:
                row = membership.join_by_link(programme=self.programme, role=role, code=self.code, by=self.by)
            else:
                row = membership.ask_to_join(programme=self.programme, role=role, by=self.by)
            self.places_taken.append(row)
            if role == Role.MENTOR:
                places = self.cleaned_data["places"] or FIRST_CAPACITY
                membership.set_places(
                    membership=row, capacity=places, paused=row.on_break, paused_until=row.paused_until, by=self.by
                )
