"""Choices. Imports nothing of ours."""

from django.db.models import TextChoices


class AssessmentState(TextChoices):
    """Where an assessment is. While it is a draft its answers can be changed."""

    DRAFT = "draft", "Draft"


class AnswerStatus(TextChoices):
    """What people may say of a criterion themselves; everything else follows from numbers."""

    MET = "met", "Yes"
    PARTLY = "partly", "Partly"
    NOT_MET = "not_met", "Not yet"
    NOT_APPLICABLE = "not_applicable", "It does not apply to us"
