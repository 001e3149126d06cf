"""Matching rounds: proposals for many mentees at once. Needs SciPy, so nothing that the web serves imports it."""

from matching.engine.cohort.pair import PairExplanation, explain_pair
from matching.engine.cohort.proposals import Cohort, Lack, Objective, Pair, Unmatched, propose

__all__ = ["Cohort", "Lack", "Objective", "Pair", "PairExplanation", "Unmatched", "explain_pair", "propose"]
