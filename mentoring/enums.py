"""Choices and transition tables. Imports nothing of ours."""

from typing import Final

from django.db.models import IntegerChoices, TextChoices


class OrganisationKind(TextChoices):
    """The kinds of employer that take part."""

    NHS_TRUST = "nhs_trust", "NHS organisation"
    LOCAL_AUTHORITY = "local_authority", "Council"
    UNIVERSITY = "university", "University"
    VOLUNTARY = "voluntary", "Charity or voluntary organisation"
    INDEPENDENT = "independent", "Independent provider"
    NETWORK = "network", "Professional body or network"


class Role(TextChoices):
    """What a person is in a programme; one person may hold several."""

    MENTEE = "mentee", "Mentee"
    MENTOR = "mentor", "Mentor"
    COORDINATOR = "coordinator", "Coordinator"


class MembershipState(TextChoices):
    """How far a person's place in a programme has come."""

    INVITED = "invited", "Invited"
    WAITING = "waiting", "Waiting for approval"
    MEMBER = "member", "Member"
    DECLINED = "declined", "Not approved"
    LEFT = "left", "Left"


STANDS: Final = (MembershipState.INVITED, MembershipState.WAITING, MembershipState.MEMBER)

MEMBERSHIP_TRANSITIONS: Final[dict[MembershipState, frozenset[MembershipState]]] = {
    MembershipState.INVITED: frozenset({MembershipState.WAITING, MembershipState.MEMBER, MembershipState.LEFT}),
    MembershipState.WAITING: frozenset({MembershipState.MEMBER, MembershipState.DECLINED, MembershipState.LEFT}),
    MembershipState.MEMBER: frozenset({MembershipState.LEFT}),
    MembershipState.DECLINED: frozenset({MembershipState.WAITING, MembershipState.INVITED, MembershipState.MEMBER}),
    MembershipState.LEFT: frozenset({MembershipState.WAITING, MembershipState.INVITED, MembershipState.MEMBER}),
}


class MentorshipState(TextChoices):
    """Where a mentorship is, from request to ending."""

    REQUESTED = "requested", "Asked"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ACCEPTED = "accepted", "Accepted"
    ACTIVE = "active", "Active"
    ENDED = "ended", "Ended"


MENTORSHIP_TRANSITIONS: Final[dict[MentorshipState, frozenset[MentorshipState]]] = {
    MentorshipState.REQUESTED: frozenset(
        {MentorshipState.ACCEPTED, MentorshipState.DECLINED, MentorshipState.WITHDRAWN}
    ),
    MentorshipState.ACCEPTED: frozenset({MentorshipState.ENDED}),
    MentorshipState.ACTIVE: frozenset({MentorshipState.ENDED}),
    MentorshipState.DECLINED: frozenset(),
    MentorshipState.WITHDRAWN: frozenset(),
    MentorshipState.ENDED: frozenset(),
}

TAKES_A_PLACE: Final = (MentorshipState.ACCEPTED, MentorshipState.ACTIVE)
OPEN: Final = (MentorshipState.REQUESTED, *TAKES_A_PLACE)


class Family(TextChoices):
    """The families of characteristics, as people meet them."""

    SURFACE = "surface", "About me and my identity"
    VALUES = "values", "What matters to me"
    WORKING_STYLES = "working_styles", "How I work"
    PROFESSIONAL = "professional", "My work"


class Kind(TextChoices):
    """The form a characteristic's value takes (see docs/matching.md)."""

    CATEGORY = "category", "One option"
    ORDINAL = "ordinal", "One of ordered options"
    MULTI = "multi", "Up to six options"
    SCALE = "scale", "1 to 5 between two poles"


class Purpose(TextChoices):
    """What a person allows an answer about their identity to be used for."""

    PROFILE = "profile", "Show it on my profile and use it to find matches"
    ROUNDS = "rounds", "Never show it; use it only when a coordinator's round proposes matches"
    MONITORING = "monitoring", "Use it only in anonymous totals"


class NotificationState(TextChoices):
    """How far a message has come."""

    DUE = "due", "Due"
    SENT = "sent", "Sent"
    POINTLESS = "pointless", "No longer needed"
    QUARANTINED = "quarantined", "Could not be sent"


class ImportState(TextChoices):
    """How far a file of people has come."""

    READ = "read", "Not taken yet"
    WAITING = "waiting", "Waiting to be taken"
    TAKING = "taking", "Being taken"
    DONE = "done", "Taken"
    STOPPED = "stopped", "Stopped half-way"
    DROPPED = "dropped", "Thrown away"


