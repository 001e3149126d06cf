"""Fills a trial with the invented people of `mentoring/demo`. Refuses to touch anything else."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol, cast

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.module_loading import import_string

from mentoring.demo import words
from mentoring.demo.cast import CAST
from mentoring.demo.data import organisations, programmes
from mentoring.demo.people import draw_people
from mentoring.demo.schema import ADMINISTRATOR, DemoPerson
from mentoring.domain import clock, consent, look
from mentoring.domain.action import NotPossible
from mentoring.domain.demo_credentials import seed_credentials
from mentoring.domain.demo_feedback import seed_feedback
from mentoring.domain.demo_mentors import seed_mentors
from mentoring.domain.demo_mentorships import seed_mentorships
from mentoring.domain.demo_questions import seed_questions
from mentoring.enums import LawfulBasis, LookKind, MembershipState, Role
from mentoring.models import (
    Characteristic,
    CharacteristicValue,
    Consent,
    Membership,
    Organisation,
    Person,
    Programme,
    User,
)

PASSWORD: Final = "alongside-in-a-trial"
_ROLES: Final = {"mentee": Role.MENTEE, "mentor": Role.MENTOR, "coordinator": Role.COORDINATOR}


@dataclass(frozen=True, slots=True)
class Demo:
    """What has been made, for the other apps to add to: everything by its key in the demo material."""

    drawn: Sequence[DemoPerson]
    people: Mapping[str, Person]
    organisations: Mapping[str, Organisation]
    programmes: Mapping[str, Programme]
    rng: random.Random


class _Seed(Protocol):
    def __call__(self, demo: Demo) -> None: ...


def refuse_unless_trial() -> None:
    """Invented people never come among real ones.

    Raises:
        NotPossible: this instance is not a trial.
    """
    if not settings.TRIAL:
        raise NotPossible("This is not a trial (make run): the demo is never loaded among real people.")


@transaction.atomic
def seed_demo(*, people: int, seed: int) -> Demo:
    """The cast and so many people beside them, the same for the same seed.

    Raises:
        NotPossible: this instance is not a trial, or somebody is here already.
    """
    refuse_unless_trial()
    if Person.objects.exists():
        raise NotPossible("There are people here already; make clean starts afresh.")
    _without_limits()
    drawn = [*CAST, *draw_people(people, seed)]
    employers = _organisations()
    schemes = _programmes(employers)
    made = _people(drawn, employers)
    demo = Demo(drawn, made, employers, schemes, random.Random(seed))
    _values(demo)
    _memberships(demo)
    seed_mentorships(demo.rng)
    seed_feedback(seed)
    seed_credentials(seed)
    seed_questions(seed)
    _looks()
    seed_mentors(seed)
    for name in settings.DEMO:
        cast(_Seed, import_string(name))(demo)
    return demo


def _without_limits() -> None:
    """Thousands of people take longer than a page may, in one transaction that also waits for their rounds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")


def cast_of_demo() -> Iterator[tuple[str, str, str]]:
    """Role, name and address of the people one signs in as; their password is PASSWORD."""
    for person in CAST:
        yield ", ".join(role.replace("_", " ") for role in person.roles), person.name, person.email


def _organisations() -> dict[str, Organisation]:
    rows = {
        row.key: Organisation(name=row.name, slug=row.key.replace("_", "-"), kind=row.kind, region=row.region)
        for row in organisations()
    }
    Organisation.objects.bulk_create(rows.values())
    return rows


def _programmes(employers: Mapping[str, Organisation]) -> dict[str, Programme]:
    made = {}
    for row in programmes():
        programme = Programme.objects.create(
            name=row.name,
            slug=row.slug,
            description=row.description,
            mentee_share=row.mentee_share,
            positive_action_reason=row.positive_action_reason,
            controllers=", ".join(employers[key].name for key in row.organisations),
            privacy_contact=f"The data protection officer, dpo@{row.slug}.example",
            lawful_basis=LawfulBasis.PUBLIC_TASK,
        )
        programme.organisations.set([employers[key] for key in row.organisations])
        made[row.key] = programme
    return made


def _people(drawn: Sequence[DemoPerson], employers: Mapping[str, Organisation]) -> dict[str, Person]:
    password = make_password(PASSWORD)
    users = [User(email=row.email, password=password, is_staff=ADMINISTRATOR in row.roles) for row in drawn]
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    people = {
        row.key: Person(
            user=user,
            first_name=row.first_name,
            last_name=row.family_name,
            pronouns=row.pronouns,
            headline=row.headline,
            journey=row.journey,
            wants=words.WANTS[number % len(words.WANTS)] if row.is_mentee else "",
            organisation=employers[row.organisation],
        )
        for number, (row, user) in enumerate(zip(drawn, users, strict=True))
    }
    Person.objects.bulk_create(people.values())
    return people


def _values(demo: Demo) -> None:
    """Everybody's answers; those about identity each on a consent of its own."""
    catalogue = {row.key: row for row in Characteristic.objects.filter(retired=False)}
    consents = {
        (row.key, key): Consent(
            person=demo.people[row.key],
            characteristic=catalogue[key],
            purpose=purpose,
            text_id=consent.TEXTS[-1].version,
        )
        for row in demo.drawn
        for key, purpose in row.purposes.items()
    }
    Consent.objects.bulk_create(consents.values())
    CharacteristicValue.objects.bulk_create(
        _value(demo.people[row.key], catalogue[key], value, consents.get((row.key, key)))
        for row in demo.drawn
        for key, value in row.values.items()
    )


def _value(
    person: Person, characteristic: Characteristic, value: str | int | list[str], agreed: Consent | None
) -> CharacteristicValue:
    return CharacteristicValue(
        person=person,
        characteristic=characteristic,
        options=[value] if isinstance(value, str) else value if isinstance(value, list) else [],
        point=value if isinstance(value, int) else None,
        purpose=agreed.purpose if agreed else None,
        consent=agreed,
    )


def _memberships(demo: Demo) -> None:
    """Most take part; some mentors and mentees still wait for a coordinator, a few have left."""
    cast_keys = {person.key for person in CAST}
    Membership.objects.bulk_create(
        Membership(
            programme=demo.programmes[programme],
            person=demo.people[row.key],
            role=_ROLES[role],
            state=MembershipState.MEMBER if row.key in cast_keys else _state(demo.rng),
            capacity=row.capacity if role == "mentor" else None,
            changed_at=clock.now() - timedelta(days=demo.rng.randint(1, 300)),
        )
        for row in demo.drawn
        for programme in row.programmes
        for role in row.roles
        if role in _ROLES
    )


def _looks() -> None:
    """Each coordinator went through the list of people, and read a few of their pages."""
    for coordinator in Membership.objects.filter(role=Role.COORDINATOR).select_related("person").order_by("pk"):
        listed = Membership.objects.filter(programme=coordinator.programme_id).order_by("pk")
        people = list(listed.values_list("person_id", flat=True)[:40])
        look.record(subjects=people, kind=LookKind.LIST, by=coordinator.person)
        look.record(subjects=people[:8], kind=LookKind.PERSON, by=coordinator.person)


def _state(rng: random.Random) -> MembershipState:
    states = (MembershipState.MEMBER, MembershipState.WAITING, MembershipState.LEFT)
    return rng.choices(states, weights=(92, 5, 3))[0]
