"""Draws demo people. The same seed gives the same people, and the first ones do not change with the count."""

import random

from mentoring.demo.answers import GENDERS, Answers, draw_answers
from mentoring.demo.careers import draw_career
from mentoring.demo.cast import CAST
from mentoring.demo.data import heritages, organisations
from mentoring.demo.draws import weighted
from mentoring.demo.journeys import Storyteller, Subject
from mentoring.demo.names import NameBook
from mentoring.demo.preferences import draw_as_mentee, draw_as_mentor
from mentoring.demo.schema import MENTEE, MENTOR, DemoPerson

ROLES = (((MENTEE,), 0.6), ((MENTOR,), 0.32), ((MENTEE, MENTOR), 0.08))
CAPACITIES = ((1, 0.4), (2, 0.4), (3, 0.2))
PRONOUNS = {
    "woman": (("she/her", 0.74), ("she/they", 0.06), ("", 0.2)),
    "man": (("he/him", 0.74), ("he/they", 0.04), ("", 0.22)),
    "non_binary": (("they/them", 0.9), ("", 0.1)),
    "another_way": (("they/them", 0.4), ("ze/zir", 0.2), ("", 0.4)),
}


def draw_people(count: int, seed: int) -> list[DemoPerson]:
    """`count` people beside the cast, with names, keys and addresses that nobody in the cast has."""
    if count < 0:
        raise ValueError("count must not be negative")
    book, teller = NameBook(), Storyteller()
    for person in CAST:
        book.reserve(person.name, person.key)
    return [_draw_person(random.Random(f"{seed}:{number}"), book, teller) for number in range(count)]


def _draw_person(rng: random.Random, book: NameBook, teller: Storyteller) -> DemoPerson:
    roles = weighted(rng, ROLES)
    is_mentee, is_mentor = MENTEE in roles, MENTOR in roles
    heritage = weighted(rng, [(h, h.mentee if is_mentee else h.mentor) for h in heritages()])
    gender = weighted(rng, GENDERS)
    abroad = rng.random() >= heritage.uk_share
    career = draw_career(rng, roles, abroad=abroad)
    answers = draw_answers(rng, heritage, career, gender=gender, abroad=abroad, roles=roles)
    first, family = book.draw(rng, heritage, gender)
    key = book.key(first, family)
    headline, journey = teller.tell(rng, Subject(heritage, career, answers, roles))
    values = answers.values
    return DemoPerson(
        key=key,
        email=f"{key}@{career.organisation.domain}",
        first_name=first,
        family_name=family,
        pronouns=_pronouns(rng, gender, answers),
        job_title=career.title,
        town=career.town,
        headline=headline,
        journey=journey,
        organisation=career.organisation.key,
        programmes=career.programmes,
        roles=roles,
        capacity=weighted(rng, CAPACITIES) if is_mentor else 0,
        values=values,
        purposes=answers.purposes,
        as_mentee=draw_as_mentee(rng, values, career.programmes) if is_mentee else (),
        as_mentor=draw_as_mentor(rng, values) if is_mentor else (),
    )


def _pronouns(rng: random.Random, gender: str, answers: Answers) -> str:
    """Pronouns, left out where gender was given but is not shown."""
    drawn = weighted(rng, PRONOUNS[gender])
    hidden = "gender" in answers.values and answers.shown("gender") is None
    return "" if hidden else drawn


def domains() -> frozenset[str]:
    """Every domain an address may have; all are reserved for examples."""
    return frozenset(("example.org", *(organisation.domain for organisation in organisations())))
