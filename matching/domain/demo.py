"""What the invented people ask for."""

from matching.enums import Side
from matching.models import Preference
from mentoring.demo.schema import DemoPerson, DemoPreference
from mentoring.domain.demo import Demo
from mentoring.models import Person


def seed(demo: Demo) -> None:
    """Everybody's preferences, on either side."""
    Preference.objects.bulk_create(
        _preference(demo.people[row.key], side, asked) for row in demo.drawn for side, asked in _asked(row)
    )


def _asked(row: DemoPerson) -> list[tuple[Side, DemoPreference]]:
    return [
        *((Side.AS_MENTEE, asked) for asked in row.as_mentee),
        *((Side.AS_MENTOR, asked) for asked in row.as_mentor),
    ]


def _preference(person: Person, side: Side, asked: DemoPreference) -> Preference:
    return Preference(
        person=person,
        side=side,
        characteristic_id=asked.characteristic,
        direction=asked.direction,
        strength=asked.strength,
        options=list(asked.options),
    )
