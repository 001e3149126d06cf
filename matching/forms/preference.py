"""One thing that a person asks for: in which direction, and how much it matters."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from matching.domain.preference import about_identity, drop_preference, state_preference
from matching.domain.topic import Choice, Topic, directions_for
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from matching.presenters.reasons import sentence_case
from mentoring.forms.renderer import Checkboxes, Radios
from mentoring.models import Person

ANY: Final = "any"
_GONE: Final = "That is not offered any more. Choose one of these."
_DIRECTION_QUESTION: Final[Mapping[str, str]] = {
    Side.AS_MENTEE: "Who would you like as a mentor?",
    Side.AS_MENTOR: "Whom would you like to mentor?",
}
_STRENGTHS: Final[tuple[tuple[str, str], ...]] = (
    (Strength.REQUIRE, "I require this: only if somebody meets it"),
    (Strength.NEED, "I need this: it matters a lot"),
    (Strength.HELP, "It would help me: it makes things easier"),
    (Strength.SUPPORT, "It would support me: nice to have"),
)


class PreferenceForm(forms.Form):
    """What the person asks for in one characteristic; *it does not matter* takes it back.

    Under one of the four `question`s the strength is given, and the fields carry the characteristic's name.
    """

    all_optional = True

    direction = forms.ChoiceField(
        error_messages={
            "required": "Choose what you would like, or that it does not matter.",
            "invalid_choice": _GONE,
        }
    )
    options = forms.MultipleChoiceField(
        required=False, label="Which ones?", error_messages={"invalid_choice": _GONE, "invalid_list": _GONE}
    )
    strength = forms.ChoiceField(
        required=False, label="How much does it matter to you?", error_messages={"invalid_choice": _GONE}
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        person: Person,
        side: Side,
        topic: Topic,
        offered: Mapping[str, Topic],
        preference: Preference | None,
        may_require_identity: bool,
        question: Strength | None = None,
    ) -> None:
        prefix = topic.key if question else None
        super().__init__(data, initial=_initial(preference, topic), prefix=prefix)
        self.person, self.side, self.topic, self.question = person, side, topic, question
        self.directions = directions_for(topic, side, offered)
        self.may_require = may_require_identity or not about_identity(topic, self.directions, offered)
        self._set_up_direction()
        self._set_up_options()
        self._set_up_strength()

    def _set_up_direction(self) -> None:
        field = self.fields["direction"]
        field.label = _DIRECTION_QUESTION[self.side]
        field.widget = Radios(attrs={"data-label-size": "m"})
        said = [(key, sentence_case(self.topic.reasons[key].preference)) for key in self.directions]
        _choose(field, [*said, (ANY, "It does not matter to me")])

    def _set_up_options(self) -> None:
        if Direction.ONE_OF not in self.directions:
            del self.fields["options"]
            return
        several = len(self.directions) > 1
        words = sentence_case(self.topic.reasons[Direction.ONE_OF].preference)
        field = self.fields["options"]
        field.help_text = f"Only if you chose “{words}”." if several else ""
        field.widget = Checkboxes(attrs={"class": "nhsuk-checkboxes--small", "data-label-size": "m"})
        _choose(field, option_choices(self.topic))

    def _set_up_strength(self) -> None:
        if self.question:
            del self.fields["strength"]
            return
        field = self.fields["strength"]
        field.widget = Radios(
            attrs={"data-label-size": "m"},
            hints={Strength.REQUIRE: "You will not be shown anybody who does not meet it, or has not said."},
        )
        _choose(field, [each for each in _STRENGTHS if each[0] != Strength.REQUIRE or self.may_require])

    def clean(self) -> dict[str, Any]:
        """Whoever asks for something says how much it matters; *one of these* names at least one."""
        super().clean()
        said = self.cleaned_data
        direction = said.get("direction")
        if direction in (None, ANY):
            return said
        if not self.question and not said.get("strength") and "strength" not in self.errors:
            self.add_error("strength", "Choose how much it matters to you.")
        if direction == Direction.ONE_OF and not said.get("options") and "options" not in self.errors:
            self.add_error("options", "Choose at least one, or ask in another way above.")
        return said

    def save(self) -> None:
        """Keep what is asked for, or take it back.

        Raises:
            NotPossible: the catalogue or the programme changed in the meantime.
        """
        said = self.cleaned_data
        if said["direction"] == ANY:
            drop_preference(side=self.side, topic=self.topic.key, by=self.person)
            return
        state_preference(
            side=self.side,
            topic=self.topic.key,
            direction=Direction(said["direction"]),
            strength=self.question or Strength(said["strength"]),
            options=said.get("options", []),
            by=self.person,
        )


def option_choices(topic: Topic) -> list[Any]:
    """Options under the names of their groups; a group can be chosen as a whole."""
    choices: list[Any] = []
    of_group: dict[str, list[tuple[str, str]]] = {}
    for key, choice in topic.choices.items():
        group = topic.groups.get(choice.parent)
        if group is None:
            choices.append((key, choice.label))
            continue
        if group.key not in of_group:
            of_group[group.key] = [(group.key, _any_of(group))]
            choices.append((group.label, of_group[group.key]))
        of_group[group.key].append((key, choice.label))
    return choices


def _any_of(group: Choice) -> SafeString:
    """The name of the group is on screen just above, but not for those who jump from box to box."""
    return format_html('Any of these<span class="nhsuk-u-visually-hidden">: {}</span>', group.label)


def _choose(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _initial(preference: Preference | None, topic: Topic) -> dict[str, Any]:
    if preference is None:
        return {}
    offered = {*topic.choices, *topic.groups}
    return {
        "direction": preference.direction,
        "strength": preference.strength,
        "options": [key for key in preference.options if key in offered],
    }
