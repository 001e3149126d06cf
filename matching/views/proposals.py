"""A mentee and what a coordinator's round suggests to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from matching.domain.rounds import decline_proposal
from matching.permissions import proposals_of
from mentoring.domain.action import NotPossible
from mentoring.views.access import MemberRequest, member


@require_POST
@member
def proposal_decline(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Not for me. No reason is asked."""
    proposal = get_object_or_404(proposals_of(request.person), pk=pk)
    try:
        decline_proposal(proposal=proposal, by=request.person)
        messages.success(request, "That is fine. Nobody is told, and you can still find a mentor yourself.")
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    return redirect("home")
