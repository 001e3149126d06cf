"""What the database packs, unpacked: the same as what the rows say, whoever wrote them, and never what is hidden."""

import random
from collections.abc import Callable
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.db.models import QuerySet

from matching import engine
from matching.domain.expected import expected_for
from matching.domain.ids import Ids, raw_ids
from matching.domain.mentor_pool import pool_of
from matching.domain.terms import Answer, asks_by_person, employer_of, engine_catalogue, preferences_from, values_from
from matching.engine.people import DIRECTIONS, STRENGTHS
from matching.enums import Direction, Side, Strength
from matching.models import PackedMentor, Preference
from mentoring.domain.consent import remove_value
from mentoring.enums import MembershipState, MentorshipState, Purpose
from mentoring.models import (
    Characteristic,
    CharacteristicValue,
    Consent,
    Membership,
    Mentorship,
    Option,
    Organisation,
    Person,
    Programme,
    User,
)
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, OrganisationFactory
from tests.factories.drawn import answer_some, ask_some
from tests.factories.matching import asks, everything, says

pytestmark = pytest.mark.django_db


def pool(programme: Programme) -> engine.Pool:
    return pool_of(programme=programme.pk, offered=everything(), expected=expected_for(programme))


def from_rows(programme: Programme) -> engine.People:
    """The programme's mentors read row by row, as the arrays must be."""
    offered = everything()
    rows = Membership.objects.mentors().filter(programme=programme).select_related("person__organisation")
    asked = asks_by_person(Preference.objects.filter(side=Side.AS_MENTOR))
    people = [
        engine.Person(
            id=str(row.person_id),
            mentor=engine.Places(row.capacity or 0, row.taken, row.paused),
            values=values_from(
                [
                    Answer(value.characteristic_id, value.options, value.point)
                    for value in row.person.values.all()
                    if value.purpose in (None, Purpose.PROFILE)
                ],
                employer_of(row.person),
                offered,
            ),
            as_mentor=preferences_from(asked.get(row.person_id, []), offered, may_require=False),
        )
        for row in rows
    ]
    return engine.People.of(engine_catalogue(offered), people, engine.Role.MENTOR)


def assert_same(found: engine.People, expected: engine.People) -> None:
    assert list(found.ids) == list(expected.ids)
    for name in ("capacity", "taken", "paused"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert {key: column.tolist() for key, column in found.values.items()} == {
        key: column.tolist() for key, column in expected.values.items()
    }
    assert {key: column.dtype for key, column in found.values.items()} == {
        key: column.dtype for key, column in expected.values.items()
    }
    for name in ("start", "about", "code", "target", "size"):
        assert getattr(found.asks, name).tolist() == getattr(expected.asks, name).tolist(), name


@pytest.mark.parametrize("seed", range(4))
def test_packed_people_are_what_their_rows_say(programme: Programme, seed: int) -> None:
    draw = random.Random(seed)
    leeds: Organisation = OrganisationFactory(slug="leeds")
    for _ in range(6):
        person = MentorFactory(
            programme=programme,
            capacity=draw.randint(0, 3),
            paused=draw.random() < 0.3,
            person__organisation=draw.choice([leeds, OrganisationFactory(), None]),
        ).person
        answer_some(draw, person, 0.7)
        ask_some(draw, person, Side.AS_MENTOR, 0.5)
        ask_some(draw, person, Side.AS_MENTEE, 0.2)
    asks(person, "profession", Direction.ONE_OF, Strength.HELP, "allied_health", "medicine", side=Side.AS_MENTOR)
    asks(person, "organisation", Direction.ONE_OF, Strength.NEED, leeds.slug, side=Side.AS_MENTOR)
    Preference.objects.filter(characteristic="ethnicity", side=Side.AS_MENTOR).update(strength=Strength.REQUIRE)
    assert_same(pool(programme).people, from_rows(programme))
    Option.objects.filter(pk__in=draw.sample(list(Option.objects.values_list("pk", flat=True)), 40)).update(
        retired=True
    )
    Characteristic.objects.filter(pk="feedback").update(retired=True)
    Characteristic.objects.filter(pk="thinking").update(kind="category")
    assert_same(pool(programme).people, from_rows(programme))


def test_a_programme_without_mentors_is_an_empty_pool(programme: Programme) -> None:
    assert (len(pool(programme)), list(pool(programme).ids)) == (0, [])


def test_the_database_numbers_what_is_asked_as_the_engine_does() -> None:
    assert [str(each) for each in DIRECTIONS] == ["same", "different", "one_of", "above", "complements"]
    assert [str(each) for each in STRENGTHS] == ["require", "need", "help", "support"]


def packed(membership: Membership) -> tuple[object, ...]:
    row = PackedMentor.objects.get(pk=membership.pk)
    return bytes(row.answers), bytes(row.asks), row.words, row.stamp


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_what_is_hidden_is_not_packed(folasade_membership: Membership, purpose: Purpose) -> None:
    folasade = folasade_membership.person
    says(folasade, "profession", "dietetics")
    before = packed(folasade_membership)
    says(folasade, "ethnicity", "african", purpose=purpose)
    assert packed(folasade_membership) == before
    says(folasade, "ethnicity", "african", purpose=Purpose.PROFILE)
    assert packed(folasade_membership) != before
    says(folasade, "ethnicity", "african", purpose=purpose)
    assert packed(folasade_membership)[:3] == before[:3]


def gives(key: str, *options: str) -> Callable[[Membership], object]:
    return lambda row: says(row.person, key, *options)


def writes(sql: str) -> Callable[[Membership], object]:
    """Raw SQL, with the ids of the membership and the person."""

    def write(row: Membership) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"membership": row.pk, "person": row.person_id})

    return write


