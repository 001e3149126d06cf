"""Credentials: said by the person themselves, checked by a coordinator, their own word again once changed."""

from collections.abc import Mapping
from typing import Final

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import CredentialKind
from mentoring.models import Credential, Person

FIELDS: Final = ("topic", "title", "body", "number", "gained_on")
MOST: Final = 30
"""Nobody lists more (our decision): a profile is to be read."""


@action
def add_credential(*, kind: CredentialKind, said: Mapping[str, object], by: Person) -> Credential:
    """A credential in the person's own word; exactly the same twice is one.

    Raises:
        NotPossible: there are as many as there may be.
    """
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    fields = {field: said[field] for field in FIELDS if field in said}
    row = Credential.objects.filter(person=by, kind=kind, **fields).first()
    if row is not None:
        return row
    if Credential.objects.filter(person=by).count() >= MOST:
        raise NotPossible(f"You have listed {MOST} already. Remove one that matters less first.")
    return Credential.objects.create(person=by, kind=kind, changed_at=clock.now(), **fields)


def _own(credential: Credential, by: Person) -> Credential:
    row = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    if row.person_id != by.pk:
        raise NotPossible("This is not yours to change.")
    return row


@action
def change_credential(*, credential: Credential, said: Mapping[str, object], by: Person) -> None:
    """Other words are the person's own word again; nothing changed leaves it checked."""
    row = _own(credential, by)
    changes = {field: said[field] for field in FIELDS if field in said and said[field] != getattr(row, field)}
    if not changes:
        return
    for field, value in changes.items():
        setattr(row, field, value)
    row.changed_at, row.verified_at, row.verified_by, row.note = clock.now(), None, None, ""
    row.save()


@action
def remove_credential(*, credential: Credential, by: Person) -> None:
    """It is gone from the profile at once."""
    Credential.objects.filter(pk=credential.pk, person=by).delete()


@action
def verify_credential(*, credential: Credential, seen: object, note: str, by: Person) -> None:
    """A coordinator has checked it as it stood at `seen` (its `changed_at`).

    Raises:
        NotPossible: it is their own, or it has been changed since they looked.
    """
    row = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    if row.person_id == by.pk:
        raise NotPossible("Somebody else has to check your own.")
    if row.changed_at != seen:
        raise NotPossible("It has been changed since you looked. Look at it again.")
    row.verified_at, row.verified_by, row.note = clock.now(), by, note.strip()
    row.save(update_fields=["verified_at", "verified_by", "note"])


@action
def take_back_verification(*, credential: Credential, by: Person) -> None:
    """It is the person's own word again."""
    row = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    row.verified_at, row.verified_by, row.note = None, None, ""
    row.save(update_fields=["verified_at", "verified_by", "note"])
