"""What administrators fill in: organisations, programmes, coordinators."""

from typing import Any

from django import forms

from mentoring.domain import membership, organisation, person
from mentoring.domain import programme as programme_domain
from mentoring.enums import OrganisationKind
from mentoring.forms.renderer import Checkboxes, LongText, Radios
from mentoring.models import Option, Organisation, Person, Programme, User


class OrganisationForm(forms.Form):
    """An employer or body, new or known."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the name."})
    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=OrganisationKind.choices,
        widget=Radios,
        error_messages={"required": "Choose a kind."},
    )
    region = forms.ChoiceField(label="Region", required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, by: Person, **kwargs: Any) -> None:
        if organisation:
            kwargs["initial"] = {field: getattr(organisation, field) for field in ("name", "kind", "region")}
        super().__init__(*args, **kwargs)
        regions = Option.objects.filter(characteristic="region", retired=False).values_list("key", "label")
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Not said"), *regions]
        self.organisation = organisation
        self.by = by

    def save(self) -> None:
        """Add or change the organisation."""
        said = {**self.cleaned_data, "kind": OrganisationKind(self.cleaned_data["kind"])}
        if self.organisation:
            organisation.edit_organisation(organisation=self.organisation, **said, by=self.by)
        else:
            organisation.add_organisation(**said, by=self.by)


class ProgrammeForm(forms.Form):
    """A programme, new or known, and who runs it."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the name."})
    description = forms.CharField(
        label="What is it?",
        help_text="Anybody can read this before they join. Its coordinators can change it.",
        max_length=1000,
        required=False,
        widget=LongText(attrs={"rows": 6}),
    )
    organisations = forms.ModelMultipleChoiceField(
        label="Which organisations run it?",
        queryset=Organisation.objects.all(),
        required=False,
        widget=Checkboxes(attrs={"class": "nhsuk-checkboxes--small"}),
    )

    def __init__(self, *args: Any, programme: Programme | None = None, by: Person, **kwargs: Any) -> None:
        if programme:
            kwargs["initial"] = {
                "name": programme.name,
                "description": programme.description,
                "organisations": programme.organisations.all(),
            }
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.by = by

    def save(self) -> Programme:
        """Add or change the programme."""
        if self.programme is None:
            return programme_domain.add_programme(**self.cleaned_data, by=self.by)
        programme_domain.edit_programme(programme=self.programme, **self.cleaned_data, by=self.by)
        return self.programme


class AppointForm(forms.Form):
    """Making somebody who is here already a coordinator."""

    email = forms.EmailField(
        label="Email address",
        help_text="They need an account here first.",
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "nhsuk-input--width-20", "autocomplete": "off"}),
        error_messages={
            "required": "Enter the email address they sign in with.",
            "invalid": "Enter an email address, like name@example.org.",
        },
    )

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.by = by

    def clean_email(self) -> User:
        """The account with the address."""
        email = self.cleaned_data["email"]
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody here signs in with this address. Ask them to join first.")
        return user

    def save(self) -> None:
        """Appoint them."""
        somebody = person.create_person(user=self.cleaned_data["email"])
        membership.appoint_coordinator(programme=self.programme, person=somebody, by=self.by)


class SearchForm(forms.Form):
    """Finding something by name."""

    all_optional = True
    q = forms.CharField(label="Name", max_length=100, required=False)

    @property
    def words(self) -> str:
        """What was looked for."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
