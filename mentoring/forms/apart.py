"""Whom somebody is never shown to."""

from typing import Any

from django import forms

from mentoring.domain import apart as domain
from mentoring.models import Organisation, Person
from mentoring.permissions import organisations_to_choose


class _OwnForm(forms.Form):
    all_optional = True  # what may be left empty says so itself

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class EmployerForm(_OwnForm):
    """An employer, or one team of it."""

    organisation = forms.ModelChoiceField[Organisation](
        label="Employer",
        queryset=Organisation.objects.none(),
        empty_label="Choose from the list",
        error_messages={
            "required": "Choose an employer from the list.",
            "invalid_choice": "Choose an employer from the list.",
        },
    )
    team = forms.CharField(
        label="Only this team",
        help_text="As the team calls itself. Leave it empty for everybody who works there.",
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations_to_choose()

    def save(self) -> None:
        """Put it on the list."""
        domain.never_show_to(
            organisation=self.cleaned_data["organisation"], team=self.cleaned_data["team"], by=self.person
        )


class ManagerForm(_OwnForm):
    """Somebody who manages the person."""

    email = forms.EmailField(
        label="Their work email address",
        help_text="We write to nobody. If somebody with this address is here, now or later, the two of you are never "
        "put together.",
        error_messages={
            "required": "Enter the email address of somebody who manages you.",
            "invalid": "Enter an email address like name@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def save(self) -> None:
        """Put it on the list."""
        domain.record_manager(email=self.cleaned_data["email"], by=self.person)


class TeamForm(_OwnForm):
    """The person's own team."""

    team = forms.CharField(
        label="What it calls itself",
        help_text="Written on no page. It lets colleagues who would rather not meet their team here keep it apart.",
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, initial={"team": person.team}, **kwargs)

    def save(self) -> None:
        """Keep it."""
        domain.name_team(team=self.cleaned_data["team"], by=self.person)
