"""What others can see tells nothing of what somebody hid: 0 bits, whatever the attacker filters, asks for or compares.

A crowd is made once. Then everything that the attackers are sent is collected in several worlds, which differ in hidden
answers alone: not given, given for rounds, given for totals, and given otherwise. What is sent follows from the world,
so the entropy of what is sent, over equally likely worlds, is what the attacker gains: 0 where all bytes are the same.

`ATTACK_PEOPLE=1000 make test ARGS=tests/matching/test_attacks.py` makes a thousand people.
"""

import math
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client

from matching.domain.topic import Topic
from matching.enums import Direction, Order, Side, Strength
from matching.models import Pair, Preference, SavedMentor
from mentoring.enums import Purpose
from mentoring.models import Block, KeptApart, Person
from tests.conftest import Count
from tests.factories import CoordinatorFactory, OrganisationFactory, ProgrammeFactory
from tests.factories.matching import everything
from tests.factories.rounds import begun, worked_out
from tests.matching.crowd import Crowd, gathered, hide, keep_private, wish

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]

As = Callable[[Person], Client]
HOW_MANY = int(os.environ.get("ATTACK_PEOPLE", "14"))
SHORT = HOW_MANY < 100
"""In a short run a few people fit on one page, and every third question is asked."""
_DIFFERS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|picture-\d+')
Sent = dict[str, str]
WORLDS: Mapping[str, tuple[Purpose | None, int]] = {
    "not given": (None, 0),
    "for rounds": (Purpose.ROUNDS, 1),
    "for totals": (Purpose.MONITORING, 2),
    "for rounds, another answer": (Purpose.ROUNDS, 3),
}


def bits(worlds: Sequence[Sent]) -> float:
    """What is gained on which of the worlds one is in, added up over all that was sent."""
    assert len({frozenset(world) for world in worlds}) == 1
    return sum(_entropy([world[place] for world in worlds]) for place in worlds[0])


def differing(worlds: Sequence[Sent]) -> list[tuple[str, str]]:
    """Where something differs, and the first lines that do."""
    found = []
    for place, first in worlds[0].items():
        for world in worlds[1:]:
            if world[place] != first:
                lines = zip(first.splitlines(), world[place].splitlines(), strict=False)
                found.append((place, str(next((pair for pair in lines if pair[0] != pair[1]), ""))))
                break
    return found[:3]


def _entropy(sent: Sequence[str]) -> float:
    shares = [number / len(sent) for number in Counter(sent).values()]
    return sum(-share * math.log2(share) for share in shares)


@pytest.fixture
def crowd(db: None) -> Crowd:
    """In a programme in which identity may be a condition: the sharpest tool that a mentee has."""
    with connection.cursor() as cursor:  # a thousand people at once take longer than a page may
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
    programme = ProgrammeFactory(slug="futures", positive_action_reason="Under-represented above band 7.")
    organisations = [OrganisationFactory() for _ in range(4)]
    return gathered(programme, HOW_MANY, random.Random(1), organisations)


@pytest.fixture
def attackers(crowd: Crowd) -> list[Person]:
    """Three who look for a mentor: the last ones, who mentor nobody."""
    return list(crowd.people[-3:])


def get(client: Client, path: str) -> str:
    """What is sent, but for what differs between any two pages; the sheets of a workbook, not when it was saved."""
    response = client.get(path)
    assert response.status_code == 200, path
    content = response.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in sorted(book.namelist()) if name.startswith("xl/"))
    return _DIFFERS.sub("", content.decode(errors="replace"))


def lists(offered: Mapping[str, Topic]) -> Iterator[str]:
    """Addresses of *Find a mentor*: every order, several pages, every filter, words of hidden answers."""
    yield from ("", "?full=on")
    for order in Order:
        yield from (f"?order={order}&page={page}" for page in range(1, 2 if SHORT else 4))
        yield f"?order={order}&full=on&page={1 if SHORT else 2}"
    for name in ("profession", "region", "meeting"):
        yield from (f"?{name}={key}" for key in list(offered[name].choices)[:3])
    yield "?employer=another-employer"
    for topic in offered.values():
        if topic.is_surface:
            yield f"?q={next(iter(topic.choices.values())).label}"


def questions(offered: Mapping[str, Topic]) -> Iterator[tuple[str, Direction, Strength, list[str]]]:
    """What an attacker asks for to halve what may be hidden, again and again: conditions and mere wishes."""
    for topic in offered.values():
        if topic.is_surface:
            options = list(topic.choices)
            step = len(options)
            while step > 1:
                step = (step + 1) // 2
                yield topic.key, Direction.ONE_OF, Strength.REQUIRE, options[:step]
            yield topic.key, Direction.ONE_OF, Strength.NEED, options[:1]
            for direction in (Direction.SAME, Direction.DIFFERENT):
                if direction in topic.reasons:
                    yield topic.key, direction, Strength.REQUIRE, []


def lists_sent(attacker: Person, as_: As) -> Sent:
    """Every list of mentors that a mentee can open."""
    client = as_(attacker)
    paths = ("/", "/mentors/saved/", "/mentoring/", *(f"/find/{query}" for query in lists(everything())))
    return {path: get(client, path) for path in paths}


