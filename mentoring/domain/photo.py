"""A person's photo: put up, replaced, taken down. Nobody needs one, and it counts for nothing in a match."""

from hashlib import sha256

from mentoring.domain import clock
from mentoring.domain.action import action
from mentoring.domain.picture import Squares
from mentoring.models import Person, Photo


@action
def put_up(*, squares: Squares, by: Person) -> None:
    """Show this picture, as `picture.squares` has drawn it, instead of the person's initials."""
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    Photo.objects.update_or_create(
        person=person, defaults={"large": squares.large, "small": squares.small, "changed_at": clock.now()}
    )
    _name(person, sha256(squares.large).hexdigest()[:16])


@action
def take_down(*, by: Person) -> None:
    """Delete the picture; initials are shown again. Without one, nothing happens."""
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    Photo.objects.filter(person=person).delete()
    _name(person, "")


def _name(person: Person, key: str) -> None:
    person.photo_key = key
    person.save(update_fields=["photo_key"])
