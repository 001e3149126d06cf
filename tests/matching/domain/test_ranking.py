"""The list of mentors: its order, who is left out, and how it narrows."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection

from matching import engine
from matching.domain.catalogue import repack_mentors
from matching.domain.inputs import gather
from matching.domain.ranking import (
    Found,
    Narrowing,
    best_mentors,
    explain_mentor,
    rank_mentors,
    satisfied,
)
from matching.enums import Direction, Order, Strength
from mentoring.domain import clock
from mentoring.enums import MembershipState, MentorshipState
from mentoring.models import Membership, Option, Organisation, Person, Programme
from tests.factories import MentorFactory, MentorshipFactory, OrganisationFactory
from tests.factories.matching import asks, says


def find(person: Person, programme: Programme, page: int = 1, **narrowing: object) -> Found:
    inputs = gather(person=person, programme=programme)
    return rank_mentors(inputs=inputs, narrowing=Narrowing(**narrowing), page=page)  # type: ignore[arg-type]


def ids(found: Found) -> list[str]:
    return [mentor.match.id for mentor in found.mentors]


def names(person: Person, programme: Programme, **narrowing: object) -> set[str]:
    inputs = gather(person=person, programme=programme)
    found = rank_mentors(inputs=inputs, narrowing=Narrowing(**narrowing))  # type: ignore[arg-type]
    return {mentor.membership.person.first_name for mentor in found.mentors}


def test_full_and_paused_mentors_are_counted_and_come_last_when_wanted(amina: Person, programme: Programme) -> None:
    says(amina, "values", "growth")
    asks(amina, "values", Direction.SAME)
    full = MentorFactory(programme=programme, capacity=0)
    paused = MentorFactory(programme=programme, paused=True)
    free = MentorFactory(programme=programme)
    says(paused.person, "values", "growth")

    found = find(amina, programme)
    assert (ids(found), found.eligible, found.closed) == (
        [str(free.person_id)],
        1,
        2,
    )
    found = find(amina, programme, full=True)
    assert ids(found) == [str(row.person_id) for row in (free, paused, full)]


def test_twenty_a_page_across_free_and_full(amina: Person, programme: Programme) -> None:
    for capacity in [2] * 15 + [0] * 10:
        MentorFactory(programme=programme, capacity=capacity)
    first, second, third = (find(amina, programme, page, full=True) for page in (1, 2, 3))
    assert [len(page.mentors) for page in (first, second, third)] == [20, 5, 0]
    everybody = ids(first) + ids(second)
    assert len(set(everybody)) == 25
    assert len(find(amina, programme, 1).mentors) == 15


def test_who_fails_a_condition_is_neither_listed_nor_counted(amina: Person, programme: Programme) -> None:
    asks(amina, "profession", Direction.ONE_OF, Strength.REQUIRE, "dietetics")
    fits, unknown, other, full = (
        MentorFactory(programme=programme, capacity=capacity).person for capacity in (1, 1, 1, 0)
    )
    says(fits, "profession", "dietetics")
    says(other, "profession", "medicine")
    says(full, "profession", "medicine")
    found = find(amina, programme)
    assert (ids(found), found.closed) == ([str(fits.pk)], 0)
    assert str(unknown.pk) not in ids(find(amina, programme, full=True))


@pytest.mark.parametrize(
    "typed", ["Folasade Adebayo", "adebayo", "ADÉBÁYỌ̀", "folasade adé", "oconnor", "o'con", "O’Connor", "Skłodowska"]
)
def test_names_are_found_as_people_type_them(amina: Person, folasade: Person, programme: Programme, typed: str) -> None:
    MentorFactory(programme=programme, person__first_name="Sinéad", person__last_name="O'Connor")
    MentorFactory(programme=programme, person__first_name="Ève", person__last_name="Skłodowska")
    expected = {"o": "Sinéad", "S": "Ève"}.get(typed[0], "Sinéad" if typed[0] == "O" else "Folasade")
    assert names(amina, programme, words=typed) == {expected}


def test_words_are_found_in_what_mentors_say_of_their_work(
    amina: Person, folasade: Person, programme: Programme
) -> None:
    Person.objects.filter(pk=folasade.pk).update(headline="Stroke rehab", journey="I came from Ìbàdàn.")
    says(folasade, "profession", "dietetics")
    MentorFactory(programme=programme)
    for words in ("stroke", "ibadan", "dietetics rehab", ""):
        assert "Folasade" in names(amina, programme, words=words)
    assert names(amina, programme, words="stroke surgery") == set()


def test_words_match_by_their_beginning(amina: Person, folasade: Person, programme: Programme) -> None:
    Person.objects.filter(pk=folasade.pk).update(headline="Stroke-rehabilitation lead")
    for words in ("stro", "rehab", "lead stroke", "-rehab!"):
        assert names(amina, programme, words=words) == {"Folasade"}
    for words in ("troke", "strokes", "…", "' & | :*"):
        assert names(amina, programme, words=words) == set()


def test_words_follow_an_employers_name_and_the_catalogues(
    amina: Person, folasade: Person, programme: Programme
) -> None:
    Person.objects.filter(pk=folasade.pk).update(organisation=OrganisationFactory(name="Leeds Community"))
    says(folasade, "profession", "dietetics")
    assert names(amina, programme, words="leeds dietetics") == {"Folasade"}
    Organisation.objects.update(name="Bristol Community")
    Option.objects.filter(key="dietetics").update(label="Nutrition")
    repack_mentors()
    assert names(amina, programme, words="leeds") == set()
    assert names(amina, programme, words="bristol nutrition") == {"Folasade"}


def test_words_of_who_left_are_found_no_more(amina: Person, folasade: Person, programme: Programme) -> None:
    elsewhere = MentorFactory(person=folasade)
    folasade.memberships.exclude(pk=elsewhere.pk).update(state=MembershipState.LEFT)
    assert names(amina, programme, words="folasade") == set()


def test_words_never_reach_identity(amina: Person, folasade: Person, programme: Programme) -> None:
    says(folasade, "ethnicity", "caribbean")
    assert names(amina, programme, words="caribbean") == set()


def test_filters_narrow_and_count_with_the_others_as_they_are(amina: Person, programme: Programme) -> None:
    for name, profession, region in [
        ("Ada", "dietetics", "london"),
        ("Bea", "dietetics", "wales"),
        ("Cai", "medicine", "wales"),
    ]:
        person = MentorFactory(programme=programme, person__first_name=name).person
        says(person, "profession", profession)
        says(person, "region", region)
    chosen = {"profession": ["dietetics"], "region": ["wales"]}
    assert names(amina, programme, chosen=chosen) == {"Bea"}
    found = find(amina, programme, chosen=chosen)
    assert found.counts["profession"] == {"dietetics": 1, "medicine": 1}
    assert found.counts["region"] == {"london": 1, "wales": 1}
    assert names(amina, programme, chosen={"profession": ["dietetics", "medicine"]}) == {"Ada", "Bea", "Cai"}


def test_counts_leave_out_who_cannot_be_shown(amina: Person, folasade: Person, programme: Programme) -> None:
    says(folasade, "profession", "dietetics")
    full = MentorFactory(programme=programme, capacity=0).person
    says(full, "profession", "dietetics")
    assert find(amina, programme).counts["profession"] == {"dietetics": 1}


def test_the_best_few(amina: Person, programme: Programme) -> None:
    says(amina, "values", "growth")
    asks(amina, "values", Direction.SAME)
    people = [MentorFactory(programme=programme).person for _ in range(4)]
    says(people[2], "values", "growth")
    best = best_mentors(inputs=gather(person=amina, programme=programme), top=3)
    assert (len(best), best[0].match.id) == (3, str(people[2].pk))


def test_a_pair_is_explained_as_it_is_ranked(
    amina: Person, folasade_membership: Membership, programme: Programme
) -> None:
    says(amina, "values", "growth")
    asks(amina, "values", Direction.SAME)
    inputs = gather(person=amina, programme=programme)
    [ranked] = rank_mentors(inputs=inputs, narrowing=Narrowing()).mentors
    explanation = explain_mentor(inputs=inputs, mentor=folasade_membership)
    assert explanation is not None
    assert (explanation.match, explanation.eligible) == (ranked.match, True)


def test_who_is_gone_is_not_explained(amina: Person, folasade_membership: Membership, programme: Programme) -> None:
    Membership.objects.filter(pk=folasade_membership.pk).update(state=MembershipState.LEFT)
    inputs = gather(person=amina, programme=programme)
    assert explain_mentor(inputs=inputs, mentor=folasade_membership) is None


@pytest.mark.parametrize(
    ("kind", "direction", "known", "agreement", "passed", "met"),
    [
        ("category", "same", True, 60, None, True),
        ("category", "same", True, 30, None, True),
        ("category", "same", True, 29, None, False),
        ("multi", "same", True, 30, None, True),
        ("ordinal", "same", True, 40, None, True),
        ("ordinal", "same", True, 20, None, False),
        ("ordinal", "above", True, 30, None, False),
        ("ordinal", "above", True, 60, None, True),
        ("scale", "same", True, 30, None, False),
        ("scale", "same", True, 45, None, True),
        ("scale", "different", True, 30, None, True),
        ("category", "same", False, 60, None, False),
        ("category", "same", True, 30, False, False),
        ("ordinal", "same", True, 0, True, True),
    ],
)
def test_what_counts_as_met(
    kind: str, direction: str, known: bool, agreement: int, passed: bool | None, met: bool
) -> None:
    reason = engine.Reason(
        side=engine.Role.MENTEE,
        characteristic="x",
        direction=engine.Direction(direction),
        strength=engine.Strength.NEED if passed is None else engine.Strength.REQUIRE,
        options=(),
        known=known,
        agreement=agreement,
        points=0,
        possible=0,
        passed=passed,
    )
    assert satisfied(reason, kind) is met


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Folasade Adébáyọ̀", "folasade adebayo"),
        ("Adébáyò\u0323", "adebayo"),
        ("O’Connor-Ørsted", "oconnor-orsted"),
        ("Ƙwame Ɔwusu Straße", "kwame owusu strasse"),
        ("李美", "李美"),
    ],
)
@pytest.mark.django_db
def test_plain_text(text: str, expected: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_plain(%s)", [text])
        assert cursor.fetchone() == (expected,)


@time_machine.travel(datetime(2026, 12, 2, 12, tzinfo=UTC), tick=False)
def test_those_who_were_here_lately_come_first_and_among_equals_the_best_fit(
    amina: Person, programme: Programme
) -> None:
    """Never by the day: who was here on Tuesday and on Monday are equals."""
    says(amina, "values", "growth")
    asks(amina, "values", Direction.SAME)
    days = {
        "never": None,
        "long ago": date(2026, 9, 1),
        "this month": date(2026, 11, 20),
        "Tuesday": date(2026, 12, 1),
        "Monday": date(2026, 11, 30),
    }
    rows = {name: MentorFactory(programme=programme, person__active_on=day) for name, day in days.items()}
    for name in ("Monday", "never"):
        says(rows[name].person, "values", "growth")
    found = find(amina, programme, order=Order.ACTIVE)
    names_by_id = {str(row.person_id): name for name, row in rows.items()}
    assert [names_by_id[each] for each in ids(found)] == ["Monday", "Tuesday", "this month", "never", "long ago"]


@time_machine.travel(datetime(2026, 12, 2, 12, tzinfo=UTC), tick=False)
def test_whoever_is_free_soonest_comes_first_and_who_is_full_last(amina: Person, programme: Programme) -> None:
    def mentor(**places: object) -> Membership:
        return MentorFactory(programme=programme, **places)

    soon, later = date(2026, 12, 9), date(2027, 1, 4)
    rows = {
        "full": mentor(capacity=1),
        "later": mentor(paused=True, paused_until=later),
        "two places": mentor(capacity=2),
        "no day": mentor(paused=True),
        "soon": mentor(paused=True, paused_until=soon),
        "back since today": mentor(capacity=1, paused=True, paused_until=date(2026, 12, 2)),
        "full until later": mentor(capacity=1, paused=True, paused_until=soon),
    }
    for name in ("full", "full until later"):
        MentorshipFactory(
            mentor_membership=rows[name], state=MentorshipState.ACCEPTED, asked_at=clock.now(), answered_at=clock.now()
        )
    found = find(amina, programme, order=Order.FREE)
    names_by_id = {str(row.person_id): name for name, row in rows.items()}
    listed = [names_by_id[each] for each in ids(found)]
    assert listed[:4] == ["two places", "back since today", "soon", "later"]
    assert set(listed[4:]) == {"full", "no day", "full until later"}
    assert find(amina, programme).closed == 5
    assert len(ids(find(amina, programme))) == 2
