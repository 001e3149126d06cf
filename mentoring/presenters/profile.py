"""A person as others see them, and the steps in which they say who they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet, prefetch_related_objects

from mentoring.enums import Commitment, Family, Purpose, Role
from mentoring.forms import profile as pages
from mentoring.models import Characteristic, CharacteristicValue, Credential, Option, Person
from mentoring.permissions import credentials_shown
from mentoring.presenters.credential import CredentialRow, credential_row

_IN_ONE_LINE: Final = ("profession", "band", "region")
_APART: Final = {*pages.WANTED, *pages.OFFERED}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a person said: which characteristic, its words on screen, the chosen options' words."""

    key: str
    label: str
    chosen: tuple[str, ...]

    @property
    def text(self) -> str:
        """The options in one line; semicolons, because some options hold commas."""
        return "; ".join(self.chosen)


@dataclass(frozen=True, slots=True)
class ScaleFact:
    """Where a person stands between two poles (1 to 5), and where the one who looks does, if they said."""

    key: str
    label: str
    low: str
    high: str
    theirs: int
    mine: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """All of a profile that the viewer may see.

    Args:
        line: profession, band and region, as far as given.
        offers, mentored, commitments, commitment_words, credentials: what a mentor brings; empty when the person is
            shown as a mentee.
        wants, own_words: what a mentee hopes for; empty when the person is shown as a mentor.
        identity: only what the person chose to show on the profile.
        own: whether the viewer looks at themselves.
    """

    person: Person
    line: str
    work: tuple[Fact, ...]
    values: Fact | None
    scales: tuple[ScaleFact, ...]
    race_talk: Fact | None
    offers: Fact | None
    mentored: str
    commitments: tuple[str, ...]
    commitment_words: str
    credentials: tuple[CredentialRow, ...]
    wants: Fact | None
    own_words: str
    identity: tuple[Fact, ...]
    own: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read but a name."""
        said = (self.work, self.values, self.scales, self.race_talk, self.offers, self.wants, self.identity)
        brings = (self.commitments, self.credentials, self.mentored)
        return not any((*said, *brings, self.person.journey, self.person.headline, self.own_words))


def profile_of(
    person: Person, viewer: Person | None = None, *, asked: QuerySet[Characteristic], role: Role = Role.MENTOR
) -> Profile:
    """What the viewer sees of a person as a mentor, or as a mentee who asked them. Four queries."""
    return profiles_of([person], viewer, asked=asked, role=role)[0]


def profiles_of(
    people: Sequence[Person],
    viewer: Person | None = None,
    *,
    asked: QuerySet[Characteristic],
    role: Role = Role.MENTOR,
) -> list[Profile]:
    """Profiles in the order of the people, in four queries however many they are.

    Whether the viewer may see these people at all is for the caller to know (`permissions`). Answers about
    identity are read from the database only where their purpose is `profile`, whoever looks.

    Args:
        asked: what the programme in which they meet asks; nothing else is shown there.
    """
    prefetch_related_objects(list(people), "organisation")
    shown = _shown([*people, viewer] if viewer else people, asked)
    held = list(credentials_shown(people)) if role == Role.MENTOR else []
    labels = _labels(shown)
    mine = {value.characteristic_id: value.point for value in shown if viewer and value.person_id == viewer.pk}
    return [
        _profile(
            person,
            [value for value in shown if value.person_id == person.pk],
            [each for each in held if each.person_id == person.pk],
            labels,
            mine,
            viewer,
            role,
        )
        for person in people
    ]


def _shown(people: Iterable[Person], asked: QuerySet[Characteristic]) -> list[CharacteristicValue]:
    rows = CharacteristicValue.objects.filter(
        Q(purpose=Purpose.PROFILE) | Q(purpose__isnull=True),
        person__in={person.pk for person in people},
        characteristic__in=asked,
    )
    return list(rows.select_related("characteristic").order_by("characteristic__position", "characteristic__number"))


def _labels(values: Iterable[CharacteristicValue]) -> dict[tuple[str, str], str]:
    keys = {key for value in values for key in value.options}
    rows = Option.objects.filter(key__in=keys).values_list("characteristic_id", "key", "label")
    return {(characteristic, key): label for characteristic, key, label in rows}


def _profile(
    person: Person,
    values: Sequence[CharacteristicValue],
    credentials: Sequence[Credential],
    labels: dict[tuple[str, str], str],
    mine: dict[str, int | None],
    viewer: Person | None,
    role: Role,
) -> Profile:
    own = viewer is not None and viewer.pk == person.pk
    facts = {value.characteristic_id: _fact(value, labels) for value in values if value.point is None}
    families = {value.characteristic_id: value.characteristic.family for value in values}

    def of(family: Family) -> tuple[Fact, ...]:
        return tuple(fact for key, fact in facts.items() if families[key] == family and key not in _APART)

    as_mentor = role == Role.MENTOR
    return Profile(
        person=person,
        line=" · ".join(facts[key].text for key in _IN_ONE_LINE if key in facts),
        work=of(Family.PROFESSIONAL),
        values=next(iter(of(Family.VALUES)), None),
        scales=tuple(_scale(value, {} if own else mine) for value in values if value.point),
        race_talk=next(iter(of(Family.WORKING_STYLES)), None),
        offers=facts.get(*pages.OFFERED) if as_mentor else None,
        mentored=person.mentored if as_mentor else "",
        commitments=tuple(str(Commitment(each).label) for each in person.commitments) if as_mentor else (),
        commitment_words=person.commitment_words if as_mentor else "",
        credentials=tuple(credential_row(each) for each in credentials) if as_mentor else (),
        wants=None if as_mentor else facts.get(*pages.WANTED),
        own_words="" if as_mentor else person.wants,
        identity=of(Family.SURFACE),
        own=own,
    )


def _fact(value: CharacteristicValue, labels: dict[tuple[str, str], str]) -> Fact:
    chosen = tuple(labels.get((value.characteristic_id, key), key) for key in value.options)
    return Fact(value.characteristic_id, value.characteristic.label, chosen)


def _scale(value: CharacteristicValue, mine: dict[str, int | None]) -> ScaleFact:
    asked = value.characteristic
    assert value.point is not None
    return ScaleFact(asked.key, asked.label, asked.low, asked.high, value.point, mine.get(asked.key))
