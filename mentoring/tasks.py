"""What beat wakes. Each looks at the rows and does what is due."""

from celery import shared_task

from mentoring.domain import notification, people_import


@shared_task
def send_due_messages() -> None:
    """Send the messages whose time has come."""
    notification.send_due()


@shared_task
def take_people_imports() -> None:
    """Take the files of people that coordinators asked to be taken, and wipe what has been kept long enough."""
    people_import.take_due()
    people_import.wipe_old()
