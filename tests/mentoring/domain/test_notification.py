"""The outbox: one row an intent, sent once, kept when the mail server is down."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from pytest_django import Settings

from mentoring.domain import clock, mentorship, notification
from mentoring.emails import Email
from mentoring.enums import MentorshipState, NotificationState
from mentoring.models import Membership, Mentorship, Notification, Person

HELLO = Email("hello", "A word", "Hello")


class DeadServer(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: object) -> int:
        """Never."""
        raise SMTPServerDisconnected


def queue(person: Person, **more: object) -> Notification:
    notification.queue(email=HELLO, to=person, subject_id=1, **more)  # type: ignore[arg-type]
    return Notification.objects.get()


def test_the_same_intent_twice_is_one_row_and_one_mail(amina: Person) -> None:
    queue(amina)
    queue(amina)
    notification.send_due()
    notification.send_due()
    assert [message.to for message in mail.outbox] == [[amina.user.email]]  # type: ignore[union-attr]


def test_a_person_without_an_account_is_not_written_to(amina: Person) -> None:
    kept = Person.objects.create(first_name="Kept")
    notification.queue(email=HELLO, to=kept, subject_id=1)
    assert not Notification.objects.exists()


def test_what_is_not_due_waits(amina: Person) -> None:
    queue(amina, due=clock.now() + timedelta(days=5))
    assert notification.send_due() == 0
    with time_machine.travel(clock.now() + timedelta(days=5, seconds=1)):
        assert notification.send_due() == 1


def test_a_leased_row_is_left_alone_until_its_lease_runs_out(amina: Person) -> None:
    queue(amina)
    assert notification.claim_next() is not None
    assert notification.claim_next() is None
    with time_machine.travel(clock.now() + clock.LEASE + timedelta(seconds=1)):
        assert notification.claim_next() is not None


def test_a_dead_mail_server_costs_nothing_but_time(amina: Person, settings: Settings) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    queue(amina)
    notification.send_due()
    row = Notification.objects.get()
    assert (row.state, row.tries, row.trouble, row.body) == ("due", 1, "SMTPServerDisconnected", "Hello")
    settings.EMAIL_BACKEND = working
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        notification.send_due()
    assert len(mail.outbox) == 1


def test_after_five_tries_it_is_set_aside_with_its_text(amina: Person, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    queue(amina)
    start = clock.now()
    for hours in range(notification.TRIES + 2):
        with time_machine.travel(start + timedelta(hours=6 * hours)):
            notification.send_due()
    row = Notification.objects.get()
    assert (row.state, row.tries, row.body) == (NotificationState.QUARANTINED, notification.TRIES, "Hello")


def test_the_text_is_wiped_once_sent(amina: Person) -> None:
    row = queue(amina)
    notification.send_due()
    row.refresh_from_db()
    assert (row.state, row.body, mail.outbox[0].body) == (NotificationState.SENT, "", "Hello")


def test_a_second_sending_of_the_same_intent_would_carry_the_same_message_id(amina: Person) -> None:
    row = queue(amina)
    notification.send_due()
    Notification.objects.update(state=NotificationState.DUE, finished_at=None, leased_until=None)
    notification.send_due()
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second
    assert row.key not in first


def test_a_reminder_goes_once_after_five_days_of_silence(amina: Person, folasade_membership: Membership) -> None:
    start = clock.now()
    mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    notification.send_due()
    assert [message.subject for message in mail.outbox] == ["Somebody would like to hear from you"]
    for days in (4.9, 5.1, 6, 30):
        with time_machine.travel(start + timedelta(days=days)):
            notification.send_due()
    assert [message.subject for message in mail.outbox[1:]] == ["Somebody is waiting to hear from you"]


@pytest.mark.parametrize("answer", ["accept", "decline", "withdraw"])
def test_no_reminder_once_there_is_an_answer(amina: Person, folasade_membership: Membership, answer: str) -> None:
    start = clock.now()
    request = mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    folasade = folasade_membership.person
    if answer == "accept":
        mentorship.accept(mentorship=request, by=folasade)
    elif answer == "decline":
        mentorship.decline(mentorship=request, kind_word="", by=folasade)
    else:
        mentorship.withdraw(mentorship=request, by=amina)
    with time_machine.travel(start + timedelta(days=6)):
        notification.send_due()
    assert "Somebody is waiting to hear from you" not in [message.subject for message in mail.outbox]
    reminder = Notification.objects.get(kind="request_reminder")
    assert (reminder.state, reminder.body) == (NotificationState.POINTLESS, "")


class Choosy(EmailBackend):
    """Breaks over one address, in a way that no mail server does, and takes all others."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """All but one."""
        if any("broken" in message.to[0] for message in messages):
            raise UnicodeError
        return super().send_messages(messages)


def test_one_that_breaks_keeps_no_other_from_being_sent(amina: Person, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Choosy"
    notification.queue(email=HELLO, address="broken@example.org", subject_id=1)
    notification.queue(email=HELLO, to=amina, subject_id=1)
    assert notification.send_due() == 2
    assert len(mail.outbox) == 1
    assert Notification.objects.get(address="broken@example.org").trouble == "UnicodeError"


def test_six_hours_without_a_mail_server_cost_no_message(amina: Person, settings: Settings) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    queue(amina)
    start = clock.now()
    for minutes in range(0, 6 * 60, 10):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            notification.send_due()
    assert Notification.objects.get().state == NotificationState.DUE
    settings.EMAIL_BACKEND = working
    with time_machine.travel(start + timedelta(hours=12)):
        notification.send_due()
    assert len(mail.outbox) == 1


class Eraser(EmailBackend):
    """While it sends, the person deletes their account."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Erases and sends."""
        Notification.objects.all().delete()
        return super().send_messages(messages)