def pages_sent(crowd: Crowd, attackers: Sequence[Person], as_: As) -> Sent:
    """Every mentor's page, shared out among the attackers; of every fifth the page to ask, and a comparison."""
    sent = {}
    clients = [as_(person) for person in attackers]
    for number, mentor in enumerate(crowd.mentors):
        client = clients[number % len(clients)]
        sent[f"mentor {mentor.pk}"] = get(client, f"/mentors/{mentor.pk}/")
        following = crowd.mentors[(number + 1) % len(crowd.mentors)]
        if number % 5 == 0:
            sent[f"ask {mentor.pk}"] = get(client, f"/mentors/{mentor.pk}/ask/")
            sent[f"compare {mentor.pk}"] = get(client, f"/mentors/compare/?with={mentor.pk}&with={following.pk}")
    return sent


def answers_to_questions(attacker: Person, as_: As, most: int | None = None) -> Sent:
    """The list after each change of what the attacker asks for, of the first `most` changes."""
    client, sent = as_(attacker), {}
    for number, (key, direction, strength, options) in enumerate(
        islice(questions(everything()), 0, most, 3 if SHORT else 1)
    ):
        Preference.objects.filter(person=attacker).delete()
        Preference.objects.create(
            person=attacker,
            side=Side.AS_MENTEE,
            characteristic_id=key,
            direction=direction,
            strength=strength,
            options=options,
        )
        sent[f"question {number}"] = get(client, "/find/?full=on")
    return sent


def partners_sent(crowd: Crowd, coordinator: Person, as_: As) -> Sent:
    """What a mentor who was asked is sent, and what a coordinator is, but for rounds."""
    mentor = crowd.mentors[0].person
    asked = mentor.as_mentor.order_by("pk").values_list("pk", flat=True)
    paths = ["/", "/mentoring/", "/mentoring/said-of-me/", *(f"/mentoring/{pk}/" for pk in asked)]
    sent = {f"mentor {path}": get(as_(mentor), path) for path in paths}
    here = f"/programmes/{crowd.programme.slug}/"
    rest = [
        "",
        "people/",
        "people/?page=2",
        "settings/",
        "reports/",
        "export/people.csv",
        "export/people.xlsx",
        "rounds/",
    ]
    rest += [f"people/{person.pk}/" for person in crowd.people[::5]]
    return sent | {f"coordinator {path}": get(as_(coordinator), f"{here}{path}") for path in rest}


def in_each_world(crowd: Crowd, but: Sequence[Person], look: Callable[[], Sent]) -> list[Sent]:
    """What is sent in each of the worlds; the attackers' own hidden answers stay as they are."""
    found = []
    for purpose, seed in WORLDS.values():
        hide(crowd, purpose, random.Random(seed), but)
        found.append(look())
    return found


@pytest.fixture
def coordinator(crowd: Crowd) -> Person:
    """Of the programme."""
    return CoordinatorFactory(programme=crowd.programme).person


def test_nothing_hidden_can_be_told_from_what_is_sent(
    crowd: Crowd, attackers: list[Person], coordinator: Person, as_: As, count: Count
) -> None:
    SavedMentor.objects.bulk_create(SavedMentor(person=attackers[0], membership=each) for each in crowd.mentors[:3])
    ours = [*attackers, crowd.mentors[0].person]

    def look() -> Sent:
        mentees = lists_sent(attackers[0], as_) | pages_sent(crowd, attackers, as_)
        return mentees | partners_sent(crowd, coordinator, as_)

    worlds = in_each_world(crowd, ours, look)
    count("people attacked", len(crowd.people))
    count("hidden answers", len(crowd.hidden))
    count("pages compared, in each of four worlds", len(worlds[0]))
    count("bits gained from them", math.ceil(bits(worlds)))
    assert bits(worlds) == 0, differing(worlds)


def test_nothing_hidden_can_be_told_by_changing_what_one_asks_for(
    crowd: Crowd, attackers: list[Person], as_: As, count: Count
) -> None:
    worlds = in_each_world(crowd, attackers, lambda: answers_to_questions(attackers[0], as_))
    count("questions asked of the list, in each of four worlds", len(worlds[0]))
    count("bits gained from the answers", math.ceil(bits(worlds)))
    assert len(set(worlds[0].values())) > len(worlds[0]) // 3  # what stands on profiles is told well enough
    assert bits(worlds) == 0, differing(worlds)


