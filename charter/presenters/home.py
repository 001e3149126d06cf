"""What this room puts in the header and on Home."""

from django.http import HttpRequest

from mentoring.models import Person
from mentoring.presenters.navigation import NavigationItem
from mentoring.presenters.needs import Need, Panel


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Nothing yet."""
    return []


def needs(person: Person) -> list[Need]:
    """Nothing yet."""
    return []


def panels(person: Person) -> list[Panel]:
    """Nothing yet."""
    return []
