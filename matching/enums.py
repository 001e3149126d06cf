"""Choices. Imports nothing of ours."""

from django.db.models import TextChoices


class Side(TextChoices):
    """In which role somebody asks."""

    AS_MENTEE = "as_mentee", "As a mentee"
    AS_MENTOR = "as_mentor", "As a mentor"


class Direction(TextChoices):
    """How a match should stand to the one who asks."""

    SAME = "same", "Like me"
    DIFFERENT = "different", "Unlike me"
    ONE_OF = "one_of", "One of these"
    ABOVE = "above", "More senior than me"
    COMPLEMENTS = "complements", "Fits with mine"


class Strength(TextChoices):
    """How much it matters: the model's four questions, our reading of them."""

    REQUIRE = "require", "I require"
    NEED = "need", "I need"
    HELP = "help", "Would help me"
    SUPPORT = "support", "Would support me"
