"""Who may see and do what. Every queryset a view uses comes from here, already scoped.

What someone may not see does not exist for them: views answer 404, never 403, for these querysets.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.module_loading import import_string

from mentoring.enums import (
    OPEN,
    STANDS,
    MembershipState,
    MentorshipState,
    NotificationState,
    ReportState,
    Role,
    Skill,
)
from mentoring.models import (
    Block,
    Characteristic,
    CharacteristicValue,
    Consent,
    Credential,
    Endorsement,
    EndorsementReport,
    Feedback,
    Invitation,
    KeptApart,
    Look,
    ManagedBy,
    MeanMark,
    Membership,
    MentorRating,
    Mentorship,
    NeverShownTo,
    Notification,
    Organisation,
    PeopleImport,
    Person,
    Photo,
    Programme,
    ProgrammeCharacteristic,
    User,
)
from mentoring.models.characteristic import CharacteristicQuerySet, CharacteristicValueQuerySet
from mentoring.models.feedback import EndorsementQuerySet, MeanMarkQuerySet
from mentoring.models.mentorship import MentorshipQuerySet
from mentoring.models.programme import MembershipQuerySet

SHOWN_TO_COORDINATORS = (MembershipState.WAITING, MembershipState.MEMBER)
"""When a coordinator reads what a mentor says of themselves."""


def programmes_of(person: Person, role: Role) -> QuerySet[Programme]:
    """Programmes in which the person really holds the role."""
    return Programme.objects.filter(
        memberships__person=person, memberships__role=role, memberships__state=MembershipState.MEMBER
    )


def programmes_to_run(person: Person) -> QuerySet[Programme]:
    """Programmes that the person coordinates."""
    return programmes_of(person, Role.COORDINATOR)


def programmes_to_protect(person: Person) -> QuerySet[Programme]:
    """Programmes of which the person may say how they protect data: those they coordinate, all for administrators."""
    return programmes_to_set_up(person) if can_administer(person) else programmes_to_run(person)


def programmes_to_join() -> QuerySet[Programme]:
    """Every programme: that they exist, and how they describe themselves, is public."""
    return Programme.objects.all()


def memberships_of(person: Person) -> MembershipQuerySet:
    """The person's own memberships, past ones too."""
    return Membership.objects.filter(person=person)


def roles_of(person: Person) -> set[Role]:
    """What the person is, or hopes or is invited to be, in any programme."""
    rows = memberships_of(person).filter(state__in=STANDS).order_by()
    return {Role(role) for role in rows.values_list("role", flat=True).distinct()}


def places_of(person: Person) -> MembershipQuerySet:
    """The person's own memberships as a mentor, approved or still waiting: they hold places."""
    return memberships_of(person).filter(role=Role.MENTOR, state__in=STANDS)


def characteristics_asked_in(programme: Programme) -> CharacteristicQuerySet:
    """What a programme asks its people: they are matched by nothing else there, and shown by nothing else."""
    return Characteristic.objects.asked_in(Programme.objects.filter(pk=programme.pk))


def characteristics_asked_of(person: Person) -> CharacteristicQuerySet:
    """What the person is asked by any programme of theirs; while they have none, what all programmes would ask."""
    theirs = Programme.objects.filter(memberships__person=person, memberships__state__in=STANDS)
    nobody_yet = Characteristic.objects.asked_of_anybody().filter(~Exists(theirs))
    return Characteristic.objects.asked_in(theirs) | nobody_yet


def questions_to_choose(programme: Programme) -> CharacteristicQuerySet:
    """What a programme could ask: the catalogue's, and its own. For those who run it."""
    return Characteristic.objects.filter(Q(programme=None) | Q(programme=programme), retired=False, derived="")


def decided_in(programme: Programme) -> QuerySet[ProgrammeCharacteristic]:
    """What the programme decided about asking. For those who run it."""
    return ProgrammeCharacteristic.objects.filter(programme=programme)


def programmes_asking(characteristic: Characteristic, person: Person) -> QuerySet[ProgrammeCharacteristic]:
    """What the person's programmes say of asking this."""
    return ProgrammeCharacteristic.objects.filter(
        characteristic=characteristic,
        asked=True,
        programme__in=memberships_of(person).filter(state__in=STANDS).values("programme"),
    ).order_by("programme__name")


def consents_of(person: Person) -> QuerySet[Consent]:
    """What the person allowed about their identity, withdrawn ones too."""
    return Consent.objects.filter(person=person)


