"""The record of processing and the annex of a data protection impact assessment, made of the privacy registry."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from mentoring.domain.privacy import CLASSES, Holding, Privacy, holdings
from mentoring.models import Programme

OPEN = "not recorded yet"


class Command(BaseCommand):
    """Markdown, for whoever answers for data protection; it says what the code holds to, field by field."""

    help = "Prints as Markdown what is held of people, who sees it, how it ends and how long it is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write("\n".join(report()))


def report() -> Iterator[str]:
    """The lines of the report."""
    yield "# Record of processing"
    yield ""
    yield "Made of the privacy registry: what is not in it fails the build."
    for programme in Programme.objects.all():
        yield from _programme(programme)
    for label, holding in sorted(holdings().items(), key=lambda item: item[1].what):
        yield from _of(label, holding)
    yield ""
    yield "# Annex to the data protection impact assessment: classes of privacy"
    yield ""
    yield "| class | what | seen, besides the person, by | in the person's copy | special category |"
    yield "|---|---|---|---|---|"
    for key, each in CLASSES.items():
        yield f"| {key} | {each.what} | {_seen(each)} | {_yes(each.exported)} | {_yes(each.special)} |"


def _programme(programme: Programme) -> Iterator[str]:
    """Who answers for a programme's data, on what basis, and how long it keeps what is over."""
    yield ""
    yield f"## {programme.name}"
    yield ""
    yield f"- Controllers: {programme.controllers or OPEN}"
    yield f"- Contact: {programme.privacy_contact or OPEN}"
    yield f"- Lawful basis (article 6): {programme.get_lawful_basis_display() or OPEN}"
    yield f"- Condition for special categories (article 9): {programme.get_special_condition_display()}"
    yield f"- Kept of what is over: {programme.months_left} months"
    yield f"- Kept of what came to nothing: {programme.months_unanswered} months"
    yield f"- Kept of what two people wrote, once it ended: {programme.months_words} months"


def _of(label: str, holding: Holding) -> Iterator[str]:
    yield ""
    yield f"## {holding.what} (`{label}`)"
    yield ""
    yield f"Kept {holding.kept}. When the account goes: {holding.ending}."
    yield ""
    yield "| field | class | seen, besides the person, by | in the person's copy |"
    yield "|---|---|---|---|"
    for field, key in holding.fields.items():
        copied = CLASSES[key].exported and bool(holding.owners)
        yield f"| {field} | {key} | {_seen(CLASSES[key])} | {_yes(copied)} |"


def _seen(privacy: Privacy) -> str:
    return "; ".join(sorted(privacy.seen_by)) or "nobody"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
