"""Matching a whole cohort, beside what else could be done; each contender in a process of its own."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from matching.bench.inputs import UNKNOWN, Crowd, pair_of_crowds
from matching.bench.report import Report, Row
from matching.bench.rivals import MATCHING, MENTOR_MATCH, ROOT, run

OBJECTIVES: Final = ("total", "fair", "stable")
RIVALS: Final = {"scipy": "total", "mentor-match": "total", "matching": "stable"}
"""Each rival, and which of our objectives it is held against."""

NOTES: Final = {
    "scipy": "dense Hungarian, a column a place",
    "mentor-match": "its own rules, one place a mentor",
    "matching": "the same orders, given ready-made",
}
BY_SCORES: Final = "ours, by scores"
"""Our own run with the same start as a rival that is given orders."""

TOLD: Final = ("total", "worst", "gap", "matrix MB")
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
MIDDLE_BAND: Final = 4

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """Which people are to be matched, on how many threads, and where rivals' environments are."""

    mentees: int
    mentors: int
    seed: int
    tight: bool
    threads: int
    folder: Path

    def child(self, contender: str) -> Found:
        """What `contender.py` finds, in a process of its own."""
        people = {"mentees": self.mentees, "mentors": self.mentors, "seed": self.seed, "tight": self.tight}
        environ = os.environ | {name: str(self.threads) for name in THREADS}
        argv = [sys.executable, "-m", "matching.bench.contender"]
        found: Found = json.loads(
            run(argv, f"{contender} failed", json.dumps(people | {"contender": contender}), cwd=ROOT, env=environ)
        )
        return found


@dataclass(slots=True)
class Contender:
    """One way to match, and what it found each time."""

    name: str
    objective: str
    run: Callable[[], Found]
    note: str = ""
    found: list[Found] = field(default_factory=list)

    def row(self) -> Row:
        """Its times, and the most memory it took above what the people themselves did."""
        return Row(
            name=self.name,
            ms=[each["ms"] for each in self.found],
            against=BY_SCORES if self.name == MATCHING.name else ours(self.objective),
            peak=max(each["peak"] - each["base"] for each in self.found),
            note=self.note,
            found=self._told(),
        )

    def _told(self) -> Found:
        """The figures of the first run; those of the others are the same."""
        first = self.found[0]
        matched = {"matched": first["matched"] if "matched" in first else len(first["pairs"])}
        return matched | {key: first[key] for key in TOLD if first.get(key) is not None}


def ours(objective: str) -> str:
    """The name of our own row."""
    return f"ours, {objective}"


def measure(job: Job, objective: str, against: Sequence[str], *, certify: bool, repeat: int) -> Report:
    """Our proposals and these rivals' on the same people, each in turn, `repeat` times.

    `certify`: a gap in our proof of the optimum counts as unequal too. Raises `RivalFailed`.
    """
    wanted = list(dict.fromkeys([objective, *(RIVALS[name] for name in against)]))
    contenders = [
        *(Contender(ours(each), each, partial(job.child, each)) for each in wanted),
        *_rivals(job, against),
    ]
    for _ in range(repeat):
        for contender in contenders:
            contender.found.append(contender.run())
    by_name = {contender.name: contender for contender in contenders}
    return Report(
        job="cohort",
        sizes={
            "mentees": job.mentees,
            "mentors": job.mentors,
            "seed": job.seed,
            "tight": job.tight,
            "threads": job.threads,
        },
        rows=[contender.row() for contender in contenders],
        checked={name: repeat for name in against if name != MENTOR_MATCH.name},
        unequal=[*_unequal(by_name), *(_uncertain(by_name) if certify else ())],
    )


def _rivals(job: Job, against: Sequence[str]) -> Iterator[Contender]:
    """Those named, with what they are given made ready off the clock."""
    if "scipy" in against:
        yield _rival("scipy", partial(job.child, "scipy"))
    if MENTOR_MATCH.name in against:
        MENTOR_MATCH.install(job.folder)
        mentees, mentors = pair_of_crowds(job.mentees, job.mentors, job.seed, tight=job.tight)
        people = {"mentees": in_its_terms(mentees), "mentors": in_its_terms(mentors)}
        yield _rival(MENTOR_MATCH.name, partial(MENTOR_MATCH.solve, job.folder, people))
    if MATCHING.name in against:
        MATCHING.install(job.folder)
        yield Contender(
            BY_SCORES, "stable", partial(job.child, "stable by scores"), "scores ready-made, as for matching"
        )
        yield _rival(MATCHING.name, partial(MATCHING.solve, job.folder, job.child("orders")))


def _rival(name: str, run: Callable[[], Found]) -> Contender:
    return Contender(name, RIVALS[name], run, NOTES[name])


def in_its_terms(crowd: Crowd) -> list[dict[str, Any]]:
    """People as mentor-match knows them: a grade (the pay band), a profession and an organisation (the region)."""
    columns = (crowd.answers[key].tolist() for key in ("band", "profession", "region"))
    return [
        {
            "email": name,
            "grade": MIDDLE_BAND if band == UNKNOWN else band,
            "profession": str(profession),
            "organisation": str(region),
        }
        for name, band, profession, region in zip(crowd.ids, *columns, strict=True)
    ]


def _unequal(by_name: dict[str, Contender]) -> Iterator[str]:
    """The optimum is one number, whoever finds it; the stable matching that is best for mentees is one matching."""
    for name, compared in (("scipy", ("matched", "total")), (MATCHING.name, ("pairs",)), (BY_SCORES, ("pairs",))):
        if name in by_name:
            expected = by_name[ours(by_name[name].objective)].found
            for number, (mine, theirs) in enumerate(zip(expected, by_name[name].found, strict=True), 1):
                if [mine[key] for key in compared] != [theirs[key] for key in compared]:
                    yield f"{name}: {' and '.join(compared)} in run {number}"


def _uncertain(by_name: dict[str, Contender]) -> Iterator[str]:
    """Our own proposals that are not proven best."""
    for name in map(ours, OBJECTIVES):
        gaps = [found["gap"] or 0 for found in by_name[name].found] if name in by_name else [0]
        if max(gaps) > 0:
            yield f"{name}: a gap of {max(gaps):g}"
