"""Stating, changing and taking back what one asks for."""

import pytest

from matching.domain.preference import drop_preference, has_positive_action, may_require_identity
from matching.domain.topic import directions_for
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.domain.action import NotPossible
from mentoring.enums import MembershipState
from mentoring.models import Option, Person, Programme
from tests.factories.matching import asks, everything

pytestmark = pytest.mark.django_db

SAME, ONE_OF, ABOVE, COMPLEMENTS = Direction.SAME, Direction.ONE_OF, Direction.ABOVE, Direction.COMPLEMENTS


def kept(person: Person) -> list[tuple[str, str, str, str, list[str]]]:
    rows = Preference.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("side", "characteristic_id", "direction", "strength", "options"))


def test_a_preference_is_kept(amina: Person) -> None:
    asks(amina, "band", ABOVE, Strength.NEED)
    assert kept(amina) == [("as_mentee", "band", "above", "need", [])]


def test_a_second_on_the_same_characteristic_takes_the_first_ones_place(amina: Person) -> None:
    first = asks(amina, "band", ONE_OF, Strength.REQUIRE, "7", "8a")
    second = asks(amina, "band", SAME, Strength.HELP)
    assert first.pk == second.pk
    assert kept(amina) == [("as_mentee", "band", "same", "help", [])]


def test_repeating_it_is_harmless(amina: Person) -> None:
    asks(amina, "band", ABOVE)
    asks(amina, "band", ABOVE)
    assert kept(amina) == [("as_mentee", "band", "above", "need", [])]


def test_both_sides_may_ask_in_the_same_characteristic(folasade: Person) -> None:
    asks(folasade, "values", SAME)
    asks(folasade, "values", SAME, side=Side.AS_MENTOR)
    assert [row[0] for row in kept(folasade)] == ["as_mentee", "as_mentor"]


def test_options_are_kept_once_groups_first_in_the_order_offered(amina: Person) -> None:
    asks(amina, "profession", ONE_OF, Strength.NEED, "podiatry", "medicines", "arts_therapy", "podiatry")
    assert kept(amina)[0][4] == ["medicines", "arts_therapy", "podiatry"]


def test_options_are_left_out_of_other_directions(amina: Person) -> None:
    asks(amina, "profession", SAME, Strength.NEED, "podiatry")
    assert kept(amina)[0][4] == []


def test_taking_it_back_twice_is_harmless(amina: Person) -> None:
    asks(amina, "band", ABOVE)
    drop_preference(side=Side.AS_MENTEE, topic="band", by=amina)
    drop_preference(side=Side.AS_MENTEE, topic="band", by=amina)
    assert kept(amina) == []


def test_taking_back_leaves_the_other_side_and_other_people(amina: Person, folasade: Person) -> None:
    asks(folasade, "band", SAME, side=Side.AS_MENTOR)
    asks(folasade, "band", ABOVE)
    asks(amina, "band", ABOVE)
    drop_preference(side=Side.AS_MENTEE, topic="band", by=folasade)
    assert kept(folasade) == [("as_mentor", "band", "same", "need", [])]
    assert len(kept(amina)) == 1


@pytest.mark.parametrize(
    ("key", "direction", "options"),
    [
        ("nothing", SAME, []),
        ("profession", ABOVE, []),
        ("feedback", ONE_OF, []),
        ("values", ONE_OF, []),
        ("values", ONE_OF, ["no-such-thing"]),
        ("sponsorship_wanted", ONE_OF, ["shadowing"]),
        ("sponsorship_offered", COMPLEMENTS, []),
    ],
)
def test_what_is_not_offered_is_refused(amina: Person, key: str, direction: Direction, options: list[str]) -> None:
    with pytest.raises(NotPossible):
        asks(amina, key, direction, Strength.NEED, *options)
    assert kept(amina) == []


def test_a_retired_option_is_refused(amina: Person) -> None:
    Option.objects.filter(characteristic="values", key="growth").update(retired=True)
    with pytest.raises(NotPossible):
        asks(amina, "values", ONE_OF, Strength.NEED, "growth")


def test_what_only_one_side_is_asked_about_itself_decides_who_may_ask_what() -> None:
    offered = everything()
    assert {
        (key, side): directions_for(offered[key], side, offered)
        for key in ("sponsorship_wanted", "sponsorship_offered")
        for side in Side
    } == {
        ("sponsorship_wanted", Side.AS_MENTEE): ("complements",),
        ("sponsorship_wanted", Side.AS_MENTOR): (),
        ("sponsorship_offered", Side.AS_MENTEE): ("one_of",),
        ("sponsorship_offered", Side.AS_MENTOR): ("complements",),
    }


def test_a_condition_about_identity_needs_a_recorded_reason(amina: Person, programme: Programme) -> None:
    with pytest.raises(NotPossible):
        asks(amina, "ethnicity", SAME, Strength.REQUIRE)
    Programme.objects.filter(pk=programme.pk).update(positive_action_reason="Under-represented above band 7.")
    asks(amina, "ethnicity", SAME, Strength.REQUIRE)
    assert kept(amina) == [("as_mentee", "ethnicity", "same", "require", [])]


def test_any_lesser_strength_about_identity_needs_no_reason(amina: Person) -> None:
    asks(amina, "ethnicity", SAME, Strength.NEED)
    assert len(kept(amina)) == 1


def test_a_condition_on_other_things_needs_no_reason(amina: Person, folasade: Person) -> None:
    asks(amina, "profession", SAME, Strength.REQUIRE)
    asks(folasade, "profession", SAME, Strength.REQUIRE, side=Side.AS_MENTOR)
    assert (len(kept(amina)), len(kept(folasade))) == (1, 1)


def test_a_mentor_never_makes_identity_a_condition(folasade: Person, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(positive_action_reason="Under-represented above band 7.")
    folasade.memberships.create(programme=programme, role="mentee", state=MembershipState.MEMBER)
    with pytest.raises(NotPossible):
        asks(folasade, "ethnicity", SAME, Strength.REQUIRE, side=Side.AS_MENTOR)
    assert has_positive_action(folasade)


def test_the_reason_of_a_programme_one_has_left_is_none(amina: Person, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(positive_action_reason="Under-represented above band 7.")
    amina.memberships.update(state=MembershipState.LEFT)
    assert not may_require_identity(Side.AS_MENTEE, amina)
