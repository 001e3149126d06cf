"""Every address of matching × method × person. An address without a row fails."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from matching.domain.rounds import keep_together, publish
from matching.models import Proposal, Run
from matching.urls import urlpatterns
from mentoring.enums import MembershipState
from mentoring.models import Block, Membership, Person, Programme
from tests.factories import CoordinatorFactory, MembershipFactory
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


@pytest.fixture
def clients(
    as_: As, programme: Programme, amina: Person, stranger: Person, folasade: Person, coretta: Person
) -> dict[str, Client]:
    """Everybody, signed in."""
    left = MembershipFactory(programme=programme, state=MembershipState.LEFT).person
    waiting = MembershipFactory(programme=programme, state=MembershipState.WAITING).person
    blocked = MembershipFactory(programme=programme).person
    Block.objects.create(blocker=folasade, blocked=blocked)
    elsewhere = CoordinatorFactory().person
    everybody = (amina, left, waiting, blocked, stranger, folasade, coretta, elsewhere)
    people = dict(zip(PEOPLE, everybody, strict=False))
    return {name: as_(person) for name, person in people.items()} | {"anonymous": Client()}


@pytest.fixture
def run(clients: dict[str, Client], programme: Programme, amina: Person, folasade: Person, coretta: Person) -> Run:
    """The second run of a round in which Amina and Folasade are kept together."""
    round_ = begun(programme, coretta)
    worked_out(round_, coretta)
    keep_together(round_=round_, mentee=amina, mentor=folasade, reason="They met", by=coretta)
    return worked_out(round_, coretta)


def at(name: str, mentor: Membership, run: Run) -> str:
    programme, pair = mentor.programme.slug, run.pairs.get(kept=True)
    of_round: list[object] = [programme, run.round_id]
    arguments: dict[str, list[object]] = {
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
    return reverse(name, args=arguments.get(name, []))


def test_every_address_has_a_row() -> None:
    assert {getattr(pattern, "name", None) for pattern in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_who_may_look(name: str, clients: dict[str, Client], folasade_membership: Membership, run: Run) -> None:
    found = tuple(clients[person].get(at(name, folasade_membership, run)).status_code for person in PEOPLE)
    assert found == TABLE[name]


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name] not in (ONES_OWN, PRESSED, SENT_BACK)])
def test_who_may_not_look_may_not_press_either(
    name: str, clients: dict[str, Client], folasade_membership: Membership, run: Run
) -> None:
    for person, status in zip(PEOPLE, TABLE[name], strict=True):
        if status != 200:
            found = clients[person].post(at(name, folasade_membership, run), {"message": "Hello"}).status_code
            assert found in (status, 405)


@pytest.mark.parametrize("name", ["round_undo", "run_cancel", "run_publish", "round_close", "pair_keep"])
def test_only_their_coordinator_presses_a_rounds_buttons(
    name: str, clients: dict[str, Client], folasade_membership: Membership, run: Run
) -> None:
    url = at(name, folasade_membership, run)
    found = tuple(clients[person].post(url, {"reason": "They met"}).status_code for person in PEOPLE)
    assert found == (404, 404, 404, 404, 404, 404, 302, 404, 302)


@pytest.mark.parametrize("name", ["mentor_save", "mentor_let_go"])
def test_only_who_sees_a_mentor_saves_them(
    name: str, clients: dict[str, Client], folasade_membership: Membership, run: Run
) -> None:
    found = tuple(clients[person].post(at(name, folasade_membership, run)).status_code for person in PEOPLE)
    assert found == (302, *MENTEES[1:])


def test_only_the_mentee_answers_what_is_suggested_to_them(
    clients: dict[str, Client], folasade_membership: Membership, run: Run, coretta: Person
) -> None:
    publish(run=run, by=coretta)
    url = at("proposal_decline", folasade_membership, run)
    others = tuple(clients[person].post(url).status_code for person in PEOPLE[1:])
    assert others == (404, 404, 404, 404, 404, 404, 404, 302)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"offered"}
    assert clients["amina"].post(url).status_code == 302


def test_a_mentor_who_is_not_theirs_looks_like_one_who_is_not_there(
    clients: dict[str, Client], folasade_membership: Membership
) -> None:
    for name in ("mentor", "ask"):
        theirs = clients["stranger"].get(reverse(name, args=[folasade_membership.pk]))
        missing = clients["stranger"].get(reverse(name, args=[0]))
        assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content)
