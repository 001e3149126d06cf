"""How somebody signs in, where they are signed in, and what is kept for them while they were away."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import draft as drafts
from mentoring.domain import sign_in
from mentoring.permissions import is_in_charge, second_steps_of, sign_ins_of, work_accounts_of
from mentoring.presenters.security import long_words, sign_in_rows, ways_in, work_account_link
from mentoring.views.access import MemberRequest, member


@require_safe
@member
def security(request: MemberRequest) -> HttpResponse:
    """What is on, and one thing to do with each."""
    context = {
        "ways": ways_in(request.user, second_steps_of(request.person), work_accounts_of(request.person)),
        "work_account_link": work_account_link(request),
        "sessions": sign_in_rows(sign_ins_of(request.person), request.session.session_key),
        "needs_second_step": is_in_charge(request.user),
    }
    return render(request, "mentoring/account/security.html", context)


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """Where allauth has pages of its own, ours has all in one place."""
    return redirect("security")


@require_safe
@member
def second_step(request: MemberRequest) -> HttpResponse:
    """Why somebody who is in charge of others' things gets no further without a second step."""
    onwards = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, {request.get_host()}):
        onwards = reverse("home")
    if sign_in.has_passed_second_step(request):
        return redirect(onwards)
    if sign_in.has_second_step(request.user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': onwards})}")
    return render(request, "mentoring/account/second_step.html")


@require_POST
@member
def sign_in_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign out in one other place."""
    others = sign_ins_of(request.person).exclude(session_key=request.session.session_key)
    sign_in.end_sign_in(session=get_object_or_404(others, pk=pk), by=request.person)
    messages.success(request, "Signed out there.")
    return redirect("security")


@require_POST
@member
def sign_ins_end(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sign_in.end_other_sign_ins(but=request.session.session_key, by=request.person)
    messages.success(request, "You are signed in here alone now.")
    return redirect("security")


@require_safe
@member
def draft(request: MemberRequest) -> HttpResponse:
    """What they had typed when their time was up: send it now, or leave it."""
    kept = drafts.kept_for(request.session, user=request.user)
    if kept is None:
        raise Http404
    return render(request, "mentoring/account/draft.html", {"draft": kept, "words": long_words(kept)})
