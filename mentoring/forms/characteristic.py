"""Questions about characteristics, built from the catalogue's rows: one field for each, by its kind."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Prefetch, Q, QuerySet

from mentoring.domain import consent
from mentoring.domain.consent import MOST_OPTIONS, Answer
from mentoring.enums import Family, Kind, Purpose
from mentoring.forms.renderer import Checkboxes, Radios
from mentoring.models import Characteristic, CharacteristicValue, NotSaid, Option, Person
from mentoring.permissions import characteristics_asked_of

LONG_LIST: Final = 8
LONG_ALONE: Final = 20
"""From so many options on, a single answer is chosen from a list instead of radio buttons: among other
questions, and where the question has a page of its own."""
TAKE_BACK: Final = ("", "Leave this open")
_OPTIONS: Final = Prefetch("options", Option.objects.filter(retired=False))
_NOT_OFFERED: Final = "Choose one of the answers that are offered."

Choices = list[Any]


class Line(Radios):
    """Five radio buttons on a line between two poles; one below another on a phone."""

    template_name = "mentoring/profile/widgets/line.html"


def offered(person: Person, **which: object) -> QuerySet[Characteristic]:
    """Characteristics that the person is asked about, with their options: two queries."""
    return characteristics_asked_of(person).filter(derived="", **which).prefetch_related(_OPTIONS)


def field_for(characteristic: Characteristic, value: CharacteristicValue | None, *, alone: bool = False) -> forms.Field:
    """The form field of a characteristic, holding the person's answer if there is one.

    Args:
        alone: the question has a page of its own, and with it another way of taking an answer back. Elsewhere
            radio buttons, which cannot be unticked, offer to leave open what was answered.
    """
    back = [TAKE_BACK] if value and not alone else []
    if characteristic.kind == Kind.SCALE:
        return _scale(characteristic, value, back)
    if characteristic.kind == Kind.MULTI:
        return _several(characteristic, value)
    if len(characteristic.options.all()) >= (LONG_ALONE if alone else LONG_LIST):
        return _one_of_many(characteristic, value)
    return _one(characteristic, value, back)


def _scale(characteristic: Characteristic, value: CharacteristicValue | None, back: Choices) -> forms.Field:
    low, high = characteristic.low, characteristic.high
    points = [f"{low}, clearly", f"{low}, a little", "In between", f"{high}, a little", f"{high}, clearly"]
    choices: Choices = [(str(point), words) for point, words in enumerate(points, start=1)]
    return forms.TypedChoiceField(
        label=characteristic.question,
        help_text=characteristic.hint,
        choices=[*choices, *back],
        coerce=int,
        empty_value=None,
        required=False,
        initial=str(value.point) if value else None,
        widget=Line(attrs={"data-label-size": "s"}),
        error_messages={"invalid_choice": _NOT_OFFERED},
    )


def _several(characteristic: Characteristic, value: CharacteristicValue | None) -> forms.Field:
    return UpToSixField(
        label=characteristic.question,
        help_text=characteristic.hint,
        choices=_choices(characteristic.options.all()),
        required=False,
        initial=value.options if value else [],
        widget=Checkboxes(attrs={"class": "al-columns", "data-label-size": "m"}),
        error_messages={"invalid_choice": _NOT_OFFERED},
    )


def _one(characteristic: Characteristic, value: CharacteristicValue | None, back: Choices) -> forms.Field:
    choices = _choices(characteristic.options.all())
    return _single(characteristic, value, [*_told_apart(choices), *back], Radios(attrs={"data-label-size": "m"}))


def _one_of_many(characteristic: Characteristic, value: CharacteristicValue | None) -> forms.Field:
    choices = [("", "Choose from the list"), *_choices(characteristic.options.all())]
    return _single(characteristic, value, choices, forms.Select(attrs={"data-label-size": "m"}))


def _single(
    characteristic: Characteristic, value: CharacteristicValue | None, choices: Choices, widget: forms.Widget
) -> forms.Field:
    return forms.ChoiceField(
        label=characteristic.question,
        help_text=characteristic.hint,
        choices=choices,
        required=False,
        initial=value.options[0] if value else "",
        widget=widget,
        error_messages={"invalid_choice": _NOT_OFFERED},
    )


def _choices(options: Iterable[Option]) -> Choices:
    """Choices in the catalogue's order; those of one parent group stand together, where its first one stood."""
    choices: Choices = []
    groups: dict[str, Choices] = {}
    for option in options:
        entry = (option.key, option.label)
        if not option.parent_label:
            choices.append(entry)
            continue
        if option.parent_label not in groups:
            groups[option.parent_label] = []
            choices.append((option.parent_label, groups[option.parent_label]))
        groups[option.parent_label].append(entry)
    return choices


def _told_apart(choices: Choices) -> Choices:
    """Radio buttons under a heading seem to belong to it, so none has one where a lone one would come after."""
    grouped = [isinstance(inner, list) for _, inner in choices]
    if grouped == sorted(grouped):
        return choices
    return [entry for key, inner in choices for entry in (inner if isinstance(inner, list) else [(key, inner)])]


