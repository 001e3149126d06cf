"""The pool that a process keeps: never older than what was committed, never what was not."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import numpy as np
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from matching import engine
from matching.domain import mentor_pool
from matching.domain.ids import Ids, ids_of, raw_ids
from matching.domain.mentor_pool import pool_of
from matching.domain.merging import merged
from matching.domain.packed_mentor import KEPT_FOR, forget_gone
from matching.domain.preference import drop_preference
from matching.domain.unpacking import Packed, Unpacking
from matching.engine.columns import counts
from matching.enums import Direction, Side
from matching.models import PackedMentor, Preference
from mentoring.enums import MembershipState, Purpose
from mentoring.models import CharacteristicValue, Consent, Membership, Organisation, Person, Programme
from tests.factories import MentorFactory, OrganisationFactory
from tests.factories.drawn import answer_some, ask_some
from tests.factories.matching import asks, everything, says
from tests.matching.domain.test_unpacking import assert_same, from_rows

pytestmark = pytest.mark.django_db(transaction=True)


def pool(programme: Programme) -> engine.Pool:
    return pool_of(programme=programme.pk, offered=everything(), expected={})


def elsewhere(change: Callable[[], object]) -> None:
    """Another process's doing: on a connection of its own, committed."""

    def run() -> None:
        change()
        connections.close_all()

    with ThreadPoolExecutor(1) as other:
        other.submit(run).result()


@contextmanager
def unfinished(change: Callable[[], object]) -> Iterator[None]:
    """Another process's transaction, which has made its change and commits when the block is left."""
    changed, done = Event(), Event()

    def run() -> None:
        with transaction.atomic():
            change()
            changed.set()
            done.wait(20)
        connections.close_all()

    other = Thread(target=run)
    other.start()
    assert changed.wait(10)
    yield
    done.set()
    other.join()


@pytest.fixture
def three(programme: Programme) -> list[Membership]:
    rows = [MentorFactory(programme=programme) for _ in range(3)]
    for row in rows:
        says(row.person, "profession", "dietetics")
        says(row.person, "ethnicity", "african")
        asks(row.person, "profession", Direction.SAME, side=Side.AS_MENTOR)
    return rows


def pause(row: Membership) -> Callable[[], object]:
    return lambda: Membership.objects.filter(pk=row.pk).update(paused=True)


def paused(programme: Programme) -> list[str]:
    people = pool(programme).people
    return [people.ids[row] for row in people.paused.nonzero()[0].tolist()]


def test_what_did_not_change_is_kept(programme: Programme, three: list[Membership]) -> None:
    first = pool(programme)
    assert pool(programme) is first
    assert_same(first.people, from_rows(programme))


def test_what_another_process_wrote_is_there_in_the_next_use(programme: Programme, three: list[Membership]) -> None:
    before = pool(programme)
    elsewhere(pause(three[1]))
    assert paused(programme) == [str(three[1].person_id)]
    assert not before.people.paused.any(), "what a thread still uses is not changed"
    assert_same(pool(programme).people, from_rows(programme))


def test_a_consent_withdrawn_by_another_process_is_heeded_at_once(
    programme: Programme, three: list[Membership]
) -> None:
    def said() -> int:
        people = pool(programme).people
        return sum(counts(people.catalogue["ethnicity"], people.values["ethnicity"]).values())

    assert said() == 3
    elsewhere(lambda: Consent.objects.filter(person=three[0].person).update(withdrawn_at=timezone.now()))
    assert said() == 2


def test_many_changes_of_every_kind_come_to_the_same_as_reading_all(
    programme: Programme, three: list[Membership]
) -> None:
    draw = random.Random(5)
    leeds: Organisation = OrganisationFactory()
    pool(programme)
    for turn in range(6):
        joined = MentorFactory(programme=programme, person__organisation=draw.choice([leeds, None])).person
        answer_some(draw, joined, 0.5)
        ask_some(draw, joined, Side.AS_MENTOR, 0.3)
        left = draw.choice(list(Membership.objects.filter(programme=programme)))
        left.delete()
        CharacteristicValue.objects.filter(characteristic="profession", person__in=Person.objects.all()[:1]).delete()
        if turn % 2:
            Person.objects.filter(pk=joined.pk).update(organisation=leeds)
        assert_same(pool(programme).people, from_rows(programme))


