"""What every action keeps to when another is in the way, and what becomes of it where no form shows it."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from mentoring.domain import invitation, programme
from mentoring.models import Membership, Person, Programme
from tests.factories import PersonFactory
from tests.factories.invitations import InvitationFactory
from tests.mentoring.domain.test_mentorship_races import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_want_the_same_name_at_once_do_not_both_have_it() -> None:
    admin = PersonFactory()
    for number in range(5):
        add = partial(programme.add_programme, name=f"Rising {number}", description="", organisations=[], by=admin)
        assert sorted(race([add, add])) == ["refused", "won"]


def test_two_names_with_the_same_address_both_find_one() -> None:
    admin = PersonFactory()
    for number in range(5):
        names = [f"Rising {number}", f"Rising-{number}", f"Rising  {number}!"]
        adds = [
            partial(programme.add_programme, name=name, description="", organisations=[], by=admin) for name in names
        ]
        assert set(race(adds)) <= {"won", "busy"}
    assert Programme.objects.values("slug").distinct().count() == Programme.objects.count()


def test_pressing_twice_claims_once() -> None:
    for _ in range(5):
        row, me = InvitationFactory(), PersonFactory()
        assert race([partial(invitation.claim, invitation=row, by=me)] * 2) == ["won", "won"]
        assert Membership.objects.filter(person=me).count() == 1


def test_of_two_who_claim_at_once_one_is_refused() -> None:
    for _ in range(5):
        row = InvitationFactory()
        results = race([partial(invitation.claim, invitation=row, by=PersonFactory()) for _ in range(2)])
        assert sorted(results) == ["refused", "won"]


def test_a_place_is_claimed_or_taken_back_never_both() -> None:
    for _ in range(5):
        row, me = InvitationFactory(), PersonFactory()
        claimed, taken_back = race(
            [partial(invitation.claim, invitation=row, by=me), partial(invitation.take_back, invitation=row, by=me)]
        )
        assert sorted([claimed, taken_back]) == ["refused", "won"]
        assert Membership.objects.filter(person=me).count() == (claimed == "won")


def test_claiming_does_not_undo_what_was_saved_meanwhile() -> None:
    row, me = InvitationFactory(), PersonFactory()
    Person.objects.filter(pk=me.pk).update(headline="Saved meanwhile", wants="So was this")
    invitation.claim(invitation=row, by=me)
    me.refresh_from_db()
    assert (me.headline, me.wants) == ("Saved meanwhile", "So was this")


def test_who_cannot_be_served_now_meets_a_page_that_says_so(as_: Callable[[Person], Client]) -> None:
    """Somebody else holds the lock for longer than two tries."""
    person = PersonFactory()
    client, held, done = as_(person), Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            held.set()
            done.wait(20)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    held.wait(5)
    response = client.post(reverse("identity_withdraw_all"))
    done.set()
    holder.join()
    assert response.status_code == 409
    assert "Somebody else was doing this at the same moment." in response.content.decode()
