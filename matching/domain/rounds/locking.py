"""A round is changed by one at a time, and only while it is open."""

from matching.enums import RoundState
from matching.models import Round
from mentoring.domain.action import NotPossible

_OVER = {
    RoundState.PUBLISHED: "This round has been published. Begin a new one to change anything.",
    RoundState.CLOSED: "This round is closed. Begin a new one.",
}


def lock_round(round_: Round) -> Round:
    """The round as it stands now, held until the transaction is over."""
    return Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)


def lock_open_round(round_: Round) -> Round:
    """The same, for a change.

    Raises:
        NotPossible: it is no longer open.
    """
    row = lock_round(round_)
    refuse_unless_open(row)
    return row


def refuse_unless_open(row: Round) -> None:
    """For a round that is locked.

    Raises:
        NotPossible: it is no longer open.
    """
    if row.state != RoundState.OPEN:
        raise NotPossible(_OVER[RoundState(row.state)])
