"""What a programme asks: chosen, switched on with a reason, and of its own."""

import pytest
from django.db import IntegrityError, transaction

from matching.domain.catalogue import load_catalogue
from matching.domain.inputs import gather
from matching.domain.topic import topics_for, topics_in
from matching.enums import Direction
from mentoring.domain import question
from mentoring.domain.action import NotPossible
from mentoring.domain.question import OwnQuestion
from mentoring.enums import Family, Kind
from mentoring.models import Characteristic, Membership, Person, Programme, ProgrammeCharacteristic
from mentoring.permissions import characteristics_asked_in, characteristics_asked_of
from mentoring.presenters.profile import profile_of
from tests.factories import MembershipFactory, PersonFactory, ProgrammeFactory
from tests.factories.matching import asks, says

pytestmark = pytest.mark.django_db

WHY = "Faith came up in half of our leavers’ interviews."


def of(key: str) -> Characteristic:
    return Characteristic.objects.get(pk=key)


def choose(programme: Programme, key: str, by: Person, *, asked: bool = True, reason: str = WHY) -> None:
    question.choose(programme=programme, characteristic=of(key), asked=asked, reason=reason, by=by)


def own(label: str = "Committees", kind: Kind = Kind.MULTI, *, about_identity: bool = False) -> OwnQuestion:
    return OwnQuestion(label, f"{label}?", kind, about_identity, options=("Ethics", "Board", "Union"))


@pytest.mark.parametrize("key", ["religion", "sexual_orientation", "disability"])
def test_three_things_are_asked_only_where_a_programme_said_why(
    programme: Programme, amina: Person, coretta: Person, key: str
) -> None:
    assert key not in topics_in(programme)
    assert key not in topics_for(amina)
    with pytest.raises(NotPossible, match="Say why"):
        choose(programme, key, coretta, reason="  ")
    choose(programme, key, coretta)
    assert key in topics_in(programme)
    assert key in topics_for(amina)
    assert key not in topics_in(ProgrammeFactory())


def test_the_database_wants_the_reason_too(programme: Programme) -> None:
    with pytest.raises(IntegrityError, match="needs a reason"), transaction.atomic():
        ProgrammeCharacteristic.objects.create(programme=programme, characteristic=of("religion"), asked=True)


