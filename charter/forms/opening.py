"""Choosing a level: to open an assessment with."""

from typing import Any

from django import forms

from charter.domain.assessment import open_assessment
from charter.framework import Framework
from charter.models import Assessment
from mentoring.forms.renderer import Radios
from mentoring.models import Organisation, Person


class OpeningForm(forms.Form):
    """The level applied for."""

    level = forms.ChoiceField(
        label="Which level would you like to apply for?",
        help_text="You can change it at any time. Nothing that you answer is lost.",
        widget=Radios,
        error_messages={"required": "Choose a level.", "invalid_choice": "Choose a level."},
    )

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        hints: dict[str, str],
        organisation: Organisation,
        by: Person,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(field.widget, Radios)
        field.choices = [(level.id, level.name) for level in framework.levels]
        field.widget.hints = hints
        self.organisation, self.by = organisation, by

    def save(self) -> Assessment:
        """Open the assessment."""
        return open_assessment(organisation=self.organisation, level=self.cleaned_data["level"], by=self.by)
