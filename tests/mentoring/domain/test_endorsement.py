"""Words for all to read: who may write, answer, hide, report and decide."""

import pytest
from django.db import IntegrityError, transaction

from mentoring.domain import clock
from mentoring.domain import endorsement as domain
from mentoring.domain.action import NotPossible
from mentoring.enums import MentorshipState, ReportState, Skill
from mentoring.models import Block, Endorsement, EndorsementReport, Membership, Notification, Person
from mentoring.permissions import endorsements_visible_to
from tests.factories import MembershipFactory, MentorshipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(folasade_membership: Membership, amina: Person) -> None:
    """Amina and Folasade work together."""
    MentorshipFactory(
        mentor_membership=folasade_membership, mentee=amina, state=MentorshipState.ACTIVE, answered_at=clock.now()
    )


def endorsed(mentor: Person, by: Person, *, named: bool = True, words: str = "She listens.") -> Endorsement:
    return domain.endorse(mentor=mentor, named=named, skills=[Skill.LISTENING], words=words, by=by)


def test_only_somebody_they_mentored_can_write(folasade: Person, amina: Person) -> None:
    with pytest.raises(NotPossible):
        endorsed(folasade, amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(
            writer=amina,
            mentor=folasade,
            programme=folasade.memberships.get().programme,
            named=True,
            words="x",
            written_on=clock.now().date(),
        )


@pytest.mark.usefixtures("together")
def test_there_is_one_and_it_can_be_written_anew(folasade: Person, amina: Person) -> None:
    row = endorsed(folasade, amina)
    domain.reply(endorsement=row, words="Thank you.", by=folasade)
    assert endorsed(folasade, amina, named=False).reply == "Thank you."
    assert endorsed(folasade, amina, words="She hears what I mean.").reply == ""
    assert Endorsement.objects.count() == 1


@pytest.mark.usefixtures("together")
@pytest.mark.parametrize(("skills", "words"), [([], " "), (["charm"], "words")])
def test_something_is_said_and_nothing_made_up(folasade: Person, amina: Person, skills: list[str], words: str) -> None:
    with pytest.raises(NotPossible):
        domain.endorse(mentor=folasade, named=True, skills=skills, words=words, by=amina)


@pytest.mark.usefixtures("together")
def test_what_the_mentor_hid_stays_hidden(folasade: Person, amina: Person) -> None:
    row = endorsed(folasade, amina)
    domain.hide(endorsement=row, by=folasade)
    endorsed(folasade, amina, words="Other words")
    assert not Endorsement.objects.standing().exists()
    domain.show(endorsement=row, by=folasade)
    assert Endorsement.objects.standing().exists()


@pytest.mark.usefixtures("together")
def test_nobody_else_answers_or_hides(folasade: Person, amina: Person, coretta: Person) -> None:
    row = endorsed(folasade, amina)
    for somebody in (amina, coretta):
        for act in (domain.hide, domain.show):
            with pytest.raises(NotPossible):
                act(endorsement=row, by=somebody)
        with pytest.raises(NotPossible):
            domain.reply(endorsement=row, words="x", by=somebody)


@pytest.mark.usefixtures("together")
def test_a_report_is_one_and_decides_all_open_ones(folasade: Person, amina: Person, coretta: Person) -> None:
    row = endorsed(folasade, amina)
    mine = domain.report(endorsement=row, why="This is not true.", by=folasade)
    assert domain.report(endorsement=row, why="Again.", by=folasade) == mine
    domain.report(endorsement=row, why="Nor do I think so.", by=MembershipFactory().person)
    with pytest.raises(NotPossible):
        domain.decide_report(report=mine, take_down=True, note=" ", by=coretta)
    domain.decide_report(report=mine, take_down=True, note="It names a patient.", by=coretta)
    domain.decide_report(report=mine, take_down=True, note="It names a patient.", by=coretta)
    assert set(EndorsementReport.objects.values_list("state", flat=True)) == {ReportState.TAKEN_DOWN}
    assert not Endorsement.objects.standing().exists()
    assert Notification.objects.filter(kind="words_taken_down", person=amina).count() == 1
    with pytest.raises(NotPossible):
        endorsed(folasade, amina, words="Once more")
    domain.take_back_endorsement(mentor=folasade, by=amina)
    assert Endorsement.objects.count() == 1


@pytest.mark.usefixtures("together")
def test_a_decision_stands(folasade: Person, amina: Person, coretta: Person) -> None:
    report = domain.report(endorsement=endorsed(folasade, amina), why="Hm.", by=folasade)
    domain.decide_report(report=report, take_down=False, note="", by=coretta)
    with pytest.raises(NotPossible):
        domain.decide_report(report=report, take_down=True, note="Now it goes.", by=coretta)
    assert Endorsement.objects.standing().exists()


@pytest.mark.usefixtures("together")
def test_a_block_hides_a_name_and_tells_no_secret(folasade: Person, amina: Person) -> None:
    other = MembershipFactory(programme=folasade.memberships.get().programme).person
    Block.objects.create(blocker=other, blocked=amina)
    row = endorsed(folasade, amina)
    assert not endorsements_visible_to(other, folasade).exists()
    # Without the name, its absence would tell who wrote it.
    endorsed(folasade, amina, named=False)
    assert endorsements_visible_to(other, folasade).get() == row
