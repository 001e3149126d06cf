"""One run of a round: how far it is, what it proposes, each pair, and publishing it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, OrderBy
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from matching.domain import rounds as domain
from matching.enums import ChangeKind, RoundState, RunState
from matching.forms.round import PairForm
from matching.models import Pair, Run
from matching.permissions import both_ways, changes_to_manage, left_out_to_review, pairs_to_review, runs_to_manage
from matching.presenters import round_pair
from matching.presenters import rounds as presenter
from matching.views.rounds import record_match
from mentoring.domain.action import NotPossible
from mentoring.forms.saving import posted
from mentoring.views.access import MemberRequest, member
from mentoring.views.form_page import Question, confirm_page, form_page, reads_and_posts

PER_PAGE = 20
LOOK_AGAIN = 5  # seconds
# Within a band those without points come last, in an order that says nothing.
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "fit": ("-band", F("shown_score").desc(nulls_last=True), "mentee__last_name", "mentee__first_name", "pk"),
    "mentee": ("mentee__last_name", "mentee__first_name", "pk"),
    "mentor": ("mentor__last_name", "mentor__first_name", "mentee__last_name", "pk"),
}


def _run(request: MemberRequest, slug: str, pk: UUID, run: UUID) -> Run:
    rows = runs_to_manage(request.person).select_related("round__programme")
    return get_object_or_404(rows, round__programme__slug=slug, round=pk, pk=run)


def _pair(request: MemberRequest, run: Run, pair: int) -> Pair:
    rows = pairs_to_review(request.person, run).select_related("mentee", "mentor")
    return get_object_or_404(rows, pk=pair)


def _query(request: MemberRequest) -> str:
    """Which part of the list of pairs somebody looks at, in which order: taken along to come back to it."""
    kept = {key: value for key in ("sort", "page", "left") if (value := request.GET.get(key))}
    return f"?{urlencode(kept)}" if kept else ""


def _back_to_list(request: MemberRequest, run: Run, pair: int) -> str:
    """The line of a pair in the list from which somebody came."""
    url = reverse("run", args=[run.round.programme.slug, run.round_id, run.pk])
    return f"{url}{_query(request)}#pair-{pair}"


@require_safe
@member
def run_page(request: MemberRequest, slug: str, pk: UUID, run: UUID) -> HttpResponse:
    """How far it is; once it is done, the pairs, and who is left out."""
    row = _run(request, slug, pk, run)
    state, colour = presenter.run_tag(row)
    context = {
        "programme": row.round.programme,
        "round": row.round,
        "run": row,
        "title": presenter.run_title(row),
        "state": state,
        "colour": colour,
        "settings": presenter.settings_words(row),
        "look_again": LOOK_AGAIN,
        **(_result(request, row) if row.state == RunState.DONE else {}),
    }
    response = render(request, "matching/round/run.html", context)
    if row.under_way:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _result(request: MemberRequest, run: Run) -> dict[str, object]:
    pairs = pairs_to_review(request.person, run)
    sort = request.GET.get("sort", "")
    sort = sort if sort in ORDERS else "fit"
    page = Paginator(pairs.select_related("mentee", "mentor").order_by(*ORDERS[sort]), PER_PAGE)
    left = left_out_to_review(request.person, run).select_related("mentee")
    left = left.order_by("reason", "mentee__last_name", "mentee__first_name", "pk")
    shown = page.get_page(request.GET.get("page"))
    left_out = Paginator(left, PER_PAGE).get_page(request.GET.get("left"))
    paired = [key for each in shown for key in (each.mentee_id, each.mentor_id)]
    record_match(request, *paired, *(each.mentee_id for each in left_out))
    return {
        "figures": presenter.figures_of(run, pairs),
        "sort": sort,
        "page": shown,
        "rows": presenter.pair_rows(run, run.round.programme.slug, shown, _query(request)),
        "both": both_ways(request.person, run).exists(),
        "left": left_out,
        "open": run.round.state == RoundState.OPEN,
        "published": presenter.published_words(run) if run.published_at else [],
    }


@require_POST
@member
def run_cancel(request: MemberRequest, slug: str, pk: UUID, run: UUID) -> HttpResponse:
    """Stop it."""
    row = _run(request, slug, pk, run)
    try:
        domain.cancel_run(run=row, by=request.person)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("run", slug, pk, run)


@reads_and_posts
@member
def run_publish(request: MemberRequest, slug: str, pk: UUID, run: UUID) -> HttpResponse:
    """Suggest to each mentee their mentor, having been asked once."""
    row = _run(request, slug, pk, run)
    if row.published_at or row.state != RunState.DONE:
        return redirect("run", slug, pk, run)
    told: list[domain.Published] = []
    response = confirm_page(
        request,
        lambda: told.append(domain.publish(run=row, by=request.person)),
        Question(
            question=f"Publish {row.round.name}?",
            consequences=[
                f"{presenter.counted(row.matched or 0, 'mentee')} will see one mentor suggested to them, and get a "
                "short email that says there is a suggestion, not whose.",
                "Nothing is imposed. Each mentee asks the mentor, or does not, and owes nobody a reason. The mentor is "
                "then asked as with any request, and sees nothing before.",
                "Whoever has meanwhile left, found somebody, or has no free place is passed over, and so is whom you "
                "have since left out or kept apart.",
                f"A suggestion stands for {domain.STANDS_FOR.days} days. It takes the place of one that is still open "
                "from an earlier round.",
                "After this the round cannot be changed or worked out again.",
            ],
            button="Publish",
            back=reverse("run", args=[slug, pk, run]),
            done="Published.",
        ),
    )
    if told and told[0].skipped:
        passed = presenter.counted(told[0].skipped, "pair was", "pairs were")
        messages.info(request, f"{passed} passed over, because something had changed meanwhile.")
    return response


@require_safe
@member
def pair_page(request: MemberRequest, slug: str, pk: UUID, run: UUID, pair: int) -> HttpResponse:
    """One pair: how well the two fit, and, where a coordinator may know, why."""
    row = _run(request, slug, pk, run)
    found = _pair(request, row, pair)
    shown = getattr(found, "shown_score", None) is not None
    programme = row.round.programme
    record_match(request, found.mentee_id, found.mentor_id)
    compared = domain.compare_two(programme=programme, mentee=found.mentee, mentor=found.mentor) if shown else None
    decided = changes_to_manage(request.person).filter(round=row.round, mentee=found.mentee, mentor=found.mentor)
    context = {
        "programme": programme,
        "round": row.round,
        "run": row,
        "pair": found,
        "title": presenter.run_title(row),
        "back": _back_to_list(request, row, pair),
        "query": _query(request),
        "decided": decided.first(),
        "row": presenter.pair_rows(row, slug, [found])[0],
        "own": request.person.pk in (found.mentee_id, found.mentor_id),
        "facts": round_pair.facts_of(compared, found.mentee, found.mentor) if compared else None,
        "gone": shown and compared is None,
        "open": row.round.state == RoundState.OPEN,
    }
    return render(request, "matching/round/pair.html", context)


@reads_and_posts
@member
def pair_keep(request: MemberRequest, slug: str, pk: UUID, run: UUID, pair: int) -> HttpResponse:
    """The two stay together, whatever the next run finds."""
    return _decide(request, _run(request, slug, pk, run), pair, ChangeKind.KEEP)


@reads_and_posts
@member
def pair_exclude(request: MemberRequest, slug: str, pk: UUID, run: UUID, pair: int) -> HttpResponse:
    """The two are not put together again."""
    return _decide(request, _run(request, slug, pk, run), pair, ChangeKind.EXCLUDE)


def _decide(request: MemberRequest, run: Run, pk: int, kind: ChangeKind) -> HttpResponse:
    slug, pair = run.round.programme.slug, _pair(request, run, pk)
    record_match(request, pair.mentee_id, pair.mentor_id)
    names = f"{pair.mentee.called} and {pair.mentor.called}"
    keep = kind == ChangeKind.KEEP
    return form_page(
        request,
        PairForm(
            posted(request), round_=run.round, kind=kind, mentee=pair.mentee, mentor=pair.mentor, by=request.person
        ),
        template="matching/round/decide.html",
        to=_back_to_list(request, run, pk),
        done=f"{names} {'stay together' if keep else 'are not put together'} in the next run.",
        context={
            "question": f"Keep {names} together?" if keep else f"Do not put {names} together?",
            "words": "They stay together in the runs to come, and the place is taken for them."
            if keep
            else "They are not put together in the runs to come. Neither of them is told.",
            "button": "Keep them together" if keep else "Do not put them together",
            "back": reverse("pair", args=[slug, run.round_id, run.pk, pk]) + _query(request),
        },
    )