def test_a_row_that_is_erased_on_its_way_is_nothing_to_the_sender(amina: Person, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Eraser"
    queue(amina)
    assert notification.send_due() == 1
    assert not Notification.objects.exists()


def test_what_was_sent_is_forgotten_and_what_is_due_or_stuck_is_not(amina: Person) -> None:
    long_ago = clock.now() - notification.FORGOTTEN_AFTER - timedelta(minutes=1)
    for number, state in enumerate(NotificationState):
        for finished in (long_ago, long_ago + timedelta(minutes=2)):
            Notification.objects.create(
                key=f"{number}{finished}",
                address="a@example.org",
                state=state,
                finished_at=None if state == NotificationState.DUE else finished,
            )
    notification.forget_old()
    left = Notification.objects.order_by("state").values_list("state", flat=True)
    assert list(left) == ["due", "due", "pointless", "quarantined", "quarantined", "sent"]


@pytest.mark.django_db(transaction=True)
def test_the_message_row_stands_or_falls_with_the_request(amina: Person, folasade_membership: Membership) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mentoring_notification ADD CONSTRAINT no_room CHECK (false) NOT VALID")
    try:
        with pytest.raises(Exception, match="no_room"):
            mentorship.ask(mentor=folasade_membership, message="Hello", by=amina)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE mentoring_notification DROP CONSTRAINT no_room")
    assert not Mentorship.objects.exists()


def test_nothing_in_a_mail_says_what_it_is_about(amina: Person, folasade_membership: Membership) -> None:
    request = mentorship.ask(mentor=folasade_membership, message="SECRET", by=amina)
    mentorship.accept(mentorship=request, by=folasade_membership.person)
    assert request.state == MentorshipState.REQUESTED
    for row in Notification.objects.all():
        text = (row.subject + row.body).lower()
        assert "secret" not in text
        assert "mentoring" not in row.subject.lower()
        assert {"yusuf", "adébáyọ̀"} & set(text.split()) == set()


def test_a_message_that_no_worker_survives_is_set_aside(amina: Person) -> None:
    queue(amina)
    start = clock.now()
    for minutes in range(notification.TRIES):
        with time_machine.travel(start + timedelta(minutes=2 * minutes)):
            assert notification.claim_next() is not None
    with time_machine.travel(start + timedelta(hours=1)):
        assert notification.send_due() == 0
    assert Notification.objects.get().state == NotificationState.QUARANTINED
    assert mail.outbox == []
