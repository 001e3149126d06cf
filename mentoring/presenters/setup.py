"""A mentor's first ten minutes on Home, and a kind word when nobody asks for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from mentoring.domain import clock
from mentoring.enums import Kind, MembershipState, TrainingTopic
from mentoring.forms import profile as pages
from mentoring.models import Membership, Person
from mentoring.permissions import characteristics_asked_of, credentials_of, places_of, requests_to
from mentoring.presenters.needs import Panel

LONG_ENOUGH: Final = 200
"""Letters of a journey from which on there is something to read (our decision)."""
_RACE: Final = {"race_talk"}
_ALLIES: Final = (TrainingTopic.BIAS, TrainingTopic.ALLYSHIP)


@dataclass(frozen=True, slots=True)
class Step:
    """One short page of the set-up: what it is for, where it is, whether it is done."""

    label: str
    why: str
    href: str
    done: bool


def setup_panels(person: Person) -> list[Panel]:
    """For a mentor: how far their set-up is; once it is done and nobody asks for a while, what might help."""
    places = list(places_of(person))
    if not places:
        return []
    steps = steps_of(person)
    if not all(step.done for step in steps):
        return [Panel(8, "mentoring/_home_setup.html", _progress(steps, places))]
    if _nobody_asks(person, places):
        return [Panel(12, "mentoring/_home_quiet.html", {"better": better_of(person)})]
    return []


def _progress(steps: list[Step], places: Iterable[Membership]) -> dict[str, object]:
    left = [step for step in steps if not step.done]
    return {
        "steps": steps,
        "done": len(steps) - len(left),
        "next": left[0],
        "waiting": any(place.state == MembershipState.WAITING for place in places),
    }


def steps_of(person: Person) -> list[Step]:
    """The set-up in the order that takes ten minutes, without what no programme of theirs asks. Three queries."""
    said = set(person.values.values_list("characteristic_id", flat=True))
    kinds = dict(characteristics_asked_of(person).values_list("key", "kind"))
    scales = {key for key, kind in kinds.items() if kind == Kind.SCALE}
    styles = [each for each in (scales, kinds.keys() & _RACE) if each]
    rows = (
        ("Say who you are", "A line and your journey: mentees read these first", "about", _introduced(person)),
        ("Your work", "Profession, band and place", "work", "profession" in said),
        ("When and how you can meet", "An honest guess is enough", "meeting", "meeting" in said),
        ("What you offer", "What you would do besides talk", "offers", not said.isdisjoint(pages.OFFERED)),
        ("How you work", "And how race may come up between you", "working", all(said & each for each in styles)),
        ("What a mentee can count on", "Tick only what you mean", "commitments", bool(person.commitments)),
    )
    asked = {"work": "profession" in kinds, "meeting": "meeting" in kinds, "working": bool(styles)}
    asked["offers"] = not kinds.keys().isdisjoint(pages.OFFERED)
    steps = [
        Step(label, why, reverse("profile_step", args=[step]), done)
        for label, why, step, done in rows
        if asked.get(step, True)
    ]
    held = credentials_of(person).exists()
    return [*steps, Step("Credentials", "Registration, qualifications, training", reverse("credentials"), held)]


def _introduced(person: Person) -> bool:
    return bool(person.headline and person.journey)


def _nobody_asks(person: Person, places: Iterable[Membership]) -> bool:
    """Whether mentees could have asked for four weeks, and nobody did."""
    since = clock.now() - clock.QUIET_AFTER
    open_long = any(
        place.state == MembershipState.MEMBER and place.changed_at < since and place.free > 0 and not place.on_break
        for place in places
    )
    return open_long and not requests_to(person).filter(asked_at__gt=since).exists()


def better_of(person: Person) -> list[Step]:
    """What would give mentees more to go by; nothing where all of it is there. Two queries."""
    ways = person.values.filter(characteristic="meeting").values_list("options", flat=True).first() or []
    topics = credentials_of(person).filter(topic__in=_ALLIES)
    add = reverse("credential_add", args=["training"])
    about, meeting, offers = (reverse("profile_step", args=[step]) for step in ("about", "meeting", "offers"))
    told = len(person.journey) >= LONG_ENOUGH
    rows = (
        Step("Tell a little more of your journey", "Mentees look for it first", about, told),
        Step("Say whom you have mentored", "A line is enough, and no names", offers, bool(person.mentored)),
        Step("Could you meet by video, or in the evening?", "More mentees could then ask", meeting, len(ways) > 2),
        Step("Have you done training in bias or allyship?", "It shows on your card", add, topics.exists()),
    )
    return [step for step in rows if not step.done]
