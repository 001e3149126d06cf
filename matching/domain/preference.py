"""What a person asks for: stated, changed and taken back."""

from collections.abc import Iterable, Mapping, Sequence

from matching.domain.topic import Topic, directions_for, looked_at, topics_for
from matching.enums import Direction, Side, Strength
from matching.models import Preference, QuestionWords
from mentoring.domain.action import NotPossible, action
from mentoring.enums import MembershipState, Role
from mentoring.models import Membership, Person


@action
def state_preference(
    *, side: Side, topic: str, direction: Direction, strength: Strength, options: Sequence[str] = (), by: Person
) -> Preference:
    """Keep what the person asks for in a characteristic, instead of what they asked for there before.

    Raises:
        NotPossible: it is not offered, no option was chosen for *one of*, or a condition about identity that
            may not be one (see `may_require_identity`).
    """
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    offered = topics_for(by)
    _refuse_unoffered(offered, topic, side, direction, options)
    identity = about_identity(offered[topic], [direction], offered)
    if strength == Strength.REQUIRE and identity and not may_require_identity(side, by):
        raise NotPossible("Something about identity cannot be a condition here. Choose “I need” or less.")
    row, _ = Preference.objects.update_or_create(
        person=by,
        side=side,
        characteristic_id=topic,
        defaults={
            "direction": direction,
            "strength": strength,
            "options": _in_order(offered[topic], options) if direction == Direction.ONE_OF else [],
        },
    )
    return row


@action
def drop_preference(*, side: Side, topic: str, by: Person) -> None:
    """Ask for nothing in this characteristic any more.

    The person is locked first, as in `state_preference`: packing locks them too, after the row is gone.
    """
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    Preference.objects.filter(person=by, side=side, characteristic_id=topic).delete()


@action
def say_in_own_words(*, side: Side, strength: Strength, words: str, by: Person) -> None:
    """Keep what the person answers to one of the four questions; no words take an earlier answer back."""
    rows = QuestionWords.objects.filter(person=by, side=side, strength=strength)
    if not words.strip():
        rows.delete()
        return
    QuestionWords.objects.update_or_create(person=by, side=side, strength=strength, defaults={"words": words.strip()})


def may_require_identity(side: Side, by: Person) -> bool:
    """Whether the person may make something about identity a condition.

    Only a mentee may, and only where a programme of theirs has recorded why (positive action, Equality Act 2010,
    sections 158 and 159).
    """
    return side == Side.AS_MENTEE and has_positive_action(by)


def about_identity(topic: Topic, directions: Iterable[str], offered: Mapping[str, Topic]) -> bool:
    """Whether it, or what any of these directions looks at, is about identity."""
    return topic.is_surface or any(looked_at(topic, each, offered).is_surface for each in directions)


def has_positive_action(person: Person) -> bool:
    """Whether a programme in which the person is a mentee has recorded why identity may be a condition."""
    return (
        Membership.objects.filter(person=person, role=Role.MENTEE, state=MembershipState.MEMBER)
        .exclude(programme__positive_action_reason="")
        .exists()
    )


def _refuse_unoffered(
    offered: Mapping[str, Topic], key: str, side: Side, direction: str, options: Sequence[str]
) -> None:
    topic = offered.get(key)
    if topic is None or direction not in directions_for(topic, side, offered):
        raise NotPossible("That is no longer offered. Look at the page again.")
    if direction != Direction.ONE_OF:
        return
    if not options:
        raise NotPossible("Choose at least one of the answers, or ask in another way.")
    if not set(options) <= {*topic.choices, *topic.groups}:
        raise NotPossible("Choose from what is offered. Look at the page again.")


def _in_order(topic: Topic, options: Sequence[str]) -> list[str]:
    """The options chosen, once each: groups first, then in the order in which they are offered."""
    chosen = set(options)
    return [key for key in (*topic.groups, *topic.choices) if key in chosen]
