"""What makes the invented mentors look as if they lived: days when they were here, breaks, photos."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.utils import timezone

from mentoring.demo.cast import CAST
from mentoring.demo.photos import draw_photo
from mentoring.domain import clock, photo
from mentoring.domain.picture import squares
from mentoring.models import Credential, Membership, Person

ON_A_BREAK: Final = 0.08
"""The share of mentors who are on a break; half of them know until when."""
WITH_PHOTO: Final = 0.4
HALF_WAY: Final = "preeti@example.org"
MOST_PHOTOS: Final = 16
"""Each takes as long as a page: a demo of thousands does not wait for them."""


def seed_mentors(seed: int) -> None:
    """Days on which everybody was here; one mentor half way through; breaks and photos for some.

    Nobody one signs in as is on a break.
    """
    draw = random.Random(f"mentors {seed}")
    cast = [person.email for person in CAST]
    mentors = list(Membership.objects.mentors().select_related("person__user").order_by("pk"))
    _breaks(draw, [place for place in mentors if place.person.user and place.person.user.email not in cast])
    people = {place.person_id: place.person for place in mentors}
    _days(draw)
    _half_way(people.values())
    _photos(draw, list(people.values()))


def _breaks(draw: random.Random, places: Iterable[Membership]) -> None:
    today = timezone.localdate(clock.now())
    known = False
    for place in places:
        if draw.random() < ON_A_BREAK:
            known = not known
            place.paused, place.paused_until = True, today + timedelta(days=draw.randint(10, 60)) if known else None
            place.save(update_fields=["paused", "paused_until"])


def _days(draw: random.Random) -> None:
    """Everybody was here some day: most this week, some this month, a few longer ago."""
    today = timezone.localdate(clock.now())
    people = list(Person.objects.order_by("user__email"))
    for person in people:
        person.active_on = today - timedelta(days=draw.choice((0, 0, 1, 2, 3, 5, 9, 14, 20, 27, 50, 90)))
    Person.objects.bulk_update(people, ["active_on"], batch_size=1_000)


def _half_way(people: Iterable[Person]) -> None:
    """One of those one signs in as has not finished their set-up yet."""
    for person in people:
        if person.user and person.user.email == HALF_WAY:
            Credential.objects.filter(person=person).delete()
            person.commitments, person.commitment_words = [], ""
            person.save(update_fields=["commitments", "commitment_words"])


def _photos(draw: random.Random, people: list[Person]) -> None:
    with_photo = [person for person in people if draw.random() < WITH_PHOTO]
    for person in with_photo[:MOST_PHOTOS]:
        photo.put_up(squares=squares(draw_photo(draw)), by=person)
