"""What this app holds, field by field; see `mentoring/domain/privacy.py`."""

from collections.abc import Mapping
from typing import Final

from mentoring.domain.privacy import Ending, Holding, classed

KEPT: Final = "as long as the organisation takes part"

HOLDINGS: Final[Mapping[str, Holding]] = {
    "charter.Assessment": Holding(
        "Assessments",
        classed(key="id", charter="organisation framework level state opened_at", link="opened_by"),
        (),
        Ending.ORGANISATIONS,
        KEPT,
    ),
    "charter.Answer": Holding(
        "Answers of an assessment",
        classed(
            key="id",
            link="assessment changed_by",
            charter="criterion status reason first_n first_d second_n second_d action action_due version changed_at",
        ),
        (),
        Ending.ORGANISATIONS,
        KEPT,
    ),
    "charter.AnswerChange": Holding(
        "How answers changed",
        classed(key="id", link="answer changed_by", charter="version content changed_at"),
        (),
        Ending.ORGANISATIONS,
        KEPT,
    ),
    "charter.Assessor": Holding(
        "Being an assessor",
        classed(key="id", link="person named_by", office="named_at"),
        ("person",),
        Ending.DELETED,
        KEPT,
    ),
    "charter.Lead": Holding(
        "Being a charter lead",
        classed(key="id", link="person appointed_by", office="organisation appointed_at"),
        ("person",),
        Ending.DELETED,
        KEPT,
    ),
}
