"""Mentoring schemes and who takes part in them."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.enums import LawfulBasis, MembershipState, Role, SpecialCondition
from mentoring.models.organisation import Organisation
from mentoring.models.person import Person
from mentoring.models.trail import tracked


def new_join_code() -> str:
    """An unguessable code for a programme's join link (128 bits)."""
    return secrets.token_urlsafe(16)


MONTHS_LEFT = (6, 72)
MONTHS_UNANSWERED = (1, 24)
MONTHS_WORDS = (1, 36)
"""The bounds, in months, of how long a programme may keep things (our decision)."""


@tracked(
    *("name", "slug", "mentee_share", "positive_action_reason", "controllers", "lawful_basis", "special_condition"),
    *("months_left", "months_unanswered", "months_words"),
    noticed=("description", "join_code", "privacy_contact"),
)
class Programme(models.Model):
    """A mentoring scheme run by one or more organisations; people join programmes.

    Who answers for its people's data, on what legal basis and for how long it is kept are the programme's own
    settings: its privacy notice says them, and `domain/retention.py` keeps to the months.
    """

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(max_length=1000, blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="programmes", blank=True)
    mentee_share = models.PositiveSmallIntegerField(
        default=70, help_text="How much the mentee's side counts in a match, 0 to 100."
    )
    positive_action_reason = models.TextField(
        max_length=1000,
        blank=True,
        help_text="Why mentees may make something about identity a condition (Equality Act 2010, s.158/159).",
    )
    join_code = models.CharField(max_length=40, unique=True, null=True, blank=True, default=None)
    controllers = models.TextField(max_length=600, blank=True, help_text="Who answers for its people's data.")
    privacy_contact = models.CharField(max_length=200, blank=True, help_text="Whom to ask about it.")
    lawful_basis = models.CharField(max_length=16, choices=LawfulBasis.choices, blank=True)
    special_condition = models.CharField(
        max_length=20, choices=SpecialCondition.choices, default=SpecialCondition.EXPLICIT_CONSENT
    )
    months_left = models.PositiveSmallIntegerField(default=24, help_text="For what is over.")
    months_unanswered = models.PositiveSmallIntegerField(default=6, help_text="For what came to nothing.")
    months_words = models.PositiveSmallIntegerField(default=12, help_text="For what the two wrote, once it is over.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mentee_share__lte=100), name="programme_mentee_share"),
            models.CheckConstraint(
                name="programme_months",
                condition=Q(
                    months_left__range=MONTHS_LEFT,
                    months_unanswered__range=MONTHS_UNANSWERED,
                    months_words__range=MONTHS_WORDS,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships in the words of the domain."""

    def current(self) -> "MembershipQuerySet":
        """People who really take part."""
        return self.filter(state=MembershipState.MEMBER, person__user__is_active=True)

    def mentors(self) -> "MembershipQuerySet":
        """Approved mentors, whether or not they have a free place."""
        return self.current().filter(role=Role.MENTOR)

    def with_room(self) -> "MembershipQuerySet":
        """Mentors' places of which one is free, and who are not on a break today."""
        here = Q(paused=False) | Q(paused_until__lte=timezone.localdate())
        return self.filter(here, taken__lt=F("capacity"))


@tracked("programme", "person", "role", "state", "capacity", "paused", "paused_until", "decided_by")
class Membership(models.Model):
    """One role of one person in one programme. A mentor's also holds their places.

    `taken` is kept by a trigger on mentorships and bounded by a check here, so that no way of writing can put
    more mentees with a mentor than there are places. `paused` and `paused_until` are what the mentor said; whether they
    are on a break is a question of the day (`on_break`), so that a break ends though no job runs.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    state = models.CharField(max_length=12, choices=MembershipState.choices)
    changed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True, blank=True, help_text="The first day after the break, in London.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "person", "role"], name="membership_once"),
            models.CheckConstraint(
                name="membership_places_are_a_mentors",
                condition=Q(role=Role.MENTOR, capacity__isnull=False)
                | (~Q(role=Role.MENTOR) & Q(capacity__isnull=True, taken=0, paused=False)),
            ),
            models.CheckConstraint(
                name="membership_break_has_begun", condition=Q(paused_until__isnull=True) | Q(paused=True)
            ),
            models.CheckConstraint(
                name="membership_places",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "role", "state"], name="membership_by_programme"),
            models.Index(fields=["person", "state"], name="membership_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def free(self) -> int:
        """Places still free (0 for who is no mentor)."""
        return (self.capacity or 0) - self.taken

    @property
    def on_break(self) -> bool:
        """Whether the mentor takes no new requests today, by the day in London."""
        return self.paused and (self.paused_until is None or self.paused_until > timezone.localdate())
