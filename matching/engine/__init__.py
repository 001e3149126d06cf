"""The matching engine: people and preferences in, ranked matches and their reasons out.

Pure: NumPy and the standard library. Exact whole numbers throughout, so that two correct implementations
agree to the last point.
"""

from matching.engine.catalogue import Catalogue
from matching.engine.checks import allowed, check_person, check_preferences, check_value
from matching.engine.errors import EngineError
from matching.engine.people import People
from matching.engine.pool import Pool, Ranking
from matching.engine.reasons import Explanation, Match, Reason, Summary, by_question, summarise
from matching.engine.schema import (
    Characteristic,
    Direction,
    Kind,
    Person,
    Places,
    Preference,
    Purpose,
    Role,
    Strength,
    Value,
)

__all__ = [
    "Catalogue",
    "Characteristic",
    "Direction",
    "EngineError",
    "Explanation",
    "Kind",
    "Match",
    "People",
    "Person",
    "Places",
    "Pool",
    "Preference",
    "Purpose",
    "Ranking",
    "Reason",
    "Role",
    "Strength",
    "Summary",
    "Value",
    "allowed",
    "by_question",
    "check_person",
    "check_preferences",
    "check_value",
    "summarise",
]
