"""A coordinator's matching rounds: looked at first, changed by hand, published; and what stays hidden."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from matching.domain import rounds
from matching.domain.rounds.running import run_due
from matching.enums import Direction, Objective, Side, Strength
from matching.models import Change, Pair, Round, Run
from mentoring.domain import clock
from mentoring.enums import Purpose, Role
from mentoring.models import Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, PersonFactory
from tests.factories.matching import asks, says
from tests.factories.rounds import asked, begun, worked_out
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def of_round(name: str, row: Round, *more: object) -> str:
    return reverse(name, args=[row.programme.slug, row.pk, *more])


def of_run(name: str, run: Run, *more: object) -> str:
    return of_round(name, run.round, run.pk, *more)


def of_pair(name: str, pair: Pair) -> str:
    return of_run(name, pair.run, pair.pk)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def main(client: Client, url: str) -> str:
    return text(client, url).partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def client(as_: As, coretta: Person) -> Client:
    """The coordinator's."""
    return as_(coretta)


@pytest.fixture
def run(programme: Programme, amina: Person, folasade: Person, coretta: Person) -> Run:
    """Amina with Folasade, who both like direct feedback."""
    for person in (amina, folasade):
        says(person, "feedback", point=1)
    asks(amina, "feedback", Direction.SAME, Strength.NEED)
    return worked_out(begun(programme, coretta), coretta)


# --- From nothing to suggestions --------------------------------------------------------------------------------------


def test_from_choosing_people_to_a_request(
    as_: As, client: Client, programme: Programme, amina: Person, folasade: Person
) -> None:
    assert "No rounds yet" in text(client, reverse("rounds", args=[programme.slug]))
    new = reverse("round_new", args=[programme.slug])
    assert "1 mentee looks for a mentor and 1 mentor has a free place" in text(client, new)
    assert "Give this round a name." in client.post(new, {"name": ""}).content.decode()
    response = client.post(new, {"name": "Spring", "most": ""})
    row = Round.objects.get()
    assert response.headers["Location"] == of_round("round", row)

    response = client.post(of_round("round", row), {"objective": "fair", "mentee_share": "60"})
    run = Run.objects.get()
    assert response.headers["Location"] == of_run("run", run)
    assert (run.objective, run.mentee_share) == (Objective.FAIR, 60)
    waiting = client.get(of_run("run", run))
    assert waiting.headers["Refresh"] == "5"
    assert "Waiting to begin" in waiting.content.decode()
    assert "A run is under way" in text(client, of_round("round", row))

    run_due()
    done = client.get(of_run("run", run))
    assert "Refresh" not in done.headers
    assert "of 1 mentee matched" in done.content.decode()
    client.post(of_run("run_publish", run))
    assert "1 mentee has not asked the mentor suggested to them." in text(client, of_run("run", run))

    mentee = as_(amina)
    place = Membership.objects.get(person=folasade, role=Role.MENTOR)
    for url in (reverse("home"), reverse("find")):
        assert "Your coordinator suggests Folasade" in text(mentee, url)
    assert "our programme suggested that we might work well together" in text(mentee, reverse("ask", args=[place.pk]))
    mentee.post(reverse("ask", args=[place.pk]), {"message": "Hello"})
    assert Mentorship.objects.get().mentee == amina
    assert "Your coordinator suggests" not in text(mentee, reverse("home"))
    assert "1 mentee has asked their mentor." in text(client, of_run("run", run))


def test_a_number_beyond_all_people_is_refused(client: Client, programme: Programme, amina: Person) -> None:
    page = client.post(reverse("round_new", args=[programme.slug]), {"name": "Spring", "most": "9" * 20})
    assert "Enter a smaller number" in page.content.decode()
    assert not Round.objects.exists()


def test_only_what_is_ready_and_not_published_yet_asks_to_be_published(
    client: Client, run: Run, coretta: Person
) -> None:
    cancelled = asked(run.round, coretta)
    rounds.cancel_run(run=cancelled, by=coretta)
    assert "Publish Spring?" in text(client, of_run("run_publish", run))
    rounds.publish(run=run, by=coretta)
    for each in (cancelled, run):
        response = client.get(of_run("run_publish", each))
        assert response.headers["Location"] == of_run("run", each)


def test_not_for_me(as_: As, client: Client, run: Run, amina: Person, coretta: Person) -> None:
    rounds.publish(run=run, by=coretta)
    before = main(client, of_run("run", run))
    mentee = as_(amina)
    url = reverse("proposal_decline", args=[run.proposals.get().pk])
    assert "Nobody is told" in mentee.post(url, follow=True).content.decode()
    assert "Your coordinator suggests" not in text(mentee, reverse("find"))
    assert main(client, of_run("run", run)) == before, "nobody is told"


