"""The mentorship: every step from every state by every side, and what is told to whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mentoring.domain import clock, mentorship
from mentoring.domain.action import NotPossible
from mentoring.enums import OPEN, TAKES_A_PLACE, MentorshipState
from mentoring.models import Block, Membership, Mentorship, Notification, Person
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, PersonFactory

S = MentorshipState
STEPS: dict[str, Callable[[Mentorship, Person], None]] = {
    "withdraw": lambda row, by: mentorship.withdraw(mentorship=row, by=by),
    "accept": lambda row, by: mentorship.accept(mentorship=row, by=by),
    "decline": lambda row, by: mentorship.decline(mentorship=row, kind_word="Not this year.", by=by),
    "end": lambda row, by: mentorship.end(mentorship=row, by=by),
}
# Where each step of each side leads; what is not here is refused and changes nothing.
LEADS: dict[tuple[str, str, MentorshipState], MentorshipState] = {
    ("withdraw", "mentee", S.REQUESTED): S.WITHDRAWN,
    ("withdraw", "mentee", S.WITHDRAWN): S.WITHDRAWN,
    ("accept", "mentor", S.REQUESTED): S.ACCEPTED,
    ("accept", "mentor", S.ACCEPTED): S.ACCEPTED,
    ("decline", "mentor", S.REQUESTED): S.DECLINED,
    ("decline", "mentor", S.DECLINED): S.DECLINED,
    ("end", "mentee", S.ACCEPTED): S.ENDED,
    ("end", "mentor", S.ACCEPTED): S.ENDED,
    ("end", "mentee", S.ACTIVE): S.ENDED,
    ("end", "mentor", S.ACTIVE): S.ENDED,
    ("end", "mentee", S.ENDED): S.ENDED,
    ("end", "mentor", S.ENDED): S.ENDED,
}


def in_state(state: MentorshipState, place: Membership | None = None, mentee: Person | None = None) -> Mentorship:
    now = clock.now()
    return MentorshipFactory(
        mentor_membership=place or MentorFactory(),
        state=state,
        answered_at=None if state in (S.REQUESTED, S.WITHDRAWN) else now,
        ended_at=None if state in OPEN else now,
        **({"mentee": mentee} if mentee else {}),
    )


def side_of(row: Mentorship, side: str) -> Person:
    person = {"mentee": row.mentee, "mentor": row.mentor}.get(side) or PersonFactory()
    assert isinstance(person, Person)
    return person


def messages(row: Mentorship) -> list[tuple[str, str]]:
    """Kind and address of what was queued, but for the request itself."""
    queued = Notification.objects.order_by("pk").values_list("kind", "person__first_name")
    return [(kind, name) for kind, name in queued if not kind.startswith("request_re")]


@pytest.mark.django_db
@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("side", ["mentee", "mentor", "stranger"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_by_every_side_from_every_state(step: str, side: str, state: MentorshipState) -> None:
    row = in_state(state)
    leads_to = LEADS.get((step, side, state))
    if leads_to is None:
        with pytest.raises(NotPossible):
            STEPS[step](row, side_of(row, side))
    else:
        STEPS[step](row, side_of(row, side))
    row.refresh_from_db()
    assert row.state == (leads_to or state)
    place = row.mentor_membership
    assert place is not None
    assert place.taken == (1 if row.state in TAKES_A_PLACE else 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "side", "state"), LEADS)
def test_each_step_tells_the_other_once(step: str, side: str, state: MentorshipState) -> None:
    row = in_state(state)
    told = {"accept": "request_answered", "decline": "request_answered", "end": "mentorship_ended"}
    other = row.other(side_of(row, side))
    assert other is not None
    for _ in range(2):
        STEPS[step](row, side_of(row, side))
    changed = LEADS[step, side, state] != state
    assert messages(row) == ([(told[step], other.first_name)] if changed and step in told else [])


@pytest.mark.django_db
def test_a_kind_word_is_kept_and_not_overwritten() -> None:
    row = in_state(S.REQUESTED)
    assert row.mentor is not None
    mentorship.decline(mentorship=row, kind_word="Ask me in spring.", by=row.mentor)
    mentorship.decline(mentorship=row, kind_word="Another word.", by=row.mentor)
    row.refresh_from_db()
    assert row.kind_word == "Ask me in spring."
    assert row.answered_at is not None
    assert row.ended_at is not None


@pytest.mark.django_db
def test_asking_tells_the_mentor_now_and_after_five_days(amina: Person, folasade_membership: Membership) -> None:
    row = mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    again = mentorship.ask(mentor=folasade_membership, message="Hello again", by=amina)
    assert again == row
    assert again.message == "Hello"
    queued = Notification.objects.order_by("due_at")
    assert [(n.kind, n.person) for n in queued] == [
        ("request_received", folasade_membership.person),
        ("request_reminder", folasade_membership.person),
    ]
    assert queued[1].due_at == row.asked_at + timedelta(days=5)


def _paused(place: Membership, amina: Person) -> None:
    place.paused = True
    place.save()


def _full(place: Membership, amina: Person) -> None:
    in_state(S.ACCEPTED, place)


def _blocking(place: Membership, amina: Person) -> None:
    Block.objects.create(blocker=place.person, blocked=amina)


def _blocked(place: Membership, amina: Person) -> None:
    Block.objects.create(blocker=amina, blocked=place.person)


def _three_waiting(place: Membership, amina: Person) -> None:
    for _ in range(3):
        in_state(S.REQUESTED, mentee=amina)


def _declined_lately(place: Membership, amina: Person) -> None:
    in_state(S.DECLINED, place, mentee=amina)


def _worked_together(place: Membership, amina: Person) -> None:
    in_state(S.ENDED, place, mentee=amina)


def _not_a_mentee(place: Membership, amina: Person) -> None:
    amina.memberships.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "circumstance",
    [
        _paused,
        _full,
        _blocking,
        _blocked,
        _three_waiting,
        _declined_lately,
        _worked_together,
        _not_a_mentee,
    ],
)
def test_asking_is_refused(
    circumstance: Callable[[Membership, Person], None], amina: Person, folasade_membership: Membership
) -> None:
    assert mentorship.why_not_ask(mentor=folasade_membership, by=amina) == ""
    circumstance(folasade_membership, amina)
    before = Mentorship.objects.count()
    with pytest.raises(NotPossible):
        mentorship.ask(mentor=Membership.objects.get(pk=folasade_membership.pk), message="", by=amina)
    assert Mentorship.objects.count() == before


@pytest.mark.django_db
def test_three_months_after_a_no_one_may_ask_again(amina: Person, folasade_membership: Membership) -> None:
    row = in_state(S.DECLINED, folasade_membership, mentee=amina)
    row.ended_at = clock.now() - clock.ASK_AGAIN_AFTER - timedelta(minutes=1)
    row.save()
    assert mentorship.ask(mentor=folasade_membership, message="", by=amina).state == S.REQUESTED


@pytest.mark.django_db
def test_accepting_without_a_free_place_is_refused(folasade_membership: Membership) -> None:
    in_state(S.ACTIVE, folasade_membership)
    row = in_state(S.REQUESTED, folasade_membership)
    with pytest.raises(NotPossible, match="All your places are taken"):
        mentorship.accept(mentorship=row, by=folasade_membership.person)


@pytest.mark.django_db
@pytest.mark.parametrize("blocker", ["mentee", "mentor"])
@pytest.mark.parametrize(
    ("state", "by_mentee", "by_mentor"),
    [
        (S.REQUESTED, S.WITHDRAWN, S.DECLINED),
        (S.ACCEPTED, S.ENDED, S.ENDED),
        (S.ACTIVE, S.ENDED, S.ENDED),
        (S.DECLINED, S.DECLINED, S.DECLINED),
    ],
)
def test_a_block_ends_what_is_open(
    blocker: str, state: MentorshipState, by_mentee: MentorshipState, by_mentor: MentorshipState
) -> None:
    row = in_state(state)
    by = side_of(row, blocker)
    other = row.other(by)
    assert other is not None
    for _ in range(2):
        mentorship.block(other=other, by=by)
    row.refresh_from_db()
    assert row.state == (by_mentee if blocker == "mentee" else by_mentor)
    assert Block.objects.filter(blocker=by, blocked=other).count() == 1
    mentorship.unblock(other=other, by=by)
    assert not Block.objects.exists()


@pytest.mark.django_db
def test_nobody_asks_a_mentor_who_has_deleted_their_account(amina: Person) -> None:
    place = MentorFactory()
    gone = Membership.objects.get(pk=place.pk)
    place.delete()
    with pytest.raises(NotPossible):
        mentorship.ask(mentor=gone, message="", by=amina)


@pytest.mark.django_db
def test_what_is_over_stays_over_when_the_mentor_has_gone() -> None:
    row = in_state(S.ENDED)
    assert row.mentor is not None
    assert row.mentee is not None
    row.mentor.delete()
    mentorship.end(mentorship=row, by=row.mentee)
    kept = Mentorship.objects.get()
    assert kept.state == S.ENDED
    assert kept.mentor is None
    assert kept.mentor_membership is None


@pytest.mark.django_db
def test_somebody_else_in_the_programme_is_nobody_here(amina: Person, folasade_membership: Membership) -> None:
    row = in_state(S.REQUESTED, folasade_membership, mentee=amina)
    colleague = MembershipFactory(programme=folasade_membership.programme).person
    with pytest.raises(NotPossible, match="not yours"):
        mentorship.withdraw(mentorship=row, by=colleague)
