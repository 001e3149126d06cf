"""The mail of a trial, read from the files that Django's file-based backend writes."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

_RULE: Final = b"-" * 79  # between and after the mails of one file


@dataclass(frozen=True, slots=True)
class TrialMail:
    """One mail as it would have been delivered."""

    to: str
    subject: str
    body: str
    sent_at: datetime


def mails_in(folder: Path, recipient: str = "") -> list[TrialMail]:
    """All mails of the folder, newest first; only to addresses that contain `recipient`, if given."""
    found = [mail for path in folder.glob("*.log") for mail in _mails_of(path)]
    wanted = [mail for mail in found if recipient.strip().lower() in mail.to.lower()]
    return sorted(wanted, key=lambda mail: mail.sent_at, reverse=True)


def _mails_of(path: Path) -> list[TrialMail]:
    parts = path.read_bytes().split(b"\n" + _RULE + b"\n")
    return [_mail(message_from_bytes(part.strip() + b"\n", policy=default)) for part in parts if part.strip()]


def _mail(message: Message) -> TrialMail:
    assert isinstance(message, EmailMessage)
    content = message.get_body(preferencelist=("plain",))
    return TrialMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=str(content.get_content()) if content else "",
        sent_at=parsedate_to_datetime(str(message["Date"])),
    )
