"""Rounds, by the same doors that coordinators use, and worked out as the worker does."""

from matching.domain import rounds
from matching.domain.rounds import Choice
from matching.domain.rounds.running import run_due
from matching.enums import Objective
from matching.models import Round, Run
from mentoring.models import Person, Programme


def begun(programme: Programme, by: Person, *, name: str = "Spring", choice: Choice | None = None) -> Round:
    """A round for everybody who looks, unless a choice is given."""
    return rounds.begin_round(
        programme=programme,
        name=name,
        choice=choice or Choice(),
        objective=Objective.FAIR,
        mentee_share=programme.mentee_share,
        by=by,
    )


def asked(round_: Round, by: Person, *, objective: Objective = Objective.FAIR, mentee_share: int = 70) -> Run:
    """A run that waits."""
    return rounds.ask_for_run(round_=round_, objective=objective, mentee_share=mentee_share, by=by)


def worked_out(round_: Round, by: Person, *, objective: Objective = Objective.FAIR, mentee_share: int = 70) -> Run:
    """A run that a worker has finished."""
    run = asked(round_, by, objective=objective, mentee_share=mentee_share)
    run_due()
    run.refresh_from_db()
    return run
