"""What somebody answers to one of the four questions in their own words."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from matching.enums import Side, Strength
from mentoring.models import Person


class QuestionWords(models.Model):
    """One person's own words under one question of the model; at most one text per question and side.

    Seen by nobody else, and by no ranking.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="question_words")
    side = models.CharField(max_length=10, choices=Side.choices)
    strength = models.CharField(max_length=8, choices=Strength.choices)
    words = models.TextField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "side", "strength"], name="question_words_once"),
            models.CheckConstraint(condition=~Q(words=""), name="question_words_are_some"),
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"
