"""What people say of themselves and ask for, by the same doors that people use."""

from matching.domain.preference import state_preference
from matching.domain.topic import Topic, topics
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.domain.consent import give_value
from mentoring.enums import Purpose
from mentoring.models import Characteristic, Person


def everything() -> dict[str, Topic]:
    """What a programme asks that has decided nothing."""
    return topics(Characteristic.objects.asked_of_anybody())


def says(person: Person, key: str, *options: str, point: int | None = None, purpose: Purpose | None = None) -> None:
    """The person answers about a characteristic; identity goes on the profile unless another purpose is given."""
    characteristic = Characteristic.objects.get(pk=key)
    if characteristic.is_surface and purpose is None:
        purpose = Purpose.PROFILE
    give_value(characteristic=characteristic, options=options, point=point, purpose=purpose, by=person)


def asks(
    person: Person,
    key: str,
    direction: Direction,
    strength: Strength = Strength.NEED,
    *options: str,
    side: Side = Side.AS_MENTEE,
) -> Preference:
    """The person asks for something, in a mentor unless another side is given."""
    return state_preference(side=side, topic=key, direction=direction, strength=strength, options=options, by=person)
