"""What a person says of themselves: the same short pages in the first minutes and on the profile."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms

from mentoring.domain import membership
from mentoring.domain.membership import MOST_PLACES
from mentoring.domain.person import edit_profile
from mentoring.enums import Commitment, Family, Role
from mentoring.forms.characteristic import AnswersForm, offered
from mentoring.forms.renderer import Checkboxes, LongText
from mentoring.models import Characteristic, Membership, Organisation, Person
from mentoring.permissions import organisations_to_choose

MEETING: Final = ("meeting", "hours")
WANTED: Final = ("sponsorship_wanted",)
OFFERED: Final = ("sponsorship_offered",)
FIRST_WORK: Final = ("profession", "band")
TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class StepForm(AnswersForm):
    """A page of the profile: some of the person's own words, some answers, saved together."""

    words: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {field: getattr(person, field) for field in self.words}
        super().__init__(*args, person=person, initial=initial, **kwargs)

    def save(self) -> None:
        """Keep the whole page, or nothing of it."""
        changes = {field: self.cleaned_data[field] for field in self.words}
        edit_profile(by=self.person, changes=changes, answers=self.answers())


class LineField(forms.CharField):
    """A line of text that cannot turn round, or hide, what stands beside it on a page."""

    def to_python(self, value: Any) -> str:
        """Without the signs that set a direction until the end of the line; letters bring their own."""
        text: str = super().to_python(value) or ""
        return TURNING.sub("", text).strip()


class NameForm(StepForm):
    """What to call somebody. Many people have only one name."""

    words: ClassVar[tuple[str, ...]] = ("first_name", "last_name")
    first_name = LineField(
        label="First name",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "nhsuk-input--width-20"}),
    )
    last_name = LineField(
        label="Last name",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "class": "nhsuk-input--width-20"}),
    )

    def clean(self) -> dict[str, Any]:
        """One name is enough, none is not."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(letter.isalpha() for letter in said["first_name"] + said["last_name"]):
            self.add_error("first_name", "Enter what we should call you. One name is enough.")
        return said


class StartForm(NameForm):
    """The first page of all: a name, and what brings the person here unless their place says it."""

    here_for = forms.MultipleChoiceField(
        label="What brings you here?",
        help_text="Choose one or both. You can change your mind.",
        choices=[(Role.MENTEE, "I would like a mentor"), (Role.MENTOR, "I would like to mentor others")],
        widget=Checkboxes(attrs={"data-label-size": "m"}),
        error_messages={"required": "Choose what brings you here. Both is fine."},
    )

    def __init__(self, *args: Any, person: Person, ask_why: bool, why: Iterable[Role] = (), **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["here_for"].initial = list(why)
        if not ask_why:
            del self.fields["here_for"]


class AboutForm(NameForm):
    """About me."""

    words: ClassVar[tuple[str, ...]] = ("first_name", "last_name", "pronouns", "headline", "organisation", "journey")
    field_order = words
    pronouns = LineField(
        label="Pronouns",
        help_text="For example she/her, he/him or they/them.",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    headline = LineField(
        label="Yourself in one line",
        help_text="For example: Occupational therapist in stroke care, on the way to leading a team.",
        max_length=120,
        required=False,
    )
    organisation = forms.ModelChoiceField[Organisation](
        label="Who you work for",
        help_text="It is shown on your profile. Leave it open if you would rather not say, or it is not listed.",
        queryset=None,
        required=False,
        empty_label="Not listed, or I would rather not say",
    )
    journey = forms.CharField(
        label="My journey",
        help_text="Where you come from, where you are, where you would like to go. As much or as little as you like.",
        max_length=2000,
        required=False,
        widget=LongText(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations_to_choose()


class FirstWorkForm(StepForm):
    """Profession and band."""

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, key__in=FIRST_WORK)


class WorkForm(StepForm):
    """My work: everything professional that no other page asks."""

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, family=Family.PROFESSIONAL).exclude(key__in=[*MEETING, *WANTED, *OFFERED])


class MeetingForm(StepForm):
    """How and when somebody can meet."""

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, key__in=MEETING).order_by("-kind", "position")


class WantsForm(StepForm):
    """What a mentee hopes for."""

    words = ("wants",)
    field_order = (*WANTED, *words)
    wants = forms.CharField(
        label="In your own words, what would you like from mentoring?",
        help_text="A sentence or two is plenty. Mentors read it when you ask them, and not before.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 5, "data-label-size": "m"}),
    )

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, key__in=WANTED)


class OffersForm(StepForm):
    """What a mentor can do for somebody."""

    words = ("mentored",)
    field_order = (*OFFERED, *words)
    mentored = forms.CharField(
        label="Whom I have mentored so far",
        help_text="For example: students on placement, and two band 5 colleagues who are band 6 now. No names.",
        max_length=600,
        required=False,
        widget=LongText(attrs={"rows": 4, "data-label-size": "m"}),
    )

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, key__in=OFFERED)


class CommitmentsForm(StepForm):
    """What a mentor promises as an ally."""

    words = ("commitments", "commitment_words")
    commitments = forms.MultipleChoiceField(
        label="What you can count on",
        help_text="Tick only what you mean. Mentees are asked about it later, in confidence.",
        choices=Commitment.choices,
        required=False,
        widget=Checkboxes,
    )
    commitment_words = forms.CharField(
        label="Anything you would like to add",
        max_length=400,
        required=False,
        widget=LongText(attrs={"rows": 3}),
    )

    def questions(self) -> Iterable[Characteristic]:
        return ()


class ValuesForm(StepForm):
    """What matters to somebody."""

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, family=Family.VALUES)


class WorkingForm(StepForm):
    """How somebody works: the scales, and how they would like race to come up."""

    def questions(self) -> Iterable[Characteristic]:
        return offered(self.person, family=Family.WORKING_STYLES)


class PlacesForm(forms.Form):
    """How many mentees a mentor can have in one programme, and whether they take a break."""

    capacity = forms.IntegerField(
        label="How many mentees can you have at a time?",
        help_text=f"Between 1 and {MOST_PLACES}. One is a fine number.",
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": f"Enter a number between 1 and {MOST_PLACES}.",
            "invalid": f"Enter a whole number between 1 and {MOST_PLACES}.",
            "min_value": "Enter 1 or more. To have no new requests, take a break instead.",
            "max_value": f"Enter {MOST_PLACES} or fewer.",
        },
    )
    paused = forms.BooleanField(
        label="I am taking a break from new requests",
        help_text="Your mentees stay with you, and your profile says that you are taking a break.",
        required=False,
    )

    def __init__(self, *args: Any, place: Membership, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"capacity": place.capacity, "paused": place.paused}
        self.place, self.by = place, by

    def save(self) -> None:
        """Set the places."""
        membership.set_places(membership=self.place, by=self.by, **self.cleaned_data)
