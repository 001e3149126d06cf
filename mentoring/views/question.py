"""A coordinator's pages of what the programme asks its people."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.domain.question import ALWAYS, MOST_OWN
from mentoring.forms.question import ChooseForm, OwnQuestionForm
from mentoring.forms.saving import posted
from mentoring.models import Programme
from mentoring.permissions import decided_in, programmes_to_run, questions_to_choose
from mentoring.presenters.programme import tabs
from mentoring.presenters.question import families_of
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import form_page, reads_and_posts


def _programme(request: MemberRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_to_run(request.person), slug=slug)


@require_safe
@member
def questions(request: MemberRequest, slug: str) -> HttpResponse:
    """Everything the programme asks or could ask."""
    row = _programme(request, slug)
    families = families_of(row)
    own = sum(each.own for family in families for each in family.rows)
    context = {
        "programme": row,
        "tabs": tabs(row, "programme_settings"),
        "families": families,
        "may_add": own < MOST_OWN,
        "most_own": MOST_OWN,
    }
    return render(request, "mentoring/programme/questions.html", context)


@reads_and_posts
@member
def choose(request: MemberRequest, slug: str, key: str) -> HttpResponse:
    """Whether the programme asks one thing, and why."""
    row = _programme(request, slug)
    characteristic = get_object_or_404(questions_to_choose(row).prefetch_related("options"), pk=key)
    if characteristic.pk in ALWAYS:
        raise Http404
    decided = decided_in(row).filter(characteristic=characteristic).first()
    form = ChooseForm(
        posted(request),
        programme=row,
        characteristic=characteristic,
        asked=decided.asked if decided else not characteristic.on_request,
        reason=decided.reason if decided else "",
        by=request.person,
    )
    return form_page(
        request,
        form,
        template="mentoring/programme/question.html",
        to=reverse("programme_questions", args=[slug]),
        done=f"{characteristic.label}: your choice is saved.",
        context={"programme": row, "characteristic": characteristic},
    )


@reads_and_posts
@member
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """A question of the programme's own."""
    row = _programme(request, slug)
    return form_page(
        request,
        OwnQuestionForm(posted(request), programme=row, by=request.person),
        template="mentoring/programme/question_add.html",
        to=reverse("programme_questions", args=[slug]),
        done="Your question is asked from now on.",
        context={"programme": row},
    )