def test_a_run_can_be_cancelled_and_one_that_ended_cannot(client: Client, run: Run, coretta: Person) -> None:
    waiting = asked(run.round, coretta)
    client.post(of_run("run_cancel", waiting))
    assert "This was cancelled" in text(client, of_run("run", waiting))
    refused = client.post(of_run("run_cancel", run), follow=True)
    assert "This has ended in the meantime." in refused.content.decode()


def test_one_that_failed_says_what_to_do(client: Client, run: Run) -> None:
    waiting = Run.objects.create(round=run.round, objective="fair", mentee_share=70)
    Run.objects.filter(pk=waiting.pk).update(state="failed", finished_at=clock.now())
    assert "It was tried three times." in text(client, of_run("run", waiting))


# --- Changed by hand --------------------------------------------------------------------------------------------------


def test_keep_apart_together_and_undo(client: Client, programme: Programme, run: Run, folasade: Person) -> None:
    grace = MentorFactory(programme=programme, person__first_name="Grace").person
    row, pair = run.round, run.pairs.get()
    assert "Say why, in a few words." in client.post(of_pair("pair_exclude", pair), {"reason": ""}).content.decode()
    client.post(of_pair("pair_exclude", pair), {"reason": "Same team"})
    assert "Same team" in text(client, of_round("round", row))
    decided = text(client, of_pair("pair", pair))
    assert 'Decided already: not together in the runs to come. <br> <span class="al-hint">Same team' in decided
    assert "Do not put these two together" not in decided
    assert "Keep these two together" in decided
    together = of_round("round_together", row, pair.mentee_id)
    assert "Grace" not in text(client, together)  # who came later is not in this round
    client.post(together, {"mentor": str(grace.pk), "reason": "They met"})
    assert Change.objects.count() == 1
    client.post(together, {"mentor": str(folasade.pk), "reason": "They met"})
    assert "stay together" in text(client, of_round("round", row))
    standing = Change.objects.get(undone_at__isnull=True)
    client.post(of_round("round_undo", row, standing.pk))
    assert not Change.objects.filter(undone_at__isnull=True).exists()


def test_who_decides_comes_back_to_the_line_they_left(client: Client, run: Run, coretta: Person) -> None:
    pair = run.pairs.get()
    query = "?sort=mentor&page=1&left=1"
    line = f"{of_run('run', run)}{query}#pair-{pair.pk}"
    html_query = query.replace("&", "&amp;")
    assert f'href="{of_pair("pair", pair)}{html_query}"' in text(client, of_run("run", run) + query)
    page = text(client, of_pair("pair", pair) + query)
    for name, words in (
        ("pair_keep", "Stay together in the next run"),
        ("pair_exclude", "Not together in the next run"),
    ):
        assert f'href="{of_pair(name, pair)}{html_query}"' in page
        assert f'href="{of_pair("pair", pair)}{html_query}"' in text(client, of_pair(name, pair) + query)
        response = client.post(of_pair(name, pair) + query, {"reason": "Coretta knows both"})
        assert response.headers["Location"] == line
        back = text(client, line)
        assert f'id="pair-{pair.pk}"' in back
        assert words in back
        assert 'data-disable-auto-focus="true"' in back  # the banner leaves the focus where they arrive
        page = text(client, of_pair("pair", pair) + query)
        assert "Change the reason" in page
    rounds.close_round(round_=run.round, by=coretta)
    assert "in the next run" not in text(client, of_run("run", run))


def test_what_a_run_has_as_decided_is_not_said_to_come(client: Client, run: Run, coretta: Person) -> None:
    pair = run.pairs.get()
    rounds.keep_together(round_=run.round, mentee=pair.mentee, mentor=pair.mentor, reason="They met", by=coretta)
    page = text(client, of_run("run", worked_out(run.round, coretta)))
    assert "Kept together by hand" in page
    assert "in the next run" not in page


