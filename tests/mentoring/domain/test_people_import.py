"""People from a file: what is planned for each row, and taking it once, whoever is interrupted."""

import pytest
from django.db import connection

from mentoring import permissions
from mentoring.domain import clock, invitation, mentorship, people_import
from mentoring.domain.people_file import Field, Table, read, table_of
from mentoring.domain.people_import.plan import GONE, Plan
from mentoring.domain.people_import.uploads import content_of
from mentoring.enums import MembershipState, MentorshipState, Role
from mentoring.models import (
    CharacteristicValue,
    Invitation,
    Membership,
    Mentorship,
    Notification,
    PeopleImport,
    Person,
    Programme,
)
from tests.factories import (
    MembershipFactory,
    MentorFactory,
    MentorshipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
)
from tests.factories.people_files import MENTEES, MENTORS, OURS, broken, civil_service, csv_file, ours, workbook

pytestmark = pytest.mark.django_db
CANARY = "canary-bisexual-muslim"
ENCODINGS = ("utf-8-sig", "cp1252", "utf-16")


def table(*rows: dict[str, str], headings: tuple[str, ...] = OURS) -> Table:
    """A file with these rows, each a mapping from heading to text."""
    names = tuple(dict.fromkeys(name for row in rows for name in row)) if headings is OURS else headings
    return table_of(read(csv_file(names, [[row.get(name, "") for name in names] for row in rows])))


def person(name: str, role: str = "mentee", **more: str) -> dict[str, str]:
    row = {"first name": name, "email": f"{name.lower()}@example.org", "role": role}
    return row | {key.replace("_", " "): value for key, value in more.items()}


def planned(programme: Programme, *rows: dict[str, str]) -> Plan:
    return people_import.make_plan(table=table(*rows), programme=programme)


def reasons(programme: Programme, *rows: dict[str, str]) -> list[tuple[int, str]]:
    return [(refusal.number, refusal.reason) for refusal in planned(programme, *rows).refused]


def taken(programme: Programme, found: Table, role: str = "", by: Person | None = None) -> PeopleImport:
    upload = people_import.keep(programme=programme, table=found, file_name="people.csv", role=role, by=by)
    people_import.ask_to_take(upload=upload, by=by)
    people_import.take_due()
    upload.refresh_from_db()
    return upload


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that an import may touch."""
    models = (Person, Membership, Invitation, CharacteristicValue, Mentorship, Notification)
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


# --- Two thousand rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_two_thousand_rows_of_our_own_columns(programme: Programme, encoding: str) -> None:
    rows = [ours(number) for number in range(2_000)]
    wrong = list(broken(rows, email=2))
    upload = taken(programme, table_of(read(csv_file(OURS, rows, encoding=encoding))))
    assert upload.planned == {"rows": 2_000, "new": 1_980, "more": 0, "here": 0, "refused": 20, "pairs": 0}
    assert upload.taken == {"new": 1_980, "new_left": 0, "more": 0, "pairs": 0}
    found = people_import.findings_of(upload)
    assert found
    assert [number for number, _ in found.refused] == [number for number, _ in wrong]
    assert Invitation.objects.filter(programme=programme).count() == 1_980
    assert CharacteristicValue.objects.count() == 4 * 1_980
    assert Person.objects.filter(user=None).first().last_name == "O’Néill"  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("headings", "role"), [(MENTORS, "mentor"), (MENTEES, "mentee")])
def test_two_thousand_rows_of_the_matching_tool_s_columns(
    programme: Programme, headings: tuple[str, ...], role: str, encoding: str
) -> None:
    rows = [civil_service(number, CANARY) for number in range(2_000)]
    wrong = list(broken(rows, email=2))
    upload = taken(programme, table_of(read(csv_file(headings, rows, encoding=encoding))))
    assert upload.planned == {"rows": 2_000, "new": 1_980, "more": 0, "here": 0, "refused": 20, "pairs": 0}
    assert Membership.objects.filter(programme=programme, role=role).count() == 1_980
    found = people_import.findings_of(upload)
    assert found
    assert [number for number, _ in found.refused] == [number for number, _ in wrong]
    assert found.unknown == [
        ("profession", "Policy", 1_980),
        ("grade", "Grade 7", 1_980),
        ("organisation", "Department of Mentors", 1_980),
    ]
    assert text_of_all_tables().count(CANARY) == 0


def text_of_all_tables() -> str:
    """Every row of every table as text, unpacked uploads too."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        dumped = []
        for name in names:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t')
            dumped += [row[0] for row in cursor.fetchall()]
    for upload in PeopleImport.objects.all():
        dumped += [str(people_import.findings_of(upload)), str(content_of(upload)) if upload.content else ""]
    return "\n".join(dumped)


