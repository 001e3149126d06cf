"""An organisation's assessment: where to begin, the overview, its principles, the level applied for."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from charter.domain.assessment import EDITION, change_level
from charter.domain.standing import Standing, standing_of
from charter.enums import AssessmentState
from charter.forms.opening import OpeningForm
from charter.framework import FrameworkError, load
from charter.models import Assessment, Lead
from charter.permissions import assessments_of, is_assessor, leads_beside, organisations_led_by
from charter.presenters.assessment import overview_of, tasks_of
from charter.presenters.framework import level_hints
from charter.presenters.level_change import consequences
from charter.presenters.levels import level_rows
from charter.presenters.words import level_words
from mentoring.forms.saving import saved
from mentoring.permissions import can_administer
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, reads_and_posts


def load_standing(request: MemberRequest, pk: UUID) -> Standing:
    """An assessment that the person leads, scored; 404 for any other."""
    row = get_object_or_404(assessments_of(request.person).select_related("organisation"), pk=pk)
    return standing_of(row)


@require_safe
@member
def charter(request: MemberRequest) -> HttpResponse:
    """The person's part in charter work; straight to the overview where there is only one assessment to see."""
    person = request.person
    organisations = list(organisations_led_by(person).order_by("name"))
    assessor, admin = is_assessor(person), can_administer(person)
    if not organisations and not assessor:
        if admin:
            return redirect("charter_administration")
        raise Http404
    drafts = {row.organisation_id: row for row in assessments_of(person).filter(state=AssessmentState.DRAFT)}
    if len(organisations) == 1 and drafts and not assessor:
        return redirect("assessment", drafts[organisations[0].pk].pk)
    rows = [(organisation, _place(drafts.get(organisation.pk))) for organisation in organisations]
    return render(request, "charter/charter.html", {"rows": rows, "assessor": assessor, "administrator": admin})


def _place(row: Assessment | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {"pk": row.pk, "words": f"Applying for {level_words(load(row.framework), row.level)}"}


@reads_and_posts
@member
def assessment_open(request: MemberRequest, slug: str) -> HttpResponse:
    """Open an assessment, having read what each level asks."""
    organisation = get_object_or_404(organisations_led_by(request.person), slug=slug)
    edition = load(EDITION)
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        framework=edition,
        hints=level_hints(edition),
        organisation=organisation,
        by=request.person,
    )
    if request.method == "POST" and saved(form):
        messages.success(request, "Your assessment is open. Begin where you like: every answer is kept by itself.")
        return redirect("charter")
    refused = form.is_bound and form.non_field_errors()
    context = {"form": form, "organisation": organisation, "edition": edition}
    return render(request, "charter/open.html", context, status=409 if refused else 200)


@require_safe
@member
def overview(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Level reached, progress, what still stands in the way, and where to go on."""
    standing = load_standing(request, pk)
    team: list[Lead] = list(leads_beside(request.person, standing.assessment).select_related("person"))
    context = {"standing": standing, "overview": overview_of(standing), "team": team}
    return render(request, "charter/overview.html", context)


@require_safe
@member
def principle(request: MemberRequest, pk: UUID, number: int) -> HttpResponse:
    """A principle's criteria as a task list."""
    standing = load_standing(request, pk)
    try:
        found = standing.framework.principle(number)
    except FrameworkError as error:
        raise Http404 from error
    asked, later = tasks_of(standing, number)
    context = {
        "standing": standing,
        "principle": found,
        "asked": asked,
        "later": later,
        "applied_words": level_words(standing.framework, standing.assessment.level),
        "others": [one for one in standing.framework.principles if abs(one.number - number) == 1],
    }
    return render(request, "charter/principle.html", context)


@require_safe
@member
def level(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Which level to apply for: what each asks."""
    standing = load_standing(request, pk)
    hints = level_hints(standing.framework)
    levels = [(row, hints[row.id]) for row in level_rows(standing)]
    return render(request, "charter/level.html", {"standing": standing, "levels": levels})


@reads_and_posts
@member
def level_change(request: MemberRequest, pk: UUID, level_id: str) -> HttpResponse:
    """Apply for another level, having read what it changes."""
    standing = load_standing(request, pk)
    try:
        wanted = standing.framework.level(level_id)
    except FrameworkError as error:
        raise Http404 from error
    name = wanted.name.lower()
    return confirm_page(
        request,
        lambda: change_level(assessment=standing.assessment, level=level_id, by=request.person),
        Question(
            question=f"Apply for {name}?",
            consequences=consequences(standing, level_id),
            button=f"Apply for {name}",
            back=reverse("assessment_level", args=[pk]),
            to=reverse("assessment", args=[pk]),
            done=f"You now apply for {name}.",
        ),
    )