def test_a_run_says_which_it_is_and_what_is_proven_of_it(client: Client, run: Run, coretta: Person) -> None:
    given = "Pairs kept by hand are taken as given"
    first = text(client, of_run("run", run))
    assert "Run 1 of Spring: ready" in first
    assert "Proven for “Nobody left far behind”: no other set of pairs would do better." in first
    assert given not in first
    pair = run.pairs.get()
    rounds.keep_together(round_=run.round, mentee=pair.mentee, mentor=pair.mentor, reason="They met", by=coretta)
    second = worked_out(run.round, coretta, objective=Objective.TOTAL)
    page = text(client, of_run("run", second))
    assert "Run 2 of Spring: ready" in page
    assert "Proven for “The best fit overall”: no other set of pairs would do better." in page
    assert given in page
    third = worked_out(run.round, coretta, objective=Objective.STABLE)
    page = text(client, of_run("run", third))
    assert "Run 3 of Spring: ready" in page
    assert "No mentee and mentor would both rather have each other. Pairs kept" in page
    assert "Run 1 of Spring: ready" in text(client, of_run("run", run))


def test_two_who_do_not_fit_are_refused_and_the_words_stay(client: Client, run: Run, folasade: Person) -> None:
    asks(folasade, "band", Direction.ONE_OF, Strength.REQUIRE, "6", side=Side.AS_MENTOR)
    url = of_round("round_together", run.round, run.pairs.get().mentee_id)
    refused = client.post(url, {"mentor": str(folasade.pk), "reason": "They met"})
    assert refused.status_code == 409
    assert "do not fit" in refused.content.decode()
    assert "They met" in refused.content.decode()


def test_people_are_found_left_out_and_brought_back(client: Client, programme: Programme, run: Run) -> None:
    url = of_round("round_people", run.round, "mentee")
    place = Membership.objects.get(role=Role.MENTEE)
    assert "Amina Yusuf" in text(client, url + "?q=AMINA")
    assert "Nobody of that name" in text(client, url + "?q=zzz")
    left = client.post(url, {"person": str(place.pk), "left_out": "yes"}, follow=True).content.decode()
    assert "Amina Yusuf is left out of this round." in left
    assert "Bring back" in text(client, url)
    assert "1 left out by hand" in text(client, of_round("round", run.round))
    refused = client.post(of_round("round", run.round), {"objective": "fair", "mentee_share": "70"})
    assert refused.status_code == 409
    assert "No mentee is left in this round." in refused.content.decode()
    back = client.post(url, {"person": str(place.pk), "left_out": "no"}, follow=True).content.decode()
    assert "Amina Yusuf is back in this round." in back
    assert "Leave out" in text(client, url)
    assert client.get(of_round("round_people", run.round, "coordinator")).status_code == 404


def test_two_runs_side_by_side(client: Client, programme: Programme, run: Run, coretta: Person) -> None:
    row = run.round
    assert client.get(of_round("round_compare", row)).status_code == 404
    pair = run.pairs.get()
    rounds.keep_apart(round_=row, mentee=pair.mentee, mentor=pair.mentor, reason="Same team", by=coretta)
    second = worked_out(row, coretta)
    page = text(client, of_round("round_compare", row))
    for words in ("0 the same in both", "1 matched only in Run 1", "0 matched only in Run 2", "nobody", "100%"):
        assert words in page
    worked_out(row, coretta)
    url = of_round("round_compare", row) + f"?first={run.pk}&second={second.pk}"
    assert "1 matched only in Run 1" in text(client, url)


def test_for_whom_two_runs_differ_is_in_order_of_name(client: Client, programme: Programme, coretta: Person) -> None:
    names = ["Adu", "Bello", "Chen", "Diaz"]
    for name in reversed(names):
        MembershipFactory(programme=programme, person__last_name=name)
    MentorFactory(programme=programme, capacity=4)
    row = begun(programme, coretta)
    for pair in worked_out(row, coretta).pairs.all():
        rounds.keep_apart(round_=row, mentee=pair.mentee, mentor=pair.mentor, reason="Same team", by=coretta)
    worked_out(row, coretta)
    page = text(client, of_round("round_compare", row))
    assert sorted(names, key=page.index) == names


def test_closing_ends_what_is_under_way(client: Client, run: Run, coretta: Person) -> None:
    waiting = asked(run.round, coretta)
    client.post(of_round("round_close", run.round))
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    page = text(client, of_round("round", run.round))
    assert "Work out proposals" not in page
    assert "Decide by hand" not in text(client, of_pair("pair", run.pairs.get()))
    again = client.get(of_round("round_close", run.round))
    assert again.headers["Location"] == of_round("round", run.round)


def test_long_after_closing_the_pages_have_numbers_and_nobody(client: Client, run: Run, amina: Person) -> None:
    client.post(of_round("round_close", run.round))
    with time_machine.travel(clock.now() + timedelta(days=91), tick=True):
        rounds.forget_old()
    page = main(client, of_run("run", run))
    assert '<p class="al-figure">1</p> <p>of 1 mentee matched</p>' in page
    assert amina.last_name not in page
    page = main(client, of_round("round", run.round))
    assert "1 of 1 mentee matched" in page
    assert "Who takes part" not in page


