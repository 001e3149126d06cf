"""A button of a round pressed twice at once, on real connections: it is done once, and both presses see it."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from matching.enums import RunState
from matching.models import Participant, Round, Run
from mentoring.models import Person, Programme
from tests.factories.rounds import asked, begun
from tests.mentoring.domain.test_mentorship_races import race

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[[Person], Client]
PRESSES = 4


def pressed_at_once(client: Client, url: str, data: dict[str, str]) -> str:
    """Where every one of some presses at the same moment led to."""
    led: list[str] = []

    def press(own: Client) -> None:
        led.append(own.post(url, data).headers["Location"])

    clients = [Client() for _ in range(PRESSES)]
    for own in clients:
        own.cookies = client.cookies
    assert race([partial(press, own) for own in clients]) == ["won"] * PRESSES
    (only,) = set(led)
    return only


def test_a_round_is_begun_once(as_: As, programme: Programme, amina: Person, folasade: Person, coretta: Person) -> None:
    for number in range(3):
        led = pressed_at_once(
            as_(coretta), reverse("round_new", args=[programme.slug]), {"name": f"Round {number}", "most": ""}
        )
        row = Round.objects.get(name=f"Round {number}")
        assert led == reverse("round", args=[programme.slug, row.pk])
        assert Participant.objects.filter(round=row).count() == 2


def test_a_run_is_asked_for_once(
    as_: As, programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    for number in range(3):
        row = begun(programme, coretta, name=f"Round {number}")
        led = pressed_at_once(
            as_(coretta), reverse("round", args=[programme.slug, row.pk]), {"objective": "fair", "mentee_share": "70"}
        )
        assert led == reverse("run", args=[programme.slug, row.pk, Run.objects.get(round=row).pk])


def test_the_database_has_one_run_of_a_round_under_way(
    programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    run = asked(begun(programme, coretta), coretta)
    for state in (RunState.WAITING, RunState.RUNNING):
        with pytest.raises(IntegrityError, match="run_one_under_way_of_a_round"), transaction.atomic():
            Run.objects.create(round=run.round, objective="fair", mentee_share=70, state=state)
