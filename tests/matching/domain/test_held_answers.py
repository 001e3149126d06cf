"""Words of consent that allow something else than before: until a new yes, no match is worked out with an answer."""

from datetime import date

import pytest

from matching.domain.inputs import gather
from matching.domain.rounds.reading import read_round
from matching.domain.terms import own_answers
from mentoring.enums import Purpose
from mentoring.models import ConsentText, Membership, Person, Programme
from tests.factories.matching import says
from tests.factories.rounds import asked, begun

pytestmark = pytest.mark.django_db


def in_the_round(person: Person, by: Person) -> dict[str, object]:
    """What a round would read of somebody."""
    programme = by.memberships.get().programme
    inputs = read_round(asked(begun(programme, by, name=str(person.pk)), by))
    read = next(each for each in (*inputs.mentees, *inputs.mentors) if each.id == str(person.pk))
    return dict(read.values)


@pytest.mark.parametrize("material", [True, False])
@pytest.mark.parametrize("purpose", [Purpose.PROFILE, Purpose.ROUNDS])
def test_only_words_that_allow_something_else_keep_an_answer_out(
    amina: Person,
    folasade_membership: Membership,
    programme: Programme,
    coretta: Person,
    purpose: Purpose,
    material: bool,
) -> None:
    folasade = folasade_membership.person
    for person in (amina, folasade):
        says(person, "profession", "dietetics")
        says(person, "ethnicity", "african", purpose=purpose)
    new = ConsentText.objects.create(version=2, words="Something else.", since=date(2026, 12, 1), material=material)

    stays = not material
    seen = gather(person=amina, programme=programme).values_of(str(folasade.pk))
    assert seen["profession"] == "dietetics"
    assert ("ethnicity" in seen) is (stays and purpose == Purpose.PROFILE)
    assert ("ethnicity" in {answer.topic for answer in own_answers(amina)}) is stays
    for person in (amina, folasade):
        assert ("ethnicity" in in_the_round(person, coretta)) is stays

    says(folasade, "ethnicity", "african", purpose=Purpose.PROFILE)
    assert gather(person=amina, programme=programme).values_of(str(folasade.pk))["ethnicity"] == "african"
    assert folasade.consents.get(withdrawn_at__isnull=True).text == new
