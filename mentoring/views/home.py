"""Home: what needs you now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentoring.enums import MembershipState
from mentoring.permissions import memberships_of
from mentoring.presenters.home import greeting, roles_line
from mentoring.presenters.needs import as_todo, needs_of, panels_of
from mentoring.views import public
from mentoring.views.access import MemberRequest, member


def home(request: HttpRequest) -> HttpResponse:
    """The landing page for visitors, the person's own page for members."""
    if not request.user.is_authenticated:
        return public.landing(request)
    return _home(request)


@member
def _home(request: MemberRequest) -> HttpResponse:
    person = request.person
    if not person.first_name and not person.last_name:
        return redirect("start")
    places = memberships_of(person).filter(state=MembershipState.MEMBER).select_related("programme")
    context = {
        "greeting": greeting(person),
        "roles": roles_line(places.order_by("programme__name", "pk")),
        "needs": [as_todo(need) for need in needs_of(person)],
        "panels": panels_of(person),
    }
    return render(request, "mentoring/home.html", context)
