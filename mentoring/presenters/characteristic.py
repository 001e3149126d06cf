"""What a person said about their identity and what they allowed, as rows of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from mentoring.enums import Purpose
from mentoring.forms.characteristic import given_by, identity_said
from mentoring.models import Consent, Person
from mentoring.models.characteristic import HELD
from mentoring.permissions import answers_held_of, characteristics_asked_of, consents_of
from mentoring.presenters.needs import Need


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One question about identity: the answer and its use; both empty while it is not answered.

    `not_said` where the person was asked and would rather not say; `asked` while a programme of theirs asks it.
    `held`: the words of consent have changed since, and the answer waits for a yes to the new ones.
    """

    key: str
    label: str
    answer: str
    use: str
    since: datetime | None
    not_said: bool
    asked: bool
    held: bool


_USES = {
    Purpose.PROFILE: "On your profile, and used to find matches",
    Purpose.ROUNDS: "Never shown. Used only when a coordinator’s round proposes matches",
    Purpose.MONITORING: "Only in anonymous totals",
}


def use_of(purpose: str) -> str:
    """What a purpose means, told to the person who chose it."""
    return _USES[Purpose(purpose)]


def identity_rows(person: Person) -> list[IdentityRow]:
    """All questions about identity with the person's own answers. Six queries."""
    questions = list(identity_said(person))
    asked = set(characteristics_asked_of(person).values_list("pk", flat=True))
    given = given_by(person, questions)
    not_said = set(person.not_said.values_list("characteristic_id", flat=True))
    agreed = {row.characteristic_id: row for row in consents_of(person).filter(withdrawn_at__isnull=True)}
    rows = []
    for characteristic in questions:
        value = given.get(characteristic.key)
        labels = {option.key: option.label for option in characteristic.options.all()}
        yes = agreed.get(characteristic.key)
        rows.append(
            IdentityRow(
                key=characteristic.key,
                label=characteristic.label,
                answer="; ".join(labels.get(key, key) for key in value.options) if value else "",
                use=use_of(yes.purpose) if value and yes else "",
                since=yes.given_at if yes else None,
                not_said=characteristic.key in not_said,
                asked=characteristic.key in asked,
                held=bool(value and value.purpose == HELD),
            )
        )
    return rows


def needs(person: Person) -> list[Need]:
    """A new yes that is asked for, since the words of consent have changed in what they allow. One query.

    Not for what no programme of theirs asks any more: there is no page on which to say it.
    """
    number = answers_held_of(person).filter(characteristic__in=characteristics_asked_of(person)).count()
    if not number:
        return []
    answers = "One of your answers" if number == 1 else f"{number} of your answers"
    return [
        Need(
            order=40,
            text="The words you agreed to about your identity have changed",
            detail=f"{answers} stay with you alone until you have read the new words. There is no hurry.",
            action="Read them and decide",
            url=reverse("identity"),
        )
    ]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One thing a person allowed, and when they took it back, if they did."""

    label: str
    key: str
    use: str
    version: int
    words: str
    given_at: datetime
    withdrawn_at: datetime | None


def consent_rows(consents: Iterable[Consent]) -> list[ConsentRow]:
    """Consents in words; each with its characteristic and text at hand."""
    return [
        ConsentRow(
            label=row.characteristic.label,
            key=row.characteristic_id,
            use=use_of(row.purpose),
            version=row.text_id,
            words=row.text.words,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in consents
    ]
