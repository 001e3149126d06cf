"""What stands in the log."""

import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from mentoring.logs import DiscreetFormatter
from mentoring.models import Mentorship
from tests.factories import MentorshipFactory


@pytest.mark.django_db
def test_a_row_that_was_refused_is_not_told_in_the_log() -> None:
    row = MentorshipFactory(message="A canary\nin two lines")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Mentorship.objects.filter(pk=row.pk).update(kind_word="x")
    assert "canary" in str(refused.value)
    about = (refused.type, refused.value, refused.tb)
    told = DiscreetFormatter().format(logging.LogRecord("x", 40, "x", 1, "It broke", (), about))
    assert "mentorship_kind_word_on_decline" in told
    assert "test_logs.py" in told
    assert "CheckViolation" in told
    assert "canary" not in told
    assert "in two lines" not in told


@pytest.mark.parametrize("way", ["join", "claim", "accounts/confirm-email", "accounts/password/reset/key"])
def test_what_opens_a_door_is_not_told_in_the_log(way: str) -> None:
    said = logging.LogRecord("django.request", 30, "x", 1, "Not Found: %s", (f"/{way}/NQ:canary-x/turn-down/",), None)
    assert DiscreetFormatter().format(said) == f"Not Found: /{way}/…/turn-down/"


def test_the_log_is_written_that_way() -> None:
    assert settings.LOGGING["formatters"]["line"]["class"] == "mentoring.logs.DiscreetFormatter"
