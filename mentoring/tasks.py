"""What beat wakes. Each looks at the rows and does what is due."""

from celery import shared_task

from mentoring.domain import notification


@shared_task
def send_due_messages() -> None:
    """Send the messages whose time has come."""
    notification.send_due()
