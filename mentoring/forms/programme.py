"""What a coordinator says of their programme, and whom they let in."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from mentoring.domain import membership
from mentoring.domain import programme as domain
from mentoring.enums import MembershipState, Role
from mentoring.forms.renderer import LongText
from mentoring.models import Membership, Person, Programme


def mentee_share_field(help_text: str = "") -> forms.IntegerField:
    """How much the mentee's side counts in a match, in per cent: asked of a programme and of each round."""
    return forms.IntegerField(
        label="How much does the mentee’s side count, from 0 to 100?",
        help_text=help_text,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter a number from 0 to 100.",
            "invalid": "Enter a whole number from 0 to 100.",
            "min_value": "Enter 0 or more.",
            "max_value": "Enter 100 or less.",
        },
    )


class ProgrammeForm(forms.Form):
    """A form about one programme, filled in by somebody who runs it; `title` and `words` stand over it."""

    title: ClassVar[str]
    words: ClassVar[tuple[str, ...]] = ()
    kept_in: ClassVar[str]

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.by = by
        self.initial = {next(iter(self.fields)): getattr(programme, self.kept_in)}

    def save(self) -> None:
        """Say it of the programme."""
        raise NotImplementedError


class DescriptionForm(ProgrammeForm):
    """What the programme is, in public."""

    title = "Description"
    kept_in = "description"
    description = forms.CharField(
        label="What is this programme?",
        help_text="Anybody can read this before they join: whom it is for, who runs it, what people can expect.",
        max_length=1000,
        required=False,
        widget=LongText(attrs={"rows": 8}),
    )

    def save(self) -> None:
        """Describe the programme."""
        domain.describe(programme=self.programme, description=self.cleaned_data["description"], by=self.by)


class PositiveActionForm(ProgrammeForm):
    """Why mentees may make something about identity a condition."""

    title = "Positive action"
    words = (
        "Mentees can always say what would help them. To make something about identity a condition, so that mentors "
        "without it are not shown at all, a programme needs a reason: the Equality Act 2010 (sections 158 and 159) "
        "allows positive action where people are under-represented or at a disadvantage.",
        "Whether your reason is good enough is a question for whoever advises you on the law. This is where you record "
        "it. While it is empty, such wishes still count towards a match, but exclude nobody.",
    )
    kept_in = "positive_action_reason"
    reason = forms.CharField(
        label="Why may mentees ask only for mentors of a certain background?",
        help_text="For example: under-representation at senior levels, with the figures you rely on. Leave it empty "
        "if mentees may not.",
        max_length=1000,
        required=False,
        widget=LongText(attrs={"rows": 8}),
    )

    def save(self) -> None:
        """Record the reason."""
        domain.record_positive_action(programme=self.programme, reason=self.cleaned_data["reason"], by=self.by)


class MenteeShareForm(ProgrammeForm):
    """How the two sides are weighed in a match."""

    title = "Whose wishes count how much"
    words = (
        "Mentees and mentors both say what they hope for. A match puts the two together, and this is how heavily the "
        "mentee’s side counts; the mentor’s side is the rest.",
        "With 70, a match is seven parts what the mentee asked for and three parts what the mentor did. With 100, only "
        "the mentee’s wishes count. It changes the order in which mentors are shown, never who may ask whom.",
    )
    kept_in = "mentee_share"
    mentee_share = mentee_share_field()

    def save(self) -> None:
        """Weigh the sides."""
        domain.weigh_sides(programme=self.programme, mentee_share=self.cleaned_data["mentee_share"], by=self.by)


class PeopleFilterForm(forms.Form):
    """Finding somebody among a programme's people; what makes no sense is passed over."""

    all_optional = True
    q = forms.CharField(label="Name", max_length=100, required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "All roles"), *Role.choices], required=False)
    state = forms.ChoiceField(label="Where they stand", choices=[("", "All"), *MembershipState.choices], required=False)

    def chosen(self, field: str) -> str:
        """What was asked for in a field; nothing when it is not on offer."""
        self.is_valid()
        return str(self.cleaned_data.get(field, ""))


class DecideForm(forms.Form):
    """Letting people in, or not: one or many at once.

    Args:
        waiting: the memberships that this coordinator may decide on.
    """

    decision = forms.ChoiceField(
        choices=[("approve", ""), ("decline", "")],
        error_messages={"required": "Choose what to do.", "invalid_choice": "Choose what to do."},
    )
    chosen = forms.ModelMultipleChoiceField(
        label="",
        queryset=Membership.objects.none(),
        error_messages={
            "required": "Choose at least one person.",
            "invalid_choice": "Somebody you chose has gone in the meantime. Look at the list again.",
            "invalid_pk_value": "Somebody you chose has gone in the meantime. Look at the list again.",
        },
    )

    def __init__(self, *args: Any, waiting: QuerySet[Membership], by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = waiting
        self.by = by

    @property
    def lets_in(self) -> bool:
        """Whether the answer is a yes."""
        return bool(self.cleaned_data["decision"] == "approve")

    def save(self) -> int:
        """Answer everybody chosen; how many still waited."""
        return membership.decide(memberships=self.cleaned_data["chosen"], let_in=self.lets_in, by=self.by)
