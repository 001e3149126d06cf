"""What this app holds, field by field; see `domain/privacy.py`."""

from collections.abc import Mapping
from typing import Final

from mentoring.domain.privacy import Ending, Holding, classed

ACCOUNT: Final = "until the account is deleted"
PROGRAMMES: Final = "as long as the programme says in its privacy notice, at most "
YOURS: Final = Ending.DELETED
_OVER_ALL_EVENTS: Final = (
    "pgh_slug pgh_model pgh_id pgh_created_at pgh_label pgh_data pgh_diff pgh_context_id pgh_context pgh_obj_model "
    "pgh_obj_id"
)

HOLDINGS: Final[Mapping[str, Holding]] = {
    "mentoring.User": Holding(
        "Account",
        classed(
            key="id",
            sign_in="password",
            contact="email",
            running="last_login is_superuser groups user_permissions",
            part="is_active is_staff date_joined",
        ),
        ("person",),
        YOURS,
        ACCOUNT,
    ),
    "account.EmailAddress": Holding(
        "Email addresses",
        classed(key="id", link="user", contact="email verified primary"),
        ("user__person",),
        YOURS,
        ACCOUNT,
    ),
    "account.EmailConfirmation": Holding(
        "Confirmations under way",
        classed(key="id email_address", running="created sent", sign_in="key"),
        ("email_address__user__person",),
        YOURS,
        "three days",
    ),
    "sessions.Session": Holding(
        "Who is signed in",
        classed(key="session_key", sign_in="session_data", running="expire_date"),
        (),
        YOURS,
        "a day and a half after the last click at most",
    ),
    "usersessions.UserSession": Holding(
        "Where I am signed in",
        classed(
            key="id",
            link="user",
            sign_in="session_key",
            signing_in="created_at ip last_seen_at user_agent",
            running="data",
        ),
        ("user__person",),
        YOURS,
        "until it is signed out, or ends by itself: seven days at most",
    ),
    "mfa.Authenticator": Holding(
        "My second steps",
        classed(key="id", link="user", signing_in="type created_at last_used_at", sign_in="data"),
        ("user__person",),
        YOURS,
        ACCOUNT + ", or it is removed",
    ),
    "socialaccount.SocialAccount": Holding(
        "My work account",
        classed(key="id", link="user", signing_in="provider uid last_login date_joined", running="extra_data"),
        ("user__person",),
        YOURS,
        ACCOUNT + ", or the link is taken away",
    ),
    "socialaccount.SocialApp": Holding(
        "Ways to work accounts (empty: they stand in the settings)",
        classed(key="id", running="provider provider_id name client_id key settings", sign_in="secret"),
    ),
    "socialaccount.SocialToken": Holding(
        "Keys to work accounts (none is kept)",
        classed(key="id", link="app account", sign_in="token token_secret", running="expires_at"),
        (),
        YOURS,
    ),
    "mentoring.Person": Holding(
        "About me",
        classed(
            key="id photo_key",
            link="user",
            name="first_name last_name pronouns",
            profile="headline journey organisation commitments commitment_words mentored",
            shared="wants",
            private="team",
            activity="active_on",
            part="joined_at",
        ),
        ("pk",),
        YOURS,
        ACCOUNT,
    ),
    "mentoring.Photo": Holding(
        "My photo",
        classed(link="person", key="small", profile="large", part="changed_at"),
        ("person",),
        YOURS,
        ACCOUNT + ", or it is taken down",
    ),
    "mentoring.Block": Holding(
        "People I blocked", classed(key="id", link="blocker", private="blocked made_at"), ("blocker",), YOURS, ACCOUNT
    ),
    "mentoring.NeverShownTo": Holding(
        "Employers and teams I am never shown to",
        classed(key="id", link="person", private="organisation team made_at"),
        ("person",),
        YOURS,
        ACCOUNT,
    ),
    "mentoring.ManagedBy": Holding(
        "Those who manage me",
        classed(key="id", link="person", private="email made_at"),
        ("person",),
        YOURS,
        ACCOUNT,
    ),
    "mentoring.KeptApart": Holding("Who is kept apart from whom: made of the three above", classed(link="one other")),
    "mentoring.NotSaid": Holding(
        "What I would rather not say",
        classed(key="id", link="person characteristic", part="said_at"),
        ("person",),
        YOURS,
        ACCOUNT + ", or an answer is given",
    ),
    "mentoring.Consent": Holding(
        "What I agreed to",
        classed(key="id", link="person", consent="characteristic purpose text given_at withdrawn_at"),
        ("person",),
        YOURS,
        ACCOUNT,
    ),
    "mentoring.CharacteristicValue": Holding(
        "My answers",
        classed(key="id consent", link="person characteristic", identity="options point purpose", part="changed_at"),
        ("person",),
        YOURS,
        ACCOUNT + ", or consent is withdrawn",
    ),
    "mentoring.Credential": Holding(
        "Credentials",
        classed(
            key="id",
            link="person",
            profile="kind topic title body gained_on verified_at",
            checked="number note verified_by",
            running="changed_at",
        ),
        ("person",),
        YOURS,
        ACCOUNT,
    ),
    "mentoring.Membership": Holding(
        "My part in programmes",
        classed(
            key="id",
            link="person programme",
            part="role state changed_at capacity taken paused paused_until",
            running="decided_by",
        ),
        ("person",),
        YOURS,
        PROGRAMMES + ACCOUNT,
    ),
    "mentoring.Mentorship": Holding(
        "My mentoring",
        classed(
            key="id mentor_membership",
            link="mentee mentor programme",
            stage="state asked_at answered_at active_at ended_at",
            pair="message kind_word",
        ),
        ("mentee", "mentor"),
        Ending.CUT_LOOSE,
        PROGRAMMES + "until both have deleted their account",
        scope="mentoring.permissions.mentorships_of",
        written_by={"message": "mentee", "kind_word": "mentor"},
    ),
    "mentoring.Feedback": Holding(
        "What I said of mentors in confidence",
        classed(key="id", link="mentor", author="mentee", confidence="words changed_at", running="told"),
        ("mentee",),
        YOURS,
        "until it is taken back or either account is deleted",
    ),
    "mentoring.Mark": Holding(
        "Marks I gave",
        classed(key="id", link="feedback", confidence="item mark", running="counted"),
        ("feedback__mentee",),
        YOURS,
        "until it is taken back or either account is deleted",
    ),
    "mentoring.MeanMark": Holding(
        "What mentees say of me",
        classed(key="id", link="mentor", mean="item halves mentees", running="stands"),
        ("mentor",),
        YOURS,
        ACCOUNT,
        scope="mentoring.permissions.means_about",
    ),
    "mentoring.MentorRating": Holding(
        "My rating", classed(link="mentor", mean="halves mentees"), ("mentor",), YOURS, ACCOUNT
    ),
    "mentoring.Endorsement": Holding(
        "Words for mentors",
        classed(
            key="id",
            link="mentor programme",
            author="writer",
            published="named skills words reply written_on",
            running="hidden_at taken_down_at",
        ),
        ("writer",),
        YOURS,
        "until it is taken back or either account is deleted",
    ),
    "mentoring.EndorsementReport": Holding(
        "Reports about words",
        classed(
            key="id",
            link="endorsement",
            author="by",
            confidence="why made_at",
            moderation="state decided_at decided_by note",
        ),
        ("by",),
        Ending.CUT_LOOSE,
        "as long as the words stand",
    ),
    "mentoring.Invitation": Holding(
        "Invitations to me",
        classed(key="id", link="programme person", contact="email", part="made_at sent_at chased_at claimed_at"),
        ("person",),
        YOURS,
        PROGRAMMES + ACCOUNT,
    ),
    "mentoring.Notification": Holding(
        "Emails to me",
        classed(
            key="id key mentorship",
            link="person",
            message="kind address subject body due_at state finished_at",
            running="only_while leased_until tries trouble",
        ),
        ("person",),
        YOURS,
        "90 days after it was sent; its text until then",
    ),
    "mentoring.PeopleImport": Holding(
        "Files of people",
        classed(
            key="id",
            link="programme by",
            upload="file_name role content findings planned taken",
            running="state made_at finished_at leased_until tries",
        ),
        (),
        Ending.STAYS,
        "the content for some days after it was taken; an address that is erased goes from it at once",
    ),
    "admin.LogEntry": Holding(
        "Django's own log of changes in its admin (empty: nothing is changed there)",
        classed(key="id", running="action_time user content_type object_id object_repr action_flag change_message"),
    ),
    "mentoring.Erasure": Holding(
        "Accounts that were deleted",
        classed(key="person_id", running="erased_at filed_at"),
        (),
        Ending.STAYS,
        "as long as a backup from before could be restored",
    ),
    "mentoring.Look": Holding(
        "Who looked at my information",
        classed(key="id", link="subject viewer", look="role kind of day"),
        ("subject",),
        YOURS,
        "two years",
    ),
    "mentoring.FeedbackMonth": Holding("Months counted", classed(running="month")),
    "mentoring.Organisation": Holding("Organisations", classed(key="id", public="name slug kind region")),
    "mentoring.Programme": Holding(
        "Programmes",
        classed(
            key="id",
            public="name slug description organisations created_at controllers privacy_contact lawful_basis "
            "special_condition months_left months_unanswered months_words",
            running="mentee_share",
            charter="positive_action_reason",
            sign_in="join_code",
        ),
    ),
    "mentoring.Characteristic": Holding(
        "The catalogue",
        classed(
            public="key number family kind position label question hint low high step",
            running="directions complements counterpart derived words retired on_request",
            link="programme",
        ),
    ),
    "mentoring.ProgrammeCharacteristic": Holding(
        "What a programme asks, and why",
        classed(key="id", link="programme characteristic changed_by", public="asked reason changed_at"),
    ),
    "mentoring.Option": Holding(
        "The catalogue's options",
        classed(key="id", public="characteristic key label parent parent_label position retired"),
    ),
    "mentoring.ConsentText": Holding("Words of consent", classed(public="version words since material")),
    "pghistory.Context": Holding("Not used", classed(key="id", running="created_at updated_at metadata")),
    "pghistory.Events": Holding("Not used", classed(running=_OVER_ALL_EVENTS)),
    "pghistory.MiddlewareEvents": Holding("Not used", classed(running=f"{_OVER_ALL_EVENTS} user url")),
    "auth.Permission": Holding("Django's permissions", classed(running="id name content_type codename")),
    "auth.Group": Holding("Django's groups", classed(running="id name permissions")),
    "contenttypes.ContentType": Holding("Django's list of models", classed(running="id app_label model")),
}