def test_a_transaction_that_commits_late_is_not_missed(programme: Programme, three: list[Membership]) -> None:
    pool(programme)
    with unfinished(pause(three[0])):
        pause(three[1])()
        assert paused(programme) == [str(three[1].person_id)]
        pause(three[2])()
        assert str(three[0].person_id) not in paused(programme)
    stamps = {row.membership_id: row.stamp for row in PackedMentor.objects.all()}
    assert stamps[three[0].pk] < stamps[three[1].pk], "what came late has the smaller number: a greatest one misses it"
    assert paused(programme) == sorted(str(row.person_id) for row in three)


def test_what_is_read_again_for_another_s_sake_is_not_merged_again(
    programme: Programme, three: list[Membership]
) -> None:
    pool(programme)
    with unfinished(OrganisationFactory):
        pause(three[1])()
        first = pool(programme)
        assert pool(programme) is first


def test_what_is_rolled_back_is_not_kept(programme: Programme, three: list[Membership]) -> None:
    before = pool(programme)

    with transaction.atomic():
        pause(three[0])()
        assert paused(programme) == [str(three[0].person_id)], "one's own change is seen before it is committed"
        transaction.set_rollback(True)
    assert pool(programme) is before


def test_what_is_offered_and_expected_is_part_of_it(programme: Programme, three: list[Membership]) -> None:
    before = pool(programme)
    OrganisationFactory(name="A new employer")
    after = pool(programme)
    assert "organisation" not in before.catalogue
    assert len(after.catalogue["organisation"].options) == 1
    expected = {"ethnicity": {"same": 7}}
    told = pool_of(programme=programme.pk, offered=everything(), expected=expected)
    assert told.catalogue["ethnicity"].expected == {engine.Direction.SAME: 7}
    assert pool_of(programme=programme.pk, offered=everything(), expected=expected) is told