def account(row: Membership) -> QuerySet[User]:
    """The mentor's account."""
    return User.objects.filter(person=row.person)


def accepted(row: Membership) -> None:
    request = MentorshipFactory(mentor_membership=row)
    Mentorship.objects.filter(pk=request.pk).update(state=MentorshipState.ACCEPTED, answered_at=request.asked_at)


CHANGES: dict[str, Callable[[Membership], object]] = {
    "an answer": gives("profession", "medicine"),
    "an answer about identity": gives("ethnicity", "caribbean"),
    "an answer taken back": lambda row: remove_value(
        characteristic=Characteristic.objects.get(pk="profession"), by=row.person
    ),
    "consent withdrawn": lambda row: Consent.objects.filter(person=row.person).update(withdrawn_at=row.changed_at),
    "consent withdrawn in SQL": writes(
        "UPDATE mentoring_consent SET withdrawn_at = now() WHERE person_id = %(person)s"
    ),
    "answers in bulk": lambda row: CharacteristicValue.objects.bulk_create(
        [
            CharacteristicValue(person=row.person, characteristic_id="feedback", point=4),
            CharacteristicValue(person=row.person, characteristic_id="values", options=["growth"]),
        ]
    ),
    "an answer changed in bulk": lambda row: CharacteristicValue.objects.filter(characteristic="profession").update(
        options=["medicine"]
    ),
    "an answer changed in SQL": writes(
        "UPDATE mentoring_characteristicvalue SET options = '{medicine}'"
        " WHERE person_id = %(person)s AND characteristic_id = 'profession'"
    ),
    "an answer deleted in SQL": writes("DELETE FROM mentoring_characteristicvalue WHERE person_id = %(person)s"),
    "a preference": lambda row: asks(row.person, "profession", Direction.SAME, side=Side.AS_MENTOR),
    "a preference changed": lambda row: asks(row.person, "region", Direction.DIFFERENT, side=Side.AS_MENTOR),
    "a preference dropped": lambda row: Preference.objects.filter(person=row.person).delete(),
    "places": lambda row: Membership.objects.filter(pk=row.pk).update(capacity=5),
    "a break": lambda row: Membership.objects.filter(pk=row.pk).update(paused=True),
    "a place taken": accepted,
    "left": lambda row: Membership.objects.filter(pk=row.pk).update(state=MembershipState.LEFT),
    "membership deleted": lambda row: row.delete(),
    "membership deleted in SQL": writes("DELETE FROM mentoring_membership WHERE id = %(membership)s"),
    "suspended": lambda row: account(row).update(is_active=False),
    "account deleted": lambda row: account(row).get().delete(),
    "another employer": lambda row: Person.objects.filter(pk=row.person_id).update(
        organisation=Organisation.objects.get(slug="leeds")
    ),
    "without a word": lambda row: Person.objects.filter(pk=row.person_id).update(first_name="Nobody", user=None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_every_change_is_there_in_the_next_use(
    folasade_membership: Membership, programme: Programme, change: Callable[[Membership], object]
) -> None:
    OrganisationFactory(slug="leeds")
    for key, option in (("profession", "dietetics"), ("region", "wales"), ("ethnicity", "african")):
        says(folasade_membership.person, key, option)
    asks(folasade_membership.person, "region", Direction.SAME, side=Side.AS_MENTOR)
    MentorFactory(programme=programme)
    before = state(pool(programme).people)
    change(folasade_membership)
    people = pool(programme).people
    assert_same(people, from_rows(programme))
    assert state(people) != before


def state(people: engine.People) -> tuple[object, ...]:
    """All of it, to be compared."""
    columns = {key: column.tolist() for key, column in people.values.items()}
    asked = (people.asks.start.tolist(), people.asks.about.tolist(), people.asks.code.tolist())
    return list(people.ids), columns, asked, people.capacity.tolist(), people.taken.tolist(), people.paused.tolist()


@pytest.mark.parametrize("how", ["approved", "back from suspension", "both roles"])
def test_who_comes_in_is_there_in_the_next_use(programme: Programme, how: str) -> None:
    row = MentorFactory(programme=programme, state=MembershipState.WAITING)
    says(row.person, "profession", "dietetics")
    asks(row.person, "profession", Direction.SAME, side=Side.AS_MENTOR)
    assert len(pool(programme)) == 0
    assert bytes(PackedMentor.objects.get(pk=row.pk).answers) == b""
    Membership.objects.filter(pk=row.pk).update(state=MembershipState.MEMBER)
    if how == "back from suspension":
        account(row).update(is_active=False)
        assert len(pool(programme)) == 0
        account(row).update(is_active=True)
    if how == "both roles":
        MembershipFactory(programme=programme, person=row.person)
    assert_same(pool(programme).people, from_rows(programme))
    assert len(pool(programme)) == 1


def test_two_programmes_of_one_mentor_are_packed_each(programme: Programme, folasade_membership: Membership) -> None:
    other = MentorFactory(person=folasade_membership.person, capacity=4)
    says(folasade_membership.person, "profession", "dietetics")
    for each in (programme, other.programme):
        assert_same(pool(each).people, from_rows(each))


def test_who_was_deleted_leaves_an_empty_row(folasade_membership: Membership) -> None:
    says(folasade_membership.person, "profession", "dietetics")
    pk = folasade_membership.pk
    folasade_membership.delete()
    row = PackedMentor.objects.get(pk=pk)
    assert (row.present, bytes(row.answers), bytes(row.asks), row.words) == (False, b"", b"", "")
    assert row.gone_at is not None


def test_what_changes_nothing_packed_leaves_the_stamp(folasade_membership: Membership, amina: Person) -> None:
    PackedMentor.objects.update(stamp=1)
    Person.objects.update(wants="A quiet word", pronouns="they/them")
    User.objects.update(password="x")
    asks(folasade_membership.person, "band", Direction.ABOVE)
    says(amina, "profession", "dietetics")
    assert PackedMentor.objects.get().stamp == 1


def test_ids_are_found_whatever_their_last_bytes() -> None:
    people = sorted(UUID(int=number << 8 * shift) for shift in range(16) for number in (1, 2, 255))
    ids = Ids(raw_ids(people))
    assert list(ids) == [str(each) for each in people] == sorted(map(str, people))
    wanted = raw_ids([people[3], UUID(int=77), people[40], UUID(int=2**128 - 1)])
    assert np.flatnonzero(ids.mask(wanted)).tolist() == [3, 40]
    assert list(ids[1:3]) == [str(people[1]), str(people[2])]
    assert not Ids(raw_ids([])).mask(wanted).any()
