"""What mentees say of mentors, and what mentors can show for themselves."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from mentoring.enums import (
    OPEN,
    ReportState,
    Role,
    Skill,
)
from mentoring.models import (
    Credential,
    Endorsement,
    EndorsementReport,
    Feedback,
    MeanMark,
    Membership,
    MentorRating,
    Person,
    Programme,
)
from mentoring.models.feedback import EndorsementQuerySet, MeanMarkQuerySet
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.permissions.mentorship import kept_apart, mentors_visible_to, mentorships_of
from mentoring.permissions.programme import SHOWN_TO_COORDINATORS, memberships_to_manage, programmes_to_run


def mentorships_to_speak_of(person: Person) -> MentorshipQuerySet:
    """The person's own as a mentee that became active: of these mentors they may say how it was."""
    return mentorships_of(person).filter(mentee=person, mentor__isnull=False, active_at__isnull=False)


def feedback_of(person: Person) -> QuerySet[Feedback]:
    """What the person said of their mentors, in confidence."""
    return Feedback.objects.filter(mentee=person)


def skill_means() -> MeanMarkQuerySet:
    """What is shown of mentors' skills; whoever sees the mentor sees it."""
    return MeanMark.objects.standing().filter(item__in=Skill.values)


def ratings_in(programme: Programme) -> QuerySet[MentorRating]:
    """What is shown of a programme's mentors in one number."""
    mentors = Membership.objects.mentors().filter(programme=programme)
    return MentorRating.objects.filter(mentor__in=mentors.values("person"))


def means_about(person: Person) -> MeanMarkQuerySet:
    """All means about the person as a mentor, those that are theirs alone too."""
    return MeanMark.objects.standing().filter(mentor=person)


def words_about(person: Person) -> QuerySet[Feedback]:
    """Words for the person as a mentor that have been passed on; in no order that says whose they are."""
    return Feedback.objects.filter(mentor=person, told=True)


def endorsements_by(person: Person) -> EndorsementQuerySet:
    """What the person wrote of their mentors in public."""
    return Endorsement.objects.filter(writer=person)


def endorsements_about(person: Person) -> EndorsementQuerySet:
    """What stands about the person as a mentor, and what they hid."""
    return Endorsement.objects.filter(mentor=person, taken_down_at__isnull=True)


def endorsements_visible_to(person: Person, mentor: Person) -> EndorsementQuerySet:
    """What stands about a mentor whom the person may see.

    Not by somebody who is kept apart from them, where the name is given; without a name it must not be told by its
    absence who wrote it.
    """
    return Endorsement.objects.standing().filter(mentor=mentor).exclude(kept_apart(person, "writer"), named=True)


def endorsements_to_report(person: Person) -> EndorsementQuerySet:
    """What the person can read, and so can report: about mentors they see, and about themselves."""
    mentors = Q(mentor__in=mentors_visible_to(person).values("person")) | Q(
        mentor__in=mentorships_of(person).filter(state__in=OPEN).values("mentor")
    )
    seen = Endorsement.objects.standing().filter(mentors).exclude(kept_apart(person, "writer"), named=True)
    return Endorsement.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=endorsements_about(person).values("pk")))


def endorsements_hidden_by(mentor: Person, person: Person) -> EndorsementQuerySet:
    """What a mentor hides in programmes that the person coordinates: for counting, not for reading."""
    rows = Endorsement.objects.filter(mentor=mentor, hidden_at__isnull=False)
    return rows.filter(programme__in=programmes_to_run(person))


def credentials_of(person: Person) -> QuerySet[Credential]:
    """The person's own credentials, with everything about them."""
    return Credential.objects.filter(person=person)


def credentials_shown(people: Iterable[Person]) -> QuerySet[Credential]:
    """What whoever sees these people as mentors sees of their credentials: not the number, nor a coordinator's note."""
    return Credential.objects.filter(person__in=[person.pk for person in people]).defer("number", "note")


def credentials_to_check(person: Person) -> QuerySet[Credential]:
    """Credentials of mentors, approved or waiting, in programmes that the person coordinates; never their own."""
    mentors = memberships_to_manage(person).filter(role=Role.MENTOR, state__in=SHOWN_TO_COORDINATORS)
    return Credential.objects.filter(person__in=mentors.values("person")).exclude(person=person)


def reports_to_decide(person: Person) -> QuerySet[EndorsementReport]:
    """Reports in programmes that the person coordinates, except about words on themselves or by themselves."""
    rows = EndorsementReport.objects.filter(endorsement__programme__in=programmes_to_run(person))
    return rows.exclude(endorsement__mentor=person).exclude(endorsement__writer=person)


def open_reports(person: Person) -> QuerySet[EndorsementReport]:
    """Those that nobody has decided yet."""
    return reports_to_decide(person).filter(state=ReportState.OPEN)
