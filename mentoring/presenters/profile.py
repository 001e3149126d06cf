"""A person as others see them, and the steps in which they say who they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from mentoring.enums import Commitment, Family, Purpose, Role
from mentoring.forms import profile as pages
from mentoring.models import Characteristic, CharacteristicValue, Credential, Membership, Option, Person
from mentoring.permissions import credentials_of, credentials_shown, places_of
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
    return list(rows.select_related("characteristic").order_by("characteristic__position"))


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


# --- The steps of the profile -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list on the profile."""

    label: str
    hint: str
    href: str
    status: str
    colour: str = ""


def tasks_of(person: Person, roles: set[Role]) -> list[Task]:
    """The short pages of the profile with how far each is, in five queries."""
    said = set(person.values.values_list("characteristic_id", flat=True))
    by_family: dict[str, list[str]] = {}
    for key, family in Characteristic.objects.filter(retired=False, derived="").values_list("key", "family"):
        by_family.setdefault(family, []).append(key)
    work = [key for key in by_family.get(Family.PROFESSIONAL, []) if key not in {*_APART, *pages.MEETING}]
    tasks = [_about(person), _task("work", "My work", "Profession, band, place, years, languages", work, said)]
    tasks.append(_task("meeting", "When and how I can meet", "Ways, times, hours a month", pages.MEETING, said))
    if roles != {Role.MENTOR}:
        wanted = {*said, "words"} if person.wants else said
        tasks.append(_task("wants", "What I want from mentoring", "", [*pages.WANTED, "words"], wanted))
    if Role.MENTOR in roles:
        offered = {*said, "mentored"} if person.mentored else said
        tasks.append(
            _task("offers", "What I can offer", "What you would do besides talk", [*pages.OFFERED, "mentored"], offered)
        )
        tasks += [_commitments(person), _credentials(person)]
        tasks += [_places(place) for place in places_of(person).select_related("programme")]
    values = by_family.get(Family.VALUES, [])
    styles = by_family.get(Family.WORKING_STYLES, [])
    return [
        *tasks,
        _task("values", "What matters to me", "Up to six", values, said),
        _task("working", "How I work", "Feedback, planning, talking about race", styles, said),
        _identity(by_family.get(Family.SURFACE, []), said),
    ]


def _task(step: str, label: str, hint: str, asked: Sequence[str], said: set[str]) -> Task:
    answered = len(said.intersection(asked))
    return Task(label, hint, reverse("profile_step", args=[step]), *_status(answered, len(asked)))


def _status(answered: int, asked: int) -> tuple[str, str]:
    if answered >= asked:
        return "Done", ""
    return ("Started", "yellow") if answered else ("Not started", "blue")


def _about(person: Person) -> Task:
    given = [bool(person.name != "New member"), bool(person.headline), bool(person.journey)]
    status = _status(sum(given), len(given))
    return Task("About me", "Name, one line, my journey", reverse("profile_step", args=["about"]), *status)


def _identity(asked: Sequence[str], said: set[str]) -> Task:
    answered = len(said.intersection(asked))
    status = f"{answered} of {len(asked)} said" if answered else "Only if I like"
    hint = "You decide for each answer who may use it"
    return Task("About me and my identity", hint, reverse("identity"), status)


def _commitments(person: Person) -> Task:
    status = ("Done", "") if person.commitments else ("Not started", "blue")
    hint = "What a mentee can count on"
    return Task("As an ally", hint, reverse("profile_step", args=["commitments"]), *status)


def _credentials(person: Person) -> Task:
    count = credentials_of(person).count()
    status = (f"{count} listed", "") if count else ("Not started", "blue")
    return Task("Credentials", "Registration, qualifications, training", reverse("credentials"), *status)


def _places(place: Membership) -> Task:
    words = "1 place" if place.capacity == 1 else f"{place.capacity} places"
    status = f"{words}, taking a break" if place.paused else words
    return Task("My places", place.programme.name, reverse("profile_places", args=[place.pk]), status)
