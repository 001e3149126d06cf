"""What mentees say of their mentors: marks that are shown only as means of many, and words for all to read."""

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.enums import AllyAct, ReportState, Skill
from mentoring.models.person import Person
from mentoring.models.programme import Programme
from mentoring.models.trail import tracked

HIGHEST_MARK = 5
ITEMS = [*Skill.choices, *AllyAct.choices]
"""All that is marked: the skills are shown to everybody who sees the mentor, the rest to the mentor alone."""


def _needs_mentorship(writer: str) -> pgtrigger.Trigger:
    """The database takes it from nobody but who really was mentored by them."""
    return pgtrigger.Trigger(
        name="only_from_a_mentee",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            IF NOT EXISTS (
                SELECT FROM mentoring_mentorship
                 WHERE mentee_id = NEW.{writer}_id AND mentor_id = NEW.mentor_id AND active_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'only somebody whom they mentored can say this' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Feedback(models.Model):
    """One mentee about one mentor: their marks hang on it, and words for the mentor alone.

    `told` says whether the words have been passed on; words that are changed wait again.
    """

    mentee = models.ForeignKey(Person, models.CASCADE, related_name="feedback_given")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="feedback")
    words = models.TextField(max_length=600, blank=True)
    told = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "feedback"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mentee", "mentor"], name="feedback_once"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="feedback_not_of_oneself"),
            models.CheckConstraint(condition=Q(told=False) | ~Q(words=""), name="feedback_told_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["mentor"], name="feedback_by_mentor")]
        triggers: ClassVar = [_needs_mentorship("mentee")]

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class Mark(models.Model):
    """One mark of one mentee: as it stands now, and as it counts in what is shown at present."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="marks")
    item = models.CharField(max_length=20, choices=ITEMS)
    mark = models.PositiveSmallIntegerField(null=True)
    counted = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feedback", "item"], name="mark_once"),
            models.CheckConstraint(
                name="mark_from_one_to_five",
                condition=(Q(mark__isnull=True) | Q(mark__range=(1, HIGHEST_MARK)))
                & (Q(counted__isnull=True) | Q(counted__range=(1, HIGHEST_MARK)))
                & (Q(mark__isnull=False) | Q(counted__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class MeanMarkQuerySet(models.QuerySet["MeanMark"]):
    """Means in the words of the domain."""

    def standing(self) -> "MeanMarkQuerySet":
        """Those that are shown; one that too few marks are left for is only remembered."""
        return self.filter(stands=True)


class MeanMark(models.Model):
    """What is shown of the marks of one mentor in one thing: the mean in halves, and of how many."""

    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mean_marks")
    item = models.CharField(max_length=20, choices=ITEMS)
    halves = models.PositiveSmallIntegerField(help_text="The mean in half marks, 2 to 10.")
    mentees = models.PositiveSmallIntegerField()
    stands = models.BooleanField(default=True)

    objects = MeanMarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mentor", "item"], name="mean_mark_once"),
            models.CheckConstraint(condition=Q(halves__range=(2, 2 * HIGHEST_MARK)), name="mean_mark_in_halves"),
            models.CheckConstraint(condition=Q(mentees__gte=5), name="mean_mark_of_five"),
        ]

    def __str__(self) -> str:
        return f"mean mark {self.pk}"


class MentorRating(models.Model):
    """One number of all skills that are shown, for cards and for sorting; made of the means alone."""

    mentor = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="rating")
    halves = models.PositiveSmallIntegerField(db_index=True)
    mentees = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(halves__range=(2, 2 * HIGHEST_MARK)), name="rating_in_halves"),
            models.CheckConstraint(condition=Q(mentees__gte=5), name="rating_of_five"),
        ]

    def __str__(self) -> str:
        return f"rating of {self.mentor_id}"


class FeedbackMonth(models.Model):
    """A month whose feedback has been counted; there is one counting a month, however often it is tried."""

    month = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return f"feedback of {self.month:%Y-%m}"


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Endorsements in the words of the domain."""

    def standing(self) -> "EndorsementQuerySet":
        """Neither hidden by the mentor nor taken down."""
        return self.filter(hidden_at__isnull=True, taken_down_at__isnull=True)


@tracked("programme", "mentor", "hidden_at", "taken_down_at")
class Endorsement(models.Model):
    """A word for a mentor, for all who see their profile; named or not, as the writer chose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    writer = models.ForeignKey(Person, models.CASCADE, related_name="endorsements_written")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="endorsements")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    named = models.BooleanField()
    skills = ArrayField(models.CharField(max_length=20, choices=Skill.choices), default=list, blank=True)
    words = models.TextField(max_length=600, blank=True)
    reply = models.TextField(max_length=600, blank=True)
    written_on = models.DateField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["writer", "mentor"], name="endorsement_once"),
            models.CheckConstraint(condition=~Q(writer=F("mentor")), name="endorsement_not_of_oneself"),
            models.CheckConstraint(condition=Q(skills__len__gt=0) | ~Q(words=""), name="endorsement_says_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["mentor"], name="endorsement_by_mentor")]
        triggers: ClassVar = [_needs_mentorship("writer")]

    def __str__(self) -> str:
        return f"endorsement {self.pk}"


@tracked("endorsement", "state", "decided_at", "decided_by")
class EndorsementReport(models.Model):
    """Somebody thinks that an endorsement should not stand; a coordinator decides."""

    endorsement = models.ForeignKey(Endorsement, models.CASCADE, related_name="reports")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    why = models.TextField(max_length=600)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endorsement", "by"], condition=Q(state=ReportState.OPEN), name="report_one_open"
            ),
            models.CheckConstraint(
                name="report_decided_when_decided",
                condition=Q(state=ReportState.OPEN, decided_at__isnull=True)
                | (~Q(state=ReportState.OPEN) & Q(decided_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state"], name="report_by_state")]

    def __str__(self) -> str:
        return f"report {self.pk}"
