"""Public words for a mentor: writing them, answering, hiding, reporting, and what coordinators decide."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import endorsement as domain
from mentoring.domain import look
from mentoring.enums import LookKind
from mentoring.forms.feedback import DecideReportForm, EndorsementForm, ReplyForm, ReportForm
from mentoring.forms.saving import posted
from mentoring.permissions import (
    endorsements_about,
    endorsements_by,
    endorsements_to_report,
    open_reports,
    programmes_to_run,
    reports_to_decide,
)
from mentoring.presenters.feedback import endorsement_rows
from mentoring.presenters.programme import tabs
from mentoring.views.access import MemberRequest, member
from mentoring.views.feedback import mentor_of
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


@reads_and_posts
@member
def endorse(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A word for a mentor with whom one has worked."""
    mentor = mentor_of(request, pk)
    written = endorsements_by(request.person).filter(mentor=mentor).first()
    form = EndorsementForm(posted(request), mentor=mentor, by=request.person, written=written)
    return form_page(
        request,
        form,
        template="mentoring/feedback/endorse.html",
        to=reverse("mentorship", args=[pk]),
        done=f"Your words for {mentor.called} are there for all who see them.",
        context={"mentor": mentor, "written": written, "pk": pk},
    )


@reads_and_posts
@member
def take_back(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The writer takes it back."""
    mentor = mentor_of(request, pk)
    return confirm_page(
        request,
        lambda: domain.take_back_endorsement(mentor=mentor, by=request.person),
        Question(
            question=f"Take back your words for {mentor.called}?",
            consequences=["They are removed at once, with what was answered to them."],
            button="Take them back",
            back=reverse("mentorship", args=[pk]),
            done="Your words have been taken back.",
        ),
    )


@reads_and_posts
@member
def reply(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentor's public answer."""
    row = get_object_or_404(endorsements_about(request.person).select_related("writer"), pk=pk)
    return form_page(
        request,
        ReplyForm(posted(request), endorsement=row, by=request.person),
        template="mentoring/feedback/reply.html",
        to=reverse("said_of_me"),
        done="Your answer is saved.",
        context={"row": endorsement_rows([row])[0]},
    )


@require_POST
@member
def hide(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentor hides it from their profile."""
    domain.hide(endorsement=get_object_or_404(endorsements_about(request.person), pk=pk), by=request.person)
    messages.success(request, "It no longer shows on your profile.")
    return redirect("said_of_me")


@require_POST
@member
def show(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mentor shows it again."""
    domain.show(endorsement=get_object_or_404(endorsements_about(request.person), pk=pk), by=request.person)
    messages.success(request, "It shows on your profile again.")
    return redirect("said_of_me")


@reads_and_posts
@member
def report(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Somebody who reads it thinks that it should not stand."""
    row = get_object_or_404(endorsements_to_report(request.person).select_related("writer", "mentor"), pk=pk)
    return form_page(
        request,
        ReportForm(posted(request), endorsement=row, by=request.person),
        template="mentoring/feedback/report.html",
        to=reverse("home"),
        done="Thank you. A coordinator will look at it.",
        context={"row": endorsement_rows([row])[0], "mentor": row.mentor},
    )


@require_safe
@member
def reports(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits for a decision in a programme, the oldest first."""
    programme = get_object_or_404(programmes_to_run(request.person), slug=slug)
    rows = open_reports(request.person).filter(endorsement__programme=programme)
    rows = rows.select_related("endorsement__mentor").order_by("made_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    mentors = [each.endorsement.mentor_id for each in page]
    look.record(subjects=mentors, kind=LookKind.REPORT, by=request.person)
    context = {"programme": programme, "page": page, "tabs": tabs(programme, "reports")}
    return render(request, "mentoring/feedback/reports.html", context)


@reads_and_posts
@member
def report_decide(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One report, and the words it is about; whose they are is told only where the name stands beside them."""
    programme = get_object_or_404(programmes_to_run(request.person), slug=slug)
    rows = reports_to_decide(request.person).filter(endorsement__programme=programme)
    row = get_object_or_404(rows.select_related("endorsement__writer", "endorsement__mentor", "decided_by"), pk=pk)
    words = row.endorsement
    told = [words.mentor_id, words.writer_id if words.named else None]
    look.record(subjects=told, kind=LookKind.REPORT, by=request.person)
    return form_page(
        request,
        DecideReportForm(posted(request), report=row, by=request.person),
        template="mentoring/feedback/decide.html",
        to=reverse("reports", args=[slug]),
        done="Your decision is kept.",
        context={"programme": programme, "report": row, "row": endorsement_rows([row.endorsement])[0]},
    )
