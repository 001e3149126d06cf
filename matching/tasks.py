"""What beat wakes. Each looks at the rows and does what is due."""

from celery import shared_task

from matching.domain import expected, packed_mentor


@shared_task
def forget_gone() -> None:
    """Delete the packed rows of memberships that have been gone for a day."""
    packed_mentor.forget_gone()


@shared_task
def refresh_expected() -> None:
    """Work out the expected agreements of programmes that have none of today."""
    expected.refresh_due()