class UpToSixField(forms.MultipleChoiceField):
    """Several answers, six at most; the error says how many to take away."""

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_OPTIONS:
            raise forms.ValidationError(
                f"Choose six at most. You have chosen {len(value)}, so untick {len(value) - MOST_OPTIONS}."
            )


class AnswersForm(forms.Form):
    """A page of questions about characteristics. Every one may be left open."""

    all_optional = True

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.characteristics = list(self.questions())
        given = given_by(person, self.characteristics)
        for characteristic in self.characteristics:
            self.fields[characteristic.key] = field_for(characteristic, given.get(characteristic.key))
        self.order_fields(self.field_order)

    def questions(self) -> Iterable[Characteristic]:
        """What this page asks."""
        return []

    def answers(self) -> list[Answer]:
        """What was said, open questions included: they take an earlier answer back."""
        return [
            _answer(characteristic, self.cleaned_data[characteristic.key]) for characteristic in self.characteristics
        ]


def given_by(person: Person, characteristics: Iterable[Characteristic]) -> dict[str, CharacteristicValue]:
    """The person's own answers by characteristic."""
    rows = CharacteristicValue.objects.filter(person=person, characteristic__in=list(characteristics))
    rows = rows.select_related("consent")
    return {row.characteristic_id: row for row in rows}


def _answer(characteristic: Characteristic, said: Any) -> Answer:
    if characteristic.kind == Kind.SCALE:
        return Answer(characteristic, point=said)
    options = tuple(said) if characteristic.kind == Kind.MULTI else tuple(filter(None, [said]))
    return Answer(characteristic, options=options)


class IdentityForm(forms.Form):
    """One thing about a person's identity: the answer, what it may be used for, and an explicit yes to that."""

    NOT_SAID: ClassVar[str] = "not_said"

    purpose = forms.ChoiceField(
        label="What may your answer be used for?",
        choices=[*Purpose.choices, (NOT_SAID, "I would rather not say")],
        widget=Radios(
            hints={
                Purpose.PROFILE: "People who can see your profile see it, and it counts when matches are ranked.",
                Purpose.ROUNDS: "Nobody sees it on a page. It never changes what anybody finds by themselves.",
                Purpose.MONITORING: "It is added up with others, and small numbers are hidden. It never matches you. "
                "No totals are published yet.",
                NOT_SAID: "We keep only that you would rather not say. If you answered before, that answer is removed.",
            },
            attrs={"data-label-size": "m"},
        ),
        error_messages={"required": "Choose one of these. “I would rather not say” is a fine choice."},
    )
    agree = forms.BooleanField(label="I agree", required=False)

    def __init__(self, *args: Any, person: Person, characteristic: Characteristic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.characteristic = person, characteristic
        value = given_by(person, [characteristic]).get(characteristic.key)
        self.fields["answer"] = field_for(characteristic, value, alone=True)
        if value and value.consent:
            self.fields["purpose"].initial = value.consent.purpose
        elif NotSaid.objects.filter(person=person, characteristic=characteristic).exists():
            self.fields["purpose"].initial = self.NOT_SAID
        self.order_fields(["answer", "purpose", "agree"])

    def clean(self) -> dict[str, Any]:
        """Whoever would rather not say needs nothing else; everybody else an answer and a tick."""
        said = super().clean() or self.cleaned_data
        if said.get("purpose") in (None, self.NOT_SAID):
            return said
        if not said.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Choose an answer, or choose “I would rather not say” below.")
        if not said.get("agree"):
            self.add_error("agree", "Tick the box if you agree, or choose “I would rather not say” above.")
        return said

    def save(self) -> None:
        """Keep the answer on a consent of its own, or remove it."""
        if self.cleaned_data["purpose"] == self.NOT_SAID:
            consent.rather_not_say(characteristic=self.characteristic, by=self.person)
            return
        answer = _answer(self.characteristic, self.cleaned_data["answer"])
        consent.give_value(
            characteristic=self.characteristic,
            options=answer.options,
            point=answer.point,
            purpose=Purpose(self.cleaned_data["purpose"]),
            by=self.person,
        )


def identity_questions(person: Person) -> QuerySet[Characteristic]:
    """Everything about identity that the person is asked."""
    return offered(person, family=Family.SURFACE)


def identity_said(person: Person) -> QuerySet[Characteristic]:
    """Everything about identity that the person is asked or has answered before: they can always take it back."""
    asked = characteristics_asked_of(person).filter(family=Family.SURFACE)
    said = CharacteristicValue.objects.filter(person=person).values("characteristic")
    rows = Characteristic.objects.filter(Q(pk__in=asked.values("pk")) | Q(pk__in=said), family=Family.SURFACE)
    return rows.prefetch_related(_OPTIONS)
