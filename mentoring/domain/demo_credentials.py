"""What the demo's mentors bring: registrations, qualifications, training, and what they promise as allies."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from mentoring.demo import words
from mentoring.domain import clock
from mentoring.enums import Commitment, CredentialKind, MembershipState, Role
from mentoring.models import CharacteristicValue, Credential, Membership, Option, Person

_BODIES: Final = {
    "adult_nursing": "NMC",
    "childrens_nursing": "NMC",
    "learning_disability_nursing": "NMC",
    "mental_health_nursing": "NMC",
    "public_health_nursing": "NMC",
    "nursing_associate": "NMC",
    "midwifery": "NMC",
    "medicine": "GMC",
    "dentistry": "GDC",
    "pharmacy": "GPhC",
    "pharmacy_technician": "GPhC",
    "social_work": "Social Work England",
    "counselling_psychotherapy": "BACP",
    "care_support": "",
    "another_profession": "",
}
_CHECKED: Final = 0.6


def seed_credentials(seed: int) -> None:
    """Most mentors have said something, and a coordinator has checked some of it."""
    rng = random.Random(f"credentials {seed}")
    members = Membership.objects.filter(state=MembershipState.MEMBER).select_related("person")
    mentors = list(members.filter(role=Role.MENTOR).order_by("person__user__email", "pk"))
    people = {row.person_id: row.person for row in mentors}
    run_by = {row.programme_id: row.person for row in members.filter(role=Role.COORDINATOR).order_by("-pk")}
    checkers = {row.person_id: run_by.get(row.programme_id) for row in mentors}
    labels = dict(Option.objects.filter(characteristic="profession").values_list("key", "label"))
    said = CharacteristicValue.objects.filter(characteristic="profession", person__in=people)
    professions = {value.person_id: value.options[0] for value in said}
    made = [
        _checked(rng, each, checkers[person.pk])
        for person in people.values()
        for each in _credentials(rng, person, professions.get(person.pk, ""), labels)
    ]
    Credential.objects.bulk_create(made)
    for person in people.values():
        person.commitments = [each for each in Commitment.values if rng.random() < 0.5]
        person.commitment_words = rng.choice(words.COMMITMENT_WORDS) if rng.random() < 0.4 else ""
        person.mentored = rng.choice(words.MENTORED) if rng.random() < 0.7 else ""
    Person.objects.bulk_update(people.values(), ["commitments", "commitment_words", "mentored"])


def _credentials(rng: random.Random, person: Person, profession: str, labels: dict[str, str]) -> Iterator[Credential]:
    body = _BODIES.get(profession, "HCPC")
    if profession and body and rng.random() < 0.85:
        number = f"{profession[:2].upper()}{rng.randint(10_000, 99_999)}"
        yield Credential(
            person=person, kind=CredentialKind.REGISTRATION, title=labels[profession], body=body, number=number
        )
    if rng.random() < 0.5:
        title, place = rng.choice(words.QUALIFICATIONS)
        yield Credential(
            person=person, kind=CredentialKind.QUALIFICATION, title=title, body=place, gained_on=_month(rng, 15)
        )
    for topic, titles in words.TRAININGS.items():
        if rng.random() < 0.4:
            yield Credential(
                person=person,
                kind=CredentialKind.TRAINING,
                topic=topic,
                title=rng.choice(titles),
                gained_on=_month(rng, 3),
            )


def _month(rng: random.Random, years: int) -> date:
    return (clock.now().date() - timedelta(days=rng.randint(30, 365 * years))).replace(day=1)


def _checked(rng: random.Random, row: Credential, by: Person | None) -> Credential:
    if by is not None and rng.random() < _CHECKED:
        row.verified_at = clock.now() - timedelta(days=rng.randint(1, 200))
        row.verified_by = by
        row.note = "Seen on the register" if row.kind == CredentialKind.REGISTRATION else "Certificate seen"
    return row
