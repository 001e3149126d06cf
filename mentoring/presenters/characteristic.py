"""What a person said about their identity and what they allowed, as rows of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mentoring.enums import Purpose
from mentoring.forms.characteristic import given_by, identity_said
from mentoring.models import Consent, Person
from mentoring.permissions import characteristics_asked_of, consents_of


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One question about identity: the answer and its use; both empty while it is not answered.

    `not_said` where the person was asked and would rather not say; `asked` while a programme of theirs asks it.
    """

    key: str
    label: str
    answer: str
    use: str
    since: datetime | None
    not_said: bool
    asked: bool


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
    since = dict(consents_of(person).filter(withdrawn_at__isnull=True).values_list("characteristic_id", "given_at"))
    rows = []
    for characteristic in questions:
        value = given.get(characteristic.key)
        labels = {option.key: option.label for option in characteristic.options.all()}
        rows.append(
            IdentityRow(
                key=characteristic.key,
                label=characteristic.label,
                answer="; ".join(labels.get(key, key) for key in value.options) if value else "",
                use=use_of(value.purpose) if value and value.purpose else "",
                since=since.get(characteristic.key),
                not_said=characteristic.key in not_said,
                asked=characteristic.key in asked,
            )
        )
    return rows


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
