"""What people are asked and say, and what of it is whose to see."""

from django.db.models import Exists, Q, QuerySet

from mentoring.enums import (
    OPEN,
    STANDS,
    Role,
)
from mentoring.models import (
    Characteristic,
    CharacteristicValue,
    Consent,
    Look,
    Person,
    Photo,
    Programme,
    ProgrammeCharacteristic,
)
from mentoring.models.characteristic import CharacteristicQuerySet, CharacteristicValueQuerySet
from mentoring.permissions.mentorship import mentors_visible_to, mentorships_of
from mentoring.permissions.programme import SHOWN_TO_COORDINATORS, memberships_of, memberships_to_manage


def characteristics_asked_in(programme: Programme) -> CharacteristicQuerySet:
    """What a programme asks its people: they are matched by nothing else there, and shown by nothing else."""
    return Characteristic.objects.asked_in(Programme.objects.filter(pk=programme.pk))


def characteristics_asked_of(person: Person) -> CharacteristicQuerySet:
    """What the person is asked by any programme of theirs; while they have none, what all programmes would ask."""
    theirs = Programme.objects.filter(memberships__person=person, memberships__state__in=STANDS)
    nobody_yet = Characteristic.objects.asked_of_anybody().filter(~Exists(theirs))
    return Characteristic.objects.asked_in(theirs) | nobody_yet


def questions_to_choose(programme: Programme) -> CharacteristicQuerySet:
    """What a programme could ask: the catalogue's, and its own. For those who run it."""
    return Characteristic.objects.filter(Q(programme=None) | Q(programme=programme), retired=False, derived="")


def decided_in(programme: Programme) -> QuerySet[ProgrammeCharacteristic]:
    """What the programme decided about asking. For those who run it."""
    return ProgrammeCharacteristic.objects.filter(programme=programme)


def programmes_asking(characteristic: Characteristic, person: Person) -> QuerySet[ProgrammeCharacteristic]:
    """What the person's programmes say of asking this."""
    return ProgrammeCharacteristic.objects.filter(
        characteristic=characteristic,
        asked=True,
        programme__in=memberships_of(person).filter(state__in=STANDS).values("programme"),
    ).order_by("programme__name")


def consents_of(person: Person) -> QuerySet[Consent]:
    """What the person allowed about their identity, withdrawn ones too."""
    return Consent.objects.filter(person=person)


def looks_at(person: Person) -> QuerySet[Look]:
    """Who looked at what is held of the person."""
    return Look.objects.filter(subject=person)


def answers_held_of(person: Person) -> CharacteristicValueQuerySet:
    """The person's own answers that wait for their yes to new words."""
    return CharacteristicValue.objects.held().filter(person=person)


def photos_visible_to(person: Person) -> QuerySet[Photo]:
    """Photos of those whose profile the person may read: see `mentors_visible_to` and `can_see_partner`.

    A coordinator reads what mentors of their programmes say of themselves, and nobody else's.
    """
    together = mentorships_of(person).filter(state__in=OPEN)
    to_approve = memberships_to_manage(person).filter(role=Role.MENTOR, state__in=SHOWN_TO_COORDINATORS)
    return Photo.objects.select_related("person").filter(
        Q(person=person)
        | Q(person__in=mentors_visible_to(person).values("person"))
        | Q(person__in=together.filter(mentee=person).values("mentor"))
        | Q(person__in=together.filter(mentor=person).values("mentee"))
        | Q(person__in=to_approve.values("person"))
    )
