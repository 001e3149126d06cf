"""What mentees get of a round: one mentor suggested to each, to ask or not."""

from datetime import timedelta
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from matching.domain.rounds.choosing import free_mentors, looking_mentees
from matching.domain.rounds.locking import lock_round, refuse_unless_open
from matching.domain.rounds.reading import between, kept_apart
from matching.enums import PROPOSAL_TRANSITIONS, ROUND_TRANSITIONS, UNDER_WAY, ProposalState, RoundState, RunState
from matching.models import Change, LeftOut, Pair, Participant, Proposal, Round, Run
from mentoring import emails
from mentoring.domain import clock, notification
from mentoring.domain.action import NotPossible, action
from mentoring.domain.mentorship import ask
from mentoring.enums import TAKES_A_PLACE, Role
from mentoring.models import KeptApart, Membership, Mentorship, Person

STANDS_FOR: Final = timedelta(days=28)
FORGOTTEN_AFTER: Final = timedelta(days=90)


class Published(NamedTuple):
    """How many mentees got a proposal, and how many pairs were passed over because something had changed."""

    made: int
    skipped: int


@action
def publish(*, run: Run, by: Person) -> Published:
    """Suggest to each matched mentee their mentor, and write to them. Publishing twice is publishing once.

    Passed over are those who have meanwhile left, found somebody, filled up, paused or blocked each other, and those
    whom a coordinator has since left out or decided not to put together.

    Raises:
        NotPossible: the run is not ready, another run of the round was published, or the round is over.
    """
    round_ = lock_round(run.round)
    row = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.published_at is not None:
        return _published(row)
    refuse_unless_open(round_)
    if row.state != RunState.DONE:
        raise NotPossible("This is not ready to be published.")
    now = clock.now()
    row.published_at = now
    row.save(update_fields=["published_at"])
    round_.state, round_.published_at = RoundState.PUBLISHED, now
    round_.save(update_fields=["state", "published_at"])
    _propose(row, round_)
    return _published(row)


def _published(run: Run) -> Published:
    made = Proposal.objects.filter(run=run).count()
    return Published(made, Pair.objects.filter(run=run).count() - made)


def _propose(run: Run, round_: Round) -> None:
    pairs = [(pair.mentee_id, places) for pair, places in _still_possible(run, round_)]
    mentees = [mentee for mentee, _ in pairs]
    now = clock.now()
    earlier = Proposal.objects.filter(mentee__in=mentees, run__round__programme=round_.programme_id)
    earlier.filter(state=ProposalState.OFFERED).update(state=ProposalState.LAPSED, answered_at=now)
    Proposal.objects.bulk_create(
        (
            Proposal(run=run, mentee_id=mentee, mentor_membership=places, made_at=now, until=now + STANDS_FOR)
            for mentee, places in pairs
        ),
        batch_size=1_000,
    )
    people = Person.objects.filter(pk__in=mentees, user__isnull=False).values_list("first_name", "user__email")
    notification.queue_all((emails.suggestion_made(called=called), email, run.pk) for called, email in people)


def _still_possible(run: Run, round_: Round) -> list[tuple[Pair, Membership]]:
    """The pairs that nothing stands against now, each with the mentor's places."""
    pairs = list(Pair.objects.filter(run=run).order_by("-kept", "-band", "pk"))
    mentees, mentors = [pair.mentee_id for pair in pairs], [pair.mentor_id for pair in pairs]
    left_out = Participant.objects.filter(round=round_, left_out=True).values("membership")
    looking = set(
        looking_mentees(round_.programme)
        .filter(person__in=mentees)
        .exclude(pk__in=left_out)
        .order_by()
        .values_list("person_id", flat=True)
    )
    taking = free_mentors(round_.programme).filter(person__in=mentors).exclude(pk__in=left_out)
    places = {row.person_id: row for row in taking}
    free = {person: row.free for person, row in places.items()}
    apart = between({*mentees, *mentors}) | kept_apart(round_)
    found = []
    for pair in pairs:
        together = (str(pair.mentee_id), str(pair.mentor_id))
        if pair.mentee_id in looking and free.get(pair.mentor_id, 0) > 0 and together not in apart:
            free[pair.mentor_id] -= 1
            found.append((pair, places[pair.mentor_id]))
    return found


