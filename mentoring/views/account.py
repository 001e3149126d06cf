"""The account: what is kept, what was allowed, who is blocked, and the way out."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.domain import clock
from mentoring.domain.my_data import everything_of
from mentoring.forms.account import DeleteAccountForm
from mentoring.forms.saving import posted, saved
from mentoring.permissions import blocks_of, consents_of, looks_at, programmes_to_join
from mentoring.presenters import joining
from mentoring.presenters.characteristic import consent_rows
from mentoring.presenters.look import look_days
from mentoring.presenters.my_data import DataEncoder, data_topics
from mentoring.views.access import MemberRequest, member

PER_PAGE = 20


@require_safe
@member
def account(request: MemberRequest) -> HttpResponse:
    """Everything that is the person's own."""
    mine = programmes_to_join().filter(memberships__person=request.person).distinct()
    offers = joining.offers(list(mine), request.person)
    context = {"person": request.person, "offers": offers, "blocked": blocks_of(request.person).count()}
    return render(request, "mentoring/account/hub.html", context)


@require_safe
@member
def messages_sent(request: MemberRequest) -> HttpResponse:
    """What we write to people, and what we never do."""
    return render(request, "mentoring/account/messages.html")


@require_safe
@member
def consents_given(request: MemberRequest) -> HttpResponse:
    """What the person allowed, newest first, withdrawn ones too."""
    consents = consents_of(request.person).select_related("characteristic", "text").order_by("-given_at", "-pk")
    page = Paginator(consents, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/account/consents.html", {"page": page, "rows": consent_rows(page)})


@require_safe
@member
def looks(request: MemberRequest) -> HttpResponse:
    """Who looked at what is held of the person, the latest day first."""
    rows = looks_at(request.person).select_related("viewer").order_by("-day", "viewer", "role", "kind", "of")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/account/looks.html", {"page": page, "days": look_days(page)})


@require_safe
@member
def my_data(request: MemberRequest) -> HttpResponse:
    """Everything that is kept of the person, to read, print or take along."""
    return render(request, "mentoring/account/data.html", {"topics": data_topics(everything_of(request.person))})


@require_safe
@member
def my_data_json(request: MemberRequest) -> HttpResponse:
    """The same for machines."""
    content = {"person": request.person.name, "made_at": clock.now(), "data": everything_of(request.person)}
    response = JsonResponse(content, encoder=DataEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_safe
@member
def my_data_file(request: MemberRequest) -> HttpResponse:
    """The same as a document to keep: one file that any browser opens, with nothing from elsewhere in it."""
    context = {"person": request.person, "made_at": clock.now(), "topics": data_topics(everything_of(request.person))}
    response = render(request, "mentoring/account/data_file.html", context)
    response["Content-Disposition"] = 'attachment; filename="my-data.html"'
    return response


def _delete(request: MemberRequest) -> HttpResponse:
    """Delete the account, after the password and a tick."""
    form = DeleteAccountForm(posted(request), by=request.person)
    if form.is_bound and saved(form):
        logout(request)
        return render(request, "mentoring/account/deleted.html")
    return render(request, "mentoring/account/delete.html", {"form": form})


delete = member(reauthentication_required(_delete))
