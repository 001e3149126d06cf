"""Matching rounds: chosen, changed by hand, asked for, published. The worker alone imports `running`."""

from matching.domain.rounds.changes import keep_apart, keep_together, undo
from matching.domain.rounds.choosing import (
    CHOSEN_BY,
    Choice,
    begin_round,
    chosen_mentees,
    free_mentors,
    leave_out,
    looking_mentees,
    said_by_looking_mentees,
)
from matching.domain.rounds.fitting import Comparison, compare_two
from matching.domain.rounds.proposals import (
    STANDS_FOR,
    Published,
    ask_mentor,
    close_round,
    decline_proposal,
    forget_old,
    lapse_old,
    publish,
)
from matching.domain.rounds.runs import ask_for_run, cancel_run

__all__ = [
    "CHOSEN_BY",
    "STANDS_FOR",
    "Choice",
    "Comparison",
    "Published",
    "ask_for_run",
    "ask_mentor",
    "begin_round",
    "cancel_run",
    "chosen_mentees",
    "close_round",
    "compare_two",
    "decline_proposal",
    "forget_old",
    "free_mentors",
    "keep_apart",
    "keep_together",
    "lapse_old",
    "leave_out",
    "looking_mentees",
    "publish",
    "said_by_looking_mentees",
    "undo",
]