def test_a_workbook_comes_to_the_same(programme: Programme) -> None:
    upload = taken(programme, table_of(read(workbook(MENTORS, [civil_service(1, CANARY), civil_service(2, CANARY)]))))
    assert upload.taken["new"] == 2
    assert CANARY not in text_of_all_tables()


def test_what_is_never_stored_is_never_kept_even_before_anything_is_taken(programme: Programme) -> None:
    rows = [civil_service(1, CANARY), civil_service(2, CANARY, **{"email address": "nobody"})]
    found = table_of(read(csv_file(MENTEES, rows)))
    people_import.keep(programme=programme, table=found, file_name="mentees.csv", role="", by=None)
    text = text_of_all_tables()
    assert "Renée2" in text
    assert CANARY not in text


# --- What becomes of a row --------------------------------------------------------------------------------------------


def test_a_row_becomes_a_person_a_place_and_an_invitation_that_is_not_sent(programme: Programme) -> None:
    employer = OrganisationFactory(name="Northmoor  NHS Trust")
    row = person("Ann", "both", last_name="Lee", job_title="Senior OT", profession="occupational therapist")
    row |= {"band": "8A", "region": "greater london", "setting": "GP practice", "places": "3"}
    row |= {"organisation": "northmoor nhs trust", "journey": "Far.", "pronouns": "she/her"}
    taken(programme, table(row))
    ann = Person.objects.get(first_name="Ann")
    assert (ann.user, ann.last_name, ann.headline, ann.journey) == (None, "Lee", "Senior OT", "Far.")
    assert (ann.pronouns, ann.organisation) == ("she/her", employer)
    assert dict(ann.values.values_list("characteristic_id", "options")) == {
        "profession": ["occupational_therapy"],
        "band": ["8a"],
        "region": ["london"],
        "setting": ["primary_care"],
    }
    assert list(ann.memberships.order_by("role").values_list("role", "state", "capacity")) == [
        ("mentee", MembershipState.INVITED, None),
        ("mentor", MembershipState.INVITED, 3),
    ]
    kept = Invitation.objects.get(person=ann)
    assert (kept.email, kept.sent_at) == ("ann@example.org", None)
    assert Notification.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        *(("band", text, "7") for text in ("7", "Band 7", "band7", "B7", "AfC 7", "NHS AfC Band 7", "7.0")[:6]),
        *(("band", text, "8a") for text in ("8a", "8A", "Band 8A", "band 8a")),
        *(("grade", text, "6") for text in ("Band 6", "AfC 6", "AfC Band 6")),
        *(("profession", text, "physiotherapy") for text in ("Physiotherapy", "PHYSIO", "physiotherapist")),
        ("profession", "Children's nurse", "childrens_nursing"),
        ("profession", "Podiatry", "podiatry"),
        ("region", "north_west", "north_west"),
    ],
)
def test_values_are_understood(programme: Programme, column: str, value: str, key: str) -> None:
    taken(programme, table(person("Ann", **{column: value})))
    assert CharacteristicValue.objects.get().options == [key]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("grade", text) for text in ("Grade 7", "7", "SEO", "B6")),
        *(("band", text) for text in ("8", "10", "Band", "Grade 7")),
        *(("profession", text) for text in ("Nurse", "Policy", "Occupational")),
        ("region", "Yorks"),
        ("setting", "Hospital"),
        ("organisation", "A trust we have not met"),
        ("places", "4"),
    ],
)
def test_what_is_not_understood_is_listed_and_the_row_taken_without_it(
    programme: Programme, column: str, value: str
) -> None:
    found = planned(programme, person("Ann", **{column: value}), person("Bea", **{column: value}))
    assert found.unknown == {(Field(column), value): 2}
    assert len(found.new) == 2


