"""Narrowing the list of mentors. A GET form: its address can be kept."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from matching.domain.inputs import Inputs
from matching.domain.ranking import Narrowing
from matching.domain.topic import ORGANISATION, Choice
from matching.enums import Order
from mentoring.forms.renderer import Checkboxes

OTHER: Final = "another-employer"
LONGEST: Final = 100
_LABELS: Final[Mapping[str, str]] = {
    "profession": "Profession",
    "region": "Where",
    "meeting": "How and when you meet",
}


def narrowing_of(data: QueryDict, inputs: Inputs) -> Narrowing:
    """What an address asks for; what is not offered narrows nothing, so that no address is wrong."""
    chosen: dict[str, Collection[str]] = {name: _given(data, name, inputs) for name in _LABELS}
    employer, employers = data.get("employer", ""), _offered(ORGANISATION, inputs)
    if employer == OTHER:
        chosen[ORGANISATION] = [key for key in employers if key != inputs.asker.values.get(ORGANISATION)]
    elif employer in employers:
        chosen[ORGANISATION] = [employer]
    words = data.get("q", "").replace("\x00", "")[:LONGEST]
    wanted = data.get("order", "")
    order = Order(wanted) if wanted in Order.values else Order.FIT
    return Narrowing(words=words, chosen=chosen, full="full" in data, order=order)


class SearchForm(forms.Form):
    """Words, and some of what mentors say of their work. It is drawn from the address and never validated."""

    all_optional = True

    order = forms.ChoiceField(label="Order", choices=Order.choices, widget=forms.Select)
    q = forms.CharField(
        required=False,
        label="Name or words",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    profession = forms.MultipleChoiceField(required=False)
    region = forms.MultipleChoiceField(required=False)
    meeting = forms.MultipleChoiceField(required=False)
    employer = forms.ChoiceField(required=False, label="Employer", widget=forms.Select)
    full = forms.MultipleChoiceField(
        required=False,
        label="Places",
        choices=[("on", "Also show mentors who are full or on a break")],
        widget=Checkboxes(attrs={"class": "nhsuk-checkboxes--small"}),
    )

    def __init__(self, data: QueryDict, *, inputs: Inputs, counts: Mapping[str, Mapping[str, int]]) -> None:
        given = {name: _given(data, name, inputs) for name in _LABELS}
        narrowing = narrowing_of(data, inputs)
        employer = data.get("employer", "") if narrowing.chosen.get(ORGANISATION) else ""
        initial = {
            "order": narrowing.order,
            **given,
            "q": narrowing.words,
            "full": ["on"] if narrowing.full else [],
            "employer": employer,
        }
        super().__init__(initial=initial, auto_id="filter_%s")
        for name, label in _LABELS.items():
            self.fields[name].label = label
            self.fields[name].widget = Checkboxes(attrs={"class": "nhsuk-checkboxes--small"})
            self._choose(name, _counted(_offered(name, inputs), counts.get(name, {}), given[name]))
        first = [("", "Any employer")]
        if inputs.asker.values.get(ORGANISATION):
            first.append((OTHER, "Any but mine"))
        listed = _counted(_offered(ORGANISATION, inputs), counts.get(ORGANISATION, {}), [employer])
        self._choose("employer", first + listed)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if len(choices) == 0:
            del self.fields[name]


def _given(data: QueryDict, name: str, inputs: Inputs) -> list[str]:
    offered = _offered(name, inputs)
    return [key for key in data.getlist(name) if key in offered]


def _offered(name: str, inputs: Inputs) -> Mapping[str, Choice]:
    return inputs.topics[name].choices if name in inputs.topics else {}


def _counted(
    offered: Mapping[str, Choice], counts: Mapping[str, int], chosen: Collection[str]
) -> list[tuple[str, str]]:
    """What would leave any mentor, or was chosen, with how many it would leave."""
    return [
        (key, f"{choice.label} ({counts.get(key, 0)})")
        for key, choice in offered.items()
        if counts.get(key) or key in chosen
    ]
