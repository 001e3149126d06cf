"""What a coordinator's round suggests to a mentee: the mentor's card, and nothing else of the round."""

from dataclasses import dataclass

from matching.domain.inputs import gather
from matching.domain.ranking import Mentor, explain_mentor
from matching.models import Proposal
from matching.permissions import proposals_to
from matching.presenters.mentors import Card, cards
from mentoring.models import Membership, Person


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One mentor suggested, as a card made of what any mentee sees of any mentor."""

    proposal: Proposal
    card: Card


def suggested_to(person: Person) -> Membership | None:
    """The mentor of the latest suggestion that the person could still take up."""
    proposal = proposals_to(person).select_related("mentor_membership__person").first()
    return proposal.mentor_membership if proposal else None


def suggestion_to(person: Person) -> Suggestion | None:
    """The same with its card."""
    proposal = proposals_to(person).select_related("mentor_membership__person", "mentor_membership__programme").first()
    if proposal is None:
        return None
    mentor = proposal.mentor_membership
    inputs = gather(person=person, programme=mentor.programme)
    found = explain_mentor(inputs=inputs, mentor=mentor)
    return Suggestion(proposal, cards([Mentor(found.match, mentor)], inputs)[0]) if found else None
