"""One's own credentials, and the coordinator who checks them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.domain import credential as domain
from mentoring.domain import look
from mentoring.enums import CredentialKind, LookKind
from mentoring.forms.credential import CheckForm, CredentialForm
from mentoring.forms.saving import posted
from mentoring.permissions import credentials_of, credentials_to_check, programmes_to_run
from mentoring.presenters.credential import credential_row
from mentoring.presenters.tasks import guide_for
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts
from mentoring.views.start import roles_here


@require_safe
@member
def credentials(request: MemberRequest) -> HttpResponse:
    """What the person has listed, and what can be added."""
    rows = [(credential_row(row), row.number) for row in credentials_of(request.person)]
    guide = guide_for(request, request.person, lambda: roles_here(request))
    context = {"rows": rows, "kinds": CredentialKind.choices, "guide": guide}
    return render(request, "mentoring/credential/list.html", context)


@reads_and_posts
@member
def add(request: MemberRequest, kind: str) -> HttpResponse:
    """One more."""
    if kind not in CredentialKind.values:
        raise Http404
    form = CredentialForm(posted(request), kind=CredentialKind(kind), by=request.person)
    return _form_page(request, form)


@reads_and_posts
@member
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the person's own."""
    row = get_object_or_404(credentials_of(request.person), pk=pk)
    form = CredentialForm(posted(request), kind=CredentialKind(row.kind), by=request.person, credential=row)
    return _form_page(request, form)


def _form_page(request: MemberRequest, form: CredentialForm) -> HttpResponse:
    return form_page(
        request,
        form,
        template="mentoring/credential/form.html",
        to=reverse("credentials"),
        done="Your credential is saved.",
        context={"title": form.kind.label, "credential": form.credential},
    )


@reads_and_posts
@member
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the person's own, gone."""
    row = get_object_or_404(credentials_of(request.person), pk=pk)
    return confirm_page(
        request,
        lambda: domain.remove_credential(credential=row, by=request.person),
        Question(
            question=f"Remove “{row.title}”?",
            consequences=["It no longer shows on your profile, and that it was checked is forgotten too."],
            button="Remove it",
            back=reverse("credentials"),
            done="Your credential is removed.",
        ),
    )


@reads_and_posts
@member
def check(request: MemberRequest, slug: str, person: UUID, pk: int) -> HttpResponse:
    """A coordinator looks at a mentor's credential and says whether it is so."""
    programme = get_object_or_404(programmes_to_run(request.person), slug=slug)
    rows = credentials_to_check(request.person).filter(person=person, person__memberships__programme=programme)
    row = get_object_or_404(rows.select_related("person", "verified_by").distinct(), pk=pk)
    look.record(subjects=[row.person_id], kind=LookKind.CREDENTIAL, by=request.person)
    return form_page(
        request,
        CheckForm(posted(request), credential=row, by=request.person),
        template="mentoring/credential/check.html",
        to=reverse("programme_person", args=[slug, person]),
        done="Your decision is kept.",
        context={"programme": programme, "credential": row, "row": credential_row(row)},
    )