# --- What stays hidden ------------------------------------------------------------------------------------------------


def test_reasons_are_facts_of_fit_and_never_who_asked(client: Client, run: Run) -> None:
    page = text(client, of_pair("pair", run.pairs.get()))
    assert "Feedback: both prefer direct feedback" in page
    assert "100%" in page
    for words in ("ask", "need", "want", "hope", "Amina", "Folasade"):
        assert words not in facts(page).partition("</ul>")[0]


def test_reasons_are_the_same_whoever_of_the_two_asked_and_however_strongly(
    client: Client, amina: Person, folasade: Person, run: Run, coretta: Person
) -> None:
    for person, band, wanted in ((amina, "6", "sponsorship_wanted"), (folasade, "8a", "sponsorship_offered")):
        says(person, "band", band)
        says(person, wanted, "shadowing", "introductions")
    amina.preferences.all().delete()
    seen = set()
    for person, side, door in (
        (amina, Side.AS_MENTEE, "sponsorship_wanted"),
        (folasade, Side.AS_MENTOR, "sponsorship_offered"),
    ):
        for strong, light in ((Strength.NEED, Strength.SUPPORT), (Strength.SUPPORT, Strength.NEED)):
            asks(person, "feedback", Direction.SAME, strong, side=side)
            asks(person, "band", Direction.DIFFERENT, light, side=side)
            asks(person, door, Direction.COMPLEMENTS, strong, side=side)
            seen.add(facts(text(client, of_pair("pair", worked_out(run.round, coretta).pairs.get()))))
        person.preferences.all().delete()
    (only,) = seen
    assert "band 6 (Amina), band 8a (Folasade)" in only
    assert "both shadowing" in only or "both introductions" in only


def facts(page: str) -> str:
    return page.partition("What counted")[2].partition("</section>")[0]


def test_a_pair_in_which_something_for_rounds_counted_shows_a_word_and_no_figure_anywhere(
    client: Client, programme: Programme, run: Run, amina: Person, folasade: Person, coretta: Person
) -> None:
    says(amina, "gender", "woman", purpose=Purpose.ROUNDS)
    says(folasade, "gender", "woman")
    asks(amina, "gender", Direction.SAME, Strength.NEED)
    hidden = worked_out(run.round, coretta)
    pages = [
        text(client, of_run("run", hidden)),
        text(client, of_pair("pair", hidden.pairs.get())),
        text(client, of_round("round_compare", hidden.round) + f"?first={hidden.pk}&second={hidden.pk}"),
    ]
    for page in pages:
        assert "Very strong fit" in page
        assert "100%" not in page
        assert "prefer direct feedback" not in page
        assert "on average</p>" not in page
    assert "given for rounds alone" in pages[1] or "gave for rounds alone" in pages[1]


