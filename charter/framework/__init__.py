"""The charter's rules: criteria as data, and exact scoring. Pure: standard library only.

Start with `load("1.0")`, `parse_answer`, `Submission` and `score`.
"""

from charter.framework.answers import Answer, Count, Submission, check_together, parse_answer
from charter.framework.errors import FrameworkError
from charter.framework.loader import NONE, editions, load, load_path, loads
from charter.framework.offline import as_json, read_answers, read_submission
from charter.framework.ratios import Reading, quotient, ratio, read_ratio
from charter.framework.results import LevelResult, RequirementResult, Result
from charter.framework.schema import Criterion, Framework, Group, Kind, Level, Principle, Requirement, Side, Status
from charter.framework.scoring import needs_action, score
from charter.framework.steps import steps_to
from charter.framework.validity import action_counts, add_months, expires_on, interim_check_on, renewal_ends_on

__all__ = [
    "NONE",
    "Answer",
    "Count",
    "Criterion",
    "Framework",
    "FrameworkError",
    "Group",
    "Kind",
    "Level",
    "LevelResult",
    "Principle",
    "Reading",
    "Requirement",
    "RequirementResult",
    "Result",
    "Side",
    "Status",
    "Submission",
    "action_counts",
    "add_months",
    "as_json",
    "check_together",
    "editions",
    "expires_on",
    "interim_check_on",
    "load",
    "load_path",
    "loads",
    "needs_action",
    "parse_answer",
    "quotient",
    "ratio",
    "read_answers",
    "read_ratio",
    "read_submission",
    "renewal_ends_on",
    "score",
    "steps_to",
]
