"""What beat wakes. Each looks at the rows and does what is due."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from mentoring.domain import (
    erasure,
    feedback,
    look,
    notification,
    people_import,
    person,
    retention,
    sign_in,
    trail,
)


@shared_task
def send_due_messages() -> None:
    """Send the messages whose time has come."""
    notification.send_due()


@shared_task
def take_people_imports() -> None:
    """Take the files of people that coordinators asked to be taken, and wipe what has been kept long enough."""
    people_import.take_due()
    people_import.wipe_old()


@shared_task
def forget_old() -> None:
    """Delete what has been kept long enough."""
    notification.forget_old()
    person.forget_unconfirmed()
    trail.forget_old()
    look.forget_old()
    SessionStore.clear_expired()
    sign_in.forget_old_sign_ins()


@shared_task
def keep_no_longer() -> None:
    """Delete what programmes have kept for as long as they said."""
    retention.forget_due()


@shared_task
def file_erasures() -> None:
    """Write to the ledger outside the database whose account was deleted."""
    erasure.file_erasures()


@shared_task
def count_feedback() -> None:
    """Once a month, work out what is shown of what mentees said."""
    feedback.count_month()
