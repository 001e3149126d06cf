"""The relationship, from request to ending."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from mentoring.enums import OPEN, TAKES_A_PLACE, MentorshipState
from mentoring.models.person import Person
from mentoring.models.programme import Membership, Programme
from mentoring.models.trail import tracked

_HOLDS = "({row}.state IN (" + ", ".join(f"'{state.value}'" for state in TAKES_A_PLACE) + "))"
_KEEP_COUNT = f"""
    IF TG_OP <> 'INSERT' AND {_HOLDS.format(row="OLD")} THEN
        UPDATE mentoring_membership SET taken = taken - 1 WHERE id = OLD.mentor_membership_id;
    END IF;
    IF TG_OP <> 'DELETE' AND {_HOLDS.format(row="NEW")} THEN
        UPDATE mentoring_membership SET taken = taken + 1 WHERE id = NEW.mentor_membership_id;
    END IF;
    RETURN NULL;
"""


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    """Mentorships in the words of the domain."""

    def open(self) -> "MentorshipQuerySet":
        """Asked for, or under way."""
        return self.filter(state__in=OPEN)

    def under_way(self) -> "MentorshipQuerySet":
        """Accepted or active: a mentor's place is taken."""
        return self.filter(state__in=TAKES_A_PLACE)

    def of(self, person: Person) -> "MentorshipQuerySet":
        """Those in which the person is mentee or mentor."""
        return self.filter(Q(mentee=person) | Q(mentor=person))


@tracked("programme", "mentee", "mentor", "state")
class Mentorship(models.Model):
    """A mentee and a mentor. The database keeps the mentor's places and the one open request between two people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mentorships")
    mentee = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="as_mentee")
    mentor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="as_mentor")
    mentor_membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="mentorships")
    state = models.CharField(max_length=12, choices=MentorshipState.choices)
    message = models.TextField(max_length=2000, blank=True, help_text="What the mentee wrote when asking.")
    kind_word = models.TextField(max_length=600, blank=True, help_text="What the mentor wrote when declining.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(null=True, blank=True, help_text="When both had signed; stays when it is over.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Least("mentee", "mentor"),
                Greatest("mentee", "mentor"),
                condition=Q(state__in=OPEN),
                name="mentorship_one_open_between_two",
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentorship_not_oneself"),
            models.CheckConstraint(
                name="mentorship_open_has_both",
                condition=~Q(state__in=OPEN)
                | Q(mentee__isnull=False, mentor__isnull=False, mentor_membership__isnull=False),
            ),
            models.CheckConstraint(
                name="mentorship_answered_when_answered",
                condition=Q(state__in=[MentorshipState.REQUESTED, MentorshipState.WITHDRAWN], answered_at__isnull=True)
                | (~Q(state__in=[MentorshipState.REQUESTED, MentorshipState.WITHDRAWN]) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="mentorship_active_when_active",
                condition=(~Q(state=MentorshipState.ACTIVE) | Q(active_at__isnull=False))
                & (Q(state__in=[MentorshipState.ACTIVE, MentorshipState.ENDED]) | Q(active_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mentorship_ended_when_over",
                condition=Q(state__in=OPEN, ended_at__isnull=True) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="mentorship_kind_word_on_decline",
                condition=Q(state=MentorshipState.DECLINED) | Q(kind_word=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mentor", "state"], name="mentorship_by_mentor"),
            models.Index(fields=["mentee", "state"], name="mentorship_by_mentee"),
            models.Index(fields=["programme", "state"], name="mentorship_by_programme"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="count_places_taken",
                operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("state", "mentor_membership_id"),
                when=pgtrigger.After,
                func=_KEEP_COUNT,
            ),
        ]

    def __str__(self) -> str:
        return f"mentorship {self.pk}"

    def other(self, person: Person) -> Person | None:
        """The partner of the given person; None when they have left."""
        return self.mentor if self.mentee_id == person.pk else self.mentee
