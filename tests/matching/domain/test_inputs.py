"""Rows into the engine's people: what counts, for whom, and what never does."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching import engine
from matching.domain.inputs import Inputs, gather
from matching.domain.ranking import Narrowing, rank_mentors
from matching.domain.terms import own_values
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.domain import clock
from mentoring.domain.consent import remove_value
from mentoring.enums import MembershipState, MentorshipState, Purpose
from mentoring.models import (
    Block,
    Characteristic,
    CharacteristicValue,
    Membership,
    Mentorship,
    Option,
    Person,
    Programme,
)
from tests.factories import MentorFactory, MentorshipFactory, OrganisationFactory, ProgrammeFactory
from tests.factories.matching import asks, everything, says

SAME, ONE_OF = Direction.SAME, Direction.ONE_OF
Listing = list[tuple[str, int, int | None]]


def listing(person: Person, programme: Programme) -> Listing:
    """Everybody found for the person with their scores: all that a page could give away."""
    found = rank_mentors(inputs=gather(person=person, programme=programme), narrowing=Narrowing(full=True))
    return [(each.match.id, each.match.score, each.match.mentee_side) for each in found.mentors]


def seen(inputs: Inputs) -> list[str]:
    """The ids of all mentors whom the mentee may see."""
    return [inputs.pool.ids[row] for row in inputs.seen.nonzero()[0].tolist()]


@pytest.fixture
def three(programme: Programme) -> list[Membership]:
    """Three mentors, each with two free places."""
    return [MentorFactory(programme=programme) for _ in range(3)]


def test_mentors_answers_and_places_are_read(
    amina: Person, folasade_membership: Membership, programme: Programme
) -> None:
    folasade = folasade_membership.person
    says(folasade, "profession", "dietetics")
    says(folasade, "values", "growth", "fairness")
    says(folasade, "feedback", point=4)
    says(folasade, "ethnicity", "african")
    inputs = gather(person=amina, programme=programme)
    people = inputs.pool.people
    assert (list(people.ids), people.capacity.tolist(), people.taken.tolist(), people.paused.tolist()) == (
        [str(folasade.pk)],
        [1],
        [0],
        [False],
    )
    values = inputs.values_of(str(folasade.pk))
    chosen = values.pop("values")
    assert isinstance(chosen, tuple)
    assert set(chosen) == {"growth", "fairness"}
    assert values == {"profession": "dietetics", "feedback": 4, "ethnicity": "african"}


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
@pytest.mark.parametrize("strength", list(Strength))
def test_what_a_mentor_hides_changes_nothing_that_a_mentee_sees(
    amina: Person, three: list[Membership], programme: Programme, purpose: Purpose, strength: Strength
) -> None:
    Programme.objects.update(positive_action_reason="Under-represented above band 7.")
    says(amina, "ethnicity", "african")
    asks(amina, "ethnicity", SAME, strength)
    before = listing(amina, programme)
    says(three[0].person, "ethnicity", "african", purpose=purpose)
    assert listing(amina, programme) == before


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_what_a_mentor_hides_does_not_even_serve_their_own_wishes_here(
    amina: Person, three: list[Membership], programme: Programme, purpose: Purpose
) -> None:
    says(amina, "ethnicity", "african")
    asks(three[0].person, "ethnicity", SAME, side=Side.AS_MENTOR)
    before = listing(amina, programme)
    says(three[0].person, "ethnicity", "african", purpose=purpose)
    assert listing(amina, programme) == before


def test_what_is_on_the_profile_does_change_it(amina: Person, three: list[Membership], programme: Programme) -> None:
    says(amina, "ethnicity", "african")
    asks(amina, "ethnicity", SAME)
    says(three[2].person, "ethnicity", "african")
    assert listing(amina, programme)[0] == (str(three[2].person_id), 10_000, 10_000)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_ones_own_answer_counts_for_oneself_whatever_its_purpose(
    amina: Person, three: list[Membership], programme: Programme, purpose: Purpose
) -> None:
    says(amina, "ethnicity", "african", purpose=purpose)
    says(three[1].person, "ethnicity", "african")
    asks(amina, "ethnicity", SAME)
    assert listing(amina, programme)[0][0] == str(three[1].person_id)


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_what_a_mentee_hides_does_not_count_for_a_mentors_wishes(
    amina: Person, three: list[Membership], programme: Programme, purpose: Purpose
) -> None:
    says(three[0].person, "ethnicity", "african")
    asks(three[0].person, "ethnicity", SAME, side=Side.AS_MENTOR)
    before = listing(amina, programme)
    says(amina, "ethnicity", "african", purpose=purpose)
    assert listing(amina, programme) == before


def test_a_withdrawn_answer_is_gone_at_once(amina: Person, three: list[Membership], programme: Programme) -> None:
    says(amina, "ethnicity", "african")
    asks(amina, "ethnicity", SAME)
    before = listing(amina, programme)
    says(three[0].person, "ethnicity", "african")
    remove_value(characteristic=Characteristic.objects.get(pk="ethnicity"), by=three[0].person)
    assert listing(amina, programme) == before


def test_a_preference_without_ones_own_answer_is_left_out(
    amina: Person, three: list[Membership], programme: Programme
) -> None:
    asks(amina, "values", SAME, Strength.REQUIRE)
    says(three[0].person, "values", "growth")
    assert [row[1] for row in listing(amina, programme)] == [5000, 5000, 5000]


def block(amina: Person, folasade: Person) -> None:
    Block.objects.create(blocker=amina, blocked=folasade)


def block_back(amina: Person, folasade: Person) -> None:
    Block.objects.create(blocker=folasade, blocked=amina)


def between(state: MentorshipState) -> Callable[[Person, Person], None]:
    def make(amina: Person, folasade: Person) -> None:
        moment = timezone.now()
        over = state not in (MentorshipState.REQUESTED, MentorshipState.ACCEPTED)
        MentorshipFactory(
            mentee=amina,
            mentor_membership=folasade.memberships.get(),
            state=state,
            answered_at=None if state in (MentorshipState.REQUESTED, MentorshipState.WITHDRAWN) else moment,
            ended_at=moment if over else None,
        )

    return make


@pytest.mark.parametrize(
    "why",
    [
        block,
        block_back,
        between(MentorshipState.REQUESTED),
        between(MentorshipState.ACCEPTED),
        between(MentorshipState.ENDED),
        between(MentorshipState.DECLINED),
    ],
)
def test_who_must_not_or_cannot_be_asked_is_not_ranked(
    amina: Person, folasade: Person, programme: Programme, why: Callable[[Person, Person], None]
) -> None:
    folasade.memberships.update(capacity=5)
    assert [row[0] for row in listing(amina, programme)] == [str(folasade.pk)]
    why(amina, folasade)
    assert listing(amina, programme) == []


@pytest.mark.parametrize("why", [block, block_back])
def test_who_is_kept_away_by_a_block_is_not_even_counted(
    amina: Person, folasade: Person, programme: Programme, why: Callable[[Person, Person], None]
) -> None:
    says(folasade, "profession", "dietetics")
    why(amina, folasade)
    found = rank_mentors(inputs=gather(person=amina, programme=programme), narrowing=Narrowing())
    assert (found.eligible, found.closed, found.counts["profession"]) == (0, 0, {})


def test_a_withdrawn_request_excludes_nobody(amina: Person, folasade: Person, programme: Programme) -> None:
    between(MentorshipState.WITHDRAWN)(amina, folasade)
    assert [row[0] for row in listing(amina, programme)] == [str(folasade.pk)]


def test_a_no_of_long_ago_excludes_nobody(amina: Person, folasade: Person, programme: Programme) -> None:
    between(MentorshipState.DECLINED)(amina, folasade)
    long_ago = timezone.now() - clock.ASK_AGAIN_AFTER
    Mentorship.objects.update(asked_at=long_ago, answered_at=long_ago, ended_at=long_ago)
    assert [row[0] for row in listing(amina, programme)] == [str(folasade.pk)]


def test_only_approved_mentors_of_this_programme_are_there(
    amina: Person, folasade: Person, programme: Programme
) -> None:
    MentorFactory()
    MentorFactory(programme=programme, state=MembershipState.WAITING)
    MentorFactory(programme=programme, person__user__is_active=False)
    assert seen(gather(person=amina, programme=programme)) == [str(folasade.pk)]


def test_somebody_who_is_both_is_not_their_own_mentor(amina: Person, programme: Programme) -> None:
    MentorFactory(programme=programme, person=amina)
    assert seen(gather(person=amina, programme=programme)) == []


def test_a_programme_one_is_no_mentee_of_has_nobody(amina: Person) -> None:
    elsewhere = ProgrammeFactory()
    MentorFactory(programme=elsewhere)
    assert seen(gather(person=amina, programme=elsewhere)) == []


def test_employers_are_a_characteristic(amina: Person, folasade: Person, programme: Programme) -> None:
    leeds, bristol = OrganisationFactory(slug="leeds"), OrganisationFactory(slug="bristol")
    Person.objects.filter(pk=amina.pk).update(organisation=leeds)
    Person.objects.filter(pk=folasade.pk).update(organisation=bristol)
    amina.refresh_from_db()
    asks(amina, "organisation", Direction.DIFFERENT, Strength.REQUIRE)
    inputs = gather(person=amina, programme=programme)
    assert inputs.asker.values == {"organisation": "leeds"}
    assert inputs.values_of(str(folasade.pk)) == {"organisation": "bristol"}
    assert len(listing(amina, programme)) == 1
    Person.objects.filter(pk=folasade.pk).update(organisation=leeds)
    assert listing(amina, programme) == []


def asker_values(amina: Person) -> dict[str, engine.Value]:
    return own_values(amina, everything())


def test_answers_that_are_no_longer_offered_are_ignored(amina: Person) -> None:
    says(amina, "profession", "dietetics")
    says(amina, "values", "growth", "fairness")
    says(amina, "feedback", point=2)
    Option.objects.filter(key__in=["dietetics", "growth"]).update(retired=True)
    Characteristic.objects.filter(pk="feedback").update(retired=True)
    assert asker_values(amina) == {"values": ("fairness",)}


def test_an_answer_of_another_kind_is_ignored(amina: Person) -> None:
    says(amina, "feedback", point=2)
    Characteristic.objects.filter(pk="feedback").update(kind="category")
    CharacteristicValue.objects.create(person=amina, characteristic_id="thinking", options=["loud"])
    assert asker_values(amina) == {}


def test_preferences_on_what_is_no_longer_offered_are_ignored(
    amina: Person, folasade: Person, programme: Programme
) -> None:
    asks(amina, "profession", ONE_OF, Strength.REQUIRE, "dietetics")
    asks(amina, "values", ONE_OF, Strength.NEED, "growth", "fairness")
    asks(amina, "feedback", SAME)
    asks(amina, "band", Direction.ABOVE)
    Option.objects.filter(key__in=["dietetics", "growth"]).update(retired=True)
    Characteristic.objects.filter(pk="feedback").update(retired=True)
    Characteristic.objects.filter(pk="band").update(directions=["same"])
    assert gather(person=amina, programme=programme).asker.as_mentee == (
        engine.Preference("values", engine.Direction.ONE_OF, engine.Strength.NEED, ("fairness",)),
    )


def test_a_set_without_its_counterpart_is_not_offered_at_all(amina: Person) -> None:
    Characteristic.objects.filter(pk="sponsorship_offered").update(retired=True)
    assert "sponsorship_wanted" not in everything()


def strengths(inputs: Inputs) -> list[engine.Strength]:
    return [each.strength for each in inputs.asker.as_mentee]


def test_a_condition_about_identity_is_a_need_where_no_reason_is_recorded(
    amina: Person, folasade: Person, programme: Programme
) -> None:
    for key in ("ethnicity", "profession"):
        Preference.objects.create(
            person=amina, side=Side.AS_MENTEE, characteristic_id=key, direction=SAME, strength=Strength.REQUIRE
        )
    inputs = gather(person=amina, programme=programme)
    assert strengths(inputs) == [engine.Strength.NEED, engine.Strength.REQUIRE]
    assert inputs.softened == {"ethnicity"}
    programme.positive_action_reason = "Under-represented above band 7."
    inputs = gather(person=amina, programme=programme)
    assert strengths(inputs) == [engine.Strength.REQUIRE, engine.Strength.REQUIRE]
    assert inputs.softened == frozenset()


def test_a_mentors_condition_about_identity_is_never_one(amina: Person, folasade: Person, programme: Programme) -> None:
    Preference.objects.create(
        person=folasade,
        side=Side.AS_MENTOR,
        characteristic_id="ethnicity",
        direction=SAME,
        strength=Strength.REQUIRE,
    )
    says(folasade, "ethnicity", "african")
    programme.positive_action_reason = "Under-represented above band 7."
    [asked] = gather(person=amina, programme=programme).pool.people.asked(0)
    assert asked.preference.strength == engine.Strength.NEED


@pytest.mark.parametrize("mentors", [1, 3])
def test_ten_queries_however_many_mentors(
    amina: Person, programme: Programme, mentors: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for membership in [MentorFactory(programme=programme) for _ in range(mentors)]:
        says(membership.person, "values", "growth")
        asks(membership.person, "values", SAME, side=Side.AS_MENTOR)
    with django_assert_num_queries(10):
        inputs = gather(person=amina, programme=programme)
    assert len(seen(inputs)) == mentors