def test_a_programme_used_long_ago_is_forgotten(
    programme: Programme, three: list[Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentor_pool, "MOST_KEPT", 1)
    first = pool(programme)
    pool(MentorFactory().programme)
    assert pool(programme) is not first


def test_what_was_not_used_for_long_is_read_anew(
    programme: Programme, three: list[Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pool(programme)
    assert pool(programme) is first
    monkeypatch.setattr(mentor_pool, "TRUSTED_FOR", 0)
    three[0].delete()
    PackedMentor.objects.filter(present=False).delete()
    assert len(pool(programme)) == 2


def test_a_copy_of_the_database_in_a_younger_server_is_read_anew(programme: Programme, three: list[Membership]) -> None:
    first = pool(programme)
    kept = mentor_pool._kept[programme.pk]
    assert kept.snapshot is not None
    kept.snapshot = replace(kept.snapshot, since=10**15)
    assert pool(programme) is not first
    assert_same(pool(programme).people, from_rows(programme))


def test_threads_find_one_another_s_work(programme: Programme, three: list[Membership]) -> None:
    def look(number: int) -> int:
        if number % 5 == 0:
            MentorFactory(programme=programme)
        size = len(pool(programme))
        connections.close_all()
        return size

    with ThreadPoolExecutor(4) as threads:
        sizes = list(threads.map(look, range(20)))
    assert min(sizes) >= 3
    assert len(pool(programme)) == 7
    assert_same(pool(programme).people, from_rows(programme))


def test_two_who_write_about_one_mentor_at_once_are_both_packed(programme: Programme, three: list[Membership]) -> None:
    person = three[0].person

    def answer(key: str, option: str) -> Callable[[], object]:
        return lambda: CharacteristicValue.objects.create(person=person, characteristic_id=key, options=[option])

    with unfinished(answer("region", "wales")):
        other = Thread(target=lambda: elsewhere(answer("band", "7")))
        other.start()
        other.join(0.3)
        assert other.is_alive(), "the second waits for the first"
    other.join()
    assert_same(pool(programme).people, from_rows(programme))


def test_who_becomes_a_mentor_while_they_answer_is_packed_with_the_answer(programme: Programme) -> None:
    person = MentorFactory().person

    def join() -> None:
        MentorFactory(programme=programme, person=person)

    with unfinished(
        lambda: CharacteristicValue.objects.create(person=person, characteristic_id="region", options=["wales"])
    ):
        joining = Thread(target=lambda: elsewhere(join))
        joining.start()
        joining.join(0.3)
    joining.join()
    assert len(pool(programme)) == 1
    assert_same(pool(programme).people, from_rows(programme))


def test_who_leaves_while_they_answer_waits_for_the_answer(programme: Programme, three: list[Membership]) -> None:
    """Both lock the person before the packed row, so neither waits for the other in turn."""
    person = three[0].person
    leaving = Thread(
        target=lambda: elsewhere(lambda: Membership.objects.filter(pk=three[0].pk).update(state=MembershipState.LEFT))
    )
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        leaving.start()
        leaving.join(0.5)
        assert leaving.is_alive()
        CharacteristicValue.objects.create(person=person, characteristic_id="region", options=["wales"])
    leaving.join()
    assert len(pool(programme)) == 2
    assert_same(pool(programme).people, from_rows(programme))


def test_who_drops_a_preference_holds_nothing_while_waiting_for_the_person(
    programme: Programme, three: list[Membership]
) -> None:
    person = three[0].person
    dropping = Thread(
        target=lambda: elsewhere(lambda: drop_preference(side=Side.AS_MENTOR, topic="profession", by=person))
    )
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        dropping.start()
        dropping.join(0.5)
        assert dropping.is_alive()
        Preference.objects.select_for_update(nowait=True).get(person=person)
    dropping.join()
    assert_same(pool(programme).people, from_rows(programme))


def test_rows_of_who_is_gone_are_deleted_after_a_day(programme: Programme, three: list[Membership]) -> None:
    three[0].delete()
    three[1].delete()
    PackedMentor.objects.filter(pk=PackedMentor.objects.filter(present=False).earliest("pk").pk).update(
        gone_at=timezone.now() - KEPT_FOR * 2
    )
    assert forget_gone() == 1
    assert PackedMentor.objects.filter(present=False).count() == 1
    assert PackedMentor.objects.filter(present=True).count() == 1


def test_repacking_mends_what_was_written_behind_the_triggers_back(
    programme: Programme, three: list[Membership]
) -> None:
    PackedMentor.objects.filter(pk=three[0].pk).delete()
    PackedMentor.objects.filter(pk=three[1].pk).update(answers=b"", capacity=9)
    PackedMentor.objects.filter(pk=three[2].pk).update(stamp=10**15)
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_pack_memberships(%s)", [[row.pk for row in three]])
    assert not PackedMentor.objects.filter(stamp=10**15).exists()
    assert_same(pool(programme).people, from_rows(programme))


@pytest.mark.parametrize("seed", range(3))
def test_merging_comes_to_the_same_as_all_at_once(programme: Programme, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(8):
        person = MentorFactory(programme=programme).person
        answer_some(draw, person, 0.5)
        ask_some(draw, person, Side.AS_MENTOR, 0.4)
    everybody = pool(programme).people
    chosen = draw.sample(range(8), 3)
    some = np.isin(np.arange(8), chosen)
    nobody = Unpacking(everybody.catalogue, everything()).people(Packed.of(b"", b"", b""), engine.Role.MENTOR)
    one = merged(everybody, nobody, ids_of(everybody).raw[some])
    other = merged(everybody, nobody, ids_of(everybody).raw[~some])
    assert (len(one), len(other), list(other.ids)) == (5, 3, [everybody.ids[row] for row in sorted(chosen)])
    assert_same(merged(one, other, raw_ids([])), everybody)
    assert_same(merged(everybody, other, ids_of(other).raw), everybody)
    assert isinstance(one.ids, Ids)


def test_what_is_hidden_reaches_no_pool(programme: Programme, three: list[Membership]) -> None:
    first = pool(programme)
    says(three[0].person, "gender", "woman", purpose=Purpose.ROUNDS)
    assert pool(programme) is first
