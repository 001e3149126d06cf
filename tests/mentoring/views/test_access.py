"""Every address of mentoring × method × person. An address without a row fails."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from mentoring.domain import credential, endorsement, feedback, invitation, mentorship, people_import, photo
from mentoring.domain.feedback import Said
from mentoring.domain.people_file import read, table_of
from mentoring.domain.picture import Squares
from mentoring.enums import CredentialKind, MentorshipState, NotificationState, Purpose
from mentoring.models import (
    Block,
    Look,
    ManagedBy,
    Membership,
    Mentorship,
    NeverShownTo,
    Notification,
    Person,
    Programme,
)
from mentoring.urls import urlpatterns
from tests.access import FOUND, MISSING, SIGN_IN, Matrix, try_all
from tests.conftest import Count
from tests.factories import (
    CoordinatorFactory,
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.charter import AssessorFactory, LeadFactory
from tests.factories.invitations import InvitationFactory
from tests.factories.matching import says
from tests.factories.people_files import OURS, csv_file, ours
from tests.factories.sign_in import sign_in_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]

MENTEE, MENTOR, COORDINATOR, ELSEWHERE, ADMINISTRATOR = "mentee", "mentor", "coordinator", "elsewhere", "administrator"
OTHER_MENTEE, STRANGER, LEAD, ASSESSOR = "another mentee", "stranger", "charter lead", "assessor"
SIGNED_IN = {MENTEE, MENTOR, COORDINATOR, ELSEWHERE, ADMINISTRATOR, OTHER_MENTEE, STRANGER, LEAD, ASSESSOR}
SHUT_OUT = {"suspended", "anonymous"}  # the suspended one was a coordinator and an administrator
ANYBODY = SIGNED_IN | SHUT_OUT
BOTH = {MENTEE, MENTOR}
HERE = {MENTEE, MENTOR, COORDINATOR, OTHER_MENTEE}

# Who finds what is there. Amina has asked Folasade; Coretta runs the programme; `elsewhere` runs another.
FOUND_BY: tuple[tuple[set[str], str], ...] = (
    (ANYBODY, "home model accessibility privacy healthz trial_mail join_link claim claim_turn_down"),
    (set(), "security_txt draft"),
    (ANYBODY, "mfa_index mfa_list_webauthn"),
    (SIGNED_IN, "security second_step sign_ins_end"),
    ({MENTEE}, "sign_in_end"),
    (SIGNED_IN, "my_mentoring blocks start start_end start_question claim_take_up profile profile_preview"),
    (SIGNED_IN, "profile_step identity identity_answer identity_withdraw identity_withdraw_all programmes_to_join"),
    (SIGNED_IN, "programme_join programme_take_up programme_turn_down programmes"),
    (SIGNED_IN, "account account_messages account_consents account_delete looks my_data my_data_file"),
    (SIGNED_IN, "my_data_json said_of_me credentials credential_add"),
    (SIGNED_IN, "profile_personality never_show never_show_employer never_show_manager never_show_team"),
    ({MENTEE}, "never_show_employer_remove never_show_manager_remove"),
    ({MENTOR}, "credential credential_remove"),
    (SIGNED_IN, "profile_photo profile_photo_remove"),
    (HERE, "photo"),
    ({COORDINATOR}, "credential_check"),
    (BOTH, "mentorship mentorship_end"),
    ({MENTEE}, "feedback_give feedback_take_back endorse endorse_take_back"),
    ({MENTOR}, "endorsement_reply endorsement_hide endorsement_show"),
    (BOTH | {OTHER_MENTEE}, "endorsement_report"),
    ({COORDINATOR}, "reports report_decide"),
    ({MENTOR}, "mentorship_accept mentorship_decline profile_places"),
    ({MENTEE}, "mentorship_withdraw unblock"),
    ({MENTEE, OTHER_MENTEE}, "block"),
    (HERE, "programme_leave"),
    ({COORDINATOR}, "programme programme_people programme_decide programme_person programme_settings"),
    ({COORDINATOR}, "programme_description programme_positive_action programme_mentee_share programme_link_open"),
    ({COORDINATOR, ADMINISTRATOR}, "programme_protection"),
    (ANYBODY, "programme_privacy"),
    ({COORDINATOR}, "programme_link_renew programme_link_close people_imports people_template people_import"),
    ({COORDINATOR}, "people_import_take people_import_drop people_import_refused people_export_csv"),
    ({COORDINATOR}, "people_export_xlsx invitations invitation_new invitations_send invitations_chase"),
    ({COORDINATOR}, "invitation_take_back programme_questions programme_question_add programme_question"),
    ({ADMINISTRATOR}, "administration organisations organisation_add organisation_edit all_programmes"),
    ({ADMINISTRATOR}, "programme_add programme_set_up programme_edit coordinator_dismiss stuck_messages"),
    ({ADMINISTRATOR}, "message_again message_drop"),
)
TABLE = {name: who for who, names in FOUND_BY for name in names.split()}
NUMBERED = {"title": "Podiatrist", "number": "canary-number"}
ASKS_EVERYBODY = {"identity_answer"}
"""Pages that offer the same options to all, so that their words stand there for everybody."""

POSTS_ONLY = {
    *("mentorship_accept", "identity_withdraw", "programme_take_up", "programme_turn_down", "claim_take_up"),
    *("programme_decide", "programme_link_open", "people_import_take", "message_again"),
    *("endorsement_hide", "endorsement_show", "never_show_employer", "never_show_manager", "never_show_team"),
    *("never_show_employer_remove", "never_show_manager_remove"),
    *("sign_in_end", "sign_ins_end"),
}


@pytest.fixture
def people(programme: Programme, amina: Person, folasade: Person, coretta: Person) -> dict[str, Person]:
    """The cast by what they are."""
    suspended = CoordinatorFactory(programme=programme, person__user__is_staff=True, person__user__is_active=False)
    return {
        MENTEE: amina,
        MENTOR: folasade,
        COORDINATOR: coretta,
        ELSEWHERE: CoordinatorFactory().person,
        ADMINISTRATOR: PersonFactory(user__is_staff=True),
        OTHER_MENTEE: MembershipFactory(programme=programme).person,
        STRANGER: MembershipFactory().person,
        LEAD: LeadFactory().person,
        ASSESSOR: AssessorFactory().person,
        "suspended": suspended.person,
    }


@pytest.fixture
def clients(as_: As, people: dict[str, Person]) -> dict[str, Client]:
    """Everybody, signed in as far as they can be."""
    return {who: as_(person) for who, person in people.items()} | {"anonymous": Client()}


@pytest.fixture
def arguments(
    programme: Programme, people: dict[str, Person], folasade_membership: Membership
) -> dict[str, list[object]]:
    """What each address needs to be the one of this programme and these people."""
    return arguments_for(programme, people[MENTEE], folasade_membership, people[COORDINATOR])


def arguments_for(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> dict[str, list[object]]:
    """What each address needs to be the one of a programme, a mentee and a mentor of it, and its coordinator."""
    folasade = folasade_membership.person
    programme.join_code = f"a-code-nobody-guesses-{programme.pk}"
    programme.save()
    amina.wants = "canary-wants"
    amina.save()
    asked = mentorship.ask(mentor=folasade_membership, message="canary-message", by=amina)
    blocked = Block.objects.create(blocker=amina, blocked=PersonFactory()).blocked
    kept = InvitationFactory(programme=programme)
    table = table_of(read(csv_file(OURS, [ours(1), ours(2, email="zoe")])))
    file = people_import.keep(programme=programme, table=table, file_name="people.csv", role="", by=coretta)
    stuck = Notification.objects.create(
        key=f"k{programme.pk}", address="x@y.example", state=NotificationState.QUARANTINED, finished_at=asked.asked_at
    )
    worked = MentorshipFactory(
        mentor_membership=folasade_membership,
        mentee=amina,
        state=MentorshipState.ENDED,
        answered_at=asked.asked_at,
        active_at=asked.asked_at,
        ended_at=asked.asked_at,
    )
    shown = credential.add_credential(kind=CredentialKind.REGISTRATION, said=NUMBERED, by=folasade)
    words = endorsement.endorse(mentor=folasade, named=True, skills=["listening"], words="Hm.", by=amina)
    report = endorsement.report(endorsement=words, why="canary-why", by=folasade)
    photo.put_up(squares=Squares(b"large", b"small"), by=folasade)
    feedback.give_feedback(mentor=folasade, said=Said({"listening": 1}, "canary-confidence"), by=amina)
    for person, option in ((amina, "gypsy_traveller"), (folasade, "white_black_african")):
        says(person, "ethnicity", option, purpose=Purpose.ROUNDS)
    away = NeverShownTo.objects.create(person=amina, organisation=OrganisationFactory(), team="canary-team")
    manager = ManagedBy.objects.create(person=amina, email=f"canary-manager-{programme.pk}@example.org")
    slug = programme.slug
    given: list[tuple[str, list[object]]] = [
        (" ".join(name for name in TABLE if name.startswith("mentorship")), [asked.pk]),
        (" ".join(name for name in TABLE if name.startswith("programme_")), [slug]),
        (" ".join(name for name in TABLE if name.startswith("people_import_")), [slug, file.pk]),
        ("claim claim_take_up claim_turn_down", [invitation.claim_code(kept)]),
        ("programme invitations invitation_new invitations_send invitations_chase", [slug]),
        ("people_imports people_template people_export_csv people_export_xlsx", [slug]),
        ("programme_question", [slug, "religion"]),
        ("never_show_employer_remove", [away.pk]),
        ("never_show_manager_remove", [manager.pk]),
        ("identity_answer identity_withdraw", ["gender"]),
        ("message_again message_drop", [stuck.pk]),
        ("sign_in_end", [sign_in_of(amina).pk]),
        ("feedback_give feedback_take_back endorse endorse_take_back", [worked.pk]),
        ("endorsement_reply endorsement_hide endorsement_show endorsement_report", [words.pk]),
        ("credential credential_remove", [shown.pk]),
        ("credential_add", ["training"]),
        ("photo", [folasade.pk, 128]),
        ("credential_check", [slug, folasade.pk, shown.pk]),
        ("reports", [slug]),
        ("report_decide", [slug, report.pk]),
        ("people_import", [slug, file.pk]),
        ("programme_person", [slug, amina.pk]),
        ("coordinator_dismiss", [slug, coretta.memberships.get().pk]),
        ("invitation_take_back", [slug, kept.pk]),
        ("profile_places", [folasade_membership.pk]),
        ("profile_step", ["about"]),
        ("start_question", ["work"]),
        ("organisation_edit", [OrganisationFactory().slug]),
        ("join_link", [programme.join_code]),
        ("block", [folasade.pk]),
        ("unblock", [blocked.pk]),
        ("programme_add", []),
    ]
    found = {name: arguments for names, arguments in given for name in names.split()}
    return {name: found.get(name, []) for name in TABLE}


def test_every_address_has_a_row() -> None:
    ours_alone = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert ours_alone == set(TABLE)


@pytest.fixture
def matrix(
    programme: Programme, people: dict[str, Person], folasade_membership: Membership, arguments: dict[str, list[object]]
) -> Matrix:
    """The table, our programme, and another one with people of its own, which `elsewhere` runs."""
    other = people[ELSEWHERE].memberships.get().programme
    mentee, mentor = MembershipFactory(programme=other).person, MentorFactory(programme=other, capacity=1)
    return Matrix(
        due={name: {who: due(who, name) for who in [*people, "anonymous"]} for name in TABLE},
        theirs_as={ELSEWHERE: COORDINATOR, **dict.fromkeys(HERE, STRANGER)},
        ours=arguments,
        theirs=arguments_for(other, mentee, mentor, people[ELSEWHERE]),
        buttons=frozenset(POSTS_ONLY),
    )


def due(who: str, name: str) -> str:
    """Who could sign in is asked to; for everybody else who may not, there is no such page."""
    if who in TABLE[name]:
        return FOUND
    return SIGN_IN if who in SHUT_OUT and name != "security_txt" else MISSING


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("who", sorted(ANYBODY))
def test_who_finds_what(who: str, matrix: Matrix, clients: dict[str, Client], count: Count) -> None:
    found = try_all(matrix, who, clients[who])
    count("cells of mentoring's table", found.cells)
    assert found.wrong == []


def test_without_a_guard_the_table_is_not_met(
    matrix: Matrix, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: three guards away, three addresses found by whom they are not for."""
    monkeypatch.setattr("mentoring.views.mentorship.requests_to", lambda person: Mentorship.objects.all())
    monkeypatch.setattr("mentoring.views.programme.programmes_to_run", lambda person: Programme.objects.all())
    monkeypatch.setattr("mentoring.views.access.can_administer", lambda person: True)
    guarded = ("mentorship_decline", "programme_people", "administration")
    wrong = try_all(matrix, STRANGER, clients[STRANGER], guarded).wrong
    assert {row[0] for row in wrong} == set(guarded)


def all_of(response: HttpResponseBase) -> str:
    """All that came back, the insides of a spreadsheet too."""
    assert isinstance(response, HttpResponse)
    content = response.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def test_whoever_stands_by_name_on_a_page_of_those_who_run_things_is_told(
    clients: dict[str, Client], arguments: dict[str, list[object]], people: dict[str, Person]
) -> None:
    """Each page and file that coordinators or administrators alone can open."""
    missed, found = set(), 0
    for name in set(TABLE) - POSTS_ONLY:
        if not TABLE[name] <= {COORDINATOR, ADMINISTRATOR}:
            continue
        for who in TABLE[name]:
            Look.objects.all().delete()
            text = all_of(clients[who].get(reverse(name, args=arguments[name])))
            for person in Person.objects.exclude(first_name="").exclude(pk=people[who].pk):
                if person.name in text:
                    found += 1
                    if not Look.objects.filter(subject=person, viewer=people[who]).exists():
                        missed.add((name, person.name))
    assert missed == set()
    assert found >= 12
