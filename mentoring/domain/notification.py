"""The outbox: queued with the change it tells of, claimed before it is sent, sent once."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.emails import Email
from mentoring.enums import MentorshipState, NotificationState
from mentoring.models import Mentorship, Notification, Person

TRIES: Final = 5
_BACK_OFF: Final = timedelta(minutes=2)  # times 4, 16, 64, 256: five tries outlast eleven hours without a mail server
AT_ONCE: Final = 5_000
FORGOTTEN_AFTER: Final = timedelta(days=90)


def queue(
    *,
    email: Email,
    subject_id: object,
    to: Person | None = None,
    address: str = "",
    due: datetime | None = None,
    mentorship: Mentorship | None = None,
    only_while: MentorshipState | None = None,
) -> None:
    """Write one message row in the caller's transaction; the same intent twice is one row.

    A person without an account (brought in by a coordinator) has no address here and is not written to.
    """
    address = address or (to.user.email if to and to.user else "")
    if not address:
        return
    due = due or clock.now()
    Notification.objects.get_or_create(
        key=intent(email.kind, subject_id, to.pk if to else address),
        defaults={
            "kind": email.kind,
            "person": to,
            "address": address,
            "subject": email.subject,
            "body": email.body,
            "mentorship": mentorship,
            "only_while": only_while or "",
            "due_at": due,
        },
    )


def queue_all(messages: Iterable[tuple[Email, str, object]]) -> None:
    """Write many messages at once, each an email, its address and its subject; the same intent twice is one row."""
    now = clock.now()
    Notification.objects.bulk_create(
        (
            Notification(
                key=intent(email.kind, subject_id, address),
                kind=email.kind,
                address=address,
                subject=email.subject,
                body=email.body,
                due_at=now,
            )
            for email, address, subject_id in messages
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def intent(kind: str, subject_id: object, recipient: object) -> str:
    """What names a message, so that it cannot be queued twice."""
    return f"{kind}:{subject_id}:{recipient}"


def new_intent() -> str:
    """A subject for a message that may be asked for again and again (a password reset)."""
    return uuid.uuid4().hex


def send_due() -> int:
    """Send everything that is due now; how many rows were handled."""
    _set_aside_deadly()
    handled = 0
    while (row := claim_next()) is not None:
        _send(row)
        handled += 1
    return handled


def _set_aside_deadly() -> None:
    """A message that five workers did not live to tell of is not given to a sixth."""
    spent = Q(state=NotificationState.DUE, tries__gte=TRIES, leased_until__lt=clock.now())
    Notification.objects.filter(spent).update(
        state=NotificationState.QUARANTINED, trouble="the worker stopped while sending it", finished_at=clock.now()
    )


def claim_next() -> Notification | None:
    """Lease the next due row to this worker for 60 seconds, so that no other sends it too.

    One at a time: a lease must outlive the sending of what it covers (the mail time-out is well below it).
    """
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    with transaction.atomic():
        row = (
            Notification.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("mentorship")
            .filter(free, state=NotificationState.DUE, due_at__lte=now)
            .order_by("due_at")
            .first()
        )
        if row is not None:
            row.leased_until, row.tries = now + clock.LEASE, row.tries + 1
            row.save(update_fields=["leased_until", "tries"])
    return row


def _send(row: Notification) -> None:
    if row.only_while and (row.mentorship is None or row.mentorship.state != row.only_while):
        _finish(row, NotificationState.POINTLESS, "what it spoke of has changed")
        return
    try:
        _message(row).send()
    except Exception as error:  # whatever it is, it must not keep the others from being sent
        _failed(row, type(error).__name__)
    else:
        _finish(row, NotificationState.SENT)


def _message(row: Notification) -> EmailMessage:
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{row.key}".encode()).hexdigest()[:40]
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rstrip(">").rpartition("@")[2]
    return EmailMessage(
        row.subject,
        row.body,
        sender,
        [row.address],
        headers={"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _finish(row: Notification, state: NotificationState, trouble: str = "") -> None:
    _keep(row, state=state, body="", trouble=trouble, finished_at=clock.now(), leased_until=None)


def _failed(row: Notification, trouble: str) -> None:
    if row.tries >= TRIES:
        _keep(row, state=NotificationState.QUARANTINED, trouble=trouble, finished_at=clock.now())
    else:
        _keep(row, trouble=trouble, leased_until=clock.now() + _BACK_OFF * 4**row.tries)


def _keep(row: Notification, **changes: object) -> None:
    """Write what has come of it; its person may have been erased while it was on its way, and the row with them."""
    Notification.objects.filter(pk=row.pk).update(**changes)


@action
def try_again(*, notification: Notification, by: Person) -> None:
    """An administrator puts a message that could not be sent back in the queue, with all its tries."""
    row = Notification.objects.select_for_update(of=("self",)).get(pk=notification.pk)
    if row.state != NotificationState.QUARANTINED:
        return
    row.state, row.finished_at, row.leased_until = NotificationState.DUE, None, None
    row.tries, row.due_at, row.trouble = 0, clock.now(), ""
    row.save(update_fields=["state", "finished_at", "leased_until", "tries", "due_at", "trouble"])


@action
def drop(*, notification: Notification, by: Person) -> None:
    """An administrator gives up a message that could not be sent; its text is wiped.

    Raises:
        NotPossible: it has been put back in the queue.
    """
    row = Notification.objects.select_for_update(of=("self",)).get(pk=notification.pk)
    if row.state == NotificationState.POINTLESS:
        return
    if row.state != NotificationState.QUARANTINED:
        raise NotPossible("This message has been put back in the queue in the meantime.")
    _finish(row, NotificationState.POINTLESS, "dropped by an administrator")


def forget_old() -> None:
    """Delete what was sent, or became pointless, long ago: whom we wrote to is not kept for ever."""
    over = Notification.objects.filter(state__in=[NotificationState.SENT, NotificationState.POINTLESS])
    old = over.filter(finished_at__lt=clock.now() - FORGOTTEN_AFTER).order_by("pk")[:AT_ONCE]
    Notification.objects.filter(pk__in=old.values("pk")).delete()