def test_figures_are_those_of_the_shown_pairs_alone(
    client: Client, programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    kofi = MembershipFactory(programme=programme, person__first_name="Kofi").person
    Membership.objects.filter(person=folasade).update(capacity=2)
    asks(amina, "gender", Direction.ONE_OF, Strength.NEED, "man")
    says(folasade, "gender", "woman", purpose=Purpose.ROUNDS)
    says(folasade, "band", "7")
    asks(kofi, "band", Direction.ONE_OF, Strength.NEED, "7")
    run = worked_out(begun(programme, coretta), coretta)
    assert (run.total, run.worst) == (10_000, 0)
    page = text(client, of_run("run", run))
    assert "are those of the 1 pair shown with a figure" in page
    assert "50%" not in page
    assert page.count(">100%<") == 2
    assert ">0%<" not in page


def test_the_order_by_fit_says_nothing_about_hidden_pairs(
    client: Client, programme: Programme, coretta: Person
) -> None:
    mentees = [MembershipFactory(programme=programme, person__last_name=name).person for name in "DCBA"]
    MentorFactory(programme=programme, capacity=4)
    run = worked_out(begun(programme, coretta), coretta)
    for mentee, score in zip(mentees, (None, 7_900, None, 6_100), strict=True):
        Pair.objects.filter(run=run, mentee=mentee).update(score=score, band=1)
    page = text(client, of_run("run", run))
    order = sorted(mentees, key=lambda mentee: page.index(f'/">{mentee.name}<span'))
    assert [mentee.last_name for mentee in order] == ["C", "A", "B", "D"]


def test_a_coordinator_sees_no_more_than_the_word_for_a_pair_they_are_in(
    as_: As, client: Client, programme: Programme, run: Run, folasade: Person
) -> None:
    MembershipFactory(programme=programme, person=folasade, role=Role.COORDINATOR)
    own = as_(folasade)
    assert "100%" in text(client, of_run("run", run))
    for url in (of_run("run", run), of_pair("pair", run.pairs.get())):
        page = text(own, url)
        assert "Very strong fit" in page
        assert "100%" not in page
        assert "prefer direct feedback" not in page


def test_identity_is_never_a_fact_even_on_a_profile(
    client: Client, programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    for person in (amina, folasade):
        says(person, "gender", "woman")
        says(person, "race_talk", "either")
    asks(amina, "gender", Direction.SAME, Strength.NEED)
    asks(amina, "race_talk", Direction.SAME, Strength.NEED)
    run = worked_out(begun(programme, coretta), coretta)
    page = text(client, of_pair("pair", run.pairs.get()))
    assert "Nothing that can be said here." in page
    assert "woman" not in page.lower()


def test_two_who_would_mentor_each_other_are_named(
    client: Client, programme: Programme, amina: Person, folasade: Person, coretta: Person
) -> None:
    MembershipFactory(programme=programme, person=folasade)
    MentorFactory(programme=programme, person=amina)
    run = worked_out(begun(programme, coretta), coretta)
    page = text(client, of_run("run", run))
    assert page.count("Would mentor each other") == 2
    assert "each is proposed to the other" in page


def test_a_person_of_another_round_or_programme_is_not_there(
    client: Client, run: Run, stranger: Person, coretta: Person
) -> None:
    assert client.get(of_round("round_together", run.round, stranger.pk)).status_code == 404
    assert client.get(of_round("round_together", run.round, PersonFactory().pk)).status_code == 404
    other = begun(run.round.programme, coretta)
    assert client.get(of_round("run", other, run.pk)).status_code == 404
    pair = run.pairs.get()
    assert client.get(of_round("pair", other, run.pk, pair.pk)).status_code == 404


# --- As many queries for many as for few ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["rounds", "round_new", "round", "people", "together", "run", "pair", "compare"])
def test_pages_ask_the_database_as_often_for_many_as_for_few(
    client: Client, programme: Programme, run: Run, coretta: Person, page: str
) -> None:
    def url(run: Run) -> str:
        pair = run.pairs.order_by("pk").first()
        assert pair is not None
        return {
            "rounds": reverse("rounds", args=[programme.slug]),
            "round_new": reverse("round_new", args=[programme.slug]),
            "round": of_round("round", run.round),
            "people": of_round("round_people", run.round, "mentor"),
            "together": of_round("round_together", run.round, pair.mentee_id),
            "run": of_run("run", run),
            "pair": of_pair("pair", pair),
            "compare": of_round("round_compare", run.round),
        }[page]

    left = MembershipFactory(programme=programme).person
    asks(left, "band", Direction.ONE_OF, Strength.REQUIRE, "8a")
    row = begun(programme, coretta)
    worked_out(row, coretta)
    second = worked_out(row, coretta)
    few = queries_of(client, url(second))
    for number in range(4):
        mentee = MembershipFactory(programme=programme).person
        says(mentee, "profession", "physiotherapy")
        asks(mentee, "band", Direction.ONE_OF, Strength.REQUIRE if number % 2 else Strength.NEED, "8a")
        MentorFactory(programme=programme, capacity=1)
    row = begun(programme, coretta)
    with_change = worked_out(row, coretta).pairs.first()
    assert with_change is not None
    rounds.keep_together(
        round_=row, mentee=with_change.mentee, mentor=with_change.mentor, reason="They met", by=coretta
    )
    worked_out(row, coretta, objective=Objective.TOTAL)
    many = worked_out(row, coretta)
    assert many.matched
    assert many.matched > 1
    assert queries_of(client, url(many)) <= few + (2 if page == "round" else 0)


def test_home_and_find_ask_the_database_as_often_with_many_suggestions(
    as_: As, programme: Programme, run: Run, amina: Person, coretta: Person
) -> None:
    rounds.publish(run=run, by=coretta)
    before = {name: queries_of(as_(amina), reverse(name)) for name in ("home", "find")}
    for number in range(2):
        again = worked_out(begun(programme, coretta, name=f"Round {number}"), coretta)
        rounds.publish(run=again, by=coretta)
    run.proposals.update(until=clock.now() + timedelta(days=3))
    assert {name: queries_of(as_(amina), reverse(name)) for name in before} == before
