"""The privacy registry: for every field of every model, who sees it, whether a person gets it, and how it ends.

Each app says it of its own models in `domain/holdings.py`; `settings.HOLDINGS` names these. A field without a class
fails `tests/test_privacy.py`. Of the trail of changes nothing is said: what is said of a thing holds for its trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

from django.conf import settings
from django.utils.module_loading import import_string

from mentoring.domain.trail import event_models


class Audience(StrEnum):
    """Who may come to see something, besides the person it is about."""

    PUBLIC = "anybody"
    MEMBERS = "members whom it is shown to: mentees who look for a mentor, mentors who were asked, the partner"
    PARTNER = "the other of the two"
    COORDINATORS = "coordinators of the programme"
    ORGANISATION = "those who work on the organisation's charter"
    ADMINISTRATORS = "administrators"


class Ending(StrEnum):
    """What becomes of a row when the account it is about is deleted."""

    DELETED = "deleted with the account"
    CUT_LOOSE = "kept for the other side, without the person and without their words"
    ORGANISATIONS = "kept as the organisation's own, without the person"
    STAYS = "not about a person"


@dataclass(frozen=True, slots=True)
class Privacy:
    """One class of privacy.

    Args:
        what: in words, for the record of processing.
        seen_by: who may come to see it, beside the person.
        exported: whether the person's copy of their data has it.
        special: special category data (UK GDPR article 9).
        secret: nobody else ever sees it.
        operated: whether technical staff see it as it is in the records room; anything else is masked there.
    """

    what: str
    seen_by: frozenset[Audience] = frozenset()
    exported: bool = True
    special: bool = False
    secret: bool = False
    operated: bool = False


A: Final = Audience
CLASSES: Final[Mapping[str, Privacy]] = {
    "key": Privacy("A technical key", exported=False, operated=True),
    "running": Privacy("What the system needs to run: leases, tries, marks of progress", exported=False, operated=True),
    "link": Privacy("Whom or what a row belongs to", operated=True),
    "author": Privacy("Who said something that stands, or may stand, without a name"),
    "public": Privacy(
        "What anybody may read: the catalogue, organisations, programmes", frozenset({A.PUBLIC}), operated=True
    ),
    "sign_in": Privacy(
        "A password (hashed), a session, the secret of a second step (encrypted)", exported=False, secret=True
    ),
    "signing_in": Privacy("With what, from which kind of browser, roughly where and when somebody signs in"),
    "contact": Privacy("An email address", frozenset({A.PARTNER, A.COORDINATORS, A.ADMINISTRATORS}), operated=True),
    "name": Privacy("A name and pronouns", frozenset({A.MEMBERS, A.COORDINATORS, A.ADMINISTRATORS})),
    "profile": Privacy("What somebody says of themselves", frozenset({A.MEMBERS, A.COORDINATORS})),
    "shared": Privacy("What is read by those one asks, and not before", frozenset({A.PARTNER})),
    "identity": Privacy(
        "An answer about identity, for the purpose it was given for", frozenset({A.MEMBERS}), special=True
    ),
    "consent": Privacy("What somebody agreed to, and when they withdrew it"),
    "private": Privacy("What nobody else ever sees: wishes, blocks", secret=True),
    "activity": Privacy("The day somebody was here last; others read a week or a month", frozenset({A.MEMBERS})),
    "part": Privacy("Which part somebody has in a programme", frozenset({A.COORDINATORS, A.MEMBERS}), operated=True),
    "pair": Privacy("What two people write to each other", frozenset({A.PARTNER})),
    "stage": Privacy("How far two people have come", frozenset({A.PARTNER, A.COORDINATORS}), operated=True),
    "confidence": Privacy("What is said in confidence, and shown only among many", secret=True),
    "mean": Privacy("A mean of five or more", frozenset({A.MEMBERS})),
    "published": Privacy("Words for all who see the mentor", frozenset({A.MEMBERS, A.COORDINATORS})),
    "checked": Privacy("What coordinators check", frozenset({A.COORDINATORS})),
    "moderation": Privacy("What coordinators decide about", frozenset({A.COORDINATORS}), exported=False),
    "look": Privacy("That somebody who runs something looked at what is held of a person"),
    "change": Privacy("That something was made, changed or removed, and when", frozenset({A.ADMINISTRATORS})),
    "actor": Privacy("Which account changed something", frozenset({A.ADMINISTRATORS}), exported=False),
    "message": Privacy("An email that is to be sent"),
    "proposal": Privacy("What a matching round proposes", frozenset({A.COORDINATORS})),
    "working": Privacy("What a matching round works with", frozenset({A.COORDINATORS}), exported=False),
    "packed": Privacy("What may be shown of a mentor, packed for ranking; made of the rest", exported=False),
    "upload": Privacy("A file of people that a coordinator brought in", frozenset({A.COORDINATORS}), exported=False),
    "charter": Privacy("An organisation's own assessment", frozenset({A.ORGANISATION}), exported=False),
    "office": Privacy(
        "Which part somebody has in a charter", frozenset({A.ORGANISATION, A.ADMINISTRATORS}), operated=True
    ),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One model.

    Args:
        what: what it holds, as a heading of *My data*.
        fields: the class of each field.
        owners: ways from a row to the person whose it is; none where it is about nobody, or about others alone.
        ending: what becomes of it with the account.
        kept: how long, in words.
        scope: a function of `permissions` by name, where the person sees fewer of these rows than are about them.
        written_by: of words that one of two wrote, which owner did: the other's copy is on their page alone.
    """

    what: str
    fields: Mapping[str, str]
    owners: tuple[str, ...] = ()
    ending: Ending = Ending.STAYS
    kept: str = "as long as it is in use"
    scope: str = ""
    written_by: Mapping[str, str] = field(default_factory=dict)


def classed(**classes: str) -> dict[str, str]:
    """The class of each field, from the fields of each class in one line."""
    return {name: key for key, names in classes.items() for name in names.split()}


@cache
def holdings() -> Mapping[str, Holding]:
    """All apps' registries as one, by the model's label, with the trail of changes to each."""
    parts = (cast(Mapping[str, Holding], import_string(name)) for name in settings.HOLDINGS)
    held = {label: holding for part in parts for label, holding in part.items()}
    return held | {model._meta.label: _trail_of(model, held) for model in event_models()}


_OF_EVENTS: Final = {
    "pgh_id": "key",
    "pgh_obj": "key",
    "pgh_label": "change",
    "pgh_created_at": "change",
    "pgh_context": "actor",
}


def _trail_of(model: Any, held: Mapping[str, Holding]) -> Holding:
    """The trail keeps what it tells of as that itself is kept, and hands it to whom that itself is handed.

    Where a person sees fewer rows of a thing than are about them, its trail is in nobody's copy.
    """
    told = held[model.pgh_tracked_model._meta.label]
    names = [field.name for field in model._meta.concrete_fields]
    return Holding(
        f"{told.what}: what changed",
        {name: _OF_EVENTS.get(name) or told.fields[name] for name in names},
        () if told.scope else tuple(owner for owner in told.owners if owner in names),
        Ending.CUT_LOOSE,
        "two years",
    )
