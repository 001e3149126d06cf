"""Reasons as sentences: every kind in every direction, and what is shown of a match."""

import pytest

from matching import engine
from matching.domain.inputs import gather
from matching.domain.ranking import explain_mentor
from matching.domain.terms import engine_catalogue
from matching.domain.topic import Topic, looked_at
from matching.enums import Direction, Side, Strength
from matching.presenters.reasons import Fit, asked_words, fit_of, fits_words, listed, sentence
from mentoring.models import Membership, Organisation, Person, Programme
from tests.factories import OrganisationFactory
from tests.factories.matching import asks, everything, says

pytestmark = pytest.mark.django_db

# kind, characteristic, direction, options, mine, theirs, the sentence
CASES: list[tuple[str, str, tuple[str, ...], engine.Value | None, engine.Value | None, str]] = [
    # One option.
    ("profession", "same", (), "dietetics", "dietetics", "You both work in dietetics"),
    ("profession", "same", (), "dietetics", "podiatry", "You both work in allied health; Mei’s own field is podiatry"),
    ("profession", "same", (), "dietetics", "medicine", "Works in another profession: medicine"),
    ("profession", "different", (), "dietetics", "medicine", "Brings another profession: medicine"),
    ("profession", "different", (), "dietetics", "podiatry", "Works in a neighbouring profession: podiatry"),
    ("profession", "different", (), "dietetics", "dietetics", "You both work in dietetics"),
    ("profession", "one_of", ("medicine",), None, "medicine", "Works in a profession you hoped for: medicine"),
    ("profession", "one_of", ("allied_health",), None, "podiatry", "Works in a profession you hoped for: podiatry"),
    ("profession", "one_of", ("medicine",), None, "podiatry", "Works in another profession: podiatry"),
    (
        "race_talk",
        "complements",
        (),
        "i_raise",
        "you_raise",
        "Your ways of talking about race fit: Mei welcomes you opening the door",
    ),
    (
        "race_talk",
        "complements",
        (),
        "i_raise",
        "rather_not",
        "When it comes to talking about race, Mei would rather not talk about it",
    ),
    (
        "region",
        "same",
        (),
        "london",
        "south_west",
        "You both work in London and the South; Mei in the South West",
    ),
    (
        "region",
        "different",
        (),
        "london",
        "south_west",
        "Works in London and the South too, in another part of it: the South West",
    ),
    # One of ordered options.
    ("band", "same", (), "7", "7", "You are both on band 7"),
    ("band", "same", (), "7", "6", "Is close to your own pay band: band 6"),
    ("band", "same", (), "7", "4", "Is on quite another pay band: band 4"),
    ("band", "different", (), "7", "4", "Is on quite another pay band: band 4"),
    ("band", "different", (), "7", "5", "Is on another pay band: band 5"),
    ("band", "different", (), "7", "7", "Is on or near your own pay band: band 7"),
    ("band", "one_of", ("8a", "8b"), None, "8b", "Is on a pay band you hoped for: band 8b"),
    ("band", "one_of", ("8a", "8b"), None, "7", "Is on another pay band: band 7"),
    ("band", "above", (), "7", "8a", "Is more senior than you: band 8a"),
    ("band", "above", (), "7", "7", "You are both on band 7"),
    ("band", "above", (), "7", "6", "Is earlier on the ladder than you: band 6"),
    # Several options.
    (
        "values",
        "same",
        (),
        ("growth", "fairness"),
        ("fairness", "growth", "humour"),
        "Shares everything you value: fairness and growth",
    ),
    ("values", "same", (), ("growth", "fairness"), ("fairness", "humour"), "You both value fairness"),
    (
        "values",
        "same",
        (),
        ("growth",),
        ("humour", "service"),
        "Values other things most: humour and service to others",
    ),
    ("values", "different", (), ("growth",), ("humour",), "Brings other values: humour"),
    (
        "values",
        "different",
        (),
        ("growth", "fairness"),
        ("fairness",),
        "You share some values and differ in others: fairness",
    ),
    ("values", "different", (), ("growth",), ("growth",), "Shares everything you value: growth"),
    ("values", "one_of", ("growth", "humour"), None, ("humour",), "Values what you hoped for: humour"),
    ("values", "one_of", ("growth",), None, ("humour",), "Values other things most: humour"),
    (
        "sponsorship_wanted",
        "complements",
        (),
        ("shadowing", "networks"),
        ("networks", "shadowing"),
        "Offers everything you would like: a way into networks and shadowing",
    ),
    (
        "sponsorship_wanted",
        "complements",
        (),
        ("shadowing", "networks"),
        ("shadowing", "reference"),
        "Offers some of what you would like: shadowing",
    ),
    (
        "sponsorship_wanted",
        "complements",
        (),
        ("shadowing",),
        ("reference",),
        "Offers other things: references and nominations",
    ),
    # Between two poles.
    ("feedback", "same", (), 2, 2, "You both prefer direct feedback"),
    ("feedback", "same", (), 4, 5, "Is close to you in how feedback should be: gentle feedback"),
    (
        "feedback",
        "same",
        (),
        1,
        3,
        "Is close to you in how feedback should be: feedback that is both honest and gentle",
    ),
    ("feedback", "same", (), 2, 4, "Prefers gentle feedback, where you prefer direct feedback"),
    ("feedback", "same", (), 1, 5, "Prefers gentle feedback, where you prefer direct feedback"),
    ("feedback", "different", (), 1, 5, "Prefers gentle feedback, where you prefer direct feedback"),
    ("feedback", "different", (), 2, 4, "Sees feedback somewhat differently from you: gentle feedback"),
    ("feedback", "different", (), 2, 2, "Likes feedback much as you do: direct feedback"),
    # Not said, or not shown.
    ("profession", "same", (), "dietetics", None, "Mei has not given a profession"),
    ("sponsorship_wanted", "complements", (), ("shadowing",), None, "Mei has not said which doors they can open"),
    ("sponsorship_offered", "one_of", ("shadowing",), None, None, "Mei has not said which doors they can open"),
    (
        "sponsorship_offered",
        "complements",
        (),
        ("shadowing",),
        None,
        "Mei has not said which doors they would like opened",
    ),
]


