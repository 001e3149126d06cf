"""Every address of matching × method × person. An address without a row fails."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from matching.domain.rounds import keep_together, publish
from matching.models import Proposal, Round, Run
from matching.urls import urlpatterns
from mentoring.enums import MembershipState
from mentoring.models import Block, Membership, Person, Programme
from tests.access import Matrix, columns, try_all
from tests.conftest import Count
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, PersonFactory
from tests.factories.charter import AssessorFactory, LeadFactory
from tests.factories.rounds import begun, worked_out

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PEOPLE = ("amina", "left", "waiting", "blocked", "stranger", "folasade", "coretta", "elsewhere", "anonymous")
MENTEES = (200, 404, 404, 404, 404, 404, 404, 404, 302)
ONES_OWN = (200, 200, 200, 200, 200, 200, 200, 200, 302)
MENTORS = (404, 404, 404, 404, 404, 200, 404, 404, 302)
COORDINATORS = (404, 404, 404, 404, 404, 404, 200, 404, 302)
SENT_BACK = (302,) * len(PEOPLE)
PRESSED = (405, 405, 405, 405, 405, 405, 405, 405, 405)  # buttons only; who may press them is tested below

# What a GET answers to: a mentee, one who left, one who waits to be let in, one whom the mentor blocked, a mentee of
# another programme, the mentor, their coordinator, a coordinator of another programme, nobody signed in.
TABLE: dict[str, tuple[int, ...]] = {
    "find": ONES_OWN,
    "mentor": MENTEES,
    "ask": MENTEES,
    "saved_mentors": ONES_OWN,
    "compare_mentors": SENT_BACK,  # nobody is chosen
    "mentor_save": PRESSED,
    "mentor_let_go": PRESSED,
    "preferences": ONES_OWN,
    "preference": ONES_OWN,
    "preferences_mentor": MENTORS,
    "preference_mentor": MENTORS,
    "proposal_decline": PRESSED,
    "rounds": COORDINATORS,
    "round_new": COORDINATORS,
    "round": COORDINATORS,
    "round_people": COORDINATORS,
    "round_together": COORDINATORS,
    "round_undo": PRESSED,
    "round_compare": COORDINATORS,
    "round_close": COORDINATORS,
    "run": COORDINATORS,
    "run_cancel": PRESSED,
    "run_publish": COORDINATORS,
    "pair": COORDINATORS,
    "pair_keep": COORDINATORS,
    "pair_exclude": COORDINATORS,
}

ALSO = {"administrator": "elsewhere", "charter lead": "elsewhere", "assessor": "elsewhere", "suspended": "anonymous"}
"""Who else is tried, and whose column is theirs: to matching, an administrator is nobody in particular."""

# Who may press what is a mere button.
PRESSED_BY = {
    **dict.fromkeys(("mentor_save", "mentor_let_go", "proposal_decline"), MENTEES),
    **dict.fromkeys(("round_undo", "run_cancel"), COORDINATORS),
}


@pytest.fixture
def people(
    programme: Programme, amina: Person, stranger: Person, folasade: Person, coretta: Person
) -> dict[str, Person]:
    """The cast by what they are."""
    left = MembershipFactory(programme=programme, state=MembershipState.LEFT).person
    waiting = MembershipFactory(programme=programme, state=MembershipState.WAITING).person
    blocked = MembershipFactory(programme=programme).person
    Block.objects.create(blocker=folasade, blocked=blocked)
    elsewhere = CoordinatorFactory().person
    everybody = (amina, left, waiting, blocked, stranger, folasade, coretta, elsewhere)
    suspended = CoordinatorFactory(programme=programme, person__user__is_staff=True, person__user__is_active=False)
    return dict(zip(PEOPLE, everybody, strict=False)) | {
        "administrator": PersonFactory(user__is_staff=True),
        "charter lead": LeadFactory().person,
        "assessor": AssessorFactory().person,
        "suspended": suspended.person,
    }


@pytest.fixture
def clients(as_: As, people: dict[str, Person]) -> dict[str, Client]:
    """Everybody, signed in as far as they can be."""
    return {name: as_(person) for name, person in people.items()} | {"anonymous": Client()}


@pytest.fixture
def run(clients: dict[str, Client], programme: Programme, amina: Person, folasade: Person, coretta: Person) -> Run:
    """The second run of a round in which Amina and Folasade are kept together."""
    return kept_in_a_round(programme, amina, folasade, coretta)


def kept_in_a_round(programme: Programme, mentee: Person, mentor: Person, by: Person) -> Run:
    """The second run of a round in which the two are kept together."""
    round_ = begun(programme, by)
    worked_out(round_, by)
    keep_together(round_=round_, mentee=mentee, mentor=mentor, reason="They met", by=by)
    return worked_out(round_, by)


def at(name: str, mentor: Membership, run: Run) -> str:
    return reverse(name, args=arguments_for(mentor, run).get(name, []))


def arguments_for(mentor: Membership, run: Run) -> dict[str, list[object]]:
    """What each address needs to be the one of this mentor and this run of a round in which they are kept."""
    programme, pair = mentor.programme.slug, run.pairs.get(kept=True)
    of_round: list[object] = [programme, run.round_id]
    return {
        "mentor": [mentor.pk],
        **{key: [mentor.pk] for key in ("ask", "mentor_save", "mentor_let_go")},
        "preference": ["band"],
        "preference_mentor": ["band"],
        "proposal_decline": [getattr(run.proposals.first(), "pk", uuid4())],
        "rounds": [programme],
        "round_new": [programme],
        **dict.fromkeys(("round", "round_compare", "round_close"), of_round),
        "round_people": [*of_round, "mentee"],
        "round_together": [*of_round, pair.mentee_id],
        "round_undo": [*of_round, run.round.changes.get().pk],
        **{key: [*of_round, run.pk] for key in ("run", "run_cancel", "run_publish")},
        **{key: [*of_round, run.pk, pair.pk] for key in ("pair", "pair_keep", "pair_exclude")},
    }


def test_every_address_has_a_row() -> None:
    assert {getattr(pattern, "name", None) for pattern in urlpatterns} == set(TABLE)
    assert {name for name, row in TABLE.items() if row == PRESSED} == set(PRESSED_BY)


@pytest.fixture
def matrix(folasade_membership: Membership, run: Run, people: dict[str, Person]) -> Matrix:
    """The table, our programme, and another one with a round and people of its own, which `elsewhere` runs."""
    elsewhere = people["elsewhere"]
    other = elsewhere.memberships.get().programme
    mentee, mentor = MembershipFactory(programme=other).person, MentorFactory(programme=other, capacity=1)
    theirs = kept_in_a_round(other, mentee, mentor.person, elsewhere)
    for each, by in ((run, people["coretta"]), (theirs, elsewhere)):
        publish(run=each, by=by)
    rows = {name: dict(columns(PEOPLE, PRESSED_BY.get(name, row))) for name, row in TABLE.items()}
    return Matrix(
        due={name: row | {also: row[who] for also, who in ALSO.items()} for name, row in rows.items()},
        theirs_as={"elsewhere": "coretta", **dict.fromkeys(("amina", "folasade", "coretta"), "stranger")},
        ours=arguments_for(folasade_membership, run),
        theirs=arguments_for(mentor, theirs),
        buttons=frozenset(PRESSED_BY),
    )


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("who", [*PEOPLE, *ALSO])
def test_who_finds_what(who: str, matrix: Matrix, clients: dict[str, Client], count: Count) -> None:
    found = try_all(matrix, who, clients[who])
    count("cells of matching's table", found.cells)
    assert found.wrong == []


@pytest.mark.usefixtures("quiet")
def test_without_a_guard_the_table_is_not_met(
    matrix: Matrix, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: two guards away, two addresses found by whom they are not for."""
    monkeypatch.setattr("matching.views.mentors.mentors_to_meet", lambda person: Membership.objects.all())
    monkeypatch.setattr("matching.views.rounds.rounds_to_manage", lambda person: Round.objects.all())
    wrong = try_all(matrix, "stranger", clients["stranger"], ("ask", "round_close")).wrong
    assert {row[0] for row in wrong} == {"ask", "round_close"}


def test_only_the_mentee_answers_what_is_suggested_to_them(
    clients: dict[str, Client], folasade_membership: Membership, run: Run, coretta: Person
) -> None:
    publish(run=run, by=coretta)
    url = at("proposal_decline", folasade_membership, run)
    others = tuple(clients[person].post(url).status_code for person in PEOPLE[1:])
    assert others == (404, 404, 404, 404, 404, 404, 404, 302)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"offered"}
    assert clients["amina"].post(url).status_code == 302
