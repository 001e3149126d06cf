"""Opening an assessment and changing the level it applies for."""

from typing import Final

from django.db import IntegrityError, transaction

from charter.enums import AssessmentState
from charter.framework import Framework, FrameworkError, load
from charter.models import Assessment
from charter.permissions import assessments_of, organisations_led_by
from mentoring.domain import clock
from mentoring.domain.action import NotPossible, action
from mentoring.models import Organisation, Person

EDITION: Final = "1.0"
"""The edition that assessments opened from now on are held to."""

NOT_A_LEAD: Final = "Only a charter lead of the organisation can do this. Ask an administrator if you should be one."


def framework_of(assessment: Assessment) -> Framework:
    """The edition an assessment was opened with."""
    return load(assessment.framework)


@action
def open_assessment(*, organisation: Organisation, level: str, by: Person) -> Assessment:
    """Begin an assessment for a level, under the present edition. Opening it twice gives the same one.

    Raises:
        NotPossible: the person is no lead there, there is no such level, or one is open for another level.
    """
    if not organisations_led_by(by).filter(pk=organisation.pk).exists():
        raise NotPossible(NOT_A_LEAD)
    _check_level(load(EDITION), level)
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                organisation=organisation, framework=EDITION, level=level, opened_by=by, opened_at=clock.now()
            )
    except IntegrityError:
        return _opened_already(organisation, level)


def _opened_already(organisation: Organisation, level: str) -> Assessment:
    row = Assessment.objects.get(organisation=organisation, state=AssessmentState.DRAFT)
    if row.level != level:
        raise NotPossible("An assessment is open already. Go to it; there you can change the level applied for.")
    return row


@action
def change_level(*, assessment: Assessment, level: str, by: Person) -> None:
    """Apply for another level; every answer stays. Harmless when it is that level already.

    Raises:
        NotPossible: the person is no lead there, or there is no such level.
    """
    row = locked(assessment, by)
    _check_level(framework_of(row), level)
    row.level = level
    row.save(update_fields=["level"])


def locked(assessment: Assessment, by: Person) -> Assessment:
    """The assessment as it is now, held until the transaction ends.

    Raises:
        NotPossible: the person no longer leads there.
    """
    row = Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)
    if not assessments_of(by).filter(pk=row.pk).exists():
        raise NotPossible(NOT_A_LEAD)
    return row


def _check_level(framework: Framework, level: str) -> None:
    try:
        framework.level(level)
    except FrameworkError as error:
        raise NotPossible("Choose one of the levels.") from error
