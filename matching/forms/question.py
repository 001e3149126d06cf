"""One of the four questions: the person's own words, and what they pick to put under it."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from matching.domain.preference import say_in_own_words
from matching.enums import Side, Strength
from matching.presenters.preferences import Pick, PickFamily
from mentoring.forms.renderer import Checkboxes, LongText
from mentoring.models import Person

_PICK: Final = "pick_"


class QuestionForm(forms.Form):
    """Own words, and ticks by family; nothing of it is needed."""

    all_optional = True

    words = forms.CharField(
        label="In your own words",
        help_text="For your own reflection. Nobody else ever reads it.",
        max_length=400,
        required=False,
        widget=LongText(attrs={"rows": 3, "data-label-size": "m"}),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        person: Person,
        side: Side,
        question: Strength,
        words: str,
        families: Sequence[PickFamily],
    ) -> None:
        super().__init__(data, initial={"words": words})
        self.person, self.side, self.question = person, side, question
        for family in families:
            self.fields[f"{_PICK}{family.key}"] = forms.MultipleChoiceField(
                label=family.heading,
                choices=[(pick.key, pick.label) for pick in family.picks],
                required=False,
                widget=Checkboxes(
                    hints=_hints(family.picks),
                    attrs={"class": "nhsuk-checkboxes--small al-columns", "data-label-size": "s"},
                ),
                error_messages={"invalid_choice": "That is not offered any more. Choose from these."},
            )

    @property
    def picks(self) -> list[forms.BoundField]:
        """The fields with ticks, a family each."""
        return [self[name] for name in self.fields if name.startswith(_PICK)]

    @property
    def picked(self) -> list[str]:
        """What was ticked, in the order offered."""
        chosen: list[Any] = [self.cleaned_data[name] for name in self.fields if name.startswith(_PICK)]
        return [key for each in chosen for key in each]

    def save(self) -> None:
        """Keep the words; what was picked is asked about on the next page."""
        say_in_own_words(side=self.side, strength=self.question, words=self.cleaned_data["words"], by=self.person)


def _hints(picks: Sequence[Pick]) -> dict[str, str]:
    return {pick.key: f"Now under “{pick.now_under}”" for pick in picks if pick.now_under}