def told(
    key: str, direction: str, options: tuple[str, ...], mine: engine.Value | None, theirs: engine.Value | None
) -> str:
    """The sentence about a pair who said these things, by way of the engine."""
    offered = everything()
    topic = offered[key]
    other = looked_at(topic, direction, offered)
    preference = engine.Preference(key, engine.Direction(direction), engine.Strength.NEED, options)
    asker = engine.Person("a", mentee=True, values={key: mine} if mine is not None else {}, as_mentee=(preference,))
    mentor = engine.Person("m", mentor=engine.Places(1), values={other.key: theirs} if theirs is not None else {})
    pool = engine.Pool.of(catalogue_of(offered), [mentor], engine.Role.MENTOR)
    [reason] = pool.explain(asker, "m").match.reasons
    return sentence(topic=topic, other=other, reason=reason, mine=mine, theirs=theirs, name="Mei")


def catalogue_of(offered: dict[str, Topic]) -> engine.Catalogue:
    return engine_catalogue({key: topic for key, topic in offered.items() if not topic.derived})


@pytest.mark.parametrize(("key", "direction", "options", "mine", "theirs", "expected"), CASES)
def test_a_reason_reads_as_a_sentence(
    key: str,
    direction: str,
    options: tuple[str, ...],
    mine: engine.Value | None,
    theirs: engine.Value | None,
    expected: str,
) -> None:
    assert told(key, direction, options, mine, theirs) == expected


def test_every_kind_is_told_in_every_direction_it_has() -> None:
    offered = everything()
    told_here = {(offered[key].kind, direction) for key, direction, *_ in CASES}
    assert told_here == {(topic.kind, direction) for topic in offered.values() for direction in topic.reasons}


def test_what_is_asked_names_the_options() -> None:
    offered = everything()
    assert asked_words(offered["band"], "above") == "Someone more senior than me"
    assert asked_words(offered["band"], "one_of", ["7", "8a"]) == "Someone on one of these pay bands: band 7 or band 8a"
    assert asked_words(offered["profession"], "one_of", ["gone"]) == "Someone from one of these professions"


