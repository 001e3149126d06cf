"""Many at once, on real connections: places are never overfilled, and two people have one open request."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from mentoring.domain import membership, mentorship
from mentoring.domain.action import Busy, NotPossible
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import Block, Membership, Mentorship, Person
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, MentorshipFactory, PersonFactory

RACERS = 200


def race(racers: Sequence[Callable[[], object]]) -> list[str]:
    """Start all at the same moment, each on a connection of its own; how each ended."""
    results = ["" for _ in racers]
    start = Barrier(len(racers))

    def run(number: int) -> None:
        try:
            _connect(start)
            start.wait()
            racers[number]()
            results[number] = "won"
        except NotPossible as refusal:
            results[number] = "busy" if isinstance(refusal, Busy) else "refused"
        except Exception as error:
            results[number] = f"broke: {error!r}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(racers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _connect(start: Barrier) -> None:
    """Without a connection for everybody nobody starts, and nobody waits for ever."""
    try:
        connection.ensure_connection()
    except OperationalError:
        start.abort()
        raise


def requests_to(place: Membership, count: int) -> list[Mentorship]:
    mentees = Person.objects.bulk_create(PersonFactory.build(user=None) for _ in range(count))
    return Mentorship.objects.bulk_create(
        MentorshipFactory.build(mentor_membership=place, programme=place.programme, mentor=place.person, mentee=mentee)
        for mentee in mentees
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("places", [1, 5])
def test_exactly_as_many_as_there_are_places_win(places: int) -> None:
    place = MentorFactory(capacity=places)
    rows = requests_to(place, RACERS)

    results = race([partial(mentorship.accept, mentorship=row, by=place.person) for row in rows])

    assert {result for result in results if result not in ("won", "refused", "busy")} == set()
    assert results.count("won") == places
    place.refresh_from_db()
    assert place.taken == places
    assert Mentorship.objects.under_way().count() == places


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_check_more_would_win() -> None:
    """The negative control: what the test above would see if nothing guarded the places."""
    place = MentorFactory(capacity=1)
    rows = requests_to(place, 20)

    def look_then_take(row: Mentorship) -> None:
        with transaction.atomic():
            if Membership.objects.get(pk=place.pk).free <= 0:
                raise NotPossible("full")
            sleep(0.05)
            Mentorship.objects.filter(pk=row.pk).update(state=MentorshipState.ACCEPTED, answered_at=row.asked_at)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mentoring_membership DROP CONSTRAINT membership_places")
    try:
        results = race([partial(look_then_take, row) for row in rows])
        assert results.count("won") > 1
    finally:
        Mentorship.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE mentoring_membership ADD CONSTRAINT membership_places "
                "CHECK (capacity IS NULL OR taken <= capacity)"
            )


@pytest.mark.django_db
def test_a_raw_insert_over_capacity_is_refused() -> None:
    place = MentorFactory(capacity=1)
    first, second = requests_to(place, 2)
    mentorship.accept(mentorship=first, by=place.person)
    with pytest.raises(IntegrityError, match="membership_places"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mentoring_mentorship (id, programme_id, mentee_id, mentor_id, mentor_membership_id, state,"
            " message, kind_word, asked_at, answered_at, active_at) VALUES"
            " (gen_random_uuid(), %s, %s, %s, %s, 'active', '', '', now(), now(), now())",
            [place.programme_id, PersonFactory().pk, place.person_id, place.pk],
        )
    with pytest.raises(IntegrityError, match="membership_places"), transaction.atomic():
        Mentorship.objects.filter(pk=second.pk).update(state=MentorshipState.ACCEPTED, answered_at=second.asked_at)


@pytest.mark.django_db(transaction=True)
def test_one_open_request_between_two_people_however_often_they_ask() -> None:
    place = MentorFactory(capacity=1)
    amina = MembershipFactory(programme=place.programme).person

    results = race([lambda: mentorship.ask(mentor=place, message="", by=amina)] * 20)

    assert {result for result in results if result not in ("won", "busy")} == set()
    assert Mentorship.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_each_other_have_one_request() -> None:
    """Both are mentor and mentee; whoever comes second is sent to the request of the first."""
    one = MentorFactory()
    other = MentorFactory(programme=one.programme)
    for place in (one, other):
        MembershipFactory(programme=one.programme, person=place.person)

    results = race(
        [
            *[lambda: mentorship.ask(mentor=one, message="", by=other.person)] * 5,
            *[lambda: mentorship.ask(mentor=other, message="", by=one.person)] * 5,
        ]
    )

    assert {result for result in results if result not in ("won", "refused", "busy")} == set()
    assert Mentorship.objects.count() == 1


@pytest.mark.django_db
def test_the_database_keeps_one_open_request_between_two() -> None:
    row = MentorshipFactory()
    back = MentorFactory(programme=row.programme, person=row.mentee)
    with pytest.raises(IntegrityError, match="mentorship_one_open_between_two"), transaction.atomic():
        MentorshipFactory(mentor_membership=back, mentee=row.mentor)


@pytest.mark.django_db(transaction=True)
def test_no_request_slips_past_a_block() -> None:
    for _ in range(10):
        place = MentorFactory()
        amina = MembershipFactory(programme=place.programme).person

        results = race(
            [
                partial(mentorship.ask, mentor=place, message="", by=amina),
                partial(mentorship.block, other=place.person, by=amina),
            ]
        )

        assert set(results) <= {"won", "refused", "busy"}
        assert Block.objects.filter(blocker=amina).exists()
        assert not Mentorship.objects.open().filter(mentee=amina).exists()


@pytest.mark.django_db(transaction=True)
def test_no_request_slips_past_a_mentor_who_leaves() -> None:
    for _ in range(10):
        place = MentorFactory()
        amina = MembershipFactory(programme=place.programme).person

        results = race(
            [
                partial(mentorship.ask, mentor=place, message="", by=amina),
                partial(membership.leave, programme=place.programme, by=place.person),
            ]
        )

        assert set(results) <= {"won", "refused", "busy"}
        assert not Mentorship.objects.open().filter(mentee=amina).exists()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_leave_at_once_do_not_both_go() -> None:
    for _ in range(10):
        one = CoordinatorFactory()
        other = CoordinatorFactory(programme=one.programme)

        results = race([partial(membership.leave, programme=row.programme, by=row.person) for row in (one, other)])

        assert sorted(results) == ["refused", "won"]
        left = Membership.objects.filter(programme=one.programme, role=Role.COORDINATOR)
        assert left.filter(state=MembershipState.MEMBER).count() == 1
