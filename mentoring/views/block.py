"""Never meeting somebody here again, and taking that back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.domain import mentorship as domain
from mentoring.permissions import blocks_of, people_to_block
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, reads_and_posts

PER_PAGE = 20


@require_safe
@member
def blocks(request: MemberRequest) -> HttpResponse:
    """Whom I have blocked."""
    queryset = blocks_of(request.person).select_related("blocked").order_by("-made_at", "pk")
    page = Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/mentorship/blocks.html", {"page": page})


@reads_and_posts
@member
def block(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Block somebody I may come across here."""
    other = get_object_or_404(people_to_block(request.person), pk=pk)
    return confirm_page(
        request,
        lambda: domain.block(other=other, by=request.person),
        Question(
            question=f"Block {other.called}?",
            consequences=[
                f"You and {other.called} will not be shown to each other here, and neither of you can ask the other.",
                "If a request or a mentorship is open between you, it ends. They see that it ended, and not why.",
                "They are not told that you blocked them. You owe nobody a reason, and you can take it back any time.",
            ],
            button=f"Block {other.called}",
            back=reverse("my_mentoring"),
            to=reverse("blocks"),
            done=f"{other.called} is blocked.",
            danger=True,
        ),
    )


@reads_and_posts
@member
def unblock(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take a block back."""
    row = get_object_or_404(blocks_of(request.person).select_related("blocked"), blocked=pk)
    called = row.blocked.called
    return confirm_page(
        request,
        lambda: domain.unblock(other=row.blocked, by=request.person),
        Question(
            question=f"Stop blocking {called}?",
            consequences=[
                f"You and {called} may be shown to each other again. What ended stays ended, and they are not told.",
            ],
            button="Stop blocking",
            back=reverse("blocks"),
            done=f"{called} is no longer blocked.",
        ),
    )
