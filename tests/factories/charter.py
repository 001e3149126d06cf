"""Charter work."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from charter.domain.answer import save_answer
from charter.domain.assessment import framework_of
from charter.domain.content import Content
from charter.domain.standing import today
from charter.framework import Criterion, Kind, add_months
from charter.models import Answer, Assessment, Assessor, Lead
from mentoring.models import Person
from tests.factories.make import Make
from tests.factories.people import OrganisationFactory, PersonFactory


class _LeadFactory(DjangoModelFactory[Lead]):
    """A charter lead of an organisation."""

    organisation = factory.LazyFunction(OrganisationFactory)
    person = factory.LazyFunction(PersonFactory)

    class Meta:
        model = Lead


class _AssessorFactory(DjangoModelFactory[Assessor]):
    """An assessor."""

    person = factory.LazyFunction(PersonFactory)

    class Meta:
        model = Assessor


class _AssessmentFactory(DjangoModelFactory[Assessment]):
    """An open assessment for bronze; give it the organisation of a lead."""

    organisation = factory.LazyFunction(OrganisationFactory)
    framework = "1.0"
    level = "bronze"

    class Meta:
        model = Assessment


LeadFactory = Make(_LeadFactory)
AssessorFactory = Make(_AssessorFactory)
AssessmentFactory = Make(_AssessmentFactory)


def in_months(months: int) -> date:
    """A day that many months from now."""
    return add_months(today(), months)


def planned(**given: Any) -> Content:
    """Not met yet, with an action in time; anything else as given."""
    said: dict[str, Any] = {"status": "not_met", "reason": "Not yet.", "action": "Begin.", "action_due": in_months(3)}
    return Content(**{**said, **given})


def met(criterion: Criterion) -> Content:
    """An answer that meets a criterion at every one of its levels."""
    if criterion.kind is Kind.STATEMENT:
        return Content(status="met", reason="It is in place.")
    both: dict[str, Any] = {} if criterion.kind is Kind.MEASURE else {"second_n": 100, "second_d": 100}
    return Content(first_n=100, first_d=100, **both)


def answer_all(assessment: Assessment, by: Person, but: Mapping[str, Content | None] | None = None) -> None:
    """Meet everything at or below the level applied for, but what is given: that as given, or not at all."""
    framework, but = framework_of(assessment), but or {}
    wanted = {level.id for level in framework.levels_up_to(assessment.level)}
    for criterion in framework.criteria:
        if wanted & set(criterion.levels) and not criterion.derived:
            content = but.get(criterion.id, met(criterion))
            if content is not None:
                answer(assessment, criterion.id, content, by)


def answer(assessment: Assessment, criterion: str, content: Content, by: Person, version: int = 0) -> Answer:
    """Save an answer."""
    return save_answer(assessment=assessment, criterion_id=criterion, content=content, version=version, by=by)