def test_what_a_programme_no_longer_asks_is_neither_shown_nor_counted_there(
    programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    folasade = folasade_membership.person
    for person in (amina, folasade):
        says(person, "gender", "woman")
    asks(amina, "gender", Direction.SAME)

    def shown() -> tuple[bool, bool]:
        inputs = gather(person=amina, programme=programme)
        profile = profile_of(folasade, amina, asked=characteristics_asked_in(programme))
        return "gender" in inputs.values_of(str(folasade.pk)), bool(profile.identity)

    assert shown() == (True, True)
    choose(programme, "gender", coretta, asked=False)
    assert shown() == (False, False)
    assert not gather(person=amina, programme=programme).asker.as_mentee
    choose(programme, "gender", coretta)
    assert shown() == (True, True)


def test_an_answer_for_one_programme_is_not_shown_in_another(
    programme: Programme, folasade: Person, coretta: Person
) -> None:
    choose(programme, "religion", coretta)
    says(folasade, "religion", "sikh")
    elsewhere = ProgrammeFactory()
    seen = [profile_of(folasade, asked=characteristics_asked_in(each)).identity for each in (programme, elsewhere)]
    assert [len(each) for each in seen] == [1, 0]


def test_who_is_in_several_programmes_is_asked_what_any_of_them_asks(
    programme: Programme, amina: Person, coretta: Person
) -> None:
    other = MembershipFactory(person=amina).programme
    choose(programme, "religion", coretta)
    choose(programme, "caring", coretta, asked=False)
    asked = set(characteristics_asked_of(amina).values_list("pk", flat=True))
    assert {"religion", "caring"} <= asked
    choose(other, "caring", coretta, asked=False)
    assert "caring" not in set(characteristics_asked_of(amina).values_list("pk", flat=True))


def test_who_is_in_no_programme_is_asked_what_all_would_ask() -> None:
    asked = set(characteristics_asked_of(PersonFactory()).values_list("pk", flat=True))
    assert "ethnicity" in asked
    assert "religion" not in asked


def test_without_some_things_nobody_could_be_found(programme: Programme, coretta: Person) -> None:
    with pytest.raises(NotPossible, match="always asked"):
        choose(programme, "profession", coretta, asked=False)


def test_a_question_of_its_own_is_asked_answered_and_matched_by(
    programme: Programme, amina: Person, folasade: Person, folasade_membership: Membership, coretta: Person
) -> None:
    made = question.add_own(programme=programme, question=own(), reason="", by=coretta)
    assert made.family == Family.PROFESSIONAL
    says(folasade, made.pk, "option_1", "option_2")
    says(amina, made.pk, "option_1")
    asks(amina, made.pk, Direction.SAME)
    inputs = gather(person=amina, programme=programme)
    reason = inputs.pool.explain(inputs.asker, str(folasade.pk)).match.reasons[0]
    assert (reason.characteristic, reason.agreement) == (made.pk, 60)


def test_another_programme_never_asks_it(programme: Programme, coretta: Person) -> None:
    made = question.add_own(programme=programme, question=own(), reason="", by=coretta)
    other = ProgrammeFactory()
    assert made.pk not in topics_in(other)
    with pytest.raises(NotPossible, match="Another programme"):
        question.choose(programme=other, characteristic=made, asked=True, reason="", by=coretta)
    with pytest.raises(IntegrityError, match="another programme"), transaction.atomic():
        ProgrammeCharacteristic.objects.create(programme=other, characteristic=made, asked=True)


def test_loading_the_catalogue_anew_leaves_it_alone(programme: Programme, coretta: Person) -> None:
    made = question.add_own(programme=programme, question=own(), reason="", by=coretta)
    load_catalogue()
    assert made.pk in topics_in(programme)
    assert len(topics_in(programme)[made.pk].choices) == 3


def test_its_own_question_about_identity_has_a_reason_and_a_purpose_each(
    programme: Programme, amina: Person, coretta: Person
) -> None:
    about = own("Heritage", Kind.CATEGORY, about_identity=True)
    with pytest.raises(NotPossible, match="Say why"):
        question.add_own(programme=programme, question=about, reason="", by=coretta)
    made = question.add_own(programme=programme, question=about, reason=WHY, by=coretta)
    assert made.is_surface
    with transaction.atomic(), pytest.raises(IntegrityError, match="live consent"):
        amina.values.create(characteristic=made, options=["option_1"])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (OwnQuestion("One", "One?", Kind.CATEGORY, False, options=("Only",)), "between 2 and 20"),
        (OwnQuestion("Twice", "Twice?", Kind.MULTI, False, options=("Yes", "YES")), "different answers"),
        (OwnQuestion("Ends", "Ends?", Kind.SCALE, False, low="Low"), "both ends"),
        (OwnQuestion("Who", "Who?", Kind.SCALE, True, low="Low", high="High"), "cannot be about identity"),
    ],
)
def test_what_could_not_be_answered_is_refused(
    programme: Programme, coretta: Person, wrong: OwnQuestion, why: str
) -> None:
    with pytest.raises(NotPossible, match=why):
        question.add_own(programme=programme, question=wrong, reason=WHY, by=coretta)
    assert not programme.own_characteristics.exists()


def test_names_are_used_once_and_there_is_an_end_to_questions(programme: Programme, coretta: Person) -> None:
    for number in range(question.MOST_OWN):
        question.add_own(programme=programme, question=own(f"Question {number}"), reason="", by=coretta)
        with pytest.raises(NotPossible):
            question.add_own(programme=programme, question=own(f"question {number}"), reason="", by=coretta)
    with pytest.raises(NotPossible, match="10 questions"):
        question.add_own(programme=programme, question=own("One more"), reason="", by=coretta)


def test_braces_in_a_name_are_just_braces(
    programme: Programme, amina: Person, folasade: Person, folasade_membership: Membership, coretta: Person
) -> None:
    made = question.add_own(programme=programme, question=own("{name} {0} {"), reason="", by=coretta)
    words = topics_in(programme)[made.pk]
    told = [words.unknown, *(text for each in words.reasons.values() for text in (each.strong, each.weak))]
    for text in told:
        assert "{name} {0} {" in text.format(name="Folasade", shared="x", theirs="y", mine="z")
