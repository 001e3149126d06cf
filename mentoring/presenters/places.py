"""A mentor's places and breaks, and how lately they were here, in words."""

from django.utils.formats import date_format

from mentoring.domain.activity import lately_of
from mentoring.models import Membership, Person

ON_A_BREAK = "On a break"


def break_words(place: Membership) -> str:
    """*On a break*, *On a break until 4 January 2027*; nothing for who is not on one today."""
    if not place.on_break:
        return ""
    return f"{ON_A_BREAK} until {date_format(place.paused_until, 'j F Y')}" if place.paused_until else ON_A_BREAK


def with_break(words: str, place: Membership) -> str:
    """*2 places*, and behind it the break where there is one: *2 places, on a break until 4 January 2027*."""
    said = break_words(place)
    return f"{words}, {said[:1].lower()}{said[1:]}" if said else words


def active_words(person: Person) -> str:
    """*This week*, *This month*, *More than a month ago*; nothing where nothing is known."""
    lately = lately_of(person)
    return "" if lately is None else str(lately.label)
