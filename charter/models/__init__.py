"""What is kept. A file a noun."""

from charter.models.answer import Answer, AnswerChange
from charter.models.assessment import Assessment
from charter.models.assessor import Assessor
from charter.models.lead import Lead

__all__ = ["Answer", "AnswerChange", "Assessment", "Assessor", "Lead"]
