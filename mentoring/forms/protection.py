"""What a programme says of how it protects its people's data."""

from typing import Any

from django import forms

from mentoring.domain import programme as domain
from mentoring.domain.programme import PROTECTION, PROTECTION_MONTHS
from mentoring.enums import LawfulBasis, SpecialCondition
from mentoring.forms.renderer import LongText, Radios
from mentoring.models import Person, Programme


def _months(name: str, label: str, hint: str) -> forms.IntegerField:
    least, most = PROTECTION_MONTHS[name]
    error = f"Enter a number of months from {least} to {most}."
    return forms.IntegerField(
        label=label,
        help_text=f"{hint} From {least} to {most} months.",
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), error),
    )


class ProtectionForm(forms.Form):
    """Who answers for the data, on what legal basis, and how long it is kept."""

    controllers = forms.CharField(
        label="Which organisations are responsible?",
        help_text="The data controllers, by their full names; if there are several, say that they are so together.",
        max_length=600,
        widget=LongText(attrs={"rows": 3}),
        error_messages={"required": "Enter who is responsible."},
    )
    privacy_contact = forms.CharField(
        label="Whom can people ask about their data?",
        help_text="A data protection officer or another contact, with an email address.",
        max_length=200,
        error_messages={"required": "Enter whom people can ask."},
    )
    lawful_basis = forms.ChoiceField(
        label="On what legal basis do you keep people’s data?",
        help_text="UK GDPR article 6. A question for whoever advises you on data protection. Consent between an "
        "employer and its staff is not always free.",
        choices=LawfulBasis.choices,
        widget=Radios(
            hints={
                LawfulBasis.PUBLIC_TASK: "Mentoring is part of what your organisation is there for by law.",
                LawfulBasis.LEGITIMATE: "You have weighed your interest against people’s own, and written it down.",
                LawfulBasis.CONSENT: "People can say no, and take a yes back, without any disadvantage.",
                LawfulBasis.CONTRACT: "Mentoring is part of what you agreed with each person.",
            }
        ),
        error_messages={"required": "Choose a legal basis."},
    )
    special_condition = forms.ChoiceField(
        label="And for answers about identity?",
        help_text="UK GDPR article 9. Whatever you choose, each answer is kept only with the person’s explicit yes.",
        choices=SpecialCondition.choices,
        widget=Radios,
        error_messages={"required": "Choose a condition."},
    )
    months_left = _months(
        "months_left",
        "How many months do you keep what is over?",
        "Places of people who have left or were not let in, and mentorships that have ended.",
    )
    months_unanswered = _months(
        "months_unanswered",
        "How many months do you keep what came to nothing?",
        "Requests that were not answered, declined or taken back, and invitations nobody took up.",
    )
    months_words = _months(
        "months_words",
        "How many months do you keep what two people wrote to each other, once it is over?",
        "What was written when asking for a mentor, and when answering.",
    )

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(programme, name) for name in PROTECTION}
        super().__init__(*args, **kwargs)
        self.programme, self.by = programme, by

    def save(self) -> None:
        """Say it of the programme."""
        domain.protect(programme=self.programme, said=self.cleaned_data, by=self.by)
