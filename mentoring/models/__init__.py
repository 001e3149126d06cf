"""What is kept. A file a noun."""

from mentoring.models.apart import Block, KeptApart, ManagedBy, NeverShownTo
from mentoring.models.characteristic import (
    Characteristic,
    CharacteristicValue,
    Consent,
    ConsentText,
    NotSaid,
    Option,
    ProgrammeCharacteristic,
)
from mentoring.models.credential import Credential
from mentoring.models.erasure import Erasure
from mentoring.models.feedback import (
    Endorsement,
    EndorsementReport,
    Feedback,
    FeedbackMonth,
    Mark,
    MeanMark,
    MentorRating,
)
from mentoring.models.invitation import Invitation
from mentoring.models.look import Look
from mentoring.models.mentorship import Mentorship
from mentoring.models.notification import Notification
from mentoring.models.organisation import Organisation
from mentoring.models.people_import import PeopleImport
from mentoring.models.person import Person
from mentoring.models.photo import Photo
from mentoring.models.programme import Membership, Programme
from mentoring.models.user import User

__all__ = [
    "Block",
    "Characteristic",
    "CharacteristicValue",
    "Consent",
    "ConsentText",
    "Credential",
    "Endorsement",
    "EndorsementReport",
    "Erasure",
    "Feedback",
    "FeedbackMonth",
    "Invitation",
    "KeptApart",
    "Look",
    "ManagedBy",
    "Mark",
    "MeanMark",
    "Membership",
    "MentorRating",
    "Mentorship",
    "NeverShownTo",
    "NotSaid",
    "Notification",
    "Option",
    "Organisation",
    "PeopleImport",
    "Person",
    "Photo",
    "Programme",
    "ProgrammeCharacteristic",
    "User",
]
