"""The outbox. PostgreSQL is the record of what is to be sent; the broker only wakes workers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.enums import MentorshipState, NotificationState
from mentoring.models.mentorship import Mentorship
from mentoring.models.person import Person


class Notification(models.Model):
    """One email that is to go out once. Written in the transaction of the change that it tells of.

    `key` names the intent (kind, subject, recipient, due), so that the same intent cannot be queued twice.
    A worker holds a row by `leased_until`; a row tied to a mentorship goes out only while that is in
    `only_while`. The text is wiped once the row is finished with.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="notifications")
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    mentorship = models.ForeignKey(Mentorship, models.CASCADE, null=True, blank=True, related_name="+")
    only_while = models.CharField(max_length=12, choices=MentorshipState.choices, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=NotificationState.choices, default=NotificationState.DUE)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notification_finished_when_over",
                condition=Q(state=NotificationState.DUE, finished_at__isnull=True)
                | (~Q(state=NotificationState.DUE) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="notification_text_wiped_when_done",
                condition=~Q(state__in=[NotificationState.SENT, NotificationState.POINTLESS]) | Q(body=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state=NotificationState.DUE), name="notification_due"),
        ]

    def __str__(self) -> str:
        return f"notification {self.pk}"
