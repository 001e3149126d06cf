"""Scales that are asked by statements: four answers each, of which only the result is kept."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms import BoundField

from mentoring.domain.consent import Answer, give_values
from mentoring.domain.personality import point
from mentoring.enums import Family
from mentoring.forms.characteristic import Line, given_by, offered
from mentoring.models import Characteristic, CharacteristicValue, Person

ANSWERS: Final = [
    ("1", "Not at all like me"),
    ("2", "Not much like me"),
    ("3", "In between"),
    ("4", "Quite like me"),
    ("5", "Just like me"),
]


class PersonalityForm(forms.Form):
    """Statements in blocks, one block a scale. A block is answered whole or left open, and can be taken back."""

    all_optional = True

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.scales = [row for row in offered(person, family=Family.WORKING_STYLES) if row.items]
        self.given = given_by(person, self.scales)
        for scale in self.scales:
            for number, (text, _) in enumerate(scale.items):
                self.fields[f"{scale.key}_{number}"] = _statement(text)
            if scale.key in self.given:
                self.fields[f"{scale.key}_back"] = forms.BooleanField(label="Take my result back", required=False)

    def blocks(self) -> Iterator[tuple[Characteristic, CharacteristicValue | None, list[BoundField]]]:
        """Each scale with the result there is, and its fields."""
        for scale in self.scales:
            names = [name for name in self.fields if name.startswith(f"{scale.key}_")]
            yield scale, self.given.get(scale.key), [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """A result needs all of its statements; with some of them, each that is missing says so."""
        said = super().clean() or self.cleaned_data
        for scale in self.scales:
            names = self._names(scale)
            missing = [name for name in names if not said.get(name) and name not in self.errors]
            if missing and len(missing) < len(names) and not said.get(f"{scale.key}_back"):
                for name in missing:
                    self.add_error(name, "Choose an answer here too: a result needs all four statements.")
        return said

    def save(self) -> None:
        """Keep the result of each block that was answered, and take back what is to be taken back."""
        give_values(answers=list(self._answers()), by=self.person)

    def _answers(self) -> Iterator[Answer]:
        for scale in self.scales:
            said = [self.cleaned_data[name] for name in self._names(scale)]
            if self.cleaned_data.get(f"{scale.key}_back"):
                yield Answer(scale)
            elif all(said):
                yield Answer(scale, point=point([int(each) for each in said], [turn for _, turn in scale.items]))

    def _names(self, scale: Characteristic) -> list[str]:
        return [f"{scale.key}_{number}" for number in range(len(scale.items))]


def _statement(text: str) -> forms.Field:
    return forms.ChoiceField(
        label=text,
        choices=ANSWERS,
        required=False,
        widget=Line(attrs={"data-label-size": "s"}),
        error_messages={"invalid_choice": "Choose one of the five answers."},
    )
