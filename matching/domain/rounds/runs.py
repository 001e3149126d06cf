"""Asking for a run, and taking it back. What works it out is `running`, which the web never imports."""

from matching.domain.rounds.locking import lock_open_round
from matching.enums import RUN_TRANSITIONS, UNDER_WAY, Objective, RunState
from matching.models import Participant, Round, Run
from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.enums import Role
from mentoring.models import Person


@action
def ask_for_run(*, round_: Round, objective: Objective, mentee_share: int, by: Person) -> Run:
    """Put a run where the worker finds it. While one is under way, that one is returned.

    Raises:
        NotPossible: the round is no longer open, or everybody of one role is left out.
    """
    row = lock_open_round(round_)
    if (run := row.runs.filter(state__in=UNDER_WAY).first()) is not None:
        return run
    for role in (Role.MENTEE, Role.MENTOR):
        if not Participant.objects.filter(round=row, membership__role=role, left_out=False).exists():
            raise NotPossible(f"No {role.label.lower()} is left in this round. Bring somebody back first.")
    row.objective, row.mentee_share = objective, mentee_share
    row.save(update_fields=["objective", "mentee_share"])
    return Run.objects.create(round=row, objective=objective, mentee_share=mentee_share, by=by, asked_at=clock.now())


@action
def cancel_run(*, run: Run, by: Person) -> None:
    """Stop a run that waits or is being worked out; the worker notices within moments. Repeating it changes nothing.

    Raises:
        NotPossible: it has ended already.
    """
    row = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state == RunState.CANCELLED:
        return
    if RunState.CANCELLED not in RUN_TRANSITIONS[RunState(row.state)]:
        raise NotPossible("This has ended in the meantime.")
    row.state, row.finished_at, row.leased_until = RunState.CANCELLED, clock.now(), None
    row.save(update_fields=["state", "finished_at", "leased_until"])
