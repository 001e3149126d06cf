"""Answering one criterion. What it asks follows from the criterion's kind."""

import re
from typing import Any, Final

from django import forms

from charter.domain.answer import BAD_DUE, due_in_time, save_answer
from charter.domain.content import NAMES, Content, content_of, only_for
from charter.enums import AnswerStatus
from charter.framework import Criterion, Framework, FrameworkError, Kind, parse_answer
from charter.models import Answer, Assessment
from mentoring.forms.renderer import DatePicker, LongText, Radios
from mentoring.models import Person

MOST: Final = 9_999_999
TOO_LONG: Final = "Use at most %(limit_value)d characters; there are %(show_value)d now."
OUT_OF_DATE: Final = "This page is out of date. Open the question again."
GONE: Final = "Choose one of these."
COUNTS: Final = (("first_n", "first_d"), ("second_n", "second_d"))
_HINTS: Final = {
    AnswerStatus.MET: "All of it, now.",
    AnswerStatus.PARTLY: "Some of it, or not everywhere yet.",
    AnswerStatus.NOT_MET: "An honest gap with a plan is worth more than an excuse.",
}


class WholeNumber(forms.IntegerField):
    """A count as people write it: 1200, 1,200 or 1 200."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-5"})
        messages = {
            "invalid": "Enter a whole number, like 24.",
            "min_value": "Enter 0 or more.",
            "max_value": "This number is too large; check it.",
        }
        super().__init__(required=False, min_value=0, max_value=MOST, widget=widget, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number, with thousands marks and blanks taken out."""
        return super().to_python(re.sub(r"(?<=\d)[,\s](?=\d{3}\b)", "", value) if isinstance(value, str) else value)


class AnswerForm(forms.Form):
    """Status or counts, a reason, and an action; with the version that the person saw."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), OUT_OF_DATE),
    )
    status = forms.ChoiceField(required=False, widget=Radios, error_messages={"invalid_choice": GONE})
    first_n = WholeNumber()
    first_d = WholeNumber()
    second_n = WholeNumber()
    second_d = WholeNumber()
    reason = forms.CharField(
        max_length=4000,
        required=False,
        widget=LongText(attrs={"rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )
    action = forms.CharField(
        label="What you will do",
        help_text="One thing that can be finished: who does it, and how you will know that it is done.",
        max_length=1000,
        required=False,
        widget=LongText(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    action_due = forms.DateField(
        label="By when",
        required=False,
        widget=DatePicker,
        error_messages={"invalid": "Enter a real date, like 2027-06-30."},
    )
    all_optional = True

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        framework: Framework,
        criterion: Criterion,
        answer: Answer | None,
        by: Person,
        **kwargs: Any,
    ) -> None:
        content = content_of(answer)
        kwargs["initial"] = {name: getattr(content, name) for name in NAMES}
        kwargs["initial"]["version"] = answer.version if answer else 0
        super().__init__(*args, **kwargs)
        self.assessment, self.framework, self.criterion = assessment, framework, criterion
        self.before, self.by = content, by
        self._shape()

    def _shape(self) -> None:
        """Leave the fields this criterion has, in its own words."""
        self._shape_status()
        for names, side in zip(COUNTS, (*self.criterion.sides, None, None)[:2], strict=True):
            for name, words in zip(names, (side.numerator, side.denominator) if side else ("", ""), strict=True):
                if side:
                    self.fields[name].label = f"Number of {words}"
                else:
                    del self.fields[name]
        self.fields["reason"].label = "Why do you say so?" if self._is_statement else "Anything to explain"
        self.fields["reason"].help_text = (
            "What is in place, since when, and how somebody could see it."
            if self._is_statement
            else "How you counted, who was left out, what the number does not show."
        )

    def _shape_status(self) -> None:
        if not self._is_statement and not self.criterion.not_applicable:
            del self.fields["status"]
            return
        chosen = [choice for choice in AnswerStatus if self._is_statement or choice == AnswerStatus.NOT_APPLICABLE]
        if not self.criterion.not_applicable:
            chosen.remove(AnswerStatus.NOT_APPLICABLE)
        choices = [(choice.value, str(choice.label)) for choice in chosen]
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices if self._is_statement else [("", "It applies: see our numbers"), *choices]
        field.label = "Is it so where you are?" if self._is_statement else "Does this apply to you?"
        assert isinstance(field.widget, Radios)
        field.widget.hints = self._hints()

    def _hints(self) -> dict[str, str]:
        least = self.framework.rules.not_applicable_reason
        claim = f"Say why below, in at least {least} characters. Assessors will look at it."
        return {choice.value: hint for choice, hint in _HINTS.items()} | {AnswerStatus.NOT_APPLICABLE.value: claim}

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The boxes for counts, in the order they are asked."""
        return [self[name] for pair in COUNTS for name in pair if name in self.fields]

    @property
    def _is_statement(self) -> bool:
        return self.criterion.kind is Kind.STATEMENT

    @property
    def content(self) -> Content:
        """What was filled in, once it is checked."""
        values: dict[str, Any] = {name: self.cleaned_data.get(name) for name in NAMES}
        words = {name: values[name] or "" for name in ("status", "reason", "action")}
        return only_for(self.criterion, Content(**{**values, **words}))

    def clean(self) -> dict[str, Any]:
        """Everything the framework would refuse, each at the field that mends it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._check_counts()
            self._check_action()
        if not self.errors:
            self._check_whole()
        return cleaned

    def _check_counts(self) -> None:
        """Both numbers of each pair, and no part larger than its whole."""
        given = [name for pair in COUNTS for name in pair if getattr(self.content, name) is not None]
        asked = [name for pair in COUNTS for name in pair if name in self.fields]
        for name in asked if given else []:
            if name not in given:
                self.add_error(name, "Enter this number too: the answer needs all of them.")
        for n, d in COUNTS:
            part, whole = getattr(self.content, n), getattr(self.content, d)
            if part is not None and whole is not None and part > whole:
                self.add_error(n, f"This cannot be more than the {whole} below. Check both numbers.")

    def _check_action(self) -> None:
        content = self.content
        if content.action and content.action_due is None:
            self.add_error("action_due", "Say by when. An action without a date is a wish.")
        elif content.action_due and not content.action:
            self.add_error("action", "Say what you will do by then.")
        elif content.action_due != self.before.action_due and not due_in_time(self.framework, content.action_due):
            self.add_error("action_due", BAD_DUE)

    def _check_whole(self) -> None:
        """What is left for the framework itself to say."""
        content = self.content
        try:
            answer = parse_answer(self.framework, self.criterion.id, content.as_raw(self.criterion))
        except FrameworkError as error:
            self.add_error(self._field_of(content), error.message)
            return
        if not answer.answered and not content.action:
            self.add_error(*self._unsaid())

    def _unsaid(self) -> tuple[str, str]:
        if self._is_statement:
            return "status", "Choose an answer. If you cannot say yet, give an action below."
        return "first_n", "Enter the numbers. If you do not have them yet, give an action below."

    def _field_of(self, content: Content) -> str:
        """Where the framework's objection is mended: the reason of a status, or a total that is 0."""
        if content.status:
            return "reason" if content.first_d is None else "status"
        zero = [name for name in ("first_d", "second_d", "second_n") if getattr(content, name) == 0]
        return zero[0] if zero else "first_n"

    def save(self) -> Answer:
        """Keep the answer."""
        return save_answer(
            assessment=self.assessment,
            criterion_id=self.criterion.id,
            content=self.content,
            version=self.cleaned_data["version"],
            by=self.by,
        )
