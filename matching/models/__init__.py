"""What is kept. A file a noun."""

from matching.models.packed_mentor import PackedMentor
from matching.models.preference import Preference
from matching.models.programme_figures import ProgrammeFigures

__all__ = ["PackedMentor", "Preference", "ProgrammeFigures"]
