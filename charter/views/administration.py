"""For administrators: who leads charter work, and who is an assessor."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from charter.domain.assessor import name_assessor, remove_assessor
from charter.domain.lead import appoint_lead, remove_lead
from charter.forms.appointment import AppointmentForm
from charter.permissions import assessors_to_name, leads_to_appoint
from mentoring.domain import look
from mentoring.enums import LookKind
from mentoring.permissions import organisations_to_set_up
from mentoring.views.access import MemberRequest, administrator
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


@require_safe
@administrator
def overview(request: MemberRequest) -> HttpResponse:
    """Every organisation with its number of charter leads."""
    rows = organisations_to_set_up(request.person).annotate(leads=Count("charter_leads")).order_by("name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "assessors": assessors_to_name(request.person).count()}
    return render(request, "charter/administration/overview.html", context)


@reads_and_posts
@administrator
def leads(request: MemberRequest, slug: str) -> HttpResponse:
    """An organisation's charter leads; appoint another."""
    organisation = get_object_or_404(organisations_to_set_up(request.person), slug=slug)
    form = AppointmentForm(
        request.POST if request.method == "POST" else None,
        act=lambda person: appoint_lead(organisation=organisation, person=person, by=request.person),
    )
    rows = leads_to_appoint(request.person).filter(organisation=organisation).select_related("person__user")
    found = list(rows.order_by("appointed_at", "pk"))
    look.record(subjects=[each.person_id for each in found], kind=LookKind.OFFICE, by=request.person)
    return form_page(
        request,
        form,
        template="charter/administration/leads.html",
        to=reverse("charter_leads", args=[slug]),
        done="They are a charter lead now, and have been told.",
        context={"organisation": organisation, "leads": found},
    )


@reads_and_posts
@administrator
def lead_remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take the part of charter lead back."""
    rows = leads_to_appoint(request.person).select_related("person", "organisation")
    lead = get_object_or_404(rows, pk=pk, organisation__slug=slug)
    look.record(subjects=[lead.person_id], kind=LookKind.OFFICE, by=request.person)
    return confirm_page(
        request,
        lambda: remove_lead(lead=lead, by=request.person),
        Question(
            question=f"Take the part of charter lead back from {lead.person.name}?",
            consequences=[
                f"They will no longer see the assessment of {lead.organisation.name}.",
                "What they answered stays, with their name in its history.",
            ],
            button="Take it back",
            back=reverse("charter_leads", args=[slug]),
            done=f"{lead.person.name} is no longer a charter lead there.",
            danger=True,
        ),
    )


@reads_and_posts
@administrator
def assessors(request: MemberRequest) -> HttpResponse:
    """All assessors; name another."""
    form = AppointmentForm(
        request.POST if request.method == "POST" else None,
        act=lambda person: name_assessor(person=person, by=request.person),
    )
    rows = assessors_to_name(request.person).select_related("person__user", "person__organisation")
    page = Paginator(rows.order_by("person__last_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    look.record(subjects=[each.person_id for each in page], kind=LookKind.OFFICE, by=request.person)
    return form_page(
        request,
        form,
        template="charter/administration/assessors.html",
        to=reverse("assessors"),
        done="They are an assessor now, and have been told.",
        context={"page": page},
    )


@reads_and_posts
@administrator
def assessor_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the part of assessor back."""
    assessor = get_object_or_404(assessors_to_name(request.person).select_related("person"), pk=pk)
    look.record(subjects=[assessor.person_id], kind=LookKind.OFFICE, by=request.person)
    return confirm_page(
        request,
        lambda: remove_assessor(assessor=assessor, by=request.person),
        Question(
            question=f"Take the part of assessor back from {assessor.person.name}?",
            consequences=["They will no longer be asked to look at what organisations submit."],
            button="Take it back",
            back=reverse("assessors"),
            done=f"{assessor.person.name} is no longer an assessor.",
            danger=True,
        ),
    )
