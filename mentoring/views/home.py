"""Home: what needs you now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentoring.presenters.needs import needs_of, panels_of
from mentoring.views import public
from mentoring.views.access import MemberRequest, member


def home(request: HttpRequest) -> HttpResponse:
    """The landing page for visitors, the person's own page for members."""
    if not request.user.is_authenticated:
        return public.landing(request)
    return _home(request)


@member
def _home(request: MemberRequest) -> HttpResponse:
    if not request.person.first_name and not request.person.last_name:
        return redirect("start")
    context = {"person": request.person, "needs": needs_of(request.person), "panels": panels_of(request.person)}
    return render(request, "mentoring/home.html", context)
