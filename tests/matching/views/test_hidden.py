"""What a mentor hides, and what they ask for, changes no byte of what a mentee is sent."""

import random
import re
from collections.abc import Callable

import pytest
from django.test import Client

from matching.enums import Side
from mentoring.enums import Purpose
from mentoring.models import Membership, Person, Programme
from mentoring.permissions import mentors_visible_to
from tests.factories import MentorFactory, OrganisationFactory, ProgrammeFactory
from tests.factories.drawn import answer, answer_some, ask_some
from tests.factories.matching import everything

As = Callable[[Person], Client]
COUNTED = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|picture-\d+')
"""What differs between any two pages: a token, and the numbers that tell one picture from another."""


@pytest.fixture
def programme(db: None) -> Programme:
    """One in which identity may be a condition: the sharpest tool that a mentee has."""
    return ProgrammeFactory(slug="futures", positive_action_reason="Under-represented above band 7.")


def sent(client: Client, person: Person) -> dict[str, str]:
    """Every page about mentors that the person can open, by address."""
    lists = ["/", "/find/", "/find/?q=o&full=on", "/find/?employer=another-employer"]
    mentors = mentors_visible_to(person).order_by("pk")
    pages = [f"/mentors/{row.pk}/{rest}" for row in mentors for rest in ("", "ask/")]
    return {path: COUNTED.sub("", client.get(path).content.decode()) for path in (*lists, *pages)}


@pytest.mark.parametrize("seed", range(2))
def test_nothing_sent_changes_with_what_is_hidden(amina: Person, programme: Programme, as_: As, seed: int) -> None:
    draw = random.Random(seed)
    organisations = [OrganisationFactory(), OrganisationFactory()]
    mentors = [MentorFactory(programme=programme, person__organisation=draw.choice(organisations)) for _ in range(3)]
    answer_some(draw, amina, 0.9)
    ask_some(draw, amina, Side.AS_MENTEE, 0.5)
    for row in mentors:
        answer_some(draw, row.person, 0.5)
        ask_some(draw, row.person, Side.AS_MENTOR, 0.3)
    client = as_(amina)
    before = sent(client, amina)
    assert hide_more(draw, mentors) > 5
    assert sent(client, amina) == before


def hide_more(draw: random.Random, mentors: list[Membership]) -> int:
    """Whatever a mentor's profile leaves open about identity is said now, and hidden. How many answers that is."""
    hidden = 0
    for row in mentors:
        said = set(row.person.values.values_list("characteristic", flat=True))
        for topic in everything().values():
            if topic.is_surface and topic.key not in said:
                answer(draw, row.person, topic, draw.choice([Purpose.ROUNDS, Purpose.MONITORING]))
                hidden += 1
    return hidden


@pytest.mark.parametrize("seed", range(2))
def test_a_mentors_page_does_not_change_with_what_the_mentor_asks_for(
    amina: Person, programme: Programme, as_: As, seed: int
) -> None:
    draw = random.Random(seed)
    mentor = MentorFactory(programme=programme)
    answer_some(draw, amina, 0.8)
    ask_some(draw, amina, Side.AS_MENTEE, 0.5)
    answer_some(draw, mentor.person, 0.8)
    client = as_(amina)
    paths = [f"/mentors/{mentor.pk}/", f"/mentors/{mentor.pk}/ask/"]
    before = [COUNTED.sub("", client.get(path).content.decode()) for path in paths]
    ask_some(draw, mentor.person, Side.AS_MENTOR, 1.0)
    assert mentor.person.preferences.exists()
    assert [COUNTED.sub("", client.get(path).content.decode()) for path in paths] == before
