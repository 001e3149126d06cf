"""A trial's matching rounds: one that was published, and one that waits for its coordinator to look at it."""

from datetime import timedelta
from typing import Final

from matching.domain import rounds
from matching.domain.rounds import Choice
from matching.domain.rounds.running import run_due
from matching.enums import Objective
from matching.models import Round, Run
from mentoring.domain import clock
from mentoring.domain.demo import Demo
from mentoring.enums import Role
from mentoring.models import Membership, Person, Programme

_PROGRAMME: Final = "allied_health_futures"
_COORDINATOR: Final = "niamh"
_FREE: Final = "amina"  # the cast's mentee finds her mentor herself
_FEW: Final = 6


def seed(demo: Demo) -> None:
    """Niamh's two rounds."""
    programme, niamh = demo.programmes[_PROGRAMME], demo.people[_COORDINATOR]
    few = _begin(programme, "Those who wait longest", Choice(most=_FEW), niamh)
    amina = Membership.objects.get(programme=programme, person=demo.people[_FREE], role=Role.MENTEE)
    rounds.leave_out(round_=few, people=[amina.pk], left_out=True, by=niamh)
    rounds.publish(run=_work_out(few, niamh), by=niamh)
    _work_out(_begin(programme, f"{clock.now():%B %Y}", Choice(), niamh), niamh)
    Round.objects.filter(pk=few.pk).update(made_at=clock.now() - timedelta(days=3))


def _begin(programme: Programme, name: str, choice: Choice, by: Person) -> Round:
    return rounds.begin_round(
        programme=programme,
        name=name,
        choice=choice,
        objective=Objective.FAIR,
        mentee_share=programme.mentee_share,
        by=by,
    )


def _work_out(round_: Round, by: Person) -> Run:
    run = rounds.ask_for_run(round_=round_, objective=Objective.FAIR, mentee_share=round_.mentee_share, by=by)
    run_due()
    run.refresh_from_db()
    return run
