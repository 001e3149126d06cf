"""Who takes part in a round: chosen when it begins, and one by one afterwards."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q

from matching.domain.rounds.locking import lock_open_round
from matching.enums import Objective, RoundState
from matching.models import Participant, Round
from mentoring.domain.action import NotPossible, action
from mentoring.enums import OPEN, Role
from mentoring.models import CharacteristicValue, Membership, Mentorship, Person, Programme
from mentoring.models.programme import MembershipQuerySet

CHOSEN_BY: Final = ("profession", "region")
"""What a coordinator may choose mentees by: work, which is on everybody's profile, and never identity."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which mentees: of these professions and regions (all where none is named), the longest waiting `most`."""

    profession: Collection[str] = ()
    region: Collection[str] = ()
    most: int | None = None


def looking_mentees(programme: Programme) -> MembershipQuerySet:
    """The programme's mentees who have nobody and ask nobody, the longest waiting first."""
    busy = Mentorship.objects.filter(mentee=OuterRef("person"), state__in=OPEN)
    mentees = Membership.objects.current().filter(~Exists(busy), programme=programme, role=Role.MENTEE)
    return mentees.order_by("changed_at", "pk")


def free_mentors(programme: Programme) -> MembershipQuerySet:
    """The programme's mentors with a free place who are not on a break."""
    return Membership.objects.mentors().with_room().filter(programme=programme).order_by("pk")


def said_by_looking_mentees(programme: Programme) -> dict[str, set[str]]:
    """The professions and regions among them, to choose from. One query."""
    rows = CharacteristicValue.objects.filter(
        person__in=looking_mentees(programme).order_by().values("person"), characteristic__in=CHOSEN_BY
    )
    found: dict[str, set[str]] = {key: set() for key in CHOSEN_BY}
    for key, options in rows.values_list("characteristic_id", "options"):
        found[key].update(options)
    return found


def chosen_mentees(programme: Programme, choice: Choice) -> MembershipQuerySet:
    """Those of the looking mentees whom the choice leaves."""
    mentees = looking_mentees(programme)
    for key in CHOSEN_BY:
        if wanted := getattr(choice, key):
            said = CharacteristicValue.objects.filter(
                person=OuterRef("person"), characteristic=key, options__overlap=list(wanted)
            )
            mentees = mentees.filter(Exists(said))
    return mentees[: choice.most] if choice.most else mentees


@action
def begin_round(
    *, programme: Programme, name: str, choice: Choice, objective: Objective, mentee_share: int, by: Person
) -> Round:
    """A new round with the mentees chosen and every mentor who has a free place.

    Pressed twice, it is begun once: the same round with the same people, in which nothing has been done yet, is it.

    Raises:
        NotPossible: nobody looks for a mentor, or no mentor has a place.
    """
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    mentees = list(chosen_mentees(programme, choice).values_list("pk", flat=True))
    mentors = list(free_mentors(programme).values_list("pk", flat=True))
    if not mentees:
        raise NotPossible("Nobody you chose looks for a mentor at present.")
    if not mentors:
        raise NotPossible("No mentor has a free place at present.")
    wanted = Round(programme=programme, name=name, objective=objective, mentee_share=mentee_share, by=by)
    if (begun := _just_begun(wanted, {*mentees, *mentors})) is not None:
        return begun
    wanted.save(force_insert=True)
    Participant.objects.bulk_create(
        (Participant(round=wanted, membership_id=pk) for pk in (*mentees, *mentors)), batch_size=1_000
    )
    return wanted


def _just_begun(wanted: Round, people: set[int]) -> Round | None:
    """A round like this with these people (by membership), if nothing has been done in it yet."""
    same = {name: getattr(wanted, name) for name in ("programme", "name", "objective", "mentee_share", "by")}
    untouched = Round.objects.filter(**same, state=RoundState.OPEN, runs=None, changes=None)
    rows = untouched.exclude(participants__left_out=True)
    return next((row for row in rows if set(row.participants.values_list("membership", flat=True)) == people), None)


@action
def leave_out(*, round_: Round, people: Collection[int], left_out: bool, by: Person) -> int:
    """Leave these participants (by membership) out of the runs to come, or bring them back; how many changed.

    Raises:
        NotPossible: the round is no longer open.
    """
    lock_open_round(round_)
    rows = Participant.objects.filter(round=round_, membership__in=people)
    return rows.filter(~Q(left_out=left_out)).update(left_out=left_out)
