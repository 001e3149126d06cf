"""One function per message. Nothing sensitive: a neutral subject, at most a first name, and a link."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Email:
    """A kind (for the outbox), a subject line, and plain text."""

    kind: str
    subject: str
    body: str


def link(name: str, *args: object) -> str:
    """A full address of a page of this instance."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _email(kind: str, subject: str, called: str, *paragraphs: str) -> Email:
    body = "\n\n".join([f"Hello {called}," if called else "Hello,", *paragraphs])
    return Email(kind, subject, body + "\n\nAlongside\n")


def request_received(*, called: str) -> Email:
    """To a mentor, at once: somebody asked."""
    return _email(
        "request_received",
        "Somebody would like to hear from you",
        called,
        "You have a new request on Alongside. Read it, and answer when it suits you:",
        link("my_mentoring"),
    )


def request_reminder(*, called: str) -> Email:
    """To a mentor, five days after a request that has had no answer. Sent once."""
    return _email(
        "request_reminder",
        "Somebody is waiting to hear from you",
        called,
        "A request has been waiting for your answer for five days. A no is a fine answer, and kinder than silence:",
        link("my_mentoring"),
    )


def request_answered(*, called: str) -> Email:
    """To a mentee: there is an answer. What it is stands only on the page."""
    return _email(
        "request_answered",
        "There is an answer for you",
        called,
        "There is an answer to your request on Alongside:",
        link("my_mentoring"),
    )


def mentorship_ended(*, called: str) -> Email:
    """To the one who did not end it."""
    return _email(
        "mentorship_ended",
        "Something has changed",
        called,
        "Something has changed on your page, and we did not want you to find out by chance:",
        link("my_mentoring"),
    )


def words_taken_down(*, called: str) -> Email:
    """To somebody whose public words a coordinator took down."""
    return _email(
        "words_taken_down",
        "Something has changed",
        called,
        "A coordinator has taken down something that you wrote. You can read it, and talk to them about it:",
        link("my_mentoring"),
    )


def invitation(*, called: str, claim: str, chase: bool = False) -> Email:
    """To somebody for whom a coordinator keeps a place. A chase goes once."""
    return _email(
        "invitation_chase" if chase else "invitation",
        "A place is still being kept for you" if chase else "A place is being kept for you",
        called,
        "Somebody who runs a programme on Alongside is keeping a place for you. "
        "See what it is, and take it up or turn it down:",
        claim,
        "If you do nothing, nothing more is made of what was sent to us, and we write at most once again."
        if not chase
        else "We will not write about this again.",
    )


def membership_decided(*, called: str) -> Email:
    """To somebody whose wish to take part was answered by a coordinator."""
    return _email(
        "membership_decided",
        "There is an answer for you",
        called,
        "Your wish to take part has been answered:",
        link("home"),
    )


def appointed(*, called: str) -> Email:
    """To somebody whom an administrator gave a new role."""
    return _email(
        "appointed",
        "Something new for you",
        called,
        "An administrator has given you a new role on Alongside. See what it is:",
        link("home"),
    )


def suggestion_made(*, called: str) -> Email:
    """To a mentee: a coordinator's round suggests somebody. Who it is stands only on the page."""
    return _email(
        "suggestion_made",
        "There is a suggestion for you",
        called,
        "There is a suggestion for you on Alongside. You are free to take it up or not:",
        link("home"),
    )


def new_browser(*, called: str) -> Email:
    """To somebody who has just signed in with a browser that is new to us. Which one stands only on the page."""
    return _email(
        "new_browser",
        "A new sign-in",
        called,
        "Somebody, probably you, has signed in to your account with a browser that we have not seen before.",
        "If it was you, you need not do anything. If it was not, sign it out and choose a new password here:",
        link("security"),
    )


def sign_in_changed(*, called: str) -> Email:
    """To somebody whose second steps were taken away by whoever runs the instance, because they had asked."""
    return _email(
        "sign_in_changed",
        "How you sign in has changed",
        called,
        "You had asked us to help you back into your account. Your second steps have been removed, and you have been "
        "signed out everywhere. Sign in with your password, and set up a new second step:",
        link("security"),
    )
