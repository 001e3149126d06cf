"""The way through the profile, its progress, and the pages it leads to."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.domain import apart, question
from mentoring.domain.personality import point
from mentoring.models import Characteristic, Membership, NotSaid, Person, Programme
from tests.factories import MembershipFactory, PersonFactory
from tests.factories.matching import says

As = Callable[[Person], Client]
PERSONALITY = "/profile/personality/"


@pytest.mark.parametrize(
    ("said", "turned", "due"),
    [
        ([5, 5, 5, 5], [False] * 4, 5),
        ([5, 1, 1, 1], [False, True, True, True], 5),
        ([1, 5, 5, 5], [False, True, True, True], 1),
        ([3, 3, 3, 3], [False, True, False, True], 3),
        ([4, 4, 4, 2], [False] * 4, 4),  # 3.5: halves up
        ([4, 3, 3, 3], [False] * 4, 3),  # 3.25
        ([1, 1, 1, 2], [False] * 4, 1),
    ],
)
def test_four_answers_make_one_point(said: list[int], turned: list[bool], due: int) -> None:
    assert point(said, turned) == due


def test_only_the_result_is_kept_and_it_can_be_taken_back(amina: Person, as_: As) -> None:
    mine = as_(amina)
    sent = {f"openness_{number}": "5" if number == 0 else "2" for number in range(4)}
    assert mine.post(PERSONALITY, sent).headers["Location"] == "/profile/"
    assert amina.values.get().point == 4  # (5 + 4 + 4 + 4) / 4 = 4.25
    page = mine.get(PERSONALITY).text
    assert "Take my result back" in page
    assert " checked" not in page
    mine.post(PERSONALITY, {"openness_back": "on"})
    assert not amina.values.exists()


def test_three_of_four_are_an_error_at_the_fourth_and_stay_ticked(amina: Person, as_: As) -> None:
    page = as_(amina).post(PERSONALITY, {"openness_0": "1", "openness_1": "2", "openness_2": "3"}).text
    assert page.count("a result needs all four statements") == 2  # in the summary and at the statement
    assert page.count(" checked") == 3
    assert not amina.values.exists()


def test_the_way_leads_through_every_page_once_and_ends_at_what_others_see(folasade: Person, as_: As) -> None:
    mine = as_(folasade)
    hub = mine.get("/profile/")
    due = [task.href for part in hub.context["parts"] for task in part.tasks]
    assert len(due) == len(set(due)) >= 9
    page, seen = f"{due[0]}?guided=on", []
    while not page.startswith(reverse("profile_preview")):
        response = mine.get(page)
        assert response.status_code == 200
        guide = response.context.get("guide")
        assert guide is not None, page
        assert f"Step {guide.number} of {len(due)}" in response.text
        seen.append(page.removesuffix("?guided=on"))
        page = guide.on
    assert seen == due


def test_saving_on_the_way_leads_on_and_else_back(amina: Person, as_: As) -> None:
    mine = as_(amina)
    said = {"first_name": "Amina", "headline": "On my way"}
    assert mine.post("/profile/about/", said).headers["Location"] == "/profile/"
    on = mine.post("/profile/about/?guided=on", said).headers["Location"]
    assert on.endswith("?guided=on")
    assert mine.get("/profile/about/?guided=on").context["guide"].on == on


def test_progress_counts_what_was_said_and_what_one_would_rather_not_say(amina: Person, as_: As) -> None:
    mine = as_(amina)
    before = mine.get("/profile/").context["done"]
    says(amina, "values", "growth")
    assert mine.get("/profile/").context["done"] == before + 1
    mine.post("/profile/identity/gender/", {"purpose": "not_said"})
    assert NotSaid.objects.get().characteristic_id == "gender"
    identity = next(part for part in mine.get("/profile/").context["parts"] if part.heading == "My identity")
    assert identity.tasks[0].status == "1 of 7 said"
    assert "I would rather not say" in mine.get("/profile/identity/").text


def test_what_nobody_needs_to_do_is_not_said_to_be_done(amina: Person, as_: As) -> None:
    mine = as_(amina)
    hub = mine.get("/profile/").context
    assert hub["optional"] == sum(task.status == "Only if I like" for part in hub["parts"] for task in part.tasks) > 0
    mine.post("/profile/identity/gender/", {"purpose": "not_said"})
    after = mine.get("/profile/").context
    assert [after[key] - hub[key] for key in ("done", "count", "optional")] == [1, 1, -1]


def test_a_new_profile_has_nothing_done(db: None, as_: As) -> None:
    hub = as_(PersonFactory(first_name="", last_name="")).get("/profile/").context
    assert hub["done"] == 0


def test_an_answer_takes_the_place_of_not_saying_and_the_other_way_round(amina: Person, as_: As) -> None:
    mine = as_(amina)
    page = "/profile/identity/gender/"
    mine.post(page, {"purpose": "not_said"})
    mine.post(page, {"purpose": "profile", "answer": "woman", "agree": "on"})
    assert (amina.values.count(), NotSaid.objects.count()) == (1, 0)
    mine.post(page, {"purpose": "not_said"})
    assert (amina.values.count(), NotSaid.objects.count()) == (0, 1)


def test_a_programmes_reason_is_read_before_answering(
    amina: Person, coretta: Person, programme: Programme, as_: As
) -> None:
    page = "/profile/identity/religion/"
    mine = as_(amina)
    assert mine.get(page).status_code == 404
    asked = Characteristic.objects.get(pk="religion")
    question.choose(programme=programme, characteristic=asked, asked=True, reason="A canary why", by=coretta)
    assert "A canary why" in mine.get(page).text
    mine.post(page, {"purpose": "profile", "answer": "sikh", "agree": "on"})
    question.choose(programme=programme, characteristic=asked, asked=False, reason="", by=coretta)
    assert mine.get(page).status_code == 404
    assert "No programme of yours asks this any more" in mine.get("/profile/identity/").text
    mine.post("/profile/identity/religion/withdraw/")
    assert not amina.values.exists()


def test_a_coordinator_switches_questions_on_and_off_and_adds_one(
    coretta: Person, programme: Programme, as_: As
) -> None:
    here = f"/programmes/{programme.slug}/settings/questions/"
    theirs = as_(coretta)
    assert theirs.get(here).status_code == 200
    refused = theirs.post(f"{here}religion/", {"asked": "yes", "reason": ""})
    assert "Say why you ask this, or choose not to ask it." in refused.text
    assert theirs.post(f"{here}religion/", {"asked": "yes", "reason": "We were asked to."}).status_code == 302
    assert "We were asked to." in theirs.get(here).text
    assert theirs.get(f"{here}profession/").status_code == 404
    wrong = theirs.post(f"{here}add/", {"label": "Committees", "question": "Which?", "kind": "multi"})
    assert "Enter the answers, one on each line." in wrong.text
    assert "Committees" in wrong.text
    sent = {"label": "Committees", "question": "Which?", "kind": "multi", "options": "Ethics\r\nBoard\r\n\r\n"}
    assert theirs.post(f"{here}add/", sent).status_code == 302
    made = programme.own_characteristics.get()
    assert [option.label for option in made.options.all()] == ["Ethics", "Board"]


def test_lists_of_never_show_me_to_are_kept_and_errors_lose_nothing(amina: Person, as_: As) -> None:
    mine = as_(amina)
    wrong = mine.post("/profile/never-show/managers/", {"email": "no address"}).text
    assert "Enter an email address like name@example.org." in wrong
    assert "no address" in wrong
    mine.post("/profile/never-show/managers/", {"email": "Boss@Example.org"})
    mine.post("/profile/never-show/team/", {"team": "Stroke"})
    page = mine.get("/profile/never-show/").text
    assert "boss@example.org" in page
    assert 'value="Stroke"' in page
    row = amina.managed_by.get()
    mine.post(f"/profile/never-show/managers/{row.pk}/remove/")
    assert not amina.managed_by.exists()


def switch_off(programme: Programme, by: Person, *keys: str) -> None:
    for key in keys:
        topic = Characteristic.objects.get(pk=key)
        question.choose(programme=programme, characteristic=topic, asked=False, reason="", by=by)


def statuses(client: Client) -> dict[str, str]:
    return {task.label: task.status for part in client.get("/profile/").context["parts"] for task in part.tasks}


def test_a_page_is_done_when_all_is_said_that_is_asked_there(
    amina: Person, folasade_membership: Membership, coretta: Person, programme: Programme, as_: As
) -> None:
    folasade = folasade_membership.person
    Person.objects.filter(pk=amina.pk).update(wants="An honest word")
    Person.objects.filter(pk=folasade.pk).update(mentored="Two students")
    assert statuses(as_(amina))["What I want from mentoring"] == "Started"
    assert statuses(as_(folasade))["What I can offer"] == "Started"
    switch_off(programme, coretta, "sponsorship_wanted", "sponsorship_offered")
    assert statuses(as_(amina))["What I want from mentoring"] == "Done"
    assert statuses(as_(folasade))["What I can offer"] == "Done"


def test_a_page_on_which_nothing_is_asked_is_not_there(
    amina: Person, coretta: Person, programme: Programme, as_: As
) -> None:
    mine = as_(amina)
    assert "8 short statements" in mine.get("/profile/").text
    switch_off(programme, coretta, "openness")
    assert "4 short statements" in mine.get("/profile/").text
    assert mine.get(PERSONALITY).status_code == mine.get("/profile/values/").status_code == 200
    switch_off(programme, coretta, "conscientiousness", "values")
    assert not {"How I go about things", "What matters to me"} & statuses(mine).keys()
    assert mine.get(PERSONALITY).status_code == mine.get("/profile/values/").status_code == 404


def test_who_hopes_to_mentor_goes_the_same_way_before_they_have_a_programme(as_: As) -> None:
    """On every page, the other apps' too, the steps are those of the list."""
    mine = as_(PersonFactory())
    session = mine.session
    session["here_for"] = ["mentor"]
    session.save()
    due = [task.href for part in mine.get("/profile/").context["parts"] for task in part.tasks]
    for number, page in enumerate(due, start=1):
        assert f"Step {number} of {len(due)}" in mine.get(f"{page}?guided=on").text, page


def test_who_is_in_several_programmes_is_told_that_each_shows_what_it_asks(amina: Person, as_: As) -> None:
    told = "in each of your programmes only what that programme asks"
    mine = as_(amina)
    assert told not in mine.get("/profile/preview/").text
    MembershipFactory(person=amina)
    assert told in mine.get("/profile/preview/").text


def test_what_an_answer_is_used_for_is_told_as_it_is(amina: Person, as_: As) -> None:
    page = as_(amina).get("/profile/identity/gender/").text
    assert "It never changes what anybody finds by themselves." in page
    assert "No programme has matches proposed yet" not in page


def test_never_show_me_to_says_who_still_sees_that_one_takes_part(amina: Person, as_: As) -> None:
    page = as_(amina).get("/profile/never-show/").text
    assert "The coordinators of your programmes still see that you take part" in page


def test_lists_cannot_be_tried_out_without_end(amina: Person, as_: As) -> None:
    mine = as_(amina)
    for number in range(apart.MOST_A_DAY):
        apart.record_manager(email=f"guess{number}@example.org", by=amina)
    refused = mine.post("/profile/never-show/managers/", {"email": "one.more@example.org"})
    assert "Please come back tomorrow for more." in refused.text
    assert "one.more@example.org" in refused.text
