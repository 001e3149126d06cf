"""A run can be worked out again, and says whether the same went in."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from matching.models import Pair, Run
from mentoring.enums import Purpose
from mentoring.models import Person, Programme
from tests.factories import MentorFactory
from tests.factories.matching import says
from tests.factories.rounds import begun, worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(programme: Programme, amina: Person, folasade: Person, coretta: Person) -> Run:
    """Amina with Folasade."""
    MentorFactory(programme=programme)
    return worked_out(begun(programme, coretta), coretta)


def said(run_id: object) -> str:
    out = StringIO()
    call_command("rerun_round", str(run_id), stdout=out)
    return out.getvalue().strip()


def test_the_same_people_give_the_same_pairs(run: Run) -> None:
    assert said(run.pk) == "Same inputs, identical pairs."


def test_it_says_when_somebody_has_changed(run: Run, amina: Person) -> None:
    says(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    assert "have changed since" in said(run.pk)


def test_other_pairs_from_the_same_inputs_are_a_fault(run: Run) -> None:
    Pair.objects.update(band=2)
    with pytest.raises(CommandError, match="Same inputs, but other pairs"):
        said(run.pk)


def test_a_run_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(CommandError, match="no finished run"):
        said(uuid4())
