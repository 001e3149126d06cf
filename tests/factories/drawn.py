"""People who say and ask whatever comes up, by a random generator."""

import random

from matching.domain.topic import Topic, directions_for, looked_at
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.enums import Kind, Purpose
from mentoring.models import CharacteristicValue, Person
from tests.factories.matching import everything, says


def answer(draw: random.Random, person: Person, topic: Topic, purpose: Purpose | None = None) -> None:
    """The person says something of themselves, whatever it is; identity goes on the profile unless said otherwise."""
    if topic.kind == Kind.SCALE:
        CharacteristicValue.objects.create(person=person, characteristic_id=topic.key, point=draw.randint(1, 5))
        return
    options = draw.sample(list(topic.choices), 3 if topic.kind == Kind.MULTI else 1)
    if topic.is_surface:
        says(person, topic.key, *options, purpose=purpose)
    else:
        CharacteristicValue.objects.create(person=person, characteristic_id=topic.key, options=options)


def answer_some(draw: random.Random, person: Person, share: float) -> None:
    """Answers to a share of everything."""
    for topic in everything().values():
        if not topic.derived and draw.random() < share:
            answer(draw, person, topic)


def ask_some(draw: random.Random, person: Person, side: Side, share: float) -> None:
    """Preferences of every direction and strength that the person may have."""
    offered = everything()
    for topic in offered.values():
        directions = directions_for(topic, side, offered)
        if directions and draw.random() < share:
            direction = Direction(draw.choice(directions))
            identity = topic.is_surface or looked_at(topic, direction, offered).is_surface
            may = draw.random() < 0.2 and not (side == Side.AS_MENTOR and identity)
            strength = draw.choice([each for each in Strength if may or each != Strength.REQUIRE])
            options = draw.sample(list(topic.choices), min(3, len(topic.choices)))
            Preference.objects.create(
                person=person,
                side=side,
                characteristic_id=topic.key,
                direction=direction,
                strength=strength,
                options=options if direction == Direction.ONE_OF else [],
            )
