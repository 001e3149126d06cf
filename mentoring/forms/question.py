"""What a programme asks its people."""

from typing import Any, Final

from django import forms
from django.http import QueryDict

from mentoring.domain import question as domain
from mentoring.enums import Kind
from mentoring.forms.renderer import LongText, Radios
from mentoring.models import Characteristic, Person, Programme

_LONGEST_OPTION: Final = 120


def _reason(*, required_words: str = "") -> forms.CharField:
    return forms.CharField(
        label="Why do you ask this?",
        help_text=f"People read it before they answer. {required_words}".strip(),
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 4}),
    )


class ChooseForm(forms.Form):
    """Whether a programme asks one thing, and why."""

    asked = forms.ChoiceField(
        label="Do you ask this?",
        choices=[("yes", "Yes, ask it"), ("no", "No")],
        widget=Radios,
        error_messages={"required": "Choose yes or no."},
    )
    reason = _reason()

    def __init__(
        self,
        data: QueryDict | None,
        *,
        programme: Programme,
        characteristic: Characteristic,
        asked: bool,
        reason: str,
        by: Person,
    ) -> None:
        super().__init__(data, initial={"asked": "yes" if asked else "no", "reason": reason})
        self.programme, self.characteristic, self.by = programme, characteristic, by
        if not characteristic.needs_reason:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """What is sensitive is asked with a reason or not at all."""
        said = super().clean() or self.cleaned_data
        if self.characteristic.needs_reason and said.get("asked") == "yes" and not said.get("reason"):
            self.add_error("reason", "Say why you ask this, or choose not to ask it.")
        return said

    def save(self) -> None:
        """Ask it, or no longer."""
        domain.choose(
            programme=self.programme,
            characteristic=self.characteristic,
            asked=self.cleaned_data["asked"] == "yes",
            reason=self.cleaned_data.get("reason", ""),
            by=self.by,
        )


class OwnQuestionForm(forms.Form):
    """A question of the programme's own."""

    label = forms.CharField(
        label="Name of the question",
        help_text="Two or three words, as they stand on a profile. For example: Committee experience.",
        max_length=80,
        error_messages={"required": "Enter a short name for the question."},
    )
    question = forms.CharField(
        label="The question itself",
        help_text="For example: Which committees have you sat on?",
        max_length=200,
        error_messages={"required": "Enter the question that people are asked."},
    )
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=[
            (Kind.CATEGORY, "One answer out of a list"),
            (Kind.ORDINAL, "One answer out of a list that goes from less to more"),
            (Kind.MULTI, "Up to six answers out of a list"),
            (Kind.SCALE, "A point between two ends"),
        ],
        widget=Radios,
        error_messages={"required": "Choose how the question is answered."},
    )
    options = forms.CharField(
        label="Answers to choose from",
        help_text=f"One on each line, {domain.FEWEST_OPTIONS} to {domain.MOST_OPTIONS}. Leave this empty for a point "
        "between two ends.",
        max_length=2500,
        required=False,
        widget=LongText(attrs={"rows": 6}),
    )
    low = forms.CharField(label="One end", help_text="For a point between two ends.", max_length=80, required=False)
    high = forms.CharField(label="The other end", max_length=80, required=False)
    about_identity = forms.BooleanField(
        label="It is about who somebody is, and not about their work",
        help_text="Then each person chooses what their answer may be used for, and agrees to that.",
        required=False,
    )
    reason = _reason(required_words="Needed if it is about who somebody is.")

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.by = programme, by

    def clean_options(self) -> list[str]:
        """The answers, one a line; empty lines are nothing."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        options = [line for line in lines if line]
        if long := next((line for line in options if len(line) > _LONGEST_OPTION), None):
            raise forms.ValidationError(f"Make this answer shorter, {_LONGEST_OPTION} letters at most: “{long[:40]}…”")
        return options

    def clean(self) -> dict[str, Any]:
        """Each kind has what it needs, and what is sensitive a reason."""
        said = super().clean() or self.cleaned_data
        if said.get("kind") == Kind.SCALE:
            for end in ("low", "high"):
                if not said.get(end):
                    self.add_error(end, "Enter the words for this end.")
            if said.get("about_identity"):
                self.add_error("about_identity", "A point between two ends cannot be about who somebody is.")
        elif said.get("kind") and "options" not in self.errors and not said.get("options"):
            self.add_error("options", "Enter the answers, one on each line.")
        if said.get("about_identity") and not said.get("reason"):
            self.add_error("reason", "Say why you ask this.")
        return said

    def save(self) -> None:
        """Ask it from now on."""
        said = self.cleaned_data
        scale = said["kind"] == Kind.SCALE
        question = domain.OwnQuestion(
            label=said["label"],
            question=said["question"],
            kind=Kind(said["kind"]),
            about_identity=said["about_identity"],
            options=() if scale else said["options"],
            low=said["low"] if scale else "",
            high=said["high"] if scale else "",
        )
        domain.add_own(programme=self.programme, question=question, reason=said["reason"], by=self.by)
