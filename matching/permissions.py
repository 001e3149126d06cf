"""Who may see and do what in matching. Every queryset a view uses comes from here or from mentoring's own."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from matching.enums import ProposalState, Side
from matching.models import (
    Change,
    LeftOut,
    Pair,
    Participant,
    Preference,
    Proposal,
    QuestionWords,
    Round,
    Run,
    SavedMentor,
)
from mentoring.domain import clock
from mentoring.enums import MembershipState, Role
from mentoring.models import Membership, Mentorship, Person, Programme
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.models.programme import MembershipQuerySet
from mentoring.permissions import memberships_to_manage, mentors_visible_to, programmes_of, programmes_to_run


def question_words_of(person: Person, side: Side) -> QuerySet[QuestionWords]:
    """The person's own words under the four questions. Nobody ever sees another's."""
    return QuestionWords.objects.filter(person=person, side=side)


def preferences_of(person: Person, side: Side) -> QuerySet[Preference]:
    """The person's own preferences. Nobody ever sees another's."""
    return Preference.objects.filter(person=person, side=side).order_by(
        "characteristic__position", "characteristic__number"
    )


def programmes_to_search(person: Person) -> QuerySet[Programme]:
    """Programmes in which the person can look for a mentor."""
    return programmes_of(person, Role.MENTEE)


def mentors_to_meet(person: Person) -> QuerySet[Membership]:
    """Mentors whose page the person may open and whom they may ask."""
    return mentors_visible_to(person)


def saved_by(person: Person) -> QuerySet[SavedMentor]:
    """Everybody whom the person saved, also who is gone."""
    return SavedMentor.objects.filter(person=person)


def mentors_saved_by(person: Person) -> QuerySet[Membership]:
    """Those of them who can still be met, the last saved first."""
    saved = saved_by(person).filter(membership=OuterRef("pk"))
    return (
        mentors_to_meet(person)
        .filter(Exists(saved))
        .alias(saved_at=Subquery(saved.values("saved_at")))
        .order_by("-saved_at", "pk")
    )


def mentorships_with(person: Person, other: Person) -> MentorshipQuerySet:
    """Requests and mentorships between the two, newest first."""
    return Mentorship.objects.of(person).filter(Q(mentee=other) | Q(mentor=other)).order_by("-asked_at")


def can_ask_for_mentees(person: Person) -> bool:
    """Whether the person mentors somewhere, or waits to be approved, and so may say what they hope for."""
    return Membership.objects.filter(
        person=person, role=Role.MENTOR, state__in=[MembershipState.MEMBER, MembershipState.WAITING]
    ).exists()


# --- Matching rounds --------------------------------------------------------------------------------------------------


_DECIDED = Change.objects.filter(
    round=OuterRef("run__round"), mentee=OuterRef("mentee"), mentor=OuterRef("mentor"), undone_at__isnull=True
)
_OTHER_WAY = Pair.objects.filter(run=OuterRef("run"), mentee=OuterRef("mentor"), mentor=OuterRef("mentee"))


def rounds_to_manage(person: Person) -> QuerySet[Round]:
    """Rounds of the programmes that the person coordinates."""
    return Round.objects.filter(programme__in=programmes_to_run(person))


def runs_to_manage(person: Person) -> QuerySet[Run]:
    """What was worked out of them."""
    return Run.objects.filter(round__in=rounds_to_manage(person))


def changes_to_manage(person: Person) -> QuerySet[Change]:
    """What was decided by hand in them and still stands."""
    return Change.objects.filter(round__in=rounds_to_manage(person), undone_at__isnull=True)


def participants_to_manage(person: Person, round_: Round, role: str) -> MembershipQuerySet:
    """The memberships of those chosen for a round in a role, each with `left_out`."""
    left = Participant.objects.filter(round=round_, membership=OuterRef("pk"), left_out=True)
    chosen = Participant.objects.filter(round=round_).values("membership")
    return memberships_to_manage(person).filter(role=role, pk__in=chosen).annotate(left_out=Exists(left))


def mentors_to_put_together(person: Person, round_: Round) -> MembershipQuerySet:
    """The mentors of a round who are not left out of it."""
    inside = Participant.objects.filter(round=round_, left_out=False).values("membership")
    return memberships_to_manage(person).filter(role=Role.MENTOR, pk__in=inside)


def pairs_to_review(person: Person, run: Run) -> QuerySet[Pair]:
    """The pairs of a run as this coordinator may see them: `shown_score` is None where only the band is for them.

    That is where something counted that was given for rounds alone, and for a pair they are in themselves. `both`
    says that the two were put together in both roles, `decided` what has been decided about them by hand (a kind of
    change, or None). The score itself is not fetched.
    """
    return (
        Pair.objects.filter(run=run, run__in=runs_to_manage(person))
        .annotate(
            shown_score=Case(When(Q(mentee=person) | Q(mentor=person), then=None), default=F("score")),
            both=Exists(_OTHER_WAY),
            decided=Subquery(_DECIDED.values("kind")),
        )
        .defer("score")
    )


def both_ways(person: Person, run: Run) -> QuerySet[Pair]:
    """The pairs of two people who would mentor each other."""
    return Pair.objects.filter(Exists(_OTHER_WAY), run=run, run__in=runs_to_manage(person))


def left_out_to_review(person: Person, run: Run) -> QuerySet[LeftOut]:
    """Those for whom a run found nobody."""
    return LeftOut.objects.filter(run=run, run__in=runs_to_manage(person))


def proposals_to(person: Person) -> QuerySet[Proposal]:
    """Mentors whom a coordinator's round suggests to the person and whom they could ask now, the latest first."""
    somebody = Mentorship.objects.under_way().filter(mentee=person)
    free = mentors_visible_to(person).with_room()
    rows = Proposal.objects.filter(~Exists(somebody), mentee=person, mentor_membership__in=free)
    return rows.filter(state=ProposalState.OFFERED, until__gt=clock.now()).order_by("-made_at", "pk")


def proposals_of(person: Person) -> QuerySet[Proposal]:
    """Everything that was ever suggested to the person."""
    return Proposal.objects.filter(mentee=person)
