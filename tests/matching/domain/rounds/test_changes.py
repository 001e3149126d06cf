"""What a coordinator decides by hand: only what fits, always with a reason, and only while the round is open."""

import pytest
from django.db import IntegrityError, transaction

from matching.domain import rounds
from matching.enums import ChangeKind, Direction, Side, Strength
from matching.models import Change
from mentoring.domain.action import NotPossible
from mentoring.enums import Purpose
from mentoring.models import Block, Membership, Person, Programme
from tests.factories import MembershipFactory, MentorFactory
from tests.factories.matching import asks, says
from tests.factories.rounds import begun

pytestmark = pytest.mark.django_db


def keep(programme: Programme, mentee: Person, mentor: Person, by: Person) -> Change:
    row = programme.rounds.first() or begun(programme, by)
    return rounds.keep_together(round_=row, mentee=mentee, mentor=mentor, reason="They met", by=by)


def test_what_is_decided_about_two_replaces_what_was(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    grace = MentorFactory(programme=programme).person
    row = begun(programme, coretta)
    first = keep(programme, amina, folasade, coretta)
    assert keep(programme, amina, folasade, coretta) == first
    rounds.keep_apart(round_=row, mentee=amina, mentor=folasade, reason="Same team", by=coretta)
    second = keep(programme, amina, grace, coretta)
    standing = Change.objects.filter(undone_at__isnull=True).values_list("kind", "mentor")
    assert set(standing) == {(ChangeKind.EXCLUDE, folasade.pk), (ChangeKind.KEEP, grace.pk)}
    rounds.undo(change=second, by=coretta)
    rounds.undo(change=second, by=coretta)
    assert Change.objects.filter(undone_at__isnull=True).count() == 1


def test_another_reason_takes_the_place_of_the_first_which_stays_in_the_history(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    for decide in (rounds.keep_together, rounds.keep_apart):
        for reason in ("They met", "They work on the same ward", "They work on the same ward"):
            last = decide(round_=row, mentee=amina, mentor=folasade, reason=reason, by=coretta)
        assert last == Change.objects.get(undone_at__isnull=True)
        assert last.reason == "They work on the same ward"
    history = Change.objects.order_by("made_at", "pk").values_list("kind", "reason")
    assert list(history) == [
        (kind, reason)
        for kind in (ChangeKind.KEEP, ChangeKind.EXCLUDE)
        for reason in ("They met", "They work on the same ward")
    ]


def test_two_who_do_not_fit_cannot_be_put_together(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    says(folasade, "band", "6")
    asks(amina, "band", Direction.ONE_OF, Strength.REQUIRE, "8a")
    with pytest.raises(NotPossible, match="Amina and Folasade do not fit"):
        keep(programme, amina, folasade, coretta)
    says(folasade, "band", "8a")
    keep(programme, amina, folasade, coretta)


def test_what_a_mentor_requires_stands_in_the_way_in_the_same_words(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    asks(folasade, "band", Direction.ONE_OF, Strength.REQUIRE, "6", side=Side.AS_MENTOR)
    with pytest.raises(NotPossible, match="Amina and Folasade do not fit: something that one of them requires"):
        keep(programme, amina, folasade, coretta)


def test_a_block_cannot_be_told_from_a_condition(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    Block.objects.create(blocker=folasade, blocked=amina)
    with pytest.raises(NotPossible, match="Amina and Folasade do not fit: something that one of them requires"):
        keep(programme, amina, folasade, coretta)


def test_a_condition_about_ones_own_answer_for_rounds_is_not_looked_at(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    programme.positive_action_reason = "Few at the top"
    programme.save()
    says(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    asks(amina, "gender", Direction.SAME, Strength.REQUIRE)
    keep(programme, amina, folasade, coretta)
    says(folasade, "gender", "man")
    keep(programme, amina, folasade, coretta)
    says(amina, "gender", "woman")
    with pytest.raises(NotPossible, match="do not fit"):
        keep(programme, amina, folasade, coretta)
    says(folasade, "gender", "woman", purpose=Purpose.ROUNDS)
    with pytest.raises(NotPossible, match="do not fit"):
        keep(programme, amina, folasade, coretta)
    says(folasade, "gender", "woman")
    keep(programme, amina, folasade, coretta)


def test_a_mentor_without_a_place_and_a_stranger_cannot_be_chosen(
    programme: Programme, amina: Person, folasade_membership: Membership, stranger: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    Membership.objects.filter(pk=folasade_membership.pk).update(paused=True)
    with pytest.raises(NotPossible, match="no free place"):
        keep(programme, amina, folasade_membership.person, coretta)
    for decide in (rounds.keep_together, rounds.keep_apart):
        with pytest.raises(NotPossible, match="is not in this round"):
            decide(round_=row, mentee=stranger, mentor=folasade_membership.person, reason="x", by=coretta)


def test_no_more_are_kept_with_a_mentor_than_there_are_places(programme: Programme, coretta: Person) -> None:
    place = MentorFactory(programme=programme, capacity=2)
    first, second, third = (MembershipFactory(programme=programme).person for _ in range(3))
    change = keep(programme, first, place.person, coretta)
    keep(programme, second, place.person, coretta)
    with pytest.raises(NotPossible, match="is kept for somebody already"):
        keep(programme, third, place.person, coretta)
    assert keep(programme, first, place.person, coretta) == change
    rounds.undo(change=change, by=coretta)
    keep(programme, third, place.person, coretta)


def test_nothing_is_changed_in_a_round_that_is_over(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    row = begun(programme, coretta)
    change = keep(programme, amina, folasade, coretta)
    rounds.close_round(round_=row, by=coretta)
    rounds.close_round(round_=row, by=coretta)
    place = Membership.objects.get(person=amina)
    with pytest.raises(NotPossible, match="closed"):
        rounds.undo(change=change, by=coretta)
    with pytest.raises(NotPossible, match="closed"):
        rounds.leave_out(round_=row, people=[place.pk], left_out=True, by=coretta)
    with pytest.raises(NotPossible, match="closed"):
        rounds.keep_apart(round_=row, mentee=amina, mentor=folasade, reason="x", by=coretta)


def test_the_database_wants_a_reason_and_one_decision_between_two(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    change = keep(programme, amina, folasade, coretta)
    for wrong in ({"reason": ""}, {"mentor": amina}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Change.objects.filter(pk=change.pk).update(**wrong)
    change.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save(force_insert=True)


def test_who_is_erased_is_gone_from_rounds(programme: Programme, folasade: Person, coretta: Person) -> None:
    gone = MembershipFactory(programme=programme).person
    keep(programme, gone, folasade, coretta)
    gone.delete()
    assert Change.objects.count() == 0
