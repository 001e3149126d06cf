"""A crowd made at once, whose hidden answers and wishes can be taken away, put in place and changed as one."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.utils import timezone

from matching.domain.topic import Topic, directions_for
from matching.enums import Direction, Side, Strength
from matching.models import Preference, QuestionWords, SavedMentor
from mentoring.domain.consent import keep_texts, present_text
from mentoring.enums import Kind, MembershipState, MentorshipState, Purpose, Role
from mentoring.models import (
    Block,
    CharacteristicValue,
    Consent,
    ManagedBy,
    Membership,
    Mentorship,
    NeverShownTo,
    NotSaid,
    Organisation,
    Person,
    Programme,
    User,
)
from tests.factories.matching import everything


@dataclass(frozen=True, slots=True)
class Hidden:
    """One answer that its person keeps from others, or may keep."""

    person: Person
    topic: Topic


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody of one programme.

    `hidden` are the answers about identity that nobody put on their profile: what the attackers are after.
    """

    programme: Programme
    people: tuple[Person, ...]
    mentors: tuple[Membership, ...]
    hidden: tuple[Hidden, ...]


def gathered(programme: Programme, size: int, draw: random.Random, organisations: Sequence[Organisation]) -> Crowd:
    """So many people: three of five mentor, half look for a mentor, all say this and that, and ask for things."""
    people = _people(size, draw, organisations)
    mentors, mentees = people[: size * 3 // 5], people[size // 2 :]
    Membership.objects.bulk_create(
        Membership(programme=programme, person=each, role=role, state=MembershipState.MEMBER, capacity=capacity)
        for role, some in ((Role.MENTOR, mentors), (Role.MENTEE, mentees))
        for each in some
        for capacity in (draw.randint(1, 3) if role == Role.MENTOR else None,)
    )
    memberships = tuple(Membership.objects.filter(programme=programme, role=Role.MENTOR).order_by("pk"))
    offered = everything()
    hidden = _answer(people, [topic for topic in offered.values() if not topic.derived], draw)
    for side in Side:
        wish(people, side, offered, draw)
    _ask(mentees[-12:-6], memberships[0])
    return Crowd(programme, tuple(people), memberships, tuple(hidden))


def _people(size: int, draw: random.Random, organisations: Sequence[Organisation]) -> list[Person]:
    """All were here today, so that it changes nothing who of them looks first."""
    users = User.objects.bulk_create(User(email=f"c{n}-{uuid4().hex[:8]}@example.org") for n in range(size))
    return Person.objects.bulk_create(
        Person(
            user=user,
            first_name=f"Given{n}",
            last_name=f"Family{n}",
            organisation=draw.choice(organisations),
            active_on=timezone.localdate(),  # who looks in the course of an attack is not told apart by it
        )
        for n, user in enumerate(users)
    )


def _answer(people: Iterable[Person], offered: Iterable[Topic], draw: random.Random) -> list[Hidden]:
    """What stands on profiles; what is left open about identity comes back."""
    shown, left_open = [], []
    for person in people:
        for topic in offered:
            if topic.is_surface and draw.random() < 0.6:
                left_open.append(Hidden(person, topic))
            elif draw.random() < 0.7:
                shown.append(Hidden(person, topic))
    say(shown, Purpose.PROFILE, draw)
    return left_open


def say(answers: Iterable[Hidden], purpose: Purpose, draw: random.Random) -> None:
    """Each says something, whatever it is; about identity for this purpose."""
    keep_texts()
    rows = list(answers)
    agreed = Consent.objects.bulk_create(
        Consent(person=row.person, characteristic_id=row.topic.key, purpose=purpose, text=present_text())
        for row in rows
        if row.topic.is_surface
    )
    consents = {(consent.person_id, consent.characteristic_id): consent for consent in agreed}
    values = []
    for row in rows:
        consent = consents.get((row.person.pk, row.topic.key))
        point = draw.randint(1, 5) if row.topic.kind == Kind.SCALE else None
        many = 3 if row.topic.kind == Kind.MULTI else 1
        values.append(
            CharacteristicValue(
                person=row.person,
                characteristic_id=row.topic.key,
                options=[] if point else draw.sample(list(row.topic.choices), many),
                point=point,
                purpose=purpose if consent else None,
                consent=consent,
            )
        )
    CharacteristicValue.objects.bulk_create(values, batch_size=2_000)


def hide(crowd: Crowd, purpose: Purpose | None, draw: random.Random, but: Iterable[Person] = ()) -> None:
    """Everybody's hidden answers, from now on for this purpose or not given; those of `but` stay as they are."""
    left = {person.pk for person in but}
    rows = [row for row in crowd.hidden if row.person.pk not in left]
    Consent.objects.filter(
        person__in={row.person.pk for row in rows}, withdrawn_at__isnull=True, purpose__in=_HIDING
    ).update(withdrawn_at=timezone.now())
    if purpose:
        say(rows, purpose, draw)


_HIDING = (Purpose.ROUNDS, Purpose.MONITORING)


def wish(people: Iterable[Person], side: Side, offered: Mapping[str, Topic], draw: random.Random) -> None:
    """What these people ask for on one side, drawn anew."""
    some = list(people)
    Preference.objects.filter(person__in=some, side=side).delete()
    Preference.objects.bulk_create(
        (
            row
            for person in some
            for topic in offered.values()
            if (row := _wish(person, topic, offered, side, draw)) is not None
        ),
        batch_size=2_000,
    )


def _wish(
    person: Person, topic: Topic, offered: Mapping[str, Topic], side: Side, draw: random.Random
) -> Preference | None:
    directions = directions_for(topic, side, offered)
    if not directions or draw.random() > 0.2:
        return None
    direction = draw.choice(directions)
    options = draw.sample(list(topic.choices), min(3, len(topic.choices))) if direction == Direction.ONE_OF else []
    strength = draw.choice([Strength.NEED, Strength.HELP, Strength.SUPPORT])
    return Preference(
        person=person, side=side, characteristic_id=topic.key, direction=direction, strength=strength, options=options
    )


def _ask(mentees: Sequence[Person], mentor: Membership) -> None:
    """Some requests, so that the mentor has an order of them on their pages."""
    Mentorship.objects.bulk_create(
        Mentorship(
            mentor_membership=mentor,
            programme_id=mentor.programme_id,
            mentor_id=mentor.person_id,
            mentee=mentee,
            state=MentorshipState.REQUESTED,
            message="May I ask you?",
        )
        for mentee in mentees
    )


TEAMS = ("Stroke", "Hands", "Community")


def keep_private(people: Sequence[Person], mentors: Sequence[Membership], draw: random.Random) -> None:
    """What these people keep to themselves, drawn anew: whom of each other they never meet, their teams, what they
    would rather not say, whom they saved, their own words.
    """
    for model in (Block, NeverShownTo, ManagedBy, NotSaid, SavedMentor, QuestionWords):
        model._default_manager.all().delete()
    for person in people:
        Person.objects.filter(pk=person.pk).update(team=draw.choice(TEAMS))
    one, other = draw.sample(people, len(people)), draw.sample(people, len(people))
    pairs = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    Block.objects.bulk_create(Block(blocker=mine, blocked=theirs) for mine, theirs in pairs[::3])
    NeverShownTo.objects.bulk_create(
        NeverShownTo(person=mine, organisation=theirs.organisation, team=draw.choice(TEAMS))
        for mine, theirs in pairs[1::3]
        if theirs.organisation
    )
    for mine, theirs in pairs[2::3]:
        assert theirs.user is not None
        EmailAddress.objects.get_or_create(user=theirs.user, email=theirs.user.email, defaults={"verified": True})
        ManagedBy.objects.create(person=mine, email=theirs.user.email)
    said = {(answer.person_id, answer.characteristic_id) for answer in CharacteristicValue.objects.all()}
    NotSaid.objects.bulk_create(
        NotSaid(person=person, characteristic_id=key)
        for person in people
        for key in ("gender", "ethnicity", "caring")
        if (person.pk, key) not in said and draw.random() < 0.5
    )
    SavedMentor.objects.bulk_create(SavedMentor(person=person, membership=draw.choice(mentors)) for person in people)
    QuestionWords.objects.bulk_create(
        QuestionWords(person=person, side=side, strength=draw.choice(Strength.values), words=f"Word {draw.random()}")
        for person in people
        for side in Side
    )
