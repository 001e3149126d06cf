"""What is kept. A file a noun."""

from matching.models.packed_mentor import PackedMentor
from matching.models.preference import Preference
from matching.models.programme_figures import ProgrammeFigures
from matching.models.question_words import QuestionWords
from matching.models.round import Change, LeftOut, Pair, Participant, Proposal, Round, Run
from matching.models.saved_mentor import SavedMentor

__all__ = [
    "Change",
    "LeftOut",
    "PackedMentor",
    "Pair",
    "Participant",
    "Preference",
    "ProgrammeFigures",
    "Proposal",
    "QuestionWords",
    "Round",
    "Run",
    "SavedMentor",
]
