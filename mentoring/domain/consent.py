"""What a person says about a characteristic, and the consent on which anything about identity stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import Kind, Purpose
from mentoring.models import Characteristic, CharacteristicValue, Consent, ConsentText, NotSaid, Option, Person

MOST_OPTIONS: Final = 6


@dataclass(frozen=True, slots=True)
class Words:
    """One version of what people agree to.

    Args:
        material: it allows something else than the version before, so that everybody is asked again. Where it only
            says the same more plainly, an earlier yes stands.
    """

    version: int
    since: date
    material: bool
    text: str


TEXTS: Final = (
    Words(
        1,
        date(2026, 11, 23),
        True,
        "I agree that Alongside keeps the answers I give here about my identity, each only for the use I choose "
        "beside it: shown on my profile and used to find matches; or never shown and used only when a coordinator's "
        "round proposes matches; or counted only in anonymous totals. Nobody may hold it against me if I leave "
        "something out. I can change or withdraw any of it at any time, and it is removed at once.",
    ),
)
"""Every version there was, the present one last. One that people have agreed to is never edited."""


def keep_texts() -> None:
    """Put the words in the database (after each migrate); a material version puts earlier answers to no use."""
    for words in TEXTS:
        ConsentText.objects.get_or_create(
            version=words.version,
            defaults={"words": words.text, "since": words.since, "material": words.material},
        )


def present_text() -> ConsentText:
    """The words that are agreed to now."""
    return ConsentText.objects.latest("version")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says about one characteristic; nothing said takes an earlier answer back."""

    characteristic: Characteristic
    options: tuple[str, ...] = ()
    point: int | None = None


@action
def give_values(*, answers: Iterable[Answer], by: Person) -> None:
    """Keep the answers of one page, all or none of them. Nothing about identity: that has a purpose each.

    Raises:
        NotPossible: one of them cannot be kept; then none is.
    """
    for answer in answers:
        give_value(characteristic=answer.characteristic, options=answer.options, point=answer.point, by=by)


@action
def give_value(
    *,
    characteristic: Characteristic,
    options: Sequence[str] = (),
    point: int | None = None,
    purpose: Purpose | None = None,
    by: Person,
) -> None:
    """Keep what the person said; nothing said removes it. A new purpose is a new consent.

    Raises:
        NotPossible: an option that is not offered, too many, a scale outside 1 to 5, or no purpose where one is due.
    """
    _lock(by)
    if not options and point is None:
        remove_value(characteristic=characteristic, by=by)
        return
    _refuse_invalid(characteristic, options, point)
    consent = _consent_for(characteristic, purpose, by)
    CharacteristicValue.objects.update_or_create(
        person=by,
        characteristic=characteristic,
        defaults={
            "options": list(options),
            "point": point,
            "purpose": purpose if consent else None,
            "consent": consent,
            "changed_at": clock.now(),
        },
    )


@action
def remove_value(*, characteristic: Characteristic, by: Person) -> None:
    """Take an answer back, and with it the consent it stood on."""
    _lock(by)
    _withdraw(characteristic, by)
    CharacteristicValue.objects.filter(person=by, characteristic=characteristic).delete()


@action
def rather_not_say(*, characteristic: Characteristic, by: Person) -> None:
    """Keep that the person would rather not say, and so need not be asked again; an answer they gave goes."""
    remove_value(characteristic=characteristic, by=by)
    NotSaid.objects.get_or_create(person=by, characteristic=characteristic, defaults={"said_at": clock.now()})


@action
def withdraw_all(*, by: Person) -> None:
    """Take back every answer about identity, and every consent."""
    _lock(by)
    Consent.objects.filter(person=by, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())


def _lock(by: Person) -> None:
    """One at a time says something, or takes it back."""
    list(Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk=by.pk))


def _withdraw(characteristic: Characteristic, by: Person) -> None:
    live = Consent.objects.filter(person=by, characteristic=characteristic, withdrawn_at__isnull=True)
    live.update(withdrawn_at=clock.now())


def _consent_for(characteristic: Characteristic, purpose: Purpose | None, by: Person) -> Consent | None:
    if not characteristic.is_surface:
        return None
    if purpose is None:
        raise NotPossible(f"Choose what your answer about {characteristic.label.lower()} may be used for.")
    text = present_text()
    live = Consent.objects.filter(person=by, characteristic=characteristic, withdrawn_at__isnull=True).first()
    if live is not None and live.purpose == purpose and live.text_id == text.pk:
        return live
    _withdraw(characteristic, by)
    return Consent.objects.create(
        person=by, characteristic=characteristic, purpose=purpose, text=text, given_at=clock.now()
    )


def _refuse_invalid(characteristic: Characteristic, options: Sequence[str], point: int | None) -> None:
    if characteristic.derived:
        raise NotPossible(f"{characteristic.label} is filled in for you.")
    if characteristic.kind == Kind.SCALE:
        if options or point is None or not 1 <= point <= 5:
            raise NotPossible(f"Choose a point between 1 and 5 for {characteristic.label.lower()}.")
        return
    most = MOST_OPTIONS if characteristic.kind == Kind.MULTI else 1
    if point is not None or len(set(options)) != len(options) or len(options) > most:
        raise NotPossible(f"Choose up to {most} for {characteristic.label.lower()}.")
    offered = Option.objects.filter(characteristic=characteristic, key__in=options, retired=False).count()
    if offered != len(options):
        raise NotPossible(f"Choose from what is offered for {characteristic.label.lower()}.")