def looks_at(person: Person) -> QuerySet[Look]:
    """Who looked at what is held of the person."""
    return Look.objects.filter(subject=person)


def answers_held_of(person: Person) -> CharacteristicValueQuerySet:
    """The person's own answers that wait for their yes to new words."""
    return CharacteristicValue.objects.held().filter(person=person)


def invitations_kept_for(person: Person) -> QuerySet[Invitation]:
    """Places kept at the confirmed address of the person's account and not taken up or turned down yet."""
    if person.user is None:
        return Invitation.objects.none()
    kept = Membership.objects.filter(
        programme=OuterRef("programme"), person=OuterRef("person"), state=MembershipState.INVITED
    )
    rows = Invitation.objects.filter(Exists(kept), claimed_at__isnull=True, person__user__isnull=True)
    return rows.alias(address=Lower("email")).filter(address=person.user.email.lower())


def memberships_to_manage(person: Person) -> MembershipQuerySet:
    """Memberships of the programmes that the person coordinates."""
    return Membership.objects.filter(programme__in=programmes_to_run(person))


def invitations_to_manage(person: Person) -> QuerySet[Invitation]:
    """Invitations of the programmes that the person coordinates."""
    return Invitation.objects.filter(programme__in=programmes_to_run(person))


def people_imports_to_manage(person: Person) -> QuerySet[PeopleImport]:
    """Files of people uploaded to the programmes that the person coordinates."""
    return PeopleImport.objects.filter(programme__in=programmes_to_run(person))


def mentors_visible_to(person: Person) -> MembershipQuerySet:
    """Approved mentors of the programmes in which the person is a mentee; full and paused ones too.

    Nobody who is kept apart from the person; never the person.
    """
    return (
        Membership.objects.mentors()
        .filter(programme__in=programmes_of(person, Role.MENTEE))
        .exclude(person=person)
        .exclude(kept_apart(person, "person"))
    )


def kept_apart(person: Person, field: str) -> Exists:
    """Whether the person and the row's `field` are kept apart, whichever of them said so, and how."""
    return Exists(KeptApart.objects.filter(one=person, other=OuterRef(field)))


def mentorships_of(person: Person) -> MentorshipQuerySet:
    """The person's own mentorships and requests, on either side.

    A pair that a coordinator brought along shows once the other has claimed their place: until then nobody but
    coordinators sees that they are expected.
    """
    seen = Q()
    for side in ("mentee", "mentor"):
        seen &= Q(**{side: person}) | Q(**{f"{side}__isnull": True}) | Q(**{f"{side}__user__isnull": False})
    return Mentorship.objects.of(person).filter(seen)


def requests_to(person: Person) -> MentorshipQuerySet:
    """What mentees asked of the person as a mentor."""
    return mentorships_of(person).filter(mentor=person)


def requests_by(person: Person) -> MentorshipQuerySet:
    """What the person asked of mentors."""
    return mentorships_of(person).filter(mentee=person)


def can_see_partner(person: Person, mentorship: Mentorship) -> bool:
    """Whether the person may read the profile of the other in their mentorship.

    Both do while it is open. Afterwards a mentee does where they see the mentor anyway; a mentor does not.
    """
    if mentorship.state in OPEN:
        return True
    is_mentee = mentorship.mentee_id == person.pk
    return is_mentee and mentors_visible_to(person).filter(person=mentorship.mentor_id).exists()


def photos_visible_to(person: Person) -> QuerySet[Photo]:
    """Photos of those whose profile the person may read: see `mentors_visible_to` and `can_see_partner`.

    A coordinator reads what mentors of their programmes say of themselves, and nobody else's.
    """
    together = mentorships_of(person).filter(state__in=OPEN)
    to_approve = memberships_to_manage(person).filter(role=Role.MENTOR, state__in=SHOWN_TO_COORDINATORS)
    return Photo.objects.select_related("person").filter(
        Q(person=person)
        | Q(person__in=mentors_visible_to(person).values("person"))
        | Q(person__in=together.filter(mentee=person).values("mentor"))
        | Q(person__in=together.filter(mentor=person).values("mentee"))
        | Q(person__in=to_approve.values("person"))
    )


def blocks_of(person: Person) -> QuerySet[Block]:
    """Whom the person has blocked."""
    return Block.objects.filter(blocker=person)


