"""What this app holds, field by field; see `mentoring/domain/privacy.py`."""

from collections.abc import Mapping
from typing import Final

from mentoring.domain.privacy import Ending, Holding, classed

ROUND: Final = "as long as the programme keeps the round; names and reasons go long after it is over"

HOLDINGS: Final[Mapping[str, Holding]] = {
    "matching.Preference": Holding(
        "What I asked for",
        classed(key="id", link="person", private="side characteristic direction strength options"),
        ("person",),
        Ending.DELETED,
        "until the account is deleted",
    ),
    "matching.QuestionWords": Holding(
        "My four questions in my own words",
        classed(key="id", link="person", private="side strength words"),
        ("person",),
        Ending.DELETED,
        "until the account is deleted",
    ),
    "matching.SavedMentor": Holding(
        "Mentors I saved",
        classed(key="id", link="person", private="membership saved_at"),
        ("person",),
        Ending.DELETED,
        "until the account is deleted, or either is let go",
    ),
    "matching.PackedMentor": Holding(
        "Mentors, packed for ranking",
        classed(
            key="membership_id programme_id person_id organisation_id",
            packed="present capacity taken paused paused_until answers asks words",
            running="stamp gone_at",
        ),
        (),
        Ending.DELETED,
        "emptied at once, gone within two hours",
    ),
    "matching.ProgrammeFigures": Holding(
        "How answers agree on average", classed(key="programme", running="computed_at version", packed="expected")
    ),
    "matching.Round": Holding(
        "Matching rounds",
        classed(
            key="id",
            link="programme by",
            working="name state objective mentee_share made_at published_at closed_at",
        ),
        (),
        Ending.STAYS,
        ROUND,
    ),
    "matching.Participant": Holding(
        "My part in matching rounds",
        classed(key="id", link="round membership", part="left_out"),
        ("membership__person",),
        Ending.DELETED,
        ROUND,
    ),
    "matching.Change": Holding(
        "Pairs changed by hand",
        classed(key="id", link="round mentee mentor by", working="kind reason made_at undone_at"),
        (),
        Ending.DELETED,
        ROUND,
    ),
    "matching.Run": Holding(
        "Runs of a round",
        classed(
            key="id",
            link="round by",
            working="objective mentee_share inputs inputs_key matched total worst bound",
            stage="asked_at finished_at published_at",
            running="state leased_until tries progress",
        ),
        (),
        Ending.STAYS,
        ROUND,
    ),
    "matching.Pair": Holding(
        "Pairs of a run",
        classed(key="id", link="run mentee mentor", working="score band kept"),
        (),
        Ending.DELETED,
        ROUND,
    ),
    "matching.LeftOut": Holding(
        "Who was left without a pair", classed(key="id", link="run mentee", working="reason"), (), Ending.DELETED, ROUND
    ),
    "matching.Proposal": Holding(
        "Mentors suggested to me",
        classed(key="id", link="run mentee mentor_membership", proposal="state made_at until answered_at"),
        ("mentee",),
        Ending.DELETED,
        ROUND,
    ),
}