BAD: list[tuple[dict[str, str], str]] = [
    ({"first name": "Ann", "email": "", "role": "mentee"}, "There is no email address."),
    ({"first name": "Ann", "email": "ann@", "role": "mentee"}, "“ann@” is not an email address."),
    ({"first name": "", "email": "ann@x.org", "role": "mentee"}, "There is no name."),
    ({"first name": "Ann", "email": "ann@x.org", "role": ""}, "There is no role: write mentee, mentor or both."),
    (person("Ann", "boss"), "“boss” is not a role: write mentee, mentor or both."),
    (person("Ann", "mentor", places="0"), "“0” under “places” is not a whole number from 1 to 20."),
    (person("Ann", "mentor", places="21"), "“21” under “places” is not a whole number from 1 to 20."),
    (person("Ann", "mentor", places="two"), "“two” under “places” is not a whole number from 1 to 20."),
    (person("Ann", "mentor", places="٣"), "“٣” under “places” is not a whole number from 1 to 20."),
    (person("A" * 61), "“first name” is longer than 60 characters (61)."),
    (person("Ann", journey="x" * 2_001), "“journey” is longer than 2,000 characters (2,001)."),
    (person("Ann", job_title="#REF!"), "The spreadsheet shows the error #REF! under “job title”."),
    (person("Ann", both_mentor_and_mentee="maybe"), "“maybe” under “both mentor and mentee” is neither yes nor no."),
    (person("Ann", mentor_email="x@"), "Under “mentor email”: “x@” is not an email address."),
    (person("Ann", mentor_email="ann@example.org"), "Nobody can be their own mentor."),
    (person("Ann", "mentor", mentor_email="b@x.org"), "A mentor is named, but this person is no mentee here."),
    (
        person("Ann", mentor_email="b@x.org"),
        "The mentor “b@x.org” is neither in this file nor in the programme.",
    ),
]


@pytest.mark.parametrize(("row", "reason"), BAD)
def test_bad_rows_are_refused_with_number_and_reason_and_good_ones_taken(
    programme: Programme, row: dict[str, str], reason: str
) -> None:
    found = planned(programme, person("Good"), row)
    assert [(refusal.number, refusal.reason) for refusal in found.refused] == [(3, reason)]
    assert [wish.email for wish in found.new] == ["good@example.org"]


def test_an_address_can_stand_in_one_row_only(programme: Programme) -> None:
    assert reasons(programme, person("Ann"), person("Bea", email="ANN@example.org")) == [
        (3, "The same address stands in row 2.")
    ]


def test_what_is_no_address_is_told_as_that_each_time(programme: Programme) -> None:
    assert reasons(programme, person("Ann", email="none"), person("Bea", email="none")) == [
        (2, "“none” is not an email address."),
        (3, "“none” is not an email address."),
    ]


@pytest.mark.parametrize("text", ["both", "Mentor and mentee", "mentee/mentor", "Mentors, Mentees"])
def test_both_roles_can_be_said_in_several_ways(programme: Programme, text: str) -> None:
    assert planned(programme, person("Ann", text)).new[0].roles == {Role.MENTEE, Role.MENTOR}


def test_every_row_is_accounted_for(programme: Programme, amina: Person) -> None:
    assert amina.user
    rows = [person("Ann"), person("Amina", email=amina.user.email), person("No", email="")]
    assert planned(programme, *rows).counts == {"rows": 3, "new": 1, "more": 0, "here": 1, "refused": 1, "pairs": 0}


# --- Twice, and people who are here already ---------------------------------------------------------------------------


def test_running_it_twice_changes_nothing(programme: Programme) -> None:
    rows = table(person("Ann", mentor_email="bea@example.org"), person("Bea", "mentor"), person("Bad", email="x"))
    taken(programme, rows)
    before = everything()
    again = taken(programme, rows)
    assert everything() == before
    assert again.planned == {"rows": 3, "new": 0, "more": 0, "here": 2, "refused": 1, "pairs": 0}


def test_somebody_here_keeps_everything_as_it_is(programme: Programme, amina: Person) -> None:
    assert amina.user
    before = everything()
    found = taken(programme, table(person("Other", email=amina.user.email.upper(), journey="Not hers.")))
    assert everything() == before
    assert found.planned["here"] == 1


def test_an_account_elsewhere_is_not_touched_and_not_given_away(programme: Programme, stranger: Person) -> None:
    """A coordinator is not told that somebody has an account; the place waits for them at their address."""
    assert stranger.user
    before = Person.objects.filter(pk=stranger.pk).values_list().get()
    upload = taken(programme, table(person("Strange", email=stranger.user.email)))
    assert upload.planned["new"] == 1
    assert Person.objects.filter(pk=stranger.pk).values_list().get() == before
    kept = Invitation.objects.get(programme=programme)
    assert kept.person.user is None
    invitation.claim(invitation=kept, by=stranger)
    stranger.refresh_from_db()
    assert stranger.first_name == "Stranger"
    assert Membership.objects.get(programme=programme, person=stranger).state == MembershipState.MEMBER


