"""My four questions, one by one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.enums import Direction, Side, Strength
from matching.forms.picked import MOST_AT_ONCE
from matching.models import Preference, QuestionWords
from mentoring.domain import programme as programmes
from mentoring.models import Person, Programme
from tests.factories.matching import asks, says
from tests.mentoring.views.counting import queries_of

As = Callable[[Person], Client]
NEED = "/preferences/question/need/"
REQUIRE = "/preferences/question/require/"
HOW = f"{NEED}how/?pick=band&pick=values"


def kept(person: Person) -> dict[str, tuple[str, str, list[str]]]:
    rows = Preference.objects.filter(person=person)
    return {row.characteristic_id: (row.direction, row.strength, row.options) for row in rows}


def test_own_words_are_kept_for_oneself_and_taken_back(amina: Person, as_: As) -> None:
    mine = as_(amina)
    assert mine.post(NEED, {"words": " Somebody who listens. "}).headers["Location"] == "/preferences/"
    assert "Somebody who listens." in mine.get("/preferences/").text
    assert "Somebody who listens." in mine.get(NEED).text
    mine.post(NEED, {"words": "  "})
    assert not QuestionWords.objects.exists()


def test_words_that_are_too_long_are_not_lost(amina: Person, as_: As) -> None:
    page = as_(amina).post(NEED, {"words": "x" * 401}).text
    assert "<title>Error:" in page
    assert "x" * 401 in page


def test_what_is_picked_is_asked_about_next_and_put_under_its_question(amina: Person, as_: As) -> None:
    says(amina, "band", "6")
    mine = as_(amina)
    sent = {"pick_professional": ["band"], "pick_values": ["values"], "words": "Mine"}
    assert mine.post(NEED, sent).headers["Location"] == f"{NEED}how/?pick=band&pick=values"
    page = mine.get(HOW).text
    assert ("Your own answer: <strong>Band 6</strong>" in page, "How much does it matter" in page) == (True, False)
    sent = {"band-direction": "above", "values-direction": "one_of", "values-options": ["courage", "growth"]}
    assert mine.post(HOW, sent).headers["Location"] == NEED
    assert kept(amina) == {"band": ("above", "need", []), "values": ("one_of", "need", ["courage", "growth"])}
    assert QuestionWords.objects.get().words == "Mine"


def test_one_thing_wrong_keeps_nothing_and_loses_nothing(amina: Person, as_: As) -> None:
    sent = {"band-direction": "above", "values-direction": "one_of"}
    page = as_(amina).post(HOW, sent)
    assert kept(amina) == {}
    assert "Choose at least one, or ask in another way above." in page.text
    assert 'href="#id_values-options' in page.text
    assert "<title>Error: How should it be?" in page.text


def test_what_stands_under_another_question_moves(amina: Person, as_: As) -> None:
    says(amina, "band", "6")
    asks(amina, "band", Direction.ABOVE, Strength.SUPPORT)
    mine = as_(amina)
    assert "Now under “Would support me”" in mine.get(NEED).text
    mine.post(f"{NEED}how/?pick=band", {"band-direction": "above"})
    assert kept(amina) == {"band": ("above", "need", [])}
    assert "Now under" not in mine.get(NEED).text


def test_identity_is_required_only_where_a_programme_recorded_why(
    amina: Person, coretta: Person, programme: Programme, as_: As
) -> None:
    programmes.record_positive_action(programme=programme, reason="", by=coretta)
    mine = as_(amina)
    assert 'value="gender"' not in mine.get(REQUIRE).text
    assert 'value="gender"' in mine.get(NEED).text
    assert mine.get(f"{REQUIRE}how/?pick=gender").headers["Location"] == REQUIRE
    programmes.record_positive_action(programme=programme, reason="Too few at band 8", by=coretta)
    assert 'value="gender"' in mine.get(REQUIRE).text
    sent = {"gender-direction": "one_of", "gender-options": ["woman"]}
    mine.post(f"{REQUIRE}how/?pick=gender", sent)
    assert kept(amina) == {"gender": ("one_of", "require", ["woman"])}


def test_a_mentor_says_what_they_hope_for_in_the_same_way(folasade: Person, amina: Person, as_: As) -> None:
    page = reverse("question_mentor", args=["help"])
    assert as_(amina).get(page).status_code == 404
    mine = as_(folasade)
    mine.post(page, {"words": "Somebody curious"})
    assert QuestionWords.objects.get().side == Side.AS_MENTOR
    mine.post(reverse("question_pick_mentor", args=["help"]) + "?pick=values", {"values-direction": "same"})
    row = Preference.objects.get(person=folasade)
    assert (row.side, row.characteristic_id, row.strength) == (Side.AS_MENTOR, "values", "help")


@pytest.mark.parametrize("picked", ["", "?pick=nothing", "?pick=languages'--", "?" + "pick=x&" * 500])
def test_an_address_that_picks_nothing_leads_back(amina: Person, as_: As, picked: str) -> None:
    assert as_(amina).get(f"{NEED}how/{picked}").headers["Location"] == NEED


def test_there_are_four_questions_and_no_fifth(amina: Person, as_: As) -> None:
    mine = as_(amina)
    for question in Strength.values:
        assert mine.get(f"/preferences/question/{question}/").status_code == 200
    assert mine.get("/preferences/question/demand/").status_code == 404


def test_the_picture_has_ones_own_words_in_it(amina: Person, as_: As) -> None:
    says(amina, "band", "6")
    asks(amina, "band", Direction.ABOVE, Strength.NEED)
    page = as_(amina).get("/preferences/")
    assert page.context["inside"]["need"] == ["Pay band"]
    svg = page.text[page.text.index('<svg class="al-picture al-supports__picture') :]
    assert ">Pay band</text>" in svg[: svg.index("</svg>")]


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_takes_as_many_queries_whatever_stands_there(
    amina: Person, as_: As, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for key in ("languages", "region", "setting")[:count]:
        first = next(iter({"languages": "hausa", "region": "london", "setting": "school"}[key].split()))
        asks(amina, key, Direction.ONE_OF, Strength.NEED, first)
    mine = as_(amina)
    mine.get(NEED)
    with django_assert_max_num_queries(15):
        mine.get(NEED)


@pytest.mark.parametrize("count", [1, 3])
def test_saying_how_it_should_be_takes_as_many_queries_for_three_as_for_one(
    amina: Person, coretta: Person, programme: Programme, as_: As, count: int
) -> None:
    programmes.record_positive_action(programme=programme, reason="Too few at band 8", by=coretta)
    picked = "&".join(f"pick={key}" for key in ("gender", "ethnicity", "caring")[:count])
    mine = as_(amina)
    page = f"{REQUIRE}how/?{picked}"
    assert len(mine.get(page).context["blocks"]) == count
    assert queries_of(mine, page) == 13


def test_whoever_picks_more_than_fits_on_a_page_is_told(amina: Person, as_: As) -> None:
    mine = as_(amina)
    keys = [key for key, _ in mine.get(NEED).context["form"].fields["pick_professional"].choices]
    styles = [key for key, _ in mine.get(NEED).context["form"].fields["pick_working_styles"].choices]
    sent = {"pick_professional": keys, "pick_working_styles": styles}
    assert len(keys) + len(styles) > MOST_AT_ONCE
    page = mine.post(NEED, sent, follow=True)
    assert len(page.context["blocks"]) == MOST_AT_ONCE
    assert "These are the first 12 of what you picked. Pick the others later." in page.text
    few = mine.post(NEED, {"pick_professional": keys[:2]}, follow=True)
    assert "These are the first" not in few.text
