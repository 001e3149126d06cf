"""The link in the mail: a place that a coordinator keeps for somebody."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.accounts import CLAIM_IN_SESSION
from mentoring.domain import invitation
from mentoring.domain.action import NotPossible
from mentoring.models import Invitation
from mentoring.permissions import memberships_of
from mentoring.presenters import joining
from mentoring.views.access import MemberRequest, member
from mentoring.views.joining import gone, keep_for_later, on_from, visitor, welcome

TAKEN = "This place has been taken up or turned down already, or it is no longer kept."


@never_cache
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """What the place is, who keeps it, and what was brought along; taking it up or turning it down."""
    try:
        kept = invitation.find(code)
    except NotPossible as refusal:
        return gone(request, str(refusal))
    person = visitor(request)
    if person and kept.person_id == person.pk:
        return redirect("programme_join", kept.programme.slug)
    if not invitation.is_open(kept):
        request.session.pop(CLAIM_IN_SESSION, None)
        return gone(request, TAKEN)
    keep_for_later(request, person, CLAIM_IN_SESSION, code)
    if person is None:
        # The link came to this address, so an account made with it needs no second mail to prove it.
        get_adapter(request).stash_verified_email(request, kept.email)
    return render(request, "mentoring/joining/claim.html", _context(kept, code))


def _context(kept: Invitation, code: str) -> dict[str, object]:
    return {
        "invitation": kept,
        "code": code,
        "offer": joining.offers([kept.programme], None)[0],
        "roles": [role.label.lower() for role in joining.roles_kept(kept)],
        "facts": joining.brought_along(kept),
    }


@member
@require_POST
def claim_take_up(request: MemberRequest, code: str) -> HttpResponse:
    """The place becomes the person's own."""
    try:
        kept = invitation.find(code)
        roles = joining.roles_kept(kept)
        invitation.claim(invitation=kept, by=request.person)
    except NotPossible as refusal:
        return gone(request, str(refusal))
    request.session.pop(CLAIM_IN_SESSION, None)
    taken = memberships_of(request.person).filter(programme=kept.programme_id, role__in=roles)
    for place in taken.select_related("programme").order_by("role"):
        messages.success(request, welcome(place))
    request.person.refresh_from_db()
    return redirect(on_from(request, request.person))


@never_cache
def claim_turn_down(request: HttpRequest, code: str) -> HttpResponse:
    """No, thank you: with or without an account."""
    try:
        kept = invitation.find(code)
    except NotPossible as refusal:
        return gone(request, str(refusal))
    if not invitation.is_open(kept):
        return gone(request, TAKEN)
    if request.method == "POST":
        invitation.turn_down(invitation=kept)
        request.session.pop(CLAIM_IN_SESSION, None)
        return render(request, "mentoring/joining/turned_down.html", {"programme": kept.programme})
    context = {
        "question": f"Turn down the place in {kept.programme.name}?",
        "consequences": [
            "The place goes to somebody else, and we do not write to you about it again.",
            "What was brought along about you is removed. Only your name stays, so that the coordinator knows.",
            "Nobody minds, and nobody is told why.",
        ],
        "button": "Turn it down",
        "back_href": reverse("claim", args=[code]),
    }
    return render(request, "components/confirm.html", context)