IMPORT_TRANSITIONS: Final[dict[ImportState, frozenset[ImportState]]] = {
    ImportState.READ: frozenset({ImportState.WAITING, ImportState.DROPPED}),
    ImportState.WAITING: frozenset({ImportState.TAKING}),
    ImportState.TAKING: frozenset({ImportState.DONE, ImportState.STOPPED}),
    ImportState.STOPPED: frozenset({ImportState.WAITING, ImportState.DROPPED}),
    ImportState.DONE: frozenset(),
    ImportState.DROPPED: frozenset(),
}


class Skill(TextChoices):
    """What mentees value in a mentor: the seven skills of Atwal 2023."""

    LISTENING = "listening", "Listening"
    IMPARTIALITY = "impartiality", "Impartiality"
    CHALLENGE = "challenge", "Challenge"
    UNDERSTANDING = "understanding", "Understanding"
    AUTHENTICITY = "authenticity", "Authenticity"
    INTEGRITY = "integrity", "Integrity"
    SOLIDARITY = "solidarity", "Solidarity"


class AllyAct(TextChoices):
    """What allies commit to (Sriram 2024); how a mentee found it is for the mentor alone."""

    HUMILITY = "humility", "Being honest about what they do not know"
    RACE = "race", "Making room to talk about race and racism"
    BELIEF = "belief", "Believing me, without my having to justify anything"
    DOORS = "doors", "Opening doors, not only giving advice"


class ReportState(TextChoices):
    """What became of a report."""

    OPEN = "open", "To be looked at"
    KEPT = "kept", "Left standing"
    TAKEN_DOWN = "taken_down", "Taken down"


class CredentialKind(TextChoices):
    """What can be shown for it."""

    REGISTRATION = "registration", "Registration"
    QUALIFICATION = "qualification", "Qualification"
    TRAINING = "training", "Training"


class TrainingTopic(TextChoices):
    """What a training was about; the first two are what the research asks of mentors (Sriram 2024)."""

    BIAS = "bias", "Bias"
    ALLYSHIP = "allyship", "Allyship"
    MENTORING = "mentoring", "Mentoring or coaching"
    OTHER = "other", "Something else"


class Commitment(TextChoices):
    """What a mentor promises as an ally: bold, kind, humble, honest about what they do not know (Sriram 2024)."""

    BELIEVE = "believe", "I believe what you tell me, and you need not prove it"
    HONEST = "honest", "When I do not know, I say so, and go and find out"
    NAME_IT = "name_it", "I name racism when I see it, also where you are not in the room"
    DOORS = "doors", "I use my place to open doors for you"
    WRONG = "wrong", "When you tell me I got something wrong, I thank you"
    QUIET = "quiet", "What you tell me stays with me"


class LookKind(TextChoices):
    """What of a person somebody looked at who runs something."""

    LIST = "list", "Your name and where you stand, in a list"
    PERSON = "person", "The page about you in the programme"
    CREDENTIAL = "credential", "A credential of yours, with its number"
    REPORT = "report", "Published words by you or about you, which somebody reported"
    INVITATION = "invitation", "The invitation to you, with your email address"
    FILE = "file", "A file of the programme’s people, with your email address"
    MATCH = "match", "What a matching round found for you"
    OFFICE = "office", "Which office you hold"
    MESSAGE = "message", "An email to you that could not be sent, without its text"
    RECORD = "record", "A record in the technical room, with what is personal hidden"


class LookRole(TextChoices):
    """As what somebody looked."""

    COORDINATOR = "coordinator", "coordinator"
    ADMINISTRATOR = "administrator", "administrator"
    TECHNICAL = "technical", "technical staff"


class LawfulBasis(TextChoices):
    """On what a programme relies for keeping ordinary personal data (UK GDPR article 6)."""

    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE = "legitimate", "Legitimate interests"
    CONSENT = "consent", "Consent"
    CONTRACT = "contract", "Contract"


class SpecialCondition(TextChoices):
    """On what it relies for answers about identity (UK GDPR article 9), beside the consent each of them stands on."""

    EXPLICIT_CONSENT = "explicit_consent", "Explicit consent"
    EQUALITY = "equality", "Substantial public interest: equality of opportunity or treatment"


class Lately(IntegerChoices):
    """How lately somebody was here: never told more exactly than this."""

    LONG_AGO = 0, "More than a month ago"
    THIS_MONTH = 1, "This month"
    THIS_WEEK = 2, "This week"
