"""A credential: one form for each kind."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from mentoring.domain import clock
from mentoring.domain import credential as domain
from mentoring.enums import CredentialKind, TrainingTopic
from mentoring.forms.profile import LineField
from mentoring.forms.renderer import Radios
from mentoring.models import Credential, Person

_WORDS: Final = {
    CredentialKind.REGISTRATION: ("What you are registered as", "For example: Occupational therapist", "Register"),
    CredentialKind.QUALIFICATION: ("Qualification", "For example: MSc Advanced Practice", "Where you gained it"),
    CredentialKind.TRAINING: ("Training", "For example: Inclusive mentoring, two days", "Who gave it"),
}
_BODY_HINT: Final = {CredentialKind.REGISTRATION: "For example: HCPC, NMC, GMC, GPhC or Social Work England"}


class MonthField(forms.DateField):
    """A month and a year, kept as the month's first day."""

    widget = forms.TextInput(attrs={"class": "nhsuk-input--width-5", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%m/%Y", "%m.%Y", "%m %Y", "%B %Y", "%b %Y", "%Y-%m"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return f"{value:%m/%Y}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """The first day of a month that is not to come."""
        found: date | None = super().clean(value)
        if found and found > clock.now().date():
            raise ValidationError("Enter a month that is not in the future.")
        return found


class CredentialForm(forms.Form):
    """What it is, from whom, and since when."""

    topic = forms.ChoiceField(
        label="What was it about?",
        choices=TrainingTopic.choices,
        widget=Radios,
        error_messages={"required": "Choose what it was about."},
    )
    title = LineField(max_length=120)
    body = LineField(max_length=120, required=False)
    number = LineField(
        label="Registration number",
        help_text="Only you and coordinators who check it see the number.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    gained_on = MonthField(
        label="Since when",
        help_text="Month and year, for example 03/2026.",
        required=False,
        error_messages={"invalid": "Enter a month and a year, for example 03/2026."},
    )

    def __init__(
        self, *args: Any, kind: CredentialKind, by: Person, credential: Credential | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by, self.credential = kind, by, credential
        label, hint, body = _WORDS[kind]
        self.fields["title"].label, self.fields["title"].help_text = label, hint
        self.fields["title"].error_messages["required"] = f"Enter {label[:1].lower()}{label[1:]}."
        self.fields["body"].label, self.fields["body"].help_text = body, _BODY_HINT.get(kind, "")
        if kind == CredentialKind.TRAINING:
            self.fields["gained_on"].label = "When"
        if kind != CredentialKind.REGISTRATION:
            del self.fields["number"]
        if kind != CredentialKind.TRAINING:
            del self.fields["topic"]
        if credential:
            self.initial = {field: getattr(credential, field) for field in domain.FIELDS}

    def save(self) -> None:
        """Add it, or change it."""
        if self.credential is None:
            domain.add_credential(kind=self.kind, said=self.cleaned_data, by=self.by)
        else:
            domain.change_credential(credential=self.credential, said=self.cleaned_data, by=self.by)


class CheckForm(forms.Form):
    """A coordinator's word on a credential, about what they saw."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Have you checked it?",
        choices=[("yes", "Yes, I have seen that it is so"), ("no", "No, it stays in their own word")],
        widget=Radios(hints={"yes": "Whoever sees the mentor reads that the programme checked it, and when."}),
        error_messages={"required": "Choose whether you have checked it."},
    )
    note = LineField(
        label="How you checked it",
        help_text="For other coordinators. For example: HCPC’s online register, 27 November.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, credential: Credential, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.credential, self.by = credential, by
        self.initial = {"seen": credential.changed_at.isoformat(), "note": credential.note}
        self.initial["decision"] = "yes" if credential.verified_at else None

    def clean(self) -> dict[str, Any]:
        """Who says yes says how."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("decision") == "yes" and not said.get("note"):
            self.add_error("note", "Say in a few words how you checked it.")
        return said

    def save(self) -> None:
        """Verify it, or take that back."""
        if self.cleaned_data["decision"] == "no":
            domain.take_back_verification(credential=self.credential, by=self.by)
            return
        seen, note = self.cleaned_data["seen"], self.cleaned_data["note"]
        domain.verify_credential(credential=self.credential, seen=seen, note=note, by=self.by)
