"""A coordinator's matching rounds: begun, peopled, compared, closed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from matching.domain import rounds as domain
from matching.enums import RoundState, RunState
from matching.forms.round import NewRoundForm, RunForm, TogetherForm
from matching.models import Pair, Round, Run
from matching.permissions import (
    changes_to_manage,
    mentors_to_put_together,
    pairs_to_review,
    participants_to_manage,
    rounds_to_manage,
    runs_to_manage,
)
from matching.presenters import rounds as presenter
from mentoring.domain import look
from mentoring.enums import LookKind, Role
from mentoring.forms.saving import posted, saved
from mentoring.models import Person, Programme
from mentoring.permissions import programmes_to_run
from mentoring.presenters.programme import named_like, tabs
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20


def record_match(request: MemberRequest, *people: UUID) -> None:
    """These people are told that a coordinator looked at what a round found for them."""
    look.record(subjects=people, kind=LookKind.MATCH, by=request.person)


def round_of(request: MemberRequest, slug: str, pk: UUID) -> Round:
    """A round that the person manages, with its programme."""
    rows = rounds_to_manage(request.person).select_related("programme")
    return get_object_or_404(rows, programme__slug=slug, pk=pk)


@require_safe
@member
def rounds(request: MemberRequest, slug: str) -> HttpResponse:
    """The rounds of a programme, the latest first."""
    programme = get_object_or_404(programmes_to_run(request.person), slug=slug)
    rows = rounds_to_manage(request.person).filter(programme=programme).select_related("by")
    page = Paginator(rows.order_by("-made_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "tabs": tabs(programme, "rounds"),
        "page": page,
        "rows": presenter.round_rows(programme, page),
    }
    return render(request, "matching/round/list.html", context)


@reads_and_posts
@member
def round_new(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin a round: its name, and which mentees it is for."""
    programme: Programme = get_object_or_404(programmes_to_run(request.person), slug=slug)
    form = NewRoundForm(posted(request), programme=programme, by=request.person)
    if request.method == "POST" and saved(form):
        return redirect("round", slug, form.round.pk)
    context = {
        "programme": programme,
        "form": form,
        "mentees": presenter.counted(domain.looking_mentees(programme).count(), "mentee"),
        "mentors": presenter.counted(domain.free_mentors(programme).count(), "mentor"),
    }
    refused = form.is_bound and form.non_field_errors()
    return render(request, "matching/round/new.html", context, status=409 if refused else 200)


