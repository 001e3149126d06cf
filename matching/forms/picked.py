"""How several things that were picked should be: a preference form for each, saved together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.http import QueryDict

from matching.domain.preference import about_identity
from matching.domain.topic import Topic, directions_for
from matching.enums import Side, Strength
from matching.forms.preference import PreferenceForm
from matching.models import Preference
from mentoring.models import Person

MOST_AT_ONCE: Final = 12
"""Things asked about on one page; the rest is picked again afterwards."""


class PickedForm:
    """A form for each thing picked that can be asked for at all, in the order picked."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        picked: Sequence[str],
        person: Person,
        side: Side,
        question: Strength,
        offered: Mapping[str, Topic],
        rows: Mapping[str, Preference],
        may_require_identity: bool,
    ) -> None:
        self.is_bound = data is not None
        self.forms = [
            PreferenceForm(
                data,
                person=person,
                side=side,
                topic=topic,
                offered=offered,
                preference=rows.get(topic.key),
                may_require_identity=may_require_identity,
                question=question,
            )
            for topic in _askable(picked, side, question, offered, may_require_identity)
        ]

    @property
    def errors(self) -> bool:
        """Whether anything is wrong."""
        return any(form.errors for form in self.forms)

    def is_valid(self) -> bool:
        """Whether all of it is right; each form is looked at, so that everything wrong is said at once."""
        return sum(form.is_valid() for form in self.forms) == len(self.forms)

    def add_error(self, field: str | None, error: str) -> None:
        """Say it of the whole page."""
        self.forms[0].add_error(field, error)

    def save(self) -> None:
        """Keep all of it, or nothing."""
        with transaction.atomic():
            for form in self.forms:
                form.save()


def _askable(
    picked: Sequence[str],
    side: Side,
    question: Strength,
    offered: Mapping[str, Topic],
    may_require_identity: bool,
) -> Iterator[Topic]:
    for key in list(dict.fromkeys(picked))[:MOST_AT_ONCE]:
        topic = offered.get(key)
        directions = directions_for(topic, side, offered) if topic else ()
        if topic is None or not directions:
            continue
        if question != Strength.REQUIRE or may_require_identity or not about_identity(topic, directions, offered):
            yield topic
