"""A coordinator brings people in from a file, looks first, and takes people out as one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from mentoring.domain import clock, look, people_import
from mentoring.domain.action import NotPossible
from mentoring.domain.people_export import HEADINGS, people_rows
from mentoring.domain.people_file import to_csv, to_xlsx
from mentoring.enums import STANDS, ImportState, LookKind
from mentoring.forms.people_import import FileRoleForm, PeopleFileForm
from mentoring.forms.saving import posted, saved
from mentoring.models import PeopleImport, Programme
from mentoring.permissions import memberships_to_manage, people_imports_to_manage, programmes_to_run
from mentoring.presenters import people_import as presenter
from mentoring.presenters.programme import tabs
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, reads_and_posts

PER_PAGE = 20
LOOK_AGAIN = 5  # seconds
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDER_WAY = (ImportState.WAITING, ImportState.TAKING)


def _programme(request: MemberRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_to_run(request.person), slug=slug)


def _upload(request: MemberRequest, slug: str, pk: UUID) -> PeopleImport:
    rows = people_imports_to_manage(request.person).select_related("programme")
    return get_object_or_404(rows, programme__slug=slug, pk=pk)


@reads_and_posts
@member
def people_imports(request: MemberRequest, slug: str) -> HttpResponse:
    """Upload a file; files of earlier; people to download."""
    programme = _programme(request, slug)
    form = PeopleFileForm(posted(request), request.FILES or None, programme=programme, by=request.person)
    if request.method == "POST" and saved(form):
        return redirect("people_import", slug, form.upload.pk)
    earlier = people_imports_to_manage(request.person).filter(programme=programme).exclude(state=ImportState.DROPPED)
    earlier = earlier.defer("content", "findings").select_related("by").order_by("-made_at", "pk")
    page = Paginator(earlier, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "tabs": tabs(programme, "people_imports"),
        "form": form,
        "page": page,
        "rows": presenter.upload_rows(page),
    }
    return render(request, "mentoring/people_import/list.html", context)


@reads_and_posts
@member
def people_import_page(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the file would do, is doing or did; and the question it may leave open."""
    upload = _upload(request, slug, pk)
    form = FileRoleForm(posted(request), upload=upload, by=request.person)
    if request.method == "POST" and saved(form):
        return redirect("people_import", slug, pk)
    found = people_import.findings_of(upload)
    state, colour = presenter.state_tag(upload)
    context = {
        "programme": upload.programme,
        "tabs": tabs(upload.programme, "people_imports"),
        "upload": upload,
        "found": found,
        "form": form,
        "state": state,
        "colour": colour,
        "to_take": presenter.to_take(upload),
        "figures": presenter.figures(upload) if upload.planned else [],
        "progress": presenter.progress(upload),
        "columns": presenter.column_rows(found) if found else [],
        "unknown": presenter.unknown_values(found) if found else [],
        "notes": presenter.notes(upload, found) if found else [],
        "refused": Paginator(found.refused if found else [], PER_PAGE).get_page(request.GET.get("refused")),
        "kept_until": (upload.finished_at or upload.made_at) + people_import.KEPT_FOR,
        "under_way": upload.state in UNDER_WAY,
        "look_again": LOOK_AGAIN,
    }
    response = render(request, "mentoring/people_import/page.html", context)
    if upload.state in UNDER_WAY:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@require_POST
@member
def people_import_take(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put the file where the worker finds it."""
    upload = _upload(request, slug, pk)
    try:
        people_import.ask_to_take(upload=upload, by=request.person)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("people_import", slug, pk)


@reads_and_posts
@member
def people_import_drop(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """Throw a file away."""
    upload = _upload(request, slug, pk)
    return confirm_page(
        request,
        lambda: people_import.drop(upload=upload, by=request.person),
        Question(
            question=f"Throw {upload.file_name} away?",
            consequences=["What we kept of the file is wiped now. Whoever has been taken from it already stays."],
            button="Throw it away",
            back=reverse("people_import", args=[slug, pk]),
            to=reverse("people_imports", args=[slug]),
            done=f"{upload.file_name} has been thrown away.",
            danger=True,
        ),
    )


# --- Downloads --------------------------------------------------------------------------------------------------------


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
@member
def people_import_refused(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """The refused rows, to mend and upload again."""
    upload = _upload(request, slug, pk)
    try:
        headings, rows = people_import.refused_rows(upload)
    except NotPossible as gone:
        raise Http404 from gone
    stem = slugify(upload.file_name.rpartition(".")[0]) or "people"
    return _download(to_csv(headings, rows), CSV, f"{stem}-refused.csv")


@require_safe
@member
def people_template(request: MemberRequest, slug: str) -> HttpResponse:
    """A file with our headings and nobody in it."""
    _programme(request, slug)
    return _download(to_xlsx(HEADINGS, []), XLSX, "people.xlsx")


def _record_file(request: MemberRequest, programme: Programme) -> None:
    """Everybody in the file is told that it was made."""
    people = memberships_to_manage(request.person).filter(programme=programme, state__in=STANDS)
    look.record(subjects=people.values_list("person_id", flat=True), kind=LookKind.FILE, by=request.person)


@require_safe
@member
def people_export_csv(request: MemberRequest, slug: str) -> HttpResponse:
    """The programme's people as CSV."""
    programme = _programme(request, slug)
    _record_file(request, programme)
    return _download(to_csv(HEADINGS, people_rows(programme)), CSV, f"{slug}-{clock.now():%Y-%m-%d}.csv")


@require_safe
@member
def people_export_xlsx(request: MemberRequest, slug: str) -> HttpResponse:
    """The programme's people as an Excel workbook."""
    programme = _programme(request, slug)
    _record_file(request, programme)
    return _download(to_xlsx(HEADINGS, people_rows(programme)), XLSX, f"{slug}-{clock.now():%Y-%m-%d}.xlsx")
