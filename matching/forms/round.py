"""A coordinator's matching round: whom it is for, how it is worked out, what is decided by hand."""

from collections.abc import Mapping
from typing import Any

from django import forms

from matching.domain import rounds
from matching.domain.topic import Topic, topics_in
from matching.enums import ChangeKind, Objective
from matching.models import Change, Round, Run
from mentoring.forms.programme import mentee_share_field
from mentoring.forms.renderer import Checkboxes, Radios
from mentoring.models import Person, Programme

_OBJECTIVE_HINTS = {
    Objective.FAIR: "As many matches as possible; then the pair that fits least well fits as well as it can; "
    "then the best fit overall.",
    Objective.TOTAL: "As many matches as possible; then the best fit of all pairs together. One pair may do poorly "
    "so that others do well.",
    Objective.STABLE: "No mentee and mentor would both rather have each other. There may be fewer matches.",
}


class RunForm(forms.Form):
    """How a round is worked out."""

    objective = forms.ChoiceField(
        label="What matters most",
        choices=Objective.choices,
        widget=Radios(hints={str(key): words for key, words in _OBJECTIVE_HINTS.items()}),
        error_messages={"required": "Choose what matters most."},
    )
    mentee_share = mentee_share_field("The mentor’s side is the rest.")

    def __init__(self, *args: Any, round_: Round, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.by = round_, by
        self.initial = {"objective": round_.objective, "mentee_share": round_.mentee_share}

    def save(self) -> Run:
        """Ask for a run."""
        data = self.cleaned_data
        self.run = rounds.ask_for_run(
            round_=self.round,
            objective=Objective(data["objective"]),
            mentee_share=data["mentee_share"],
            by=self.by,
        )
        return self.run


class NewRoundForm(forms.Form):
    """Which mentees a round is for. Every mentor with a free place is in it; anybody can be left out afterwards."""

    name = forms.CharField(
        label="Name of this round",
        help_text="For you and other coordinators, for example “Spring 2027”.",
        max_length=80,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": "Give this round a name."},
    )
    profession = forms.MultipleChoiceField(label="Only these professions", required=False)
    region = forms.MultipleChoiceField(label="Only these regions", required=False)
    most = forms.IntegerField(
        label="At most how many mentees?",
        help_text="Those who have waited longest come first. Leave it empty for everybody.",
        min_value=1,
        max_value=1_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number.",
            "min_value": "Enter 1 or more, or nothing.",
            "max_value": "Enter a smaller number, or nothing for everybody.",
        },
    )

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.by = programme, by
        said, offered = rounds.said_by_looking_mentees(programme), topics_in(programme)
        for name in rounds.CHOSEN_BY:
            self._choose(name, offered.get(name), said[name])

    def _choose(self, name: str, topic: Topic | None, said: set[str]) -> None:
        choices = [(key, choice.label) for key, choice in topic.choices.items() if key in said] if topic else []
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.widget = Checkboxes(attrs={"class": "nhsuk-checkboxes--small"})
        field.choices = choices
        if len(choices) < 2:
            del self.fields[name]

    def save(self) -> Round:
        """Begin it."""
        data = self.cleaned_data
        self.round = rounds.begin_round(
            programme=self.programme,
            name=data["name"],
            choice=rounds.Choice(data.get("profession", ()), data.get("region", ()), data["most"]),
            objective=Objective.FAIR,
            mentee_share=self.programme.mentee_share,
            by=self.by,
        )
        return self.round


class _DecisionForm(forms.Form):
    """Something decided by hand, and why."""

    reason = forms.CharField(
        label="Why?",
        help_text="A few words for you and other coordinators. Nothing about anybody’s identity or health.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why, in a few words."},
    )

    def __init__(self, *args: Any, round_: Round, mentee: Person, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.mentee, self.by = round_, mentee, by

    def _decide(self, kind: ChangeKind, mentor: Person) -> Change:
        decide = rounds.keep_together if kind == ChangeKind.KEEP else rounds.keep_apart
        reason = self.cleaned_data["reason"]
        return decide(round_=self.round, mentee=self.mentee, mentor=mentor, reason=reason, by=self.by)


class PairForm(_DecisionForm):
    """Two people who stay together, or are not put together."""

    def __init__(self, *args: Any, kind: ChangeKind, mentor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.mentor = kind, mentor

    def save(self) -> Change:
        """Decide it."""
        return self._decide(self.kind, self.mentor)


class TogetherForm(_DecisionForm):
    """A mentor for one mentee, chosen by hand from those on the page, each with a line about them."""

    mentor = forms.ChoiceField(
        label="Mentor",
        error_messages={
            "required": "Choose a mentor.",
            "invalid_choice": "This mentor is not in the list any more. Look at it again.",
        },
    )
    field_order = ("mentor", "reason")

    def __init__(self, *args: Any, mentors: Mapping[str, tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentors = mentors
        field = self.fields["mentor"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = Radios(hints={key: line for key, (_, line) in mentors.items()})
        field.choices = [(key, person.name) for key, (person, _) in mentors.items()]

    def save(self) -> Change:
        """Put the two together."""
        return self._decide(ChangeKind.KEEP, self.mentors[self.cleaned_data["mentor"]][0])
