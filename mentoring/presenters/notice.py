"""A programme's privacy notice: what it has said itself, and what the privacy registry says, in plain words."""

from dataclasses import dataclass

from mentoring.domain.privacy import CLASSES, Holding, Privacy, holdings
from mentoring.domain.trail import event_models
from mentoring.enums import LawfulBasis, MembershipState
from mentoring.models import Person, Programme
from mentoring.permissions import memberships_of, programmes_to_join

OPEN_POINT = "The people who run this programme have not recorded this yet. Ask them."
_BASES = {
    LawfulBasis.PUBLIC_TASK: "It is part of what the organisations are there for by law (public task).",
    LawfulBasis.LEGITIMATE: "The organisations have a legitimate interest in it, weighed against your own.",
    LawfulBasis.CONSENT: "You agree to it, and can take that back at any time without any disadvantage.",
    LawfulBasis.CONTRACT: "It is part of what was agreed with you (contract).",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept: under its heading of *My data*, its parts with who may see each, and for how long."""

    heading: str
    parts: list[tuple[str, str]]
    kept: str


def said_of(programme: Programme) -> list[tuple[str, str]]:
    """What the programme has said of itself."""
    basis = programme.lawful_basis
    return [
        ("Who is responsible", programme.controllers or OPEN_POINT),
        ("Whom you can ask", programme.privacy_contact or OPEN_POINT),
        ("On what legal basis", _BASES[LawfulBasis(basis)] if basis else OPEN_POINT),
        (
            "And for answers about your identity",
            f"{programme.get_special_condition_display()}. Whatever it is, each answer is kept only with your explicit "
            "yes to one use of it, and is removed when you take that back.",
        ),
    ]


def times_of(programme: Programme) -> list[tuple[str, str]]:
    """How long the programme keeps what is over."""
    return [
        ("Your place, once you have left or were not let in", _months(programme.months_left)),
        (
            "A mentorship that has ended",
            f"{_months(programme.months_left)}; longer while what the mentee said of the mentor stands, so that they "
            "can take it back",
        ),
        ("What the two of you wrote when asking and answering", f"{_months(programme.months_words)} after it ended"),
        (
            "A request that was not answered, declined or taken back; an invitation nobody took up",
            _months(programme.months_unanswered),
        ),
    ]


def kept_of_people() -> list[Kept]:
    """All that is kept of a person, from the registry; the trail of changes in one line of its own."""
    trails = {model._meta.label for model in event_models()}
    rows = [_kept(holding) for label, holding in holdings().items() if holding.owners and label not in trails]
    changes = Kept("What changed", [_part(CLASSES["change"])], "two years")
    return [*sorted(rows, key=lambda row: row.heading), changes]


def _kept(holding: Holding) -> Kept:
    classes = [CLASSES[key] for key in dict.fromkeys(holding.fields.values()) if key not in ("key", "link", "running")]
    return Kept(holding.what, [_part(each) for each in classes], holding.kept)


def _part(privacy: Privacy) -> tuple[str, str]:
    what = f"{privacy.what} (specially protected by law)" if privacy.special else privacy.what
    return what, "; ".join(sorted(privacy.seen_by)) or "nobody"


def notices_for(person: Person) -> list[Programme]:
    """The programmes whose notices concern a person: theirs, those of before, and those that keep a place for them."""
    mine = memberships_of(person).exclude(state=MembershipState.DECLINED)
    return list(programmes_to_join().filter(pk__in=mine.values("programme")))


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"