@action
def ask_mentor(*, mentor: Membership, message: str, by: Person) -> Mentorship:
    """Ask a mentor, as ever; a proposal of this mentor is thereby taken up.

    Raises:
        NotPossible: see `mentoring.domain.mentorship.ask`.
    """
    row = ask(mentor=mentor, message=message, by=by)
    offered = Proposal.objects.filter(mentee=by, mentor_membership=mentor, state=ProposalState.OFFERED)
    offered.update(state=ProposalState.ASKED, answered_at=clock.now())
    return row


@action
def decline_proposal(*, proposal: Proposal, by: Person) -> None:
    """Not for me: no reason is owed, and nobody is told. Repeating it changes nothing.

    Raises:
        NotPossible: it is somebody else's, or has been answered in another way.
    """
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.mentee_id != by.pk:
        raise NotPossible("This is not yours to change.")
    if row.state == ProposalState.DECLINED:
        return
    if ProposalState.DECLINED not in PROPOSAL_TRANSITIONS[ProposalState(row.state)]:
        raise NotPossible("This suggestion is no longer open.")
    row.state, row.answered_at = ProposalState.DECLINED, clock.now()
    row.save(update_fields=["state", "answered_at"])


def lapse_old() -> int:
    """End the suggestions whose time is over, and those that have become pointless; how many.

    Pointless: the mentee has somebody, one of the two has left, or the two are kept apart.
    """
    mentee, mentor = OuterRef("mentee"), OuterRef("mentor_membership__person")
    programme = OuterRef("run__round__programme")
    rows = Proposal.objects.filter(state=ProposalState.OFFERED).filter(
        Q(until__lte=clock.now())
        | Exists(Mentorship.objects.filter(mentee=mentee, state__in=TAKES_A_PLACE))
        | ~Exists(Membership.objects.mentors().filter(pk=OuterRef("mentor_membership")))
        | ~Exists(Membership.objects.current().filter(person=mentee, role=Role.MENTEE, programme=programme))
        | Exists(KeptApart.objects.filter(one=mentee, other=mentor))
    )
    keys = list(rows.values_list("pk", flat=True))
    open_ones = Proposal.objects.filter(pk__in=keys, state=ProposalState.OFFERED)
    return open_ones.update(state=ProposalState.LAPSED, answered_at=clock.now())


@action
def close_round(*, round_: Round, by: Person) -> None:
    """End a round: what is being worked out stops, suggestions nobody answered are taken back."""
    row = lock_round(round_)
    if RoundState.CLOSED not in ROUND_TRANSITIONS[RoundState(row.state)]:
        return
    now = clock.now()
    row.state, row.closed_at = RoundState.CLOSED, now
    row.save(update_fields=["state", "closed_at"])
    row.runs.filter(state__in=UNDER_WAY).update(state=RunState.CANCELLED, finished_at=now, leased_until=None)
    offered = Proposal.objects.filter(run__round=row, state=ProposalState.OFFERED)
    offered.update(state=ProposalState.LAPSED, answered_at=now)


def forget_old() -> None:
    """Ninety days after a round was closed nothing is left of it but numbers: nobody who was in it, no reason given."""
    rounds = Round.objects.filter(closed_at__lt=clock.now() - FORGOTTEN_AFTER)
    for model in (Pair, LeftOut, Proposal):
        model.objects.filter(run__round__in=rounds).delete()
    Change.objects.filter(round__in=rounds).delete()
    Participant.objects.filter(round__in=rounds).delete()
