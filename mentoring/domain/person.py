"""Members: made with their account, changed by themselves, gone when they say so."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from mentoring.domain import clock, membership, people_import, sign_in, trail
from mentoring.domain.action import action
from mentoring.domain.consent import Answer, give_values
from mentoring.enums import Role
from mentoring.models import Block, Erasure, Invitation, Membership, Mentorship, Notification, Person, Programme, User

AT_ONCE: Final = 1_000
UNCONFIRMED_FOR: Final = timedelta(days=30)
PROFILE_FIELDS = (
    *("first_name", "last_name", "pronouns", "headline", "journey", "wants", "organisation"),
    *("commitments", "commitment_words", "mentored"),
)


@action
def create_person(*, user: User) -> Person:
    """The person behind a new account."""
    person, _ = Person.objects.get_or_create(user=user)
    return person


@action
def edit_profile(*, by: Person, changes: Mapping[str, object], answers: Iterable[Answer] = ()) -> None:
    """Change what the person says of themselves on one page; only profile fields are taken.

    Raises:
        NotPossible: one of the answers cannot be kept; then nothing is.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    fields = [field for field in PROFILE_FIELDS if field in changes]
    for field in fields:
        setattr(person, field, changes[field])
    person.save(update_fields=fields)
    give_values(answers=answers, by=by)


@action
def delete_account(*, by: Person) -> None:
    """Erase the person, and what a coordinator brought in about the same address.

    What is under way ends kindly first; their words go from others' pages too. That it was done is kept under a
    number that stands nowhere else, so that no backup brings them back.

    Raises:
        NotPossible: the person is the only coordinator of a programme.
    """
    addresses = _addresses(by.user)
    sign_in.end_other_sign_ins(but=None, by=by)
    everybody = [by, *_kept_for(addresses)]
    for person in everybody:
        _erase(person)
    people_import.forget(addresses=addresses)
    _erase_account(by.user, addresses, everybody)


@action
def erase_again(*, person: Person) -> None:
    """Erase somebody whom a restored backup brought back, even where they alone ran a programme: they are gone."""
    addresses = _addresses(person.user)
    sign_in.end_other_sign_ins(but=None, by=person)
    Membership.objects.filter(person=person, role=Role.COORDINATOR).delete()
    _erase(person)
    _erase_account(person.user, addresses, [person])


def forget_unconfirmed() -> None:
    """Delete accounts whose address nobody confirmed for a month: somebody else may have typed it."""
    before = clock.now() - UNCONFIRMED_FOR
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    rows = User.objects.filter(~Exists(confirmed), date_joined__lt=before, last_login__isnull=True, is_staff=False)
    users = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    people = list(Person.objects.filter(user__in=users).values_list("pk", flat=True))
    User.objects.filter(pk__in=users).delete()
    trail.forget_people(people=people, users=users)


def _addresses(user: User | None) -> list[str]:
    """Every confirmed address of an account, in small letters: one that is only claimed may be somebody else's."""
    if user is None:
        return []
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return [email.lower() for email in {user.email, *own}]


def _kept_for(addresses: list[str]) -> list[Person]:
    """People without an account for whom a place is kept at one of these addresses."""
    rows = Invitation.objects.annotate(to=Lower("email")).filter(to__in=addresses, person__user__isnull=True)
    return list(Person.objects.filter(pk__in=rows.values("person_id")))


def _erase_account(user: User | None, addresses: list[str], people: Iterable[Person]) -> None:
    """What is left once the people are gone; the trail last, for all that went before has left its mark on it."""
    keys, users = [person.pk for person in people], [user.pk] if user else []
    Notification.objects.annotate(to=Lower("address")).filter(to__in=addresses).delete()
    if user is not None:
        user.delete()
    trail.forget_people(people=keys, users=users)


def _erase(person: Person) -> None:
    places = Membership.objects.filter(person=person).values("programme")
    pairs = Mentorship.objects.of(person).values("programme")
    for programme in Programme.objects.filter(Q(pk__in=places) | Q(pk__in=pairs)):
        membership.leave(programme=programme, by=person)
    Mentorship.objects.filter(mentee=person).update(message="")
    Mentorship.objects.filter(mentor=person).update(kind_word="")
    Notification.objects.filter(person=person).delete()
    Invitation.objects.filter(person=person).delete()
    Block.objects.filter(Q(blocker=person) | Q(blocked=person)).delete()
    Erasure.objects.get_or_create(pk=person.pk, defaults={"erased_at": clock.now()})
    Person.objects.filter(pk=person.pk).delete()
