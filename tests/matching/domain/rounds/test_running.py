"""A round worked out: by one worker, taken up again when that one is gone, and exactly once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from matching.domain import rounds
from matching.domain.rounds import Choice, running
from matching.domain.rounds.reading import read_round
from matching.enums import Band, Direction, Lack, RunState, Side, Strength
from matching.models import LeftOut, Pair, Run
from mentoring.domain import clock
from mentoring.domain.action import NotPossible
from mentoring.enums import MembershipState, MentorshipState, Purpose, Role
from mentoring.models import Block, Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory
from tests.factories.matching import asks, says
from tests.factories.rounds import asked, begun, worked_out

pytestmark = pytest.mark.django_db


def pairs_of(run: Run) -> dict[str, str]:
    return {pair.mentee.first_name: pair.mentor.first_name for pair in Pair.objects.filter(run=run)}


def left_out_of(run: Run) -> dict[str, str]:
    return {row.mentee.first_name: row.reason for row in LeftOut.objects.filter(run=run)}


def mentee(programme: Programme, name: str) -> Person:
    return MembershipFactory(programme=programme, person__first_name=name).person


def mentor(programme: Programme, name: str, capacity: int = 1) -> Person:
    return MentorFactory(programme=programme, capacity=capacity, person__first_name=name).person


def test_everybody_who_looks_gets_whom_they_asked_for(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    kofi, grace = mentee(programme, "Kofi"), mentor(programme, "Grace")
    says(grace, "band", "8a")
    says(folasade, "band", "7")
    asks(amina, "band", Direction.ONE_OF, Strength.NEED, "8a")
    asks(kofi, "band", Direction.ONE_OF, Strength.NEED, "7")
    run = worked_out(begun(programme, coretta), coretta)
    assert run.state == RunState.DONE
    assert pairs_of(run) == {"Amina": "Grace", "Kofi": "Folasade"}
    assert (run.matched, run.total, run.worst, run.progress) == (2, 20_000, 10_000, 100)
    assert set(Pair.objects.values_list("score", "band", "kept")) == {(10_000, Band.VERY_STRONG, False)}
    assert run.inputs["mentees"] == 2


def test_who_is_left_out_is_told_with_the_reason(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    kofi = mentee(programme, "Kofi")
    mentee(programme, "Zadie")
    says(folasade, "band", "7")
    asks(kofi, "band", Direction.ONE_OF, Strength.REQUIRE, "8a")
    run = worked_out(begun(programme, coretta), coretta)
    assert len(pairs_of(run)) == 1
    left = left_out_of(run)
    assert left.pop("Kofi") == Lack.NOBODY_FITS
    assert set(left.values()) == {Lack.PLACES_SHORT}


def test_nobody_is_put_together_with_whom_something_is_or_was_between_them(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    ended = {"answered_at": clock.now(), "ended_at": clock.now()}
    for state, more in (
        (MentorshipState.ENDED, ended),
        (MentorshipState.DECLINED, ended),
    ):
        row = MentorshipFactory(mentee=amina, mentor_membership=folasade_membership, state=state, **more)
        run = worked_out(begun(programme, coretta), coretta)
        assert left_out_of(run) == {"Amina": Lack.NOBODY_FITS}
        row.delete()
    long_ago = clock.now() - clock.ASK_AGAIN_AFTER - timedelta(days=1)
    MentorshipFactory(
        mentee=amina,
        mentor_membership=folasade_membership,
        state=MentorshipState.DECLINED,
        answered_at=long_ago,
        ended_at=long_ago,
    )
    assert pairs_of(worked_out(begun(programme, coretta), coretta)) == {"Amina": "Folasade"}


@pytest.mark.parametrize("by_mentee", [True, False])
def test_a_block_either_way_keeps_them_apart(
    programme: Programme, amina: Person, folasade: Person, coretta: Person, *, by_mentee: bool
) -> None:
    one, other = (amina, folasade) if by_mentee else (folasade, amina)
    Block.objects.create(blocker=one, blocked=other)
    assert left_out_of(worked_out(begun(programme, coretta), coretta)) == {"Amina": Lack.NOBODY_FITS}


def test_somebody_with_both_roles_is_not_their_own_mentor_and_two_may_mentor_each_other(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    MembershipFactory(programme=programme, person=folasade)
    MentorFactory(programme=programme, person=amina)
    run = worked_out(begun(programme, coretta), coretta)
    assert pairs_of(run) == {"Amina": "Folasade", "Folasade": "Amina"}


def test_who_left_found_somebody_or_filled_up_since_is_not_in_it(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    kofi, zadie = mentee(programme, "Kofi"), mentee(programme, "Zadie")
    paused, other = mentor(programme, "Paused"), mentor(programme, "Other", 3)
    row = begun(programme, coretta)
    Membership.objects.filter(person=paused).update(paused=True)
    Membership.objects.filter(person=zadie).update(state=MembershipState.LEFT)
    MentorshipFactory(
        mentee=kofi,
        mentor_membership=folasade_membership,
        state=MentorshipState.ACCEPTED,
        answered_at=clock.now(),
    )
    assert pairs_of(worked_out(row, coretta)) == {"Amina": other.first_name}


# --- By hand ----------------------------------------------------------------------------------------------------------


def test_a_kept_pair_stays_and_takes_its_place(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    mentee(programme, "Kofi")
    row = begun(programme, coretta)
    rounds.keep_together(round_=row, mentee=amina, mentor=folasade, reason="They know each other", by=coretta)
    run = worked_out(row, coretta)
    assert pairs_of(run) == {"Amina": "Folasade"}
    assert left_out_of(run) == {"Kofi": Lack.PLACES_SHORT}
    assert Pair.objects.get().kept
    assert run.inputs["kept"] == 1


@pytest.mark.parametrize("answer", ["woman", "man"])
def test_a_kept_pair_stays_whatever_one_of_them_said_for_rounds(
    programme: Programme, amina: Person, folasade: Person, coretta: Person, answer: str
) -> None:
    programme.positive_action_reason = "Few at the top"
    programme.save()
    says(folasade, "gender", "woman")
    says(amina, "gender", answer, purpose=Purpose.ROUNDS)
    asks(amina, "gender", Direction.SAME, Strength.REQUIRE)
    row = begun(programme, coretta)
    found = worked_out(row, coretta)
    assert bool(pairs_of(found)) == (answer == "woman"), "in a run it holds for pairs that nobody decided on"
    rounds.keep_together(round_=row, mentee=amina, mentor=folasade, reason="They met", by=coretta)
    kept = worked_out(row, coretta)
    assert list(kept.pairs.values_list("mentee", "score", "band", "kept")) == [(amina.pk, None, Band.SOME, True)]
    assert (kept.matched, kept.bound) == (1, kept.total)


def test_a_kept_pair_that_no_longer_fits_by_its_profiles_is_taken_apart(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    says(folasade, "band", "7")
    row = begun(programme, coretta)
    rounds.keep_together(round_=row, mentee=amina, mentor=folasade, reason="They met", by=coretta)
    asks(amina, "band", Direction.ONE_OF, Strength.REQUIRE, "8a")
    assert left_out_of(worked_out(row, coretta)) == {"Amina": Lack.NOBODY_FITS}


def test_two_kept_apart_are_not_put_together_again(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    assert pairs_of(worked_out(row, coretta)) == {"Amina": "Folasade"}
    change = rounds.keep_apart(round_=row, mentee=amina, mentor=folasade, reason="Same team", by=coretta)
    assert left_out_of(worked_out(row, coretta)) == {"Amina": Lack.NOBODY_FITS}
    rounds.undo(change=change, by=coretta)
    assert pairs_of(worked_out(row, coretta)) == {"Amina": "Folasade"}
    assert row.runs.count() == 3


def test_who_is_left_out_by_hand_is_not_in_it_and_comes_back(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    mentee(programme, "Kofi")
    row = begun(programme, coretta)
    place = Membership.objects.get(person=amina, role=Role.MENTEE)
    assert rounds.leave_out(round_=row, people=[place.pk], left_out=True, by=coretta) == 1
    assert rounds.leave_out(round_=row, people=[place.pk], left_out=True, by=coretta) == 0
    assert pairs_of(worked_out(row, coretta)) == {"Kofi": "Folasade"}
    rounds.leave_out(round_=row, people=[place.pk], left_out=False, by=coretta)
    assert worked_out(row, coretta).inputs["mentees"] == 2


# --- Privacy ----------------------------------------------------------------------------------------------------------


def test_a_pair_in_which_something_for_rounds_counted_has_a_band_and_no_score(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    says(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    says(folasade, "gender", "woman")
    asks(amina, "gender", Direction.SAME, Strength.NEED)
    asks(amina, "feedback", Direction.SAME, Strength.NEED)
    says(amina, "feedback", point=1)
    says(folasade, "feedback", point=1)
    for share in (0, 30, 70, 100):
        run = worked_out(begun(programme, coretta), coretta, mentee_share=share)
        assert list(Pair.objects.filter(run=run).values_list("score", "band")) == [(None, Band.VERY_STRONG)]


def test_something_for_rounds_that_nobody_asks_about_hides_nothing(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    says(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    says(folasade, "gender", "woman", purpose=Purpose.MONITORING)
    says(folasade, "band", "7")
    asks(amina, "band", Direction.ONE_OF, Strength.NEED, "7")
    worked_out(begun(programme, coretta), coretta)
    assert Pair.objects.get().score == 10_000


def test_what_is_for_totals_alone_never_counts(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    asks(amina, "gender", Direction.ONE_OF, Strength.NEED, "woman")
    row = begun(programme, coretta)
    before = worked_out(row, coretta)
    says(folasade, "gender", "woman", purpose=Purpose.MONITORING)
    after = worked_out(row, coretta)
    assert before.inputs_key == after.inputs_key
    assert before.total == after.total


def test_the_band_at_the_edges() -> None:
    assert [running.band_of(score) for score in (0, 5_999, 6_000, 7_999, 8_000, 10_000)] == [
        Band.SOME,
        Band.SOME,
        Band.STRONG,
        Band.STRONG,
        Band.VERY_STRONG,
        Band.VERY_STRONG,
    ]


# --- Held by one worker -----------------------------------------------------------------------------------------------


def test_asking_twice_is_asking_once_and_a_run_is_worked_out_once(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    assert asked(row, coretta) == asked(row, coretta)
    assert [running.run_due(), running.run_due()] == [1, 0]
    assert Pair.objects.count() == 1


def test_a_run_whose_worker_is_gone_is_taken_up_after_its_lease(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    run = asked(begun(programme, coretta), coretta)
    assert running._claim_next() == run
    assert running.run_due() == 0
    with time_machine.travel(clock.now() + clock.LEASE + timedelta(seconds=1), tick=True):
        assert running.run_due() == 1
    run.refresh_from_db()
    assert (run.state, run.tries) == (RunState.DONE, 2)


def test_a_worker_that_lost_its_run_writes_nothing(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    asked(begun(programme, coretta), coretta)
    lost = running._claim_next()
    assert lost is not None
    inputs = read_round(lost)
    outcome = running.work_out(inputs, lambda share: None)
    with time_machine.travel(clock.now() + clock.LEASE + timedelta(seconds=1), tick=True):
        assert running.run_due() == 1
    with pytest.raises(running._NotHeld):
        running._finish(run=lost, inputs=inputs, outcome=outcome)
    with pytest.raises(running._NotHeld):
        running._Progress(lost)(50)
    assert Pair.objects.count() == 1


def test_a_run_that_no_worker_survives_has_failed(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    run = asked(begun(programme, coretta), coretta)
    for past in range(1, running.MOST_TRIES + 2):
        with time_machine.travel(clock.now() + past * 2 * clock.LEASE, tick=True):
            running._claim_next()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert worked_out(run.round, coretta).state == RunState.DONE


def test_a_cancelled_run_stops_the_worker(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    run = asked(begun(programme, coretta), coretta)
    held = running._claim_next()
    assert held is not None
    rounds.cancel_run(run=run, by=coretta)
    with pytest.raises(running._NotHeld):
        running._run(held)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    rounds.cancel_run(run=run, by=coretta)
    done = worked_out(run.round, coretta)
    with pytest.raises(NotPossible):
        rounds.cancel_run(run=done, by=coretta)


# --- Its inputs -------------------------------------------------------------------------------------------------------


def test_reading_takes_as_many_queries_for_many_as_for_few(
    programme: Programme,
    amina: Person,
    folasade: Person,
    coretta: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = asked(begun(programme, coretta), coretta)
    with django_assert_num_queries(13):
        read_round(Run.objects.select_related("round__programme").get(pk=run.pk))
    for number in range(3):
        says(mentee(programme, f"Mentee{number}"), "band", "6")
        asks(mentor(programme, f"Mentor{number}"), "band", Direction.SAME, Strength.HELP, side=Side.AS_MENTOR)
    rounds.cancel_run(run=run, by=coretta)
    run = asked(begun(programme, coretta), coretta)
    with django_assert_num_queries(13):
        read_round(Run.objects.select_related("round__programme").get(pk=run.pk))


def test_the_inputs_key_tells_every_change_and_only_changes(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    row = begun(programme, coretta)

    def key() -> str:
        return worked_out(row, coretta).inputs_key

    seen = [key()]
    assert key() == seen[0]
    says(amina, "band", "6")
    seen.append(key())
    asks(amina, "band", Direction.ABOVE, Strength.HELP)
    seen.append(key())
    says(folasade_membership.person, "gender", "woman", purpose=Purpose.ROUNDS)
    seen.append(key())
    Membership.objects.filter(pk=folasade_membership.pk).update(capacity=4)
    seen.append(key())
    Block.objects.create(blocker=amina, blocked=folasade_membership.person)
    seen.append(key())
    assert len(set(seen)) == len(seen)
    assert key() == seen[-1]


def test_the_database_keeps_no_points_that_are_nobodys(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    run = worked_out(begun(programme, coretta), coretta)
    with pytest.raises(IntegrityError):
        Run.objects.filter(pk=run.pk).update(matched=None)


def test_a_round_needs_somebody_of_either_role(programme: Programme, amina: Person, coretta: Person) -> None:
    with pytest.raises(NotPossible, match="No mentor has a free place"):
        begun(programme, coretta)
    mentor(programme, "Grace")
    says(amina, "profession", "physiotherapy")
    with pytest.raises(NotPossible, match="Nobody you chose"):
        begun(programme, coretta, choice=Choice(profession=["podiatry"]))
    row = begun(programme, coretta, choice=Choice(profession=["physiotherapy"]))
    for place in Membership.objects.filter(role=Role.MENTOR):
        rounds.leave_out(round_=row, people=[place.pk], left_out=True, by=coretta)
    with pytest.raises(NotPossible, match="No mentor is left"):
        asked(row, coretta)


def test_beginning_again_is_the_same_round_until_anything_differs(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    assert begun(programme, coretta) == row
    assert begun(programme, MembershipFactory(programme=programme, role=Role.COORDINATOR).person) != row
    assert begun(programme, coretta, name="Summer") != row
    rounds.keep_apart(round_=row, mentee=amina, mentor=folasade, reason="Same team", by=coretta)
    second = begun(programme, coretta)
    asked(second, coretta)
    third = begun(programme, coretta)
    rounds.leave_out(round_=third, people=[Membership.objects.get(person=amina).pk], left_out=True, by=coretta)
    fourth = begun(programme, coretta)
    mentee(programme, "Kofi")
    fifth = begun(programme, coretta)
    assert len({row, second, third, fourth, fifth}) == 5


def test_the_longest_waiting_come_first_and_who_asks_somebody_does_not_look(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    old, asking = mentee(programme, "Old"), mentee(programme, "Asking")
    Membership.objects.filter(person=old).update(changed_at=clock.now() - timedelta(days=90))
    MentorshipFactory(mentee=asking, mentor_membership=folasade_membership)
    assert Mentorship.objects.count() == 1
    row = begun(programme, coretta, choice=Choice(most=1))
    chosen = row.participants.filter(membership__role=Role.MENTEE).values_list("membership__person", flat=True)
    assert list(chosen) == [old.pk]
    everybody = begun(programme, coretta).participants.filter(membership__role=Role.MENTEE)
    assert set(everybody.values_list("membership__person", flat=True)) == {old.pk, amina.pk}
