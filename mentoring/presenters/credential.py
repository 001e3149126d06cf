"""Credentials in words."""

from dataclasses import dataclass

from django.utils.formats import date_format

from mentoring.enums import CredentialKind, TrainingTopic
from mentoring.models import Credential
from mentoring.presenters.mentorship import day


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """One credential as it is read: of which kind, what, and whose word it is."""

    pk: int
    kind: str
    words: str
    standing: str
    verified: bool


def credential_row(row: Credential) -> CredentialRow:
    """As others read it, without its number."""
    when = date_format(row.gained_on, "F Y") if row.gained_on else ""
    verified = row.verified_at is not None
    return CredentialRow(
        pk=row.pk,
        kind=str(CredentialKind(row.kind).label),
        words=", ".join(filter(None, [row.title, row.body, when])),
        standing=f"Checked by the programme on {day(row.verified_at)}" if verified else "In their own word",
        verified=verified,
    )


def training_words(row: Credential) -> str:
    """*Completed allyship training, March 2026, checked by the programme*."""
    when = f", {date_format(row.gained_on, 'F Y')}" if row.gained_on else ""
    checked = ", checked by the programme" if row.verified_at else ""
    return f"Completed {TrainingTopic(row.topic).label.lower()} training{when}{checked}"
