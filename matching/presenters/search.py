"""The page of *Find a mentor*."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from matching import engine
from matching.domain.inputs import Inputs
from matching.domain.ranking import A_PAGE, Found, Narrowing
from matching.enums import Order
from matching.presenters.mentors import Card, cards, mentors_words
from mentoring.models import Programme


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several programmes, as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, in words and cards.

    Args:
        count: *38 mentors*, those who fit and have a place.
        closed: *2 more are full or on a break*, empty when there are none.
        asks: whether the mentee asked for anything that could be looked at.
        order: *the best fit first*; empty where there is no order to speak of.
        nobody: why the list is empty: `programme` (it has no mentors yet), `filters`, `conditions`, or nothing.
    """

    cards: list[Card]
    page: Page[int]
    count: str
    closed: str
    asks: bool
    order: str
    nobody: str


def results(found: Found, inputs: Inputs, narrowing: Narrowing, page: int) -> Results:
    """The list in words."""
    listed = found.eligible + (found.closed if narrowing.with_closed else 0)
    return Results(
        cards=cards(found.mentors, inputs),
        page=Paginator(range(listed), A_PAGE).page(page),
        count=mentors_words(found.eligible),
        closed=_closed_words(found, narrowing),
        asks=bool(inputs.asker.as_mentee),
        order=_order_words(found, inputs, narrowing),
        nobody=_why_nobody(inputs, narrowing) if not found.mentors else "",
    )


def _order_words(found: Found, inputs: Inputs, narrowing: Narrowing) -> str:
    if found.eligible < 2 or (narrowing.order == Order.FIT and not inputs.asker.as_mentee):
        return ""
    label = str(narrowing.order.label)
    return label[:1].lower() + label[1:]


def pages_of(found: Found, narrowing: Narrowing) -> int:
    """How many pages there are, one at least."""
    listed = found.eligible + (found.closed if narrowing.with_closed else 0)
    return max(1, -(-listed // A_PAGE))


def programme_tabs(programmes: list[Programme], chosen: Programme) -> list[Tab]:
    """A tab for each programme; none when there is only one."""
    if len(programmes) < 2:
        return []
    return [Tab(each.name, f"{reverse('find')}?{_query(each)}", each.pk == chosen.pk) for each in programmes]


def _query(programme: Programme) -> str:
    query = QueryDict(mutable=True)
    query["programme"] = programme.slug
    return query.urlencode()


def _closed_words(found: Found, narrowing: Narrowing) -> str:
    if not found.closed:
        return ""
    if narrowing.with_closed:
        return f"{mentors_words(found.closed)} full or on a break at present, listed last."
    one = found.closed == 1
    return f"{found.closed} more who {'fits is' if one else 'fit are'} full or on a break at present."


def _why_nobody(inputs: Inputs, narrowing: Narrowing) -> str:
    if not inputs.seen.any():
        return "programme"
    if narrowing.by_anything:
        return "filters"
    requires = any(each.strength is engine.Strength.REQUIRE for each in inputs.asker.as_mentee)
    return "conditions" if requires else "places"