def never_shown_to_of(person: Person) -> QuerySet[NeverShownTo]:
    """Employers and teams the person is never shown to, as they put them on their list."""
    return NeverShownTo.objects.filter(person=person).order_by("organisation__name", "team")


def managers_of(person: Person) -> QuerySet[ManagedBy]:
    """Addresses of those who manage the person, as they wrote them down."""
    return ManagedBy.objects.filter(person=person).order_by("email")


def organisations_to_choose() -> QuerySet[Organisation]:
    """Employers a person can say they work for; their names are public."""
    return Organisation.objects.all()


def can_administer(person: Person) -> bool:
    """Whether the person may set up organisations, programmes and roles."""
    return person.user is not None and person.user.is_active and person.user.is_staff


def coordinators() -> QuerySet[Person]:
    """Everybody who runs a programme."""
    rows = Membership.objects.filter(role=Role.COORDINATOR, state=MembershipState.MEMBER)
    return Person.objects.filter(pk__in=rows.order_by().values("person"))


def is_in_charge(user: User) -> bool:
    """Whether they answer for others' things, so that signing in is stricter: administrators, and `IN_CHARGE`."""
    if user.is_staff or user.is_superuser:
        return True
    found = Q()
    for name in settings.IN_CHARGE:
        found |= Q(pk__in=import_string(name)().values("pk"))
    return Person.objects.filter(found, user=user).exists()


def second_steps_of(person: Person) -> QuerySet[Authenticator]:
    """The person's authenticator app, passkeys and recovery codes."""
    steps: QuerySet[Authenticator] = Authenticator.objects.filter(user__person=person)
    return steps.order_by("pk")


def work_accounts_of(person: Person) -> QuerySet[SocialAccount]:
    """The accounts elsewhere that the person signs in with."""
    accounts: QuerySet[SocialAccount] = SocialAccount.objects.filter(user__person=person)
    return accounts


def sign_ins_of(person: Person) -> QuerySet[UserSession]:
    """Where the person is signed in now."""
    live = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    sign_ins: QuerySet[UserSession] = UserSession.objects.filter(user__person=person, session_key__in=live)
    return sign_ins


def programmes_to_set_up(person: Person) -> QuerySet[Programme]:
    """Programmes that the person may set up: all for an administrator, none for anybody else."""
    return Programme.objects.all() if can_administer(person) else Programme.objects.none()


def organisations_to_set_up(person: Person) -> QuerySet[Organisation]:
    """Organisations that the person may set up: all for an administrator, none for anybody else."""
    return Organisation.objects.all() if can_administer(person) else Organisation.objects.none()


def coordinators_to_appoint(person: Person) -> MembershipQuerySet:
    """The coordinators of every programme, for administrators."""
    coordinators = Membership.objects.filter(role=Role.COORDINATOR, state=MembershipState.MEMBER)
    return coordinators if can_administer(person) else coordinators.none()


def messages_to_handle(person: Person) -> QuerySet[Notification]:
    """Messages that could not be sent, for administrators."""
    stuck = Notification.objects.filter(state=NotificationState.QUARANTINED)
    return stuck if can_administer(person) else stuck.none()


def quiet_requests_to_follow(person: Person, before: datetime) -> MentorshipQuerySet:
    """Requests older than `before` without an answer, in programmes that the person coordinates.

    Who and since when; what was written is for the mentor alone and is not even fetched.
    """
    return Mentorship.objects.filter(
        programme__in=programmes_to_run(person), state=MentorshipState.REQUESTED, asked_at__lt=before
    ).defer("message", "kind_word")


def people_to_block(person: Person) -> QuerySet[Person]:
    """Whom the person may come across here, or did: visible mentors, and both sides of their mentorships."""
    mentorships = mentorships_of(person)
    return Person.objects.filter(
        Q(pk__in=mentors_visible_to(person).values("person"))
        | Q(pk__in=mentorships.values("mentee"))
        | Q(pk__in=mentorships.values("mentor"))
        | Q(pk__in=blocks_of(person).values("blocked"))
    ).exclude(pk=person.pk)


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


def days_of_breaks_in(programme: Programme) -> MembershipQuerySet:
    """A programme's mentors who have a place again as soon as their break ends; their day stands on their profiles."""
    return Membership.objects.mentors().filter(
        programme=programme, paused=True, paused_until__gt=timezone.localdate(), taken__lt=F("capacity")
    )


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
