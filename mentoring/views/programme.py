"""A coordinator's pages of a programme: who waits, who takes part, what it says of itself."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring import emails
from mentoring.domain import clock, look
from mentoring.domain import programme as domain
from mentoring.enums import LookKind, MembershipState
from mentoring.forms.programme import (
    DecideForm,
    DescriptionForm,
    MenteeShareForm,
    PeopleFilterForm,
    PositiveActionForm,
    ProgrammeForm,
)
from mentoring.models import Membership, Programme
from mentoring.permissions import (
    credentials_to_check,
    memberships_to_manage,
    programmes_to_run,
    quiet_requests_to_follow,
)
from mentoring.presenters import programme as presenter
from mentoring.presenters.credential import credential_row
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20
FIRST_WAITING = 5


def _programme(request: MemberRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_to_run(request.person), slug=slug)


def _people(request: MemberRequest, programme: Programme) -> QuerySet[Membership]:
    rows = memberships_to_manage(request.person).filter(programme=programme)
    return rows.select_related("person__organisation")


@require_safe
@member
def programmes(request: MemberRequest) -> HttpResponse:
    """The programmes that I coordinate; with exactly one, straight in."""
    queryset = programmes_to_run(request.person)
    page = Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("programme", page[0].slug)
    return render(request, "mentoring/programme/list.html", {"page": page})


@require_safe
@member
def programme(request: MemberRequest, slug: str) -> HttpResponse:
    """Who waits, who takes part, which requests went quiet."""
    row = _programme(request, slug)
    waiting = _people(request, row).filter(state=MembershipState.WAITING).order_by("changed_at", "pk")
    quiet = quiet_requests_to_follow(request.person, clock.now() - clock.REMIND_MENTOR_AFTER).filter(programme=row)
    quiet_page = Paginator(quiet.select_related("mentee", "mentor", "programme").order_by("asked_at", "pk"), PER_PAGE)
    page, first = quiet_page.get_page(request.GET.get("quiet")), list(waiting[:FIRST_WAITING])
    shown = [*(each.person_id for each in first), *(key for each in page for key in (each.mentee_id, each.mentor_id))]
    look.record(subjects=shown, kind=LookKind.LIST, by=request.person)
    context = {
        "programme": row,
        "tabs": presenter.tabs(row, "programme"),
        "waiting": presenter.person_rows(row, first),
        "waiting_number": waiting.count(),
        "counts": presenter.role_counts(row),
        "quiet": page,
        "quiet_rows": presenter.quiet_rows(page),
    }
    return render(request, "mentoring/programme/overview.html", context)


@require_safe
@member
def people(request: MemberRequest, slug: str) -> HttpResponse:
    """Everybody in the programme, to search and to decide on."""
    return _people_page(request, _programme(request, slug))


def _people_page(request: MemberRequest, row: Programme, form: DecideForm | None = None) -> HttpResponse:
    wanted = PeopleFilterForm(request.GET)
    page = _filtered(request, row, wanted)
    look.record(subjects=[each.person_id for each in page], kind=LookKind.LIST, by=request.person)
    context = {
        "programme": row,
        "tabs": presenter.tabs(row, "programme_people"),
        "filter_form": wanted,
        "filtered": any(wanted.chosen(name) for name in wanted.fields),
        "page": page,
        "rows": (rows := presenter.person_rows(row, page)),
        "any_waiting": any(line.waits for line in rows),
        "ticked": {line.pk for line in rows if str(line.pk) in request.POST.getlist("chosen")},
        "form": form,
    }
    return render(request, "mentoring/programme/people.html", context)


def _filtered(request: MemberRequest, row: Programme, wanted: PeopleFilterForm) -> Page[Membership]:
    rows = _people(request, row)
    for field in ("role", "state"):
        if chosen := wanted.chosen(field):
            rows = rows.filter(**{field: chosen})
    rows = presenter.named_like(rows, wanted.chosen("q"))
    rows = rows.order_by("person__last_name", "person__first_name", "role", "pk")
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


@require_POST
@member
def decide(request: MemberRequest, slug: str) -> HttpResponse:
    """Let people in; or, asked once more, do not."""
    row = _programme(request, slug)
    form = DecideForm(request.POST, waiting=_people(request, row), by=request.person)
    if not form.is_valid():
        return _people_page(request, row, form)
    if not form.lets_in and "sure" not in request.POST:
        context = {"programme": row, "chosen": form.cleaned_data["chosen"]}
        return render(request, "mentoring/programme/decline.html", context)
    number, chosen = form.save(), len(form.cleaned_data["chosen"])
    if number:
        done = "approved" if form.lets_in else "told kindly that it is a no"
        messages.success(request, f"{number} {'person was' if number == 1 else 'people were'} {done}.")
    if number < chosen:
        left = chosen - number
        messages.info(request, f"{left} {'was' if left == 1 else 'were'} not waiting any more and stay as they are.")
    return redirect(reverse("programme_people", args=[slug]) + "?state=waiting")


@require_safe
@member
def person(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """One person, as much of them as a coordinator may see."""
    row = _programme(request, slug)
    rows = list(_people(request, row).filter(person=pk).order_by("role"))
    if not rows:
        raise Http404
    somebody = rows[0].person
    look.record(subjects=[somebody.pk], kind=LookKind.PERSON, by=request.person)
    context = {
        "programme": row,
        "tabs": presenter.tabs(row, "programme_people"),
        "somebody": somebody,
        "facts": presenter.facts_of(somebody, rows, request.person),
        "profile": presenter.face_of_mentor(somebody, rows),
        "credentials": [credential_row(each) for each in credentials_to_check(request.person).filter(person=somebody)],
        "roles": list(zip(rows, presenter.person_rows(row, rows), strict=True)),
    }
    return render(request, "mentoring/programme/person.html", context)


# --- Settings -------------------------------------------------------------------------------------------------


@require_safe
@member
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """What can be changed about the programme, and its join link."""
    row = _programme(request, slug)
    context = {
        "programme": row,
        "tabs": presenter.tabs(row, "programme_settings"),
        "rows": presenter.settings_rows(row),
        "join_link": emails.link("join_link", row.join_code) if row.join_code else "",
    }
    return render(request, "mentoring/programme/settings.html", context)


def _setting(request: MemberRequest, slug: str, kind: type[ProgrammeForm], done: str) -> HttpResponse:
    row = _programme(request, slug)
    posted = request.POST if request.method == "POST" else None
    return form_page(
        request,
        kind(posted, programme=row, by=request.person),
        template="mentoring/programme/setting.html",
        to=reverse("programme_settings", args=[slug]),
        done=done,
        context={"programme": row},
    )


@reads_and_posts
@member
def description(request: MemberRequest, slug: str) -> HttpResponse:
    """What the programme is, in public."""
    return _setting(request, slug, DescriptionForm, "The description has been changed.")


@reads_and_posts
@member
def positive_action(request: MemberRequest, slug: str) -> HttpResponse:
    """Why mentees may make something about identity a condition."""
    return _setting(request, slug, PositiveActionForm, "What you recorded has been changed.")


@reads_and_posts
@member
def mentee_share(request: MemberRequest, slug: str) -> HttpResponse:
    """How the two sides are weighed in a match."""
    return _setting(request, slug, MenteeShareForm, "The weights have been changed.")


@require_POST
@member
def link_open(request: MemberRequest, slug: str) -> HttpResponse:
    """Make a join link."""
    domain.open_join_link(programme=_programme(request, slug), by=request.person)
    messages.success(request, "The join link is on. Give it to the people it is meant for.")
    return redirect("programme_settings", slug)


@reads_and_posts
@member
def link_renew(request: MemberRequest, slug: str) -> HttpResponse:
    """A new link for an old one that has got about."""
    row = _programme(request, slug)
    return confirm_page(
        request,
        lambda: domain.renew_join_link(programme=row, by=request.person),
        Question(
            question="Make a new join link?",
            consequences=["The present link stops working at once. Whoever has joined with it stays."],
            button="Make a new link",
            back=reverse("programme_settings", args=[slug]),
            done="There is a new join link. The old one no longer works.",
        ),
    )


@reads_and_posts
@member
def link_close(request: MemberRequest, slug: str) -> HttpResponse:
    """No joining by link any more."""
    row = _programme(request, slug)
    return confirm_page(
        request,
        lambda: domain.close_join_link(programme=row, by=request.person),
        Question(
            question="Turn the join link off?",
            consequences=[
                "Nobody can join with it any more. Whoever has joined stays.",
                "People can still ask to take part, and you decide.",
            ],
            button="Turn it off",
            back=reverse("programme_settings", args=[slug]),
            done="The join link is off.",
        ),
    )
