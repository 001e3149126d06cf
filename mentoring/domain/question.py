"""What a programme asks its people: chosen from the catalogue, and added by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import Family, Kind
from mentoring.models import Characteristic, Option, Person, Programme, ProgrammeCharacteristic

MOST_OWN: Final = 10
"""Questions of its own a programme can ask (our decision: nobody fills in more)."""

ALWAYS: Final = frozenset({"profession", "band", "region", "meeting", "hours"})
"""Without these nobody could be found at all (our decision)."""

MOST_OPTIONS: Final = 20
FEWEST_OPTIONS: Final = 2
_KEPT_FREE: Final = 1_000
"""Positions below this are the catalogue's."""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """What a programme asks of its own. `options` for all kinds but a scale, which has `low` and `high`."""

    label: str
    question: str
    kind: Kind
    about_identity: bool
    options: Sequence[str] = ()
    low: str = ""
    high: str = ""


@action
def choose(*, programme: Programme, characteristic: Characteristic, asked: bool, reason: str, by: Person) -> None:
    """Ask for something, or no longer. What people said of it before stays theirs, and counts nowhere in between.

    Raises:
        NotPossible: it needs a reason and none is given, or is another programme's.
    """
    if characteristic.programme_id not in (None, programme.pk):
        raise NotPossible("Another programme asks this.")
    if not asked and characteristic.pk in ALWAYS:
        raise NotPossible("This is always asked: without it nobody can find anybody.")
    if asked and characteristic.needs_reason and not reason.strip():
        raise NotPossible("Say why you ask this: people read it before they answer.")
    ProgrammeCharacteristic.objects.update_or_create(
        programme=programme,
        characteristic=characteristic,
        defaults={"asked": asked, "reason": reason.strip(), "changed_at": clock.now(), "changed_by": by},
    )


@action
def add_own(*, programme: Programme, question: OwnQuestion, reason: str, by: Person) -> Characteristic:
    """Ask the programme's people something that the catalogue does not hold.

    Raises:
        NotPossible: there are as many as there may be, the label is taken, too few or too many options, or no reason
            where one is due.
    """
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    _refuse_own(programme, question)
    number = 1 + (Characteristic.objects.aggregate(last=Max("number"))["last"] or 0)
    row = Characteristic.objects.create(
        key=f"own_{number}",
        number=number,
        programme=programme,
        family=_family(question),
        kind=question.kind,
        position=_KEPT_FREE,
        label=question.label,
        question=question.question,
        low=question.low,
        high=question.high,
        directions=list(_WORDS[question.kind]),
        words=_words(question),
    )
    Option.objects.bulk_create(
        Option(characteristic=row, key=f"option_{at}", label=label, position=at)
        for at, label in enumerate(question.options, start=1)
    )
    choose(programme=programme, characteristic=row, asked=True, reason=reason, by=by)
    return row


def _refuse_own(programme: Programme, question: OwnQuestion) -> None:
    others = Characteristic.objects.filter(programme=programme)
    if others.count() >= MOST_OWN:
        raise NotPossible(f"A programme can have {MOST_OWN} questions of its own.")
    if others.filter(label__iexact=question.label).exists():
        raise NotPossible("You have a question with this name already.")
    if question.kind == Kind.SCALE:
        if not question.low or not question.high or question.about_identity:
            raise NotPossible("A scale needs words for both ends, and cannot be about identity.")
        return
    labels = {label.casefold() for label in question.options}
    if len(labels) != len(question.options) or not FEWEST_OPTIONS <= len(labels) <= MOST_OPTIONS:
        raise NotPossible(f"Give between {FEWEST_OPTIONS} and {MOST_OPTIONS} different answers, one on each line.")


def _family(question: OwnQuestion) -> Family:
    if question.about_identity:
        return Family.SURFACE
    return Family.WORKING_STYLES if question.kind == Kind.SCALE else Family.PROFESSIONAL


_SAME: Final = {
    "preference": "someone whose answer is like mine: {label}",
    "strong": "You say the same of this. {label}: {{shared}}",
    "partial": "You say something close. {label}: {{theirs}}",
    "weak": "Says something else. {label}: {{theirs}}",
}
_DIFFERENT: Final = {
    "preference": "someone whose answer is different from mine: {label}",
    "strong": "Says something else. {label}: {{theirs}}",
    "partial": "You say something close. {label}: {{theirs}}",
    "weak": "You say the same of this. {label}: {{mine}}",
}
_ONE_OF: Final = {
    "preference": "someone who gave one of these answers: {label}",
    "strong": "Said what you hoped for. {label}: {{theirs}}",
    "partial": "",
    "weak": "Says something else. {label}: {{theirs}}",
}
_ABOVE: Final = {
    "preference": "someone further on than me: {label}",
    "strong": "Is further on than you. {label}: {{theirs}}",
    "partial": "Is where you are. {label}: {{theirs}}",
    "weak": "Is not as far on as you. {label}: {{theirs}}",
}
_WORDS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    Kind.CATEGORY: {"same": _SAME, "different": _DIFFERENT, "one_of": _ONE_OF},
    Kind.MULTI: {"same": _SAME, "different": _DIFFERENT, "one_of": _ONE_OF},
    Kind.ORDINAL: {"same": _SAME, "different": _DIFFERENT, "one_of": _ONE_OF, "above": _ABOVE},
    Kind.SCALE: {"same": _SAME, "different": _DIFFERENT},
}


def _words(question: OwnQuestion) -> dict[str, object]:
    """Sentences for reasons, in the catalogue's form; a brace in a label is not a place for a name."""
    label = question.label.replace("{", "{{").replace("}", "}}")
    low, high = question.low, question.high
    reasons = {
        direction: {
            name: text.format(label=question.label if name == "preference" else label) for name, text in texts.items()
        }
        for direction, texts in _WORDS[question.kind].items()
    }
    return {
        "asked_of": "everyone",
        "label_of_other": question.label,
        "special_category": False,
        "unknown": f"{{name}} has not said: {label}",
        "why": "",
        "items": [],
        "reasons": reasons,
        "inline": {},
        "poles": [low, f"between “{low}” and “{high}”", high] if question.kind == Kind.SCALE else [],
    }