@pytest.mark.parametrize("state", [MembershipState.LEFT, MembershipState.DECLINED])
def test_whoever_left_is_not_drawn_in_again(programme: Programme, state: MembershipState) -> None:
    row = MembershipFactory(programme=programme, state=state)
    assert row.person.user
    assert reasons(programme, person("Gone", email=row.person.user.email)) == [(2, GONE)]


def test_whoever_turned_a_place_down_is_not_drawn_in_again(programme: Programme) -> None:
    taken(programme, table(person("Ann")))
    invitation.turn_down(invitation=Invitation.objects.get())
    assert reasons(programme, person("Ann")) == [(2, GONE)]


def test_mentees_and_mentors_can_come_in_two_files(programme: Programme) -> None:
    """The matching tool keeps two; who is in both, unclaimed, gets a place in either role."""
    taken(programme, table_of(read(csv_file(MENTEES, [civil_service(1), civil_service(2)]))))
    second = taken(programme, table_of(read(csv_file(MENTORS, [civil_service(1), civil_service(3)]))))
    assert second.planned == {"rows": 2, "new": 1, "more": 1, "here": 0, "refused": 0, "pairs": 0}
    assert second.taken["more"] == 1
    first = Membership.objects.filter(person__first_name="Renée1").order_by("role")
    assert list(first.values_list("role", "capacity")) == [("mentee", None), ("mentor", 1)]


def test_a_member_gets_no_other_role_unasked(programme: Programme, amina: Person) -> None:
    assert amina.user
    found = planned(programme, person("Amina", "both", email=amina.user.email))
    assert (found.here, found.other_role, found.more) == (1, 1, [])


def test_the_same_address_in_another_programme_is_somebody_new_here(programme: Programme) -> None:
    taken(ProgrammeFactory(), table(person("Ann")))
    assert planned(programme, person("Ann")).counts["new"] == 1


# --- Pairs ------------------------------------------------------------------------------------------------------------


def test_pairs_are_brought_along_and_take_places(programme: Programme) -> None:
    rows = [person(name, mentor_email="mo@example.org; ma@example.org") for name in ("Ann", "Bea", "Cleo")]
    upload = taken(programme, table(*rows, person("Mo", "mentor"), person("Ma", "mentor", places="5")))
    assert upload.planned["pairs"] == upload.taken["pairs"] == 6
    assert set(Mentorship.objects.values_list("state", flat=True)) == {MentorshipState.ACTIVE}
    mentors = Membership.objects.filter(role=Role.MENTOR).order_by("person__first_name")
    assert list(mentors.values_list("capacity", "taken")) == [(5, 3), (3, 3)]
    found = people_import.findings_of(upload)
    assert found
    assert found.raised == 1


def test_more_pairs_than_places_are_refused(programme: Programme) -> None:
    rows = [person("Mo", "mentor", places="1"), *(person(n, mentor_email="mo@example.org") for n in ("Ann", "Bea"))]
    assert reasons(programme, *rows) == [(4, "All 1 places of “mo@example.org” are taken.")]


def test_a_member_s_own_number_of_places_is_theirs(programme: Programme, folasade: Person) -> None:
    assert folasade.user
    address = folasade.user.email
    rows = [person(name, mentor_email=address) for name in ("Ann", "Bea")]
    assert reasons(programme, *rows) == [(3, f"All 1 places of “{address}” are taken.")]
    taken(programme, table(*rows))
    place = Membership.objects.get(person=folasade)
    assert (place.capacity, place.taken) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([person("Ann", mentor_email="bea@example.org"), person("Bea")], {2: "is named as a mentor, but is none."}),
        (
            [person("Ann", mentor_email="bea@example.org"), person("Bea", "mentor", places="x")],
            {2: "Their mentor in row 3 cannot be taken.", 3: "is not a whole number from 1 to 20."},
        ),
        (
            [
                person("Ann", mentor_email="bea@example.org"),
                person("Bea", "both", mentor_email="cleo@example.org"),
                person("Cleo", "both", mentor_email="nobody@example.org"),
            ],
            {
                2: "Their mentor in row 3 cannot be taken.",
                3: "Their mentor in row 4 cannot be taken.",
                4: "is neither in this file nor in the programme.",
            },
        ),
        (
            [
                person("Ann", "both", mentor_email="bea@example.org"),
                person("Bea", "both", mentor_email="ann@example.org"),
            ],
            {
                2: "Their mentor in row 3 cannot be taken.",
                3: "is this person’s mentee in the same file; only one way is possible.",
            },
        ),
    ],
)
def test_pairs_that_cannot_stand_are_refused(
    programme: Programme, rows: list[dict[str, str]], refused: dict[int, str]
) -> None:
    found = dict(reasons(programme, *rows))
    assert {number: found[number].endswith(words) for number, words in refused.items()} == dict.fromkeys(refused, True)
    assert found.keys() == refused.keys()


