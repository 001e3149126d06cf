"""Matching rounds as their coordinator sees them. No figure is made of a pair whose points are not for coordinators."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db.models import Avg, Count, Min, Q, QuerySet
from django.urls import reverse

from matching.enums import Band, ChangeKind, Objective, ProposalState, RoundState, RunState
from matching.models import Change, Pair, Participant, Proposal, Round, Run
from mentoring.enums import Role
from mentoring.models import Membership, Programme
from mentoring.presenters.programme import places

BAND_COLOURS: Final = {Band.VERY_STRONG: "green", Band.STRONG: "blue", Band.SOME: "grey"}
ROUND_COLOURS: Final = {RoundState.OPEN: "blue", RoundState.PUBLISHED: "green", RoundState.CLOSED: "grey"}
RUN_COLOURS: Final = {
    RunState.WAITING: "blue",
    RunState.RUNNING: "blue",
    RunState.DONE: "green",
    RunState.FAILED: "red",
    RunState.CANCELLED: "grey",
}


def per_cent(score: float | None) -> str:
    """A score of 10,000 in whole per cent, rounded down."""
    return "" if score is None else f"{int(score) // 100}%"


def counted(number: int, one: str, many: str = "") -> str:
    """*1 mentee*, *1,500 mentees*."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


# --- A round ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round in the list."""

    name: str
    url: str
    began: datetime
    line: str
    state: str
    colour: str


