"""What this room puts in the header and on Home."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from matching.domain.inputs import gather
from matching.domain.ranking import best_mentors
from matching.domain.topic import topics_for
from matching.enums import Side
from matching.permissions import can_ask_for_mentees, preferences_of, programmes_to_search, question_words_of
from matching.presenters.mentors import cards
from matching.presenters.preferences import in_the_picture, inside_the_picture, questions
from matching.presenters.proposal import suggested_to, suggestion_to
from mentoring.enums import OPEN, MentorshipState
from mentoring.models import Membership, Mentorship, Person
from mentoring.permissions import requests_by
from mentoring.presenters.navigation import NavigationItem
from mentoring.presenters.needs import Need, Panel

_OTHERS: Final = 3


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Find a mentor, for mentees."""
    if request.user.pk is None:
        return []
    person = getattr(request.user, "person", None)
    if person is None or not programmes_to_search(person).exists():
        return []
    return [NavigationItem("Find a mentor", reverse("find"), 10, ("/find/", "/mentors/", "/preferences/"))]


def needs(person: Person) -> list[Need]:
    """For a mentee with nobody: what is suggested to them, a kind word after a no, saying what they would like,
    looking for a mentor.
    """
    if not programmes_to_search(person).exists() or requests_by(person).filter(state__in=OPEN).exists():
        return []
    if (mentor := suggested_to(person)) is not None:
        return [_suggested(mentor)]
    declined = _last_no(person)
    if declined is not None:
        return [_after_a_no(declined)]
    if not preferences_of(person, Side.AS_MENTEE).exists():
        return [_say_what_you_want()]
    return [_find()]


def panels(person: Person) -> list[Panel]:
    """The mentee's four supports, and after a no three others who fit; for a mentor, what they hope for."""
    found = []
    if programmes_to_search(person).exists():
        own_words = dict(question_words_of(person, Side.AS_MENTEE).values_list("strength", "words"))
        asked = [
            replace(question, own_words=own_words.get(question.strength, ""))
            for question in questions(preferences_of(person, Side.AS_MENTEE), topics_for(person), {})
        ]
        context: dict[str, object] = {
            "picture": in_the_picture(asked),
            "inside": inside_the_picture(asked),
            "asked": [question for question in asked if question.asked],
        }
        found.append(Panel(20, "matching/_home_four.html", context))
        if (suggestion := suggestion_to(person)) is not None:
            found.append(Panel(5, "matching/_home_suggestion.html", {"suggestion": suggestion}))
        found += _three_others(person)
    if can_ask_for_mentees(person):
        asks = preferences_of(person, Side.AS_MENTOR).count()
        found.append(Panel(30, "matching/_home_mentor.html", {"asks": asks}))
    return found


def _last_no(person: Person) -> Mentorship | None:
    """The mentee's latest request, if the answer was a no and nothing is open now."""
    rows = requests_by(person)
    if rows.filter(state__in=OPEN).exists():
        return None
    last = rows.select_related("mentor").order_by("-asked_at").first()
    return last if last is not None and last.state == MentorshipState.DECLINED else None


def _three_others(person: Person) -> list[Panel]:
    declined = _last_no(person)
    programme = programmes_to_search(person).filter(pk=declined.programme_id).first() if declined else None
    if programme is None:
        return []
    inputs = gather(person=person, programme=programme)
    others = cards(best_mentors(inputs=inputs, top=_OTHERS), inputs)
    return [Panel(15, "matching/_home_others.html", {"others": others})] if others else []


def _suggested(mentor: Membership) -> Need:
    return Need(
        order=25,
        text=f"Your coordinator suggests {mentor.person.called}",
        detail="Read about them. You decide whether you ask.",
        action="See who they are",
        url=reverse("mentor", args=[mentor.pk]),
    )


def _after_a_no(declined: Mentorship) -> Need:
    called = declined.mentor.called if declined.mentor else "The mentor you asked"
    return Need(
        order=40,
        text=f"{called} could not say yes this time",
        detail="That says nothing about you: places and time are short. Others would fit you too.",
        action="See others",
        url=reverse("find"),
    )


def _say_what_you_want() -> Need:
    return Need(
        order=40,
        text="Say what you would like in a mentor",
        detail="A few things are enough, and nobody ever sees them.",
        action="Begin",
        url=reverse("preferences"),
    )


def _find() -> Need:
    return Need(
        order=50,
        text="Find a mentor who fits",
        detail="Read about them first. Nobody is told that you looked.",
        action="Have a look",
        url=reverse("find"),
    )