@pytest.mark.parametrize(
    ("met", "asked", "words"),
    [
        (0, 0, ""),
        (0, 1, "Does not fit the one thing you asked for"),
        (1, 1, "Fits the one thing you asked for"),
        (0, 3, "Fits none of the 3 things you asked for"),
        (4, 5, "Fits 4 of the 5 things you asked for"),
    ],
)
def test_how_many_things_fit(met: int, asked: int, words: str) -> None:
    assert fits_words(met, asked) == words


def test_lists_read_as_people_say_them() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def fit(person: Person, mentor: Membership, programme: Programme) -> Fit:
    inputs = gather(person=person, programme=programme)
    explanation = explain_mentor(inputs=inputs, mentor=mentor)
    assert explanation is not None
    return fit_of(explanation.match, mentor.person, inputs)


def test_a_match_in_words(amina: Person, folasade_membership: Membership, programme: Programme) -> None:
    folasade = folasade_membership.person
    says(amina, "band", "6")
    says(amina, "feedback", point=2)
    says(amina, "values", "growth", "fairness")
    says(folasade, "band", "8a")
    says(folasade, "feedback", point=4)
    asks(amina, "band", Direction.ABOVE, Strength.REQUIRE)
    asks(amina, "values", Direction.SAME, Strength.HELP)
    asks(amina, "feedback", Direction.SAME, Strength.NEED)

    shown = fit(amina, folasade_membership, programme)

    assert (shown.words, shown.met, shown.asked) == ("Fits 1 of the 3 things you asked for", 1, 3)
    assert shown.best == ("Is more senior than you: band 8a",)
    assert shown.difference == "Prefers gentle feedback, where you prefer direct feedback"
    assert shown.parts == {"require": (4.0, 4.0), "help": (2 * 20 / 60, 2.0), "need": (2.0, 4.0)}
    assert [(each.known, each.points) for each in shown.told] == [(True, 0), (False, 1111), (True, 3333)]
    assert shown.score == 4444 == sum(each.points for each in shown.told)


def test_what_mentors_hope_for_is_never_told(
    amina: Person, folasade_membership: Membership, programme: Programme
) -> None:
    folasade = folasade_membership.person
    says(amina, "values", "growth")
    says(folasade, "values", "growth")
    asks(folasade, "values", Direction.SAME, side=Side.AS_MENTOR)
    shown = fit(amina, folasade_membership, programme)
    assert (shown.told, shown.best, shown.parts, shown.score, shown.words) == ((), (), {}, None, "")


def test_somebody_who_fits_everything_still_has_an_honest_difference(
    amina: Person, folasade_membership: Membership, programme: Programme
) -> None:
    says(amina, "region", "london")
    says(amina, "feedback", point=1)
    says(folasade_membership.person, "region", "wales")
    says(folasade_membership.person, "feedback", point=1)
    asks(amina, "feedback", Direction.SAME)
    shown = fit(amina, folasade_membership, programme)
    assert (shown.met, shown.difference) == (1, "Works in another part of the country: Wales")


def test_employers_are_told_by_name(amina: Person, folasade_membership: Membership, programme: Programme) -> None:
    leeds: Organisation = OrganisationFactory(name="Leeds Community Trust", slug="leeds")
    Person.objects.update(organisation=leeds)
    amina.refresh_from_db()
    asks(amina, "organisation", Direction.SAME)
    shown = fit(amina, folasade_membership, programme)
    assert shown.best == ("You both work for Leeds Community Trust",)


def test_a_softened_condition_says_so(amina: Person, folasade_membership: Membership, programme: Programme) -> None:
    Programme.objects.update(positive_action_reason="Under-represented above band 7.")
    says(amina, "ethnicity", "african")
    asks(amina, "ethnicity", Direction.SAME, Strength.REQUIRE)
    [told_of] = fit(amina, folasade_membership, programme).told
    assert (told_of.strength, told_of.softened, told_of.said) == (
        "need",
        True,
        "Ethnic background is not on Folasade’s profile",
    )
