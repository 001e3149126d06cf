"""Public words for a mentor: written by somebody they mentored, answered or hidden, moderated where reported."""

from collections.abc import Sequence

from django.utils import timezone

from mentoring import emails
from mentoring.domain import clock, notification
from mentoring.domain.action import NotPossible, action
from mentoring.domain.feedback import refuse_unless_mentored
from mentoring.enums import ReportState, Skill
from mentoring.models import Endorsement, EndorsementReport, Person


@action
def endorse(*, mentor: Person, named: bool, skills: Sequence[str], words: str, by: Person) -> Endorsement:
    """Write it, or write it anew: an answer to the old words goes with them. What the mentor hid stays hidden.

    Raises:
        NotPossible: they were not mentored by them, nothing is said, or it was taken down.
    """
    mentorship = refuse_unless_mentored(mentor, by)
    words = words.strip()
    if (not words and not skills) or not set(skills) <= set(Skill.values):
        raise NotPossible("Choose what they are good at, or write a few words.")
    row = Endorsement.objects.select_for_update(of=("self",)).filter(writer=by, mentor=mentor).first()
    if row is None:
        row = Endorsement(writer=by, mentor=mentor, programme_id=mentorship.programme_id)
    elif row.taken_down_at is not None:
        raise NotPossible("A coordinator took these words down. Please talk to them before you write again.")
    if row.words != words:
        row.reply = ""
    row.named, row.skills, row.words = named, [skill for skill in Skill.values if skill in skills], words
    row.written_on = timezone.localdate(clock.now())
    row.save()
    return row


@action
def take_back_endorsement(*, mentor: Person, by: Person) -> None:
    """The writer takes it back; nothing of it stays, unless a coordinator took it down and has to remember why."""
    Endorsement.objects.filter(writer=by, mentor=mentor, taken_down_at__isnull=True).delete()


def _locked(endorsement: Endorsement) -> Endorsement:
    return Endorsement.objects.select_for_update(of=("self",)).get(pk=endorsement.pk)


def _of_mentor(endorsement: Endorsement, by: Person) -> Endorsement:
    row = _locked(endorsement)
    if row.mentor_id != by.pk:
        raise NotPossible("This is not yours to change.")
    return row


@action
def reply(*, endorsement: Endorsement, words: str, by: Person) -> None:
    """The mentor answers in public; no words take the answer back."""
    row = _of_mentor(endorsement, by)
    row.reply = words.strip()
    row.save(update_fields=["reply"])


@action
def hide(*, endorsement: Endorsement, by: Person) -> None:
    """The mentor does not want it on their profile. How many they hid is known to coordinators."""
    row = _of_mentor(endorsement, by)
    row.hidden_at = row.hidden_at or clock.now()
    row.save(update_fields=["hidden_at"])


@action
def show(*, endorsement: Endorsement, by: Person) -> None:
    """The mentor shows it again."""
    row = _of_mentor(endorsement, by)
    row.hidden_at = None
    row.save(update_fields=["hidden_at"])


@action
def report(*, endorsement: Endorsement, why: str, by: Person) -> EndorsementReport:
    """Somebody asks a coordinator to look at it; twice by the same person is one report."""
    if not why.strip():
        raise NotPossible("Say in a few words what is wrong with it.")
    row, _ = EndorsementReport.objects.get_or_create(
        endorsement=_locked(endorsement), by=by, state=ReportState.OPEN, defaults={"why": why.strip()}
    )
    return row


@action
def decide_report(*, report: EndorsementReport, take_down: bool, note: str, by: Person) -> None:
    """A coordinator lets it stand or takes it down; all open reports on it are answered by that.

    Raises:
        NotPossible: no note where it is taken down, or another coordinator has decided differently.
    """
    endorsement = _locked(report.endorsement)
    row = EndorsementReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    state = ReportState.TAKEN_DOWN if take_down else ReportState.KEPT
    if row.state == state:
        return
    if row.state != ReportState.OPEN:
        raise NotPossible("Another coordinator has decided in the meantime. Look at the page again.")
    if take_down and not note.strip():
        raise NotPossible("Say why you take it down. Other coordinators read it.")
    now = clock.now()
    if take_down and endorsement.taken_down_at is None:
        endorsement.taken_down_at = now
        endorsement.save(update_fields=["taken_down_at"])
        email = emails.words_taken_down(called=endorsement.writer.called)
        notification.queue(email=email, to=endorsement.writer, subject_id=str(endorsement.pk))
    EndorsementReport.objects.filter(endorsement=endorsement, state=ReportState.OPEN).update(
        state=state, decided_at=now, decided_by=by, note=note.strip()
    )
