"""A coordinator's matching round: who takes part, how often it was worked out, what came of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from matching.enums import UNDER_WAY, Band, ChangeKind, Lack, Objective, ProposalState, RoundState, RunState
from mentoring.models import Membership, Person, Programme

_OVER = (RunState.DONE, RunState.FAILED, RunState.CANCELLED)


class Round(models.Model):
    """One occasion on which a coordinator has mentors proposed to mentees. `objective` and `mentee_share` (per
    cent) are what the next run is asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.OPEN)
    objective = models.CharField(max_length=8, choices=Objective.choices, default=Objective.FAIR)
    mentee_share = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mentee_share__lte=100), name="round_mentee_share"),
            models.CheckConstraint(
                name="round_dates_follow_state",
                condition=Q(state=RoundState.OPEN, published_at__isnull=True, closed_at__isnull=True)
                | Q(state=RoundState.PUBLISHED, published_at__isnull=False, closed_at__isnull=True)
                | Q(state=RoundState.CLOSED, closed_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "-made_at"], name="round_by_programme")]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Participant(models.Model):
    """Somebody chosen for a round, in the role of their membership. `left_out` by hand, and brought back by hand."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="participants")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    left_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "membership"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Change(models.Model):
    """What a coordinator decided about two people by hand, and why. It counts in runs asked for while it stood."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"],
                condition=Q(undone_at__isnull=True),
                name="change_one_stands_between_two",
            ),
            models.UniqueConstraint(
                fields=["round", "mentee"],
                condition=Q(undone_at__isnull=True, kind=ChangeKind.KEEP),
                name="change_mentee_kept_with_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="change_has_a_reason"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="change_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Run(models.Model):
    """One working-out of a round, kept as it was: a worker that is killed loses it to the next.

    `inputs` are numbers and the catalogue's digest, `inputs_key` a keyed hash of everything that went in: enough to
    tell whether the same would go in now, and nothing from which an answer could be read. `tries` counts the
    workers, and names the one that holds it. `total` and `worst` are exact, and shown to nobody as they are: pairs
    whose points are not for coordinators are in them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="runs")
    objective = models.CharField(max_length=8, choices=Objective.choices)
    mentee_share = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=RunState.choices, default=RunState.WAITING)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent.")
    inputs = models.JSONField(default=dict)
    inputs_key = models.CharField(max_length=64, blank=True)
    matched = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    worst = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="run_finished_when_over",
                condition=Q(state__in=_OVER, finished_at__isnull=False)
                | (~Q(state__in=_OVER) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_has_a_result_when_done",
                condition=Q(state=RunState.DONE, matched__isnull=False, total__isnull=False) & ~Q(inputs_key="")
                | (~Q(state=RunState.DONE) & Q(matched__isnull=True, total__isnull=True, published_at__isnull=True)),
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="run_progress"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(published_at__isnull=False), name="run_one_published_of_a_round"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state__in=UNDER_WAY), name="run_one_under_way_of_a_round"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(state__in=UNDER_WAY), name="run_due"),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def under_way(self) -> bool:
        """Whether it waits or is being worked out."""
        return self.state in UNDER_WAY


class Pair(models.Model):
    """A mentee and a mentor proposed by a run. `score` of 10,000 is not even kept where something counted that was
    given for rounds alone; then the band is all there is.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="pairs")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.PositiveSmallIntegerField(choices=Band.choices)
    kept = models.BooleanField(default=False, help_text="Put together by hand.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "mentee"], name="pair_once_a_mentee"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=10_000), name="pair_score"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="pair_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class LeftOut(models.Model):
    """A mentee for whom a run found nobody."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="left_out")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16, choices=Lack.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "mentee"], name="left_out_once"),
        ]

    def __str__(self) -> str:
        return f"left out {self.pk}"


class Proposal(models.Model):
    """A mentor suggested to a mentee by a published run. Nothing is imposed: they ask the mentor, or do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="proposals")
    mentor_membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.OFFERED)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "mentee"], name="proposal_once"),
            models.CheckConstraint(
                name="proposal_answered_when_over",
                condition=Q(state=ProposalState.OFFERED, answered_at__isnull=True)
                | (~Q(state=ProposalState.OFFERED) & Q(answered_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mentee"], condition=Q(state=ProposalState.OFFERED), name="proposal_open"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