def test_a_pair_that_ended_is_not_started_again(programme: Programme) -> None:
    rows = table(person("Ann", mentor_email="mo@example.org"), person("Mo", "mentor"))
    taken(programme, rows)
    Mentorship.objects.update(state=MentorshipState.ENDED, ended_at=clock.now())
    before = everything()
    plan = people_import.make_plan(table=rows, programme=programme)
    assert (plan.pairs.ended, plan.pairs.new, plan.here) == (1, [], 2)
    taken(programme, rows)
    assert everything() == before


def test_a_pair_can_be_brought_along_for_somebody_invited_earlier(programme: Programme) -> None:
    taken(programme, table(person("Ann"), person("Mo", "mentor"), person("Bea", mentor_email="mo@example.org")))
    rows = table(person("Ann", mentor_email="mo@example.org"))
    upload = taken(programme, rows)
    assert (upload.planned["here"], upload.taken["pairs"]) == (1, 1)
    assert Membership.objects.get(role=Role.MENTOR).capacity == 2


def test_pairs_of_members_are_left_to_them(programme: Programme, amina: Person, folasade: Person) -> None:
    assert amina.user
    assert folasade.user
    before = everything()
    found = taken(programme, table(person("Amina", email=amina.user.email, mentor_email=folasade.user.email)))
    assert everything() == before
    findings = people_import.findings_of(found)
    assert findings
    assert findings.pairs_left == 1


def test_something_open_between_two_members_is_left_to_them(programme: Programme) -> None:
    asked = MentorshipFactory(mentor_membership=MentorFactory(programme=programme))
    assert asked.mentee
    assert asked.mentor
    assert asked.mentee.user
    assert asked.mentor.user
    row = person("A", email=asked.mentee.user.email, mentor_email=asked.mentor.user.email)
    [(number, reason)] = reasons(programme, row)
    assert (number, reason.partition(" between")[0]) == (2, "Something else is open")


def paired_with(mentor: Person, programme: Programme, email: str = "ann@example.org") -> Mentorship:
    """Ann, not claimed yet, brought along with her mentor."""
    assert mentor.user
    taken(programme, table(person("Ann", email=email, pronouns="she/her", mentor_email=mentor.user.email)))
    return Mentorship.objects.get(programme=programme)


def test_a_pair_shows_to_both_once_the_mentee_has_claimed(programme: Programme, folasade: Person) -> None:
    pair = paired_with(folasade, programme)
    assert not permissions.mentorships_of(folasade).exists()
    ann = PersonFactory(first_name="", last_name="")
    invitation.claim(invitation=Invitation.objects.get(), by=ann)
    for both in (ann, folasade):
        assert permissions.mentorships_of(both).get() == pair
    ann.refresh_from_db()
    assert (ann.first_name, ann.pronouns) == ("Ann", "she/her")


def test_turning_down_undoes_a_pair_without_a_word_to_the_mentor(
    programme: Programme, folasade_membership: Membership
) -> None:
    paired_with(folasade_membership.person, programme)
    invitation.turn_down(invitation=Invitation.objects.get())
    folasade_membership.refresh_from_db()
    assert (Mentorship.objects.count(), folasade_membership.taken, Notification.objects.count()) == (0, 0, 0)


def test_two_who_never_want_to_meet_are_not_brought_together_by_a_file(
    programme: Programme, folasade_membership: Membership, stranger: Person
) -> None:
    assert stranger.user
    mentorship.block(other=stranger, by=folasade_membership.person)
    paired_with(folasade_membership.person, programme, email=stranger.user.email)
    invitation.claim(invitation=Invitation.objects.get(), by=stranger)
    folasade_membership.refresh_from_db()
    assert (Mentorship.objects.count(), folasade_membership.taken, Notification.objects.count()) == (0, 0, 0)