def test_the_attack_gains_where_the_pool_reads_what_is_for_rounds(
    crowd: Crowd, attackers: list[Person], as_: As, count: Count
) -> None:
    """The negative control: the same attack on a pool without its guard."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('matching_said'::regproc)")
        guarded = cursor.fetchone()[0]
        assert "value.purpose = 'profile'" in guarded
        cursor.execute(guarded.replace("value.purpose = 'profile'", "value.purpose IN ('profile', 'rounds')"))
    worlds = in_each_world(crowd, attackers, lambda: answers_to_questions(attackers[0], as_, most=15))
    gained = bits(worlds)
    count("bits gained where the guard is gone (more than 0, or the attack is none)", round(gained))
    assert gained > 0


def test_what_others_ask_for_as_mentees_is_told_nowhere(
    crowd: Crowd, attackers: list[Person], coordinator: Person, as_: As
) -> None:
    others = [person for person in crowd.people if person not in attackers]
    worlds = []
    for seed in range(2):
        wish(others, Side.AS_MENTEE, everything(), random.Random(seed))
        mentees = lists_sent(attackers[0], as_) | pages_sent(crowd, attackers, as_)
        worlds.append(mentees | without_order(partners_sent(crowd, coordinator, as_)))
    assert bits(worlds) == 0, differing(worlds)


def without_order(sent: Sent) -> Sent:
    """The lists of a mentor's requests are in the order in which both sides fit: of them, what each line says."""
    ordered = ("mentor /", "mentor /mentoring/")
    return {place: "\n".join(sorted(text.split())) if place in ordered else text for place, text in sent.items()}


def test_what_mentors_ask_for_moves_them_in_the_order_of_fit_and_shows_nowhere_else(
    crowd: Crowd, attackers: list[Person], as_: As
) -> None:
    """The score has two sides (docs/matching.md), so the order of fit is theirs too; no page says whose doing it is."""
    mentors = [each.person for each in crowd.mentors]
    worlds = []
    for seed in range(2):
        wish(mentors, Side.AS_MENTOR, everything(), random.Random(seed))
        worlds.append(pages_sent(crowd, attackers, as_))
    assert len(worlds[0]) > len(mentors)
    assert bits(worlds) == 0, differing(worlds)


def test_what_others_keep_to_themselves_is_told_to_nobody(
    crowd: Crowd, attackers: list[Person], coordinator: Person, as_: As, count: Count
) -> None:
    """Whom others never meet, their teams, what they would rather not say: who is not one of the two sees no gap."""
    others = [person for person in crowd.people if person not in attackers and person != crowd.mentors[0].person]
    worlds = []
    for seed in range(3):
        keep_private(others, crowd.mentors, random.Random(seed))
        mentees = lists_sent(attackers[0], as_) | pages_sent(crowd, attackers, as_)
        worlds.append(mentees | partners_sent(crowd, coordinator, as_))
    count("pairs of people kept apart, unknown to all others", KeptApart.objects.count() // 2)
    count("bits gained about them", math.ceil(bits(worlds)))
    assert KeptApart.objects.exists()
    assert bits(worlds) == 0, differing(worlds)
    Block.objects.create(blocker=crowd.mentors[1].person, blocked=attackers[0])
    found = lists_sent(attackers[0], as_)  # who is one of the two does see it: the attack looks where it shows
    assert any(worlds[0][place] != text for place, text in found.items())


def test_a_coordinator_sees_no_more_than_bands_where_something_hidden_counted(
    crowd: Crowd, coordinator: Person, as_: As, count: Count
) -> None:
    client, labels = as_(coordinator), _hidden_labels()
    hide(crowd, Purpose.ROUNDS, random.Random(1))
    run = worked_out(begun(crowd.programme, coordinator), coordinator)
    here = f"/programmes/{crowd.programme.slug}/rounds/{run.round_id}/runs/{run.pk}/"
    banded = list(Pair.objects.filter(run=run, score=None))
    for pair in banded:
        page = get(client, f"{here}pairs/{pair.pk}/")
        assert not re.search(r"\d%", page)
        assert [label for label in labels if label in page] == []
    count("pairs of which a coordinator sees the band alone", len(banded))
    assert banded


def _hidden_labels() -> list[str]:
    """Answers about identity by their words; those that are words of our pages too are left out."""
    found = [choice.label for topic in everything().values() if topic.is_surface for choice in topic.choices.values()]
    return [label for label in found if len(label) > 8]


def test_what_is_for_totals_alone_changes_no_round(crowd: Crowd, coordinator: Person, as_: As) -> None:
    client, worlds = as_(coordinator), []
    for purpose, seed in ((None, 0), (Purpose.MONITORING, 1), (Purpose.MONITORING, 2)):
        hide(crowd, purpose, random.Random(seed))
        round_ = begun(crowd.programme, coordinator)
        run = worked_out(round_, coordinator)
        here = f"/programmes/{crowd.programme.slug}/rounds/{round_.pk}/"
        names = {str(round_.pk): "ROUND", str(run.pk): "RUN"}
        for pair in run.pairs.all():
            names |= {f"/pairs/{pair.pk}/": f"/pairs/{pair.mentee_id}/", f'pair-{pair.pk}"': f'pair-{pair.mentee_id}"'}
        pages = [f"{here}runs/{run.pk}/", *(f"{here}runs/{run.pk}/pairs/{pair.pk}/" for pair in run.pairs.all()[:30])]
        worlds.append({_named(path, names): _named(get(client, path), names) for path in pages})
        round_.delete()
    assert bits(worlds) == 0, differing(worlds)


def _named(text: str, names: Mapping[str, str]) -> str:
    """The same text for the same thing, whatever number it has got."""
    for key, name in names.items():
        text = text.replace(key, name)
    return text