@reads_and_posts
@member
def round_page(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """Who takes part, what was decided by hand, every run, and the way to the next."""
    row = round_of(request, slug, pk)
    form = RunForm(posted(request), round_=row, by=request.person)
    if request.method == "POST" and saved(form):
        return redirect("run", slug, pk, form.run.pk)
    runs = list(runs_to_manage(request.person).filter(round=row).order_by("-asked_at", "pk"))
    done = [run for run in runs if run.state == RunState.DONE]
    changes = changes_to_manage(request.person).filter(round=row).select_related("mentee", "mentor")
    page = Paginator(changes.order_by("-made_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    record_match(request, *(each.mentee_id for each in page), *(each.mentor_id for each in page))
    context = {
        "programme": row.programme,
        "round": row,
        "state": row.get_state_display(),
        "colour": presenter.ROUND_COLOURS[RoundState(row.state)],
        "open": row.state == RoundState.OPEN,
        "form": form,
        "groups": presenter.groups(row),
        "runs": presenter.run_rows(row, runs),
        "comparable": len(done) > 1,
        "under_way": next((run for run in runs if run.under_way), None),
        "changes": page,
        "change_rows": presenter.change_rows(page),
    }
    refused = form.is_bound and form.non_field_errors()
    return render(request, "matching/round/round.html", context, status=409 if refused else 200)


@reads_and_posts
@member
def round_people(request: MemberRequest, slug: str, pk: UUID, role: str) -> HttpResponse:
    """The mentees or the mentors of a round; each can be left out, or brought back."""
    if role not in (Role.MENTEE, Role.MENTOR):
        raise Http404
    row = round_of(request, slug, pk)
    chosen = participants_to_manage(request.person, row, role)
    if request.method == "POST":
        left_out = request.POST.get("left_out") == "yes"
        keys = [key for key in request.POST.getlist("person") if key.isdecimal()]
        places = list(chosen.filter(pk__in=keys).select_related("person"))
        domain.leave_out(round_=row, people=[place.pk for place in places], left_out=left_out, by=request.person)
        for place in places:
            messages.success(request, f"{place.person.name} is {'left out of' if left_out else 'back in'} this round.")
        return redirect(request.get_full_path())
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    people = named_like(chosen.select_related("person__organisation"), words)
    people = people.order_by(F("left_out").desc(), "person__last_name", "person__first_name", "pk")
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    record_match(request, *(each.person_id for each in page))
    context = {
        "programme": row.programme,
        "round": row,
        "role": Role(role),
        "words": words,
        "open": row.state == RoundState.OPEN,
        "page": page,
        "rows": presenter.participant_rows(row.programme, page),
    }
    return render(request, "matching/round/people.html", context)


@reads_and_posts
@member
def together(request: MemberRequest, slug: str, pk: UUID, person: UUID) -> HttpResponse:
    """A mentor for one mentee, chosen by hand."""
    row = round_of(request, slug, pk)
    mentees = participants_to_manage(request.person, row, Role.MENTEE).select_related("person")
    mentee = get_object_or_404(mentees, person=person).person
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    mentors = mentors_to_put_together(request.person, row).exclude(person=mentee)
    found = named_like(mentors.select_related("person__organisation"), words)
    found = found.order_by("person__last_name", "person__first_name", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_match(request, mentee.pk, *(each.person_id for each in page))
    listed: dict[str, tuple[Person, str]] = {
        str(each.person_id): (each.person, presenter.line_of(each)) for each in page
    }
    return form_page(
        request,
        TogetherForm(posted(request), round_=row, mentee=mentee, mentors=listed, by=request.person),
        template="matching/round/together.html",
        to=reverse("round", args=[slug, pk]),
        done="They stay together in the next run.",
        context={"programme": row.programme, "round": row, "mentee": mentee, "page": page, "words": words},
    )


@require_POST
@member
def round_undo(request: MemberRequest, slug: str, pk: UUID, change: int) -> HttpResponse:
    """Take back what was decided by hand."""
    row = round_of(request, slug, pk)
    decided = get_object_or_404(changes_to_manage(request.person).select_related("round"), round=row, pk=change)
    domain.undo(change=decided, by=request.person)
    return redirect("round", slug, pk)


@reads_and_posts
@member
def round_close(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """End a round."""
    row = round_of(request, slug, pk)
    if row.state == RoundState.CLOSED:
        return redirect("round", slug, pk)
    return confirm_page(
        request,
        lambda: domain.close_round(round_=row, by=request.person),
        Question(
            question=f"Close {row.name}?",
            consequences=[
                "Nothing more can be worked out or changed in it. Suggestions that nobody has answered yet are taken "
                "back; requests and mentorships go on as they are.",
                "You can read its runs and decisions for another 90 days. Then only how many were matched is left.",
            ],
            button="Close this round",
            back=reverse("round", args=[slug, pk]),
            done=f"{row.name} is closed.",
            danger=True,
        ),
    )


# --- Two runs side by side --------------------------------------------------------------------------------------------


@require_safe
@member
def round_compare(request: MemberRequest, slug: str, pk: UUID) -> HttpResponse:
    """Two finished runs: their figures, and for whom they differ. Without a choice, the latest two."""
    row = round_of(request, slug, pk)
    runs = list(runs_to_manage(request.person).filter(round=row).order_by("-asked_at", "pk"))
    listed = [each for each in presenter.run_rows(row, runs) if each.run.state == RunState.DONE]
    if len(listed) < 2:
        raise Http404
    by_key = {str(each.run.pk): each for each in listed}
    first = by_key.get(request.GET.get("first", ""), listed[1])
    second = by_key.get(request.GET.get("second", ""), listed[0])
    found = presenter.contrast(_mentors(first.run), _mentors(second.run))
    differing = Person.objects.filter(pk__in=found.differing).order_by("last_name", "first_name", "pk")
    page = Paginator(differing, PER_PAGE).get_page(request.GET.get("page"))
    rows, mentors = _differences(list(page), first.run, second.run)
    record_match(request, *(each.pk for each in page), *mentors)
    context = {
        "programme": row.programme,
        "round": row,
        "listed": listed,
        "first": first,
        "second": second,
        "figures": [
            (each, presenter.figures_of(each.run, pairs_to_review(request.person, each.run)))
            for each in (first, second)
        ],
        "contrast": found,
        "page": page,
        "rows": rows,
    }
    return render(request, "matching/round/compare.html", context)


def _mentors(run: Run) -> dict[UUID, UUID]:
    return dict(Pair.objects.filter(run=run).values_list("mentee_id", "mentor_id"))


def _differences(mentees: list[Person], first: Run, second: Run) -> tuple[list[presenter.Difference], set[UUID]]:
    """One page of differences, and the mentors named there. One query."""
    pairs = list(Pair.objects.filter(run__in=[first, second], mentee__in=mentees).select_related("mentor"))
    mentors = {(pair.run_id, pair.mentee_id): pair.mentor.name for pair in pairs}
    rows = [
        presenter.Difference(
            mentee.name, mentors.get((first.pk, mentee.pk), ""), mentors.get((second.pk, mentee.pk), "")
        )
        for mentee in mentees
    ]
    return rows, {pair.mentor_id for pair in pairs}
