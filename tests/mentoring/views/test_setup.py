"""A mentor's Home: what of the set-up is done and what comes next; a kind word when nobody asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import clock, credential
from mentoring.enums import CredentialKind, MembershipState, MentorshipState, TrainingTopic
from mentoring.models import Membership, Person, ProgrammeCharacteristic
from mentoring.presenters.setup import LONG_ENOUGH
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory
from tests.factories.matching import says
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
QUIET = "Nobody has asked you for a while"


def home(client: Client) -> str:
    return client.get(reverse("home")).text


def introduce(person: Person) -> None:
    person.headline, person.journey = "A line", "A journey"
    person.save()


def work_styles(person: Person) -> None:
    says(person, "feedback", point=2)
    says(person, "race_talk", "either")


def promise(person: Person) -> None:
    person.commitments = ["honest"]
    person.save()


def qualify(person: Person) -> None:
    credential.add_credential(kind=CredentialKind.QUALIFICATION, said={"title": "Dietitian"}, by=person)


STEPS: tuple[tuple[str, Callable[[Person], object]], ...] = (
    ("Say who you are", introduce),
    ("Your work", lambda person: says(person, "profession", "dietetics")),
    ("When and how you can meet", lambda person: says(person, "meeting", "video")),
    ("What you offer", lambda person: says(person, "sponsorship_offered", "introductions")),
    ("How you work", work_styles),
    ("What a mentee can count on", promise),
    ("Credentials", qualify),
)


def set_up(place: Membership) -> Person:
    """A mentor with everything, approved long ago."""
    for _, do in STEPS:
        do(place.person)
    Membership.objects.filter(pk=place.pk).update(changed_at=clock.now() - timedelta(days=29))
    return place.person


def test_each_step_is_next_until_it_is_done(as_: As, folasade: Person) -> None:
    client = as_(folasade)
    for number, (label, do) in enumerate(STEPS):
        page = home(client)
        assert f"{number} of 7 done." in page
        assert f"Next: {label}" in page
        do(folasade)
    assert "Your profile as a mentor" not in home(client)


def test_whoever_waits_is_told_who_reads_it_first(as_: As) -> None:
    waiting = MentorFactory(state=MembershipState.WAITING).person
    assert "A coordinator reads it before mentees do." in home(as_(waiting))
    assert "A coordinator reads it" not in home(as_(MentorFactory().person))


@pytest.mark.parametrize("state", [MembershipState.LEFT, MembershipState.DECLINED])
def test_nobody_else_is_asked_to_set_up(as_: As, amina: Person, state: MembershipState) -> None:
    assert "as a mentor" not in home(as_(amina))
    assert "as a mentor" not in home(as_(MentorFactory(state=state).person))


def test_a_kind_word_when_nobody_asks(as_: As, folasade_membership: Membership) -> None:
    mentor = set_up(folasade_membership)
    page = home(as_(mentor))
    assert QUIET in page
    assert "That says nothing about you." in page
    assert "Say whom you have mentored" in page


def asked_lately(place: Membership) -> None:
    mentee = MembershipFactory(programme=place.programme).person
    MentorshipFactory(
        mentor_membership=place,
        mentee=mentee,
        state=MentorshipState.DECLINED,
        asked_at=clock.now() - timedelta(days=27),
        answered_at=clock.now(),
        ended_at=clock.now(),
    )


NOT_QUIET: dict[str, Callable[[Membership], object]] = {
    "somebody asked": asked_lately,
    "new": lambda place: Membership.objects.filter(pk=place.pk).update(changed_at=clock.now() - timedelta(days=27)),
    "on a break": lambda place: Membership.objects.filter(pk=place.pk).update(paused=True),
    "full": lambda place: Membership.objects.filter(pk=place.pk).update(capacity=0),
    "waiting": lambda place: Membership.objects.filter(pk=place.pk).update(state=MembershipState.WAITING),
}


@pytest.mark.parametrize("why", NOT_QUIET)
def test_no_such_word_where_nobody_could_ask_or_somebody_did(
    as_: As, folasade_membership: Membership, why: str
) -> None:
    mentor = set_up(folasade_membership)
    NOT_QUIET[why](folasade_membership)
    assert QUIET not in home(as_(mentor))


def test_what_would_help_is_named_only_while_it_is_missing(as_: As, folasade_membership: Membership) -> None:
    mentor = set_up(folasade_membership)
    client = as_(mentor)
    training = {"title": "Allies", "topic": TrainingTopic.ALLYSHIP}
    mending: tuple[tuple[str, Callable[[], object]], ...] = (
        (
            "Tell a little more of your journey",
            lambda: Person.objects.filter(pk=mentor.pk).update(journey="x" * LONG_ENOUGH),
        ),
        ("Say whom you have mentored", lambda: Person.objects.filter(pk=mentor.pk).update(mentored="Two")),
        ("Could you meet by video", lambda: says(mentor, "meeting", "video", "phone", "evenings")),
        (
            "training in bias or allyship",
            lambda: credential.add_credential(kind=CredentialKind.TRAINING, said=training, by=mentor),
        ),
    )
    for words, mend in mending:
        assert words in home(client)
        mend()
        assert words not in home(client)
    assert "There is nothing you need to do." in home(client)


@pytest.mark.parametrize("programmes", [1, 3])
def test_home_asks_as_little_for_three_programmes_as_for_one(
    as_: As, folasade_membership: Membership, programmes: int
) -> None:
    mentor = set_up(folasade_membership)
    for _ in range(programmes - 1):
        MentorFactory(person=mentor)
    assert queries_of(as_(mentor), reverse("home")) == HOME


HOME = 33


def test_what_no_programme_asks_is_no_step(as_: As, folasade_membership: Membership) -> None:
    for key in ("meeting", "race_talk"):
        ProgrammeCharacteristic.objects.create(
            programme=folasade_membership.programme, characteristic_id=key, asked=False
        )
    mentor = folasade_membership.person
    says(mentor, "feedback", point=2)
    page = home(as_(mentor))
    assert "1 of 6 done." in page
    assert "When and how you can meet" not in page