def round_rows(programme: Programme, rows: Iterable[Round]) -> list[RoundRow]:
    """Rounds as lines; needs who began them fetched."""
    return [
        RoundRow(
            name=row.name,
            url=reverse("round", args=[programme.slug, row.pk]),
            began=row.made_at,
            line=f"by {row.by.name}" if row.by else "",
            state=row.get_state_display(),
            colour=ROUND_COLOURS[RoundState(row.state)],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentees or the mentors of a round: how many take part, how many are left out by hand."""

    role: str
    words: str
    note: str
    url: str


def groups(round_: Round) -> list[Group]:
    """Who takes part, by role; nothing once that is forgotten. One query."""
    rows = Participant.objects.filter(round=round_).values_list("membership__role")
    numbers = {
        role: (inside, outside)
        for role, inside, outside in rows.annotate(
            inside=Count("pk", filter=Q(left_out=False)), outside=Count("pk", filter=Q(left_out=True))
        ).order_by()
    }
    found = []
    for role in (Role.MENTEE, Role.MENTOR) if numbers else ():
        inside, outside = numbers.get(role, (0, 0))
        note = f"{outside:,} left out by hand" if outside else ""
        url = reverse("round_people", args=[round_.programme.slug, round_.pk, role])
        found.append(Group(role, counted(inside, role.label.lower()), note, url))
    return found


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Somebody in a round."""

    pk: int
    person_id: UUID
    name: str
    line: str
    left_out: bool
    url: str


def participant_rows(programme: Programme, rows: Iterable[Membership]) -> list[ParticipantRow]:
    """Participants as lines; needs person and employer fetched, and `left_out`."""
    return [
        ParticipantRow(
            pk=row.pk,
            person_id=row.person_id,
            name=row.person.name,
            line=line_of(row),
            left_out=bool(getattr(row, "left_out", False)),
            url=reverse("programme_person", args=[programme.slug, row.person_id]),
        )
        for row in rows
    ]


def line_of(row: Membership) -> str:
    """Employer, and a mentor's places."""
    employer = row.person.organisation.name if row.person.organisation else ""
    return " · ".join(filter(None, [employer, places(row)]))


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something decided by hand."""

    pk: int
    words: str
    reason: str
    icon: str


def change_rows(rows: Iterable[Change]) -> list[ChangeRow]:
    """What was decided by hand, as sentences; needs mentee and mentor fetched."""
    return [
        ChangeRow(
            row.pk,
            f"{row.mentee.name} and {row.mentor.name}: {row.get_kind_display().lower()}",
            row.reason,
            "tick" if row.kind == ChangeKind.KEEP else "cross",
        )
        for row in rows
    ]


# --- A run ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in a round's list."""

    run: Run
    title: str
    settings: str
    line: str
    state: str
    colour: str
    url: str


def run_rows(round_: Round, runs: Sequence[Run]) -> list[RunRow]:
    """All runs of a round, the latest first, numbered from the first on."""
    return [_run_row(round_, run, len(runs) - place) for place, run in enumerate(runs)]


def _run_row(round_: Round, run: Run, number: int) -> RunRow:
    state, colour = run_tag(run)
    return RunRow(
        run=run,
        title=f"Run {number}",
        settings=settings_words(run),
        line=matched_words(run),
        state=state,
        colour=colour,
        url=reverse("run", args=[round_.programme.slug, round_.pk, run.pk]),
    )


def run_tag(run: Run) -> tuple[str, str]:
    """The run's state in words and a colour."""
    if run.published_at:
        return "Published", "green"
    return RunState(run.state).label, RUN_COLOURS[RunState(run.state)]


def run_title(run: Run) -> str:
    """*Run 2*, as in its round's list. One query."""
    return f"Run {run.round.runs.filter(asked_at__lte=run.asked_at).count()}"


def settings_words(run: Run) -> str:
    """*Nobody left far behind, mentee’s side 70%*."""
    return f"{Objective(run.objective).label}, mentee’s side {run.mentee_share}%"


def matched_words(run: Run) -> str:
    """*38 of 41 mentees matched*; nothing before it is done."""
    if run.matched is None:
        return ""
    return f"{run.matched:,} of {counted(run.inputs['mentees'], 'mentee')} matched"


@dataclass(frozen=True, slots=True)
class Figures:
    """A run in numbers. Average and lowest are those of the `seen` pairs, whose points this coordinator may see.

    So nothing can be worked out about the others, `hidden` of which there are; `bands` counts all. Once the pairs
    are forgotten, how many were matched is what is left.
    """

    matched: int
    mentees: int
    seen: int
    hidden: int
    average: str
    lowest: str
    bands: tuple[tuple[str, str, int], ...]
    proof: str


def figures_of(run: Run, pairs: QuerySet[Pair]) -> Figures:
    """A finished run in numbers; `pairs` as `permissions.pairs_to_review` gives them. One query."""
    found = pairs.order_by().aggregate(
        number=Count("pk"),
        seen=Count("shown_score"),
        kept=Count("pk", filter=Q(kept=True)),
        average=Avg("shown_score"),
        lowest=Min("shown_score"),
        **{f"band_{band.value}": Count("pk", filter=Q(band=band)) for band in Band},
    )
    return Figures(
        matched=run.matched or 0,
        mentees=run.inputs["mentees"],
        seen=found["seen"],
        hidden=found["number"] - found["seen"],
        average=per_cent(found["average"]),
        lowest=per_cent(found["lowest"]),
        bands=tuple(
            (band.label, BAND_COLOURS[band], found[f"band_{band.value}"]) for band in sorted(Band, reverse=True)
        ),
        proof=proof_words(run, found["kept"]),
    )


def proof_words(run: Run, kept: int) -> str:
    """What is certain about the result, by which objective; `kept` pairs are not the engine's doing."""
    if not run.matched:
        return ""
    given = " Pairs kept by hand are taken as given; this is about everybody else." if kept else ""
    if run.objective == Objective.STABLE:
        return f"No mentee and mentor would both rather have each other.{given}"
    if run.bound is None:
        return ""
    gap = Fraction(run.bound - (run.total or 0), run.bound) if run.bound else Fraction(0)
    more = f" by more than {float(gap) * 100:.3f}%" if gap else ""
    aim = Objective(run.objective).label
    return f"Proven for “{aim}”: no other set of pairs would do better{more}.{given}"


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair in the table. Without a score there is only the band, for the reasons that the page gives."""

    pk: int
    mentee: str
    mentor: str
    band: str
    colour: str
    score: str
    width: int
    kept: bool
    both: bool
    decided: str
    url: str


def pair_rows(run: Run, slug: str, pairs: Iterable[Pair], query: str = "") -> list[PairRow]:
    """Pairs as lines; needs mentee and mentor fetched, `shown_score`, `both` and `decided`.

    `query` is that of the list, which a pair's page takes along to lead back to it.
    """
    rows = []
    for pair in pairs:
        score: int | None = getattr(pair, "shown_score", None)
        rows.append(
            PairRow(
                pk=pair.pk,
                mentee=pair.mentee.name,
                mentor=pair.mentor.name,
                band=Band(pair.band).label,
                colour=BAND_COLOURS[Band(pair.band)],
                score=per_cent(score),
                width=(score or 0) // 100,
                kept=pair.kept,
                both=bool(getattr(pair, "both", False)),
                decided=_decided_words(run, pair),
                url=reverse("pair", args=[slug, run.round_id, run.pk, pair.pk]) + query,
            )
        )
    return rows


def _decided_words(run: Run, pair: Pair) -> str:
    """*Not together in the next run*; nothing where the run has it so already, or there will be no next."""
    kind: str | None = getattr(pair, "decided", None)
    if kind is None or run.round.state != RoundState.OPEN or (pair.kept and kind == ChangeKind.KEEP):
        return ""
    return f"{ChangeKind(kind).label} in the next run"


# --- Two runs, and what became of the published one -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One mentee for whom two runs differ; a mentor is empty where there is none."""

    mentee: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two runs side by side: how many pairs are in both, how many mentees get somebody else, or only in one."""

    same: int
    changed: int
    only_first: int
    only_second: int
    differing: frozenset[UUID]


def contrast(first: Mapping[UUID, UUID], second: Mapping[UUID, UUID]) -> Contrast:
    """What differs between two runs, each as mentor by mentee."""
    both = first.keys() & second.keys()
    differing = {mentee for mentee in both if first[mentee] != second[mentee]} | (first.keys() ^ second.keys())
    return Contrast(
        same=sum(first[mentee] == second[mentee] for mentee in both),
        changed=sum(first[mentee] != second[mentee] for mentee in both),
        only_first=len(first.keys() - second.keys()),
        only_second=len(second.keys() - first.keys()),
        differing=frozenset(differing),
    )


def published_words(run: Run) -> list[str]:
    """What has become of the suggestions, in numbers. One query.

    Those not taken up stay one number, whether they still stand, were not wanted or have lapsed: in a small round,
    or from one look to the next, any more would say who did not want theirs.
    """
    made = Proposal.objects.filter(run=run).aggregate(
        every=Count("pk"), asked=Count("pk", filter=Q(state=ProposalState.ASKED))
    )
    asked, rest = made["asked"], made["every"] - made["asked"]
    return [
        words
        for number, words in (
            (asked, f"{counted(asked, 'mentee has', 'mentees have')} asked their mentor."),
            (rest, f"{counted(rest, 'mentee has', 'mentees have')} not asked the mentor suggested to them."),
        )
        if number
    ]
