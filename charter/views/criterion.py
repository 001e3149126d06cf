"""One criterion: read it, answer it, see at once what that changes; two people at once lose nothing."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from charter.domain.answer import Stale
from charter.domain.standing import Standing, standing_of
from charter.forms.answer import AnswerForm
from charter.framework import Criterion, FrameworkError
from charter.models import Answer, AnswerChange
from charter.presenters import criterion as presenter
from charter.presenters.assessment import neighbours
from charter.presenters.levels import changed_words, level_rows
from charter.presenters.words import kind_words, level_words
from charter.views.assessment import load_standing
from mentoring.domain.action import NotPossible
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import reads_and_posts

PER_PAGE = 20


@reads_and_posts
@member
def criterion(request: MemberRequest, pk: UUID, criterion_id: str) -> HttpResponse:
    """The question, how it stands, and its history."""
    standing = load_standing(request, pk)
    try:
        asked = standing.framework.criterion(criterion_id)
    except FrameworkError as error:
        raise Http404 from error
    if asked.derived:
        if request.method == "POST":
            raise Http404
        return _page(request, standing, asked, None)
    form = _form(request, standing, asked, standing.rows.get(asked.id))
    if request.method != "POST":
        return _page(request, standing, asked, form)
    return _save(request, standing, asked, form)


def _form(
    request: MemberRequest, standing: Standing, asked: Criterion, answer: Answer | None, version: int | None = None
) -> AnswerForm:
    """The form with what was posted, if anything was; with another `version` when one is given."""
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and version is not None:
        posted["version"] = str(version)
    return AnswerForm(
        posted,
        assessment=standing.assessment,
        framework=standing.framework,
        criterion=asked,
        answer=answer,
        by=request.person,
    )


def _save(request: MemberRequest, standing: Standing, asked: Criterion, form: AnswerForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, standing, asked, form)
    try:
        form.save()
    except Stale as stale:
        return _conflict(request, standing, asked, stale)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _page(request, standing, asked, form, status=409)
    messages.success(request, changed_words(standing, standing_of(standing.assessment), asked.id))
    _, following = neighbours(standing.framework.criteria, asked)
    to = following if following and "next" in request.POST else asked
    return redirect("criterion", standing.assessment.pk, to.id)


def _conflict(request: MemberRequest, standing: Standing, asked: Criterion, stale: Stale) -> HttpResponse:
    """409: theirs and the earlier answer beside this one, which stays in the form and can be saved over theirs."""
    form = _form(request, standing, asked, stale.theirs, version=stale.theirs.version)
    form.add_error(None, str(stale))
    conflict = presenter.conflict_of(asked, stale)
    fresh = standing_of(standing.assessment)
    return _page(request, fresh, asked, form, status=409, conflict=conflict)


def _page(
    request: MemberRequest,
    standing: Standing,
    asked: Criterion,
    form: AnswerForm | None,
    status: int = 200,
    conflict: presenter.Conflict | None = None,
) -> HttpResponse:
    framework, row = standing.framework, standing.rows.get(asked.id)
    before, after = neighbours(framework.criteria, asked)
    context = {
        "standing": standing,
        "criterion": asked,
        "principle": framework.principle(asked.principle),
        "form": form,
        "conflict": conflict,
        "kind": kind_words(asked),
        "levels": [(level, level_words(framework, level).capitalize()) for level in asked.levels],
        "judged": presenter.judged(standing, asked),
        "reading": presenter.reading_words(standing, asked),
        "state": presenter.state_words(row),
        "wants_action": asked.id in standing.unplanned,
        "unplanned": presenter.unplanned_of(standing, asked),
        "rows": level_rows(standing),
        "reached_words": level_words(framework, standing.reached),
        "before": before,
        "after": after,
        **_history(request, standing, asked, row),
    }
    return render(request, "charter/criterion.html", context, status=status)


def _history(request: MemberRequest, standing: Standing, asked: Criterion, row: Answer | None) -> dict[str, object]:
    changes = AnswerChange.objects.filter(answer=row).select_related("changed_by").order_by("-version")
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("history"))
    shown = list(page.object_list)
    earlier = changes.filter(version=shown[-1].version - 1).first() if shown else None
    return {"page": page, "changes": presenter.change_rows(asked, shown, earlier)}
