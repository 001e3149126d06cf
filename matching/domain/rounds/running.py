"""Working out a run: held by one worker at a time, taken up again when that one is gone, written all at once.

Only the worker and the command line import this module, and with it SciPy.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import Q

from matching import engine
from matching.domain.rounds.reading import RoundInputs, read_round
from matching.engine.cohort import Cohort, Objective, explain_pair, propose
from matching.engine.people import People
from matching.engine.schema import DEFAULT_MENTEE_SHARE
from matching.enums import Band, RunState
from matching.models import LeftOut, Pair, Run
from mentoring.domain import clock
from mentoring.domain.action import Busy, action

MOST_TRIES: Final = 3
_LOOK_EVERY: Final = timedelta(seconds=1)
_READ: Final = 5
"""Per cent done when the people are read; of the rest, the search is `_SEARCH` (a guess that reads well)."""
_SEARCH: Final = 0.85
_VERY_STRONG, _STRONG = 8_000, 6_000
log = logging.getLogger(__name__)


class _NotHeld(Exception):
    """The run was cancelled, or another worker has it."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One pair as it is kept: the score is None where something counted that was given for rounds alone."""

    mentee: str
    mentor: str
    score: int | None
    band: Band
    kept: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run comes to: kept pairs and found ones together, in order of mentee."""

    pairs: Sequence[Proposed]
    left_out: Sequence[tuple[str, str]]
    total: int
    worst: int | None
    bound: int | None


def run_due() -> int:
    """Work out every run that waits, or whose worker has gone; how many were begun."""
    begun = 0
    while (run := _claim_next()) is not None:
        begun += 1
        try:
            _run(run)
        except _NotHeld:
            log.info("run %s was cancelled, or is another worker's", run.pk)
        except (DatabaseError, Busy) as error:
            log.warning("run %s will be tried again: %s", run.pk, type(error).__name__)
    return begun


def work_out(inputs: RoundInputs, progress: Callable[[float], None]) -> Outcome:
    """The pairs for these inputs. `progress` is told the share done, 0 to 1, and may raise to stop."""
    everybody = _people(inputs, inputs.mentees, inputs.mentors)
    kept = _keepable(inputs)
    mentees = {mentee for mentee, _ in kept}
    cohort = propose(
        *_people(
            inputs,
            [person for person in inputs.mentees if person.id not in mentees],
            [_with_fewer_places(person, kept) for person in inputs.mentors],
        ),
        objective=Objective(inputs.objective),
        mentee_share=inputs.mentee_share,
        excluded=inputs.apart,
        progress=lambda share: progress(share * _SEARCH),
    )
    return _outcome(inputs, everybody, kept, cohort, progress)


def _people(
    inputs: RoundInputs, mentees: Iterable[engine.Person], mentors: Iterable[engine.Person], *, rounds: bool = True
) -> tuple[People, People]:
    return (
        People.of(inputs.catalogue, mentees, engine.Role.MENTEE, rounds=rounds),
        People.of(inputs.catalogue, mentors, engine.Role.MENTOR, rounds=rounds),
    )


def _keepable(inputs: RoundInputs) -> list[tuple[str, str]]:
    """The pairs kept by hand that can still be: both take part, fit, and the mentor has a place for each.

    They fit by profile values alone, as when they were kept (see `fitting`): a pair that were dropped for what one of
    the two gave for rounds would tell of it.
    """
    by_hand = {person for pair in inputs.kept for person in pair}
    profiles = _people(
        inputs,
        (person for person in inputs.mentees if person.id in by_hand),
        (person for person in inputs.mentors if person.id in by_hand),
        rounds=False,
    )
    free = {
        person.id: person.mentor.capacity - person.mentor.taken
        for person in inputs.mentors
        if person.mentor and person.mentor.open
    }
    mentees = {person.id for person in inputs.mentees}
    found = []
    for mentee, mentor in inputs.kept:
        if mentee not in mentees or free.get(mentor, 0) < 1 or (mentee, mentor) in inputs.apart:
            continue
        if explain_pair(*profiles, mentee, mentor).fits:
            free[mentor] -= 1
            found.append((mentee, mentor))
    return found


def _with_fewer_places(person: engine.Person, kept: Sequence[tuple[str, str]]) -> engine.Person:
    gone = sum(mentor == person.id for _, mentor in kept)
    if not gone or person.mentor is None:
        return person
    return replace(person, mentor=replace(person.mentor, taken=person.mentor.taken + gone))


def _outcome(
    inputs: RoundInputs,
    everybody: tuple[People, People],
    kept: Sequence[tuple[str, str]],
    cohort: Cohort,
    progress: Callable[[float], None],
) -> Outcome:
    together = sorted(
        [*((pair.mentee, pair.mentor, False) for pair in cohort.pairs), *((*pair, True) for pair in kept)]
    )
    pairs, kept_scores = [], []
    for number, (mentee, mentor, by_hand) in enumerate(together):
        score, pair = _proposed(inputs, everybody, mentee, mentor, by_hand)
        pairs.append(pair)
        kept_scores += [score] if by_hand else []
        progress(_SEARCH + (1 - _SEARCH) * number / len(together))
    extra = sum(kept_scores)
    return Outcome(
        pairs=pairs,
        left_out=[(each.mentee, each.reason) for each in cohort.unmatched],
        total=cohort.total + extra,
        worst=min([*kept_scores, *([] if cohort.worst is None else [cohort.worst])], default=None),
        bound=None if cohort.bound is None else cohort.bound + extra,
    )


def _proposed(
    inputs: RoundInputs, everybody: tuple[People, People], mentee: str, mentor: str, by_hand: bool
) -> tuple[int, Proposed]:
    """The pair's score, and the pair as a coordinator may see it.

    The band of a pair whose score is hidden is that at the usual share, whatever share the run has: else runs with
    one share after another would tell at which it changes, and so the points (our decision).
    """
    found = explain_pair(*everybody, mentee, mentor, mentee_share=inputs.mentee_share)
    score = found.match.score
    if not found.used_rounds:
        return score, Proposed(mentee, mentor, score, band_of(score), by_hand)
    usual = explain_pair(*everybody, mentee, mentor, mentee_share=DEFAULT_MENTEE_SHARE)
    return score, Proposed(mentee, mentor, None, band_of(usual.match.score), by_hand)


def band_of(score: int) -> Band:
    """The word for a score of 10,000: very strong from 80%, strong from 60% (our decision)."""
    return Band.VERY_STRONG if score >= _VERY_STRONG else Band.STRONG if score >= _STRONG else Band.SOME


# --- Held by one worker -----------------------------------------------------------------------------------------------


def _claim_next() -> Run | None:
    """Lease the next run to this worker; one that was tried too often has failed, visibly."""
    now = clock.now()
    due = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, leased_until__lt=now)
    with transaction.atomic():
        rows = Run.objects.select_for_update(skip_locked=True, of=("self",)).select_related("round__programme")
        while (row := rows.filter(due).order_by("asked_at").first()) is not None:
            row.state, row.progress = RunState.RUNNING, 0
            row.leased_until, row.tries = now + clock.LEASE, row.tries + 1
            if row.tries > MOST_TRIES:
                row.state, row.finished_at = RunState.FAILED, now
            row.save(update_fields=["state", "progress", "leased_until", "tries", "finished_at"])
            if row.state == RunState.RUNNING:
                return row
    return None


def _run(run: Run) -> None:
    tell = _Progress(run)
    tell(0)
    inputs = read_round(run)
    tell(_READ)
    outcome = work_out(inputs, lambda share: tell(_READ + round(share * (100 - _READ)), seldom=True))
    _finish(run=run, inputs=inputs, outcome=outcome)


class _Progress:
    """Says how far the run is and keeps it leased; raises `_NotHeld` when it is no longer this worker's."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.said = clock.now() - _LOOK_EVERY

    def __call__(self, per_cent: int, *, seldom: bool = False) -> None:
        now = clock.now()
        if seldom and now - self.said < _LOOK_EVERY:
            return
        self.said = now
        held = Run.objects.filter(pk=self.run.pk, state=RunState.RUNNING, tries=self.run.tries)
        if not held.update(progress=min(per_cent, 100), leased_until=now + clock.LEASE):
            raise _NotHeld


@action
def _finish(*, run: Run, inputs: RoundInputs, outcome: Outcome) -> None:
    row = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state != RunState.RUNNING or row.tries != run.tries:
        raise _NotHeld
    Pair.objects.bulk_create(
        (
            Pair(
                run=row, mentee_id=each.mentee, mentor_id=each.mentor, score=each.score, band=each.band, kept=each.kept
            )
            for each in outcome.pairs
        ),
        batch_size=1_000,
    )
    LeftOut.objects.bulk_create(
        (LeftOut(run=row, mentee_id=mentee, reason=str(reason)) for mentee, reason in outcome.left_out),
        batch_size=1_000,
    )
    row.state, row.finished_at, row.leased_until, row.progress = RunState.DONE, clock.now(), None, 100
    row.inputs, row.inputs_key = inputs.numbers, inputs.key()
    row.matched, row.total = len(outcome.pairs), outcome.total
    row.worst, row.bound = outcome.worst, outcome.bound
    row.save()
