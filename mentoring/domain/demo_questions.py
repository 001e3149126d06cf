"""What the invented programmes ask beyond the catalogue's own, and what some of their people answered."""

import random
from typing import Final

from mentoring.domain import consent, question
from mentoring.domain.question import OwnQuestion
from mentoring.enums import Kind, Purpose, Role
from mentoring.models import Characteristic, CharacteristicValue, Consent, Membership, NotSaid, Person, Programme

_RELIGIONS: Final = ("no_religion", "christian", "christian", "muslim", "muslim", "hindu", "sikh", "another_religion")
_WHY: Final = (
    "In our listening groups people told us that faith is where they find strength, and what they are asked about "
    "most. Colleagues of several faiths and of none agreed that we should ask."
)
_COMMITTEES: Final = ("Ethics", "Equality and inclusion", "Quality and safety", "Research", "Trade union", "Board")


def seed_questions(seed: int) -> None:
    """One programme asks about religion or belief, and has a question of its own; some answer, some rather not."""
    rng = random.Random(seed)
    programme = Programme.objects.get(slug="allied-health-futures")
    by = Membership.objects.filter(programme=programme, role=Role.COORDINATOR).earliest("pk").person
    asked = Characteristic.objects.get(pk="religion")
    question.choose(programme=programme, characteristic=asked, asked=True, reason=_WHY, by=by)
    made = question.add_own(
        programme=programme,
        question=OwnQuestion("Committees", "Which committees have you sat on?", Kind.MULTI, False, _COMMITTEES),
        reason="",
        by=by,
    )
    people = list(Person.objects.filter(memberships__programme=programme).distinct().order_by("pk"))
    _answer_own(people, made, rng)
    _answer_religion(people, asked, rng)


def _answer_own(people: list[Person], made: Characteristic, rng: random.Random) -> None:
    keys = [option.key for option in made.options.all()]
    CharacteristicValue.objects.bulk_create(
        CharacteristicValue(person=person, characteristic=made, options=rng.sample(keys, rng.randint(1, 2)))
        for person in people
        if rng.random() < 0.35
    )


def _answer_religion(people: list[Person], asked: Characteristic, rng: random.Random) -> None:
    answering = [(person, rng.choice(_RELIGIONS)) for person in people if rng.random() < 0.4]
    text = consent.present_text()
    agreed = Consent.objects.bulk_create(
        Consent(person=person, characteristic=asked, purpose=rng.choice(Purpose.values), text=text)
        for person, _ in answering
    )
    CharacteristicValue.objects.bulk_create(
        CharacteristicValue(person=person, characteristic=asked, options=[religion], purpose=yes.purpose, consent=yes)
        for (person, religion), yes in zip(answering, agreed, strict=True)
    )
    said = {person.pk for person, _ in answering}
    NotSaid.objects.bulk_create(
        NotSaid(person=person, characteristic=asked)
        for person in people
        if person.pk not in said and rng.random() < 0.1
    )
