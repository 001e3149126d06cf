"""What beat wakes. Each looks at the rows and does what is due."""

from celery import shared_task

from matching.domain import expected, packed_mentor, rounds
from matching.domain.rounds import running


@shared_task
def forget_gone() -> None:
    """Delete the packed rows of memberships that have been gone for a day."""
    packed_mentor.forget_gone()


@shared_task
def refresh_expected() -> None:
    """Work out the expected agreements of programmes that have none of today."""
    expected.refresh_due()


@shared_task
def work_out_rounds() -> None:
    """Work out the matching rounds that coordinators asked for."""
    running.run_due()


@shared_task
def tend_rounds() -> None:
    """End the suggestions whose time is over, and forget who was in rounds closed long ago."""
    rounds.lapse_old()
    rounds.forget_old()
