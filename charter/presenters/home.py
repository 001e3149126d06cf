"""What this room puts in the header and on Home."""

from django.http import HttpRequest
from django.urls import reverse

from charter.domain.standing import Standing, standing_of
from charter.enums import AssessmentState
from charter.permissions import assessments_of, has_part, organisations_led_by
from charter.presenters.assessment import Overview, continue_with, overview_of
from charter.presenters.words import counted, level_words
from mentoring.models import Organisation, Person
from mentoring.permissions import can_administer
from mentoring.presenters.navigation import NavigationItem
from mentoring.presenters.needs import Need, Panel

MOST = 2


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Charter, for leads, assessors and administrators."""
    if request.user.pk is None:
        return []
    person = getattr(request.user, "person", None)
    if person is None or not (has_part(person) or can_administer(person)):
        return []
    return [NavigationItem("Charter", reverse("charter"), 40, ("/charter/",))]


def needs(person: Person) -> list[Need]:
    """For leads: an assessment to open, or one to go on with."""
    found = [need for standing in _standings(person) if (need := _go_on(standing))]
    return [*found, *(_open(organisation) for organisation in _without(person))]


def panels(person: Person) -> list[Panel]:
    """For leads: how their assessment stands."""
    return [Panel(40, "charter/_home_panel.html", _panel(standing)) for standing in _standings(person)]


def _standings(person: Person) -> list[Standing]:
    rows = assessments_of(person).filter(state=AssessmentState.DRAFT).select_related("organisation")
    return [standing_of(row) for row in rows.order_by("organisation__name")[:MOST]]


def _without(person: Person) -> list[Organisation]:
    led = organisations_led_by(person).exclude(charter_assessments__state=AssessmentState.DRAFT)
    return list(led.order_by("name")[:MOST])


def _open(organisation: Organisation) -> Need:
    return Need(
        order=55,
        text="Open your charter assessment",
        detail=f"{organisation.name}. It takes a minute, and commits you to nothing.",
        action="Have a look",
        url=reverse("assessment_open", args=[organisation.slug]),
    )


def _go_on(standing: Standing) -> Need | None:
    """The first open question; when there is none, the first criterion that wants an action."""
    href, title = continue_with(standing)
    if not href:
        return None
    level = level_words(standing.framework, standing.assessment.level)
    number, missing = len(standing.open_questions), len(standing.unplanned)
    text = (
        f"{counted(number, 'charter question', 'charter questions')} still open for {level}"
        if number
        else f"Your charter plan wants {counted(missing, 'more action', 'more actions')}"
    )
    detail = f"{standing.assessment.organisation.name}. Next: {title}."
    return Need(order=60, text=text, detail=detail, action="Continue", url=href)


def _panel(standing: Standing) -> dict[str, object]:
    shown: Overview = overview_of(standing)
    return {
        "organisation": shown.organisation,
        "href": reverse("assessment", args=[standing.assessment.pk]),
        "reached": shown.reached,
        "reached_words": shown.reached_words,
        "applied_words": shown.applied_words,
        "medal_title": shown.medal_title,
        "tracks": shown.tracks,
    }
