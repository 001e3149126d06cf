"""My four questions."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.domain.preference import say_in_own_words
from matching.enums import Direction, Side, Strength
from matching.models import Preference
from mentoring.enums import MembershipState, Purpose
from mentoring.models import Characteristic, Membership, Option, Person, Programme
from tests.factories import OrganisationFactory
from tests.factories.matching import asks, says

As = Callable[[Person], Client]
BAND = "/preferences/about/band/"
GONE = "That is not offered any more. Choose one of these."


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def kept(person: Person) -> list[tuple[str, str, str, str, list[str]]]:
    rows = Preference.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("side", "characteristic_id", "direction", "strength", "options"))


@pytest.mark.parametrize("path", ["/preferences/", BAND, "/preferences/mentor/", "/preferences/mentor/about/band/"])
def test_somebody_signed_out_signs_in_first(client: Client, path: str, db: None) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("path", ["/preferences/mentor/", "/preferences/mentor/about/band/"])
def test_only_mentors_say_what_they_hope_for_in_a_mentee(
    amina: Person, coretta: Person, folasade: Person, as_: As, path: str
) -> None:
    for person in (amina, coretta):
        assert as_(person).get(path).status_code == 404
        assert as_(person).post(path, {"direction": "same", "strength": "need"}).status_code == 404
    assert as_(folasade).get(path).status_code == 200
    folasade.memberships.update(state=MembershipState.WAITING)
    assert as_(folasade).get(path).status_code == 200
    folasade.memberships.update(state=MembershipState.LEFT)
    assert as_(folasade).get(path).status_code == 404


def test_what_one_asked_for_stands_under_its_question(amina: Person, as_: As) -> None:
    says(amina, "band", "6")
    asks(amina, "band", Direction.ABOVE, Strength.NEED)
    asks(amina, "profession", Direction.ONE_OF, Strength.REQUIRE, "dietetics", "podiatry")
    response = as_(amina).get("/preferences/")
    asked = {question.strength: [each.words for each in question.asked] for question in response.context["questions"]}
    assert asked == {
        "require": ["Someone from one of these professions: podiatry or dietetics"],
        "need": ["Someone more senior than me"],
        "help": [],
        "support": [],
    }
    page = response.content.decode()
    assert "Someone from one of these professions: podiatry or dietetics" in page
    assert "Nobody ever sees what you ask for" in page
    assert "We need your own answer first" not in page


def test_nobody_sees_anothers(amina: Person, folasade: Person, as_: As) -> None:
    asks(folasade, "band", Direction.ABOVE)
    for path in ("/preferences/", BAND):
        page = html(as_(amina), path)
        assert "checked" not in page
    assert "Change<" not in html(as_(amina), "/preferences/")


def test_a_missing_own_answer_is_asked_for_kindly(amina: Person, as_: As) -> None:
    asks(amina, "band", Direction.ABOVE)
    asks(amina, "ethnicity", Direction.SAME)
    asks(amina, "region", Direction.ONE_OF, Strength.HELP, "wales")
    page = html(as_(amina), "/preferences/")
    assert page.count("We need your own answer first") == 2
    assert f'href="{reverse("profile_step", args=["work"])}"' in page
    assert 'href="/profile/identity/ethnicity/"' in page


@pytest.mark.parametrize("purpose", list(Purpose))
def test_ones_own_answer_serves_whatever_its_purpose(amina: Person, as_: As, purpose: Purpose) -> None:
    says(amina, "ethnicity", "african", purpose=purpose)
    asks(amina, "ethnicity", Direction.SAME)
    assert "We need your own answer first" not in html(as_(amina), "/preferences/")
    assert "<strong>African</strong>" in html(as_(amina), "/preferences/about/ethnicity/")


def test_every_page_that_is_offered_opens_and_leads_to_ones_own_answer(amina: Person, as_: As) -> None:
    OrganisationFactory()
    client = as_(amina)
    families = client.get("/preferences/").context["families"]
    asks_offered = [ask for family in families for ask in family.asks]
    assert len(asks_offered) == 31
    for ask in asks_offered:
        response = client.get(ask.href)
        assert response.status_code == 200
        assert client.get(response.context["own_answer_url"]).status_code == 200


def test_what_is_asked_of_the_other_is_said_of_the_other(amina: Person, folasade: Person, as_: As) -> None:
    page = html(as_(amina), "/preferences/")
    assert all(words in page for words in ("Where they work", "Doors they can open", "Doors I would like opened"))
    assert "Where I work" not in page
    assert "Doors I can open" not in page
    assert "<h1>Doors they can open</h1>" in html(as_(amina), "/preferences/about/sponsorship_offered/")
    mentors = html(as_(folasade), "/preferences/mentor/")
    assert ("Doors I can open" in mentors, "Doors they can open" in mentors) == (True, False)


def test_what_was_saved_is_named_without_shouting_or_mumbling(amina: Person, as_: As) -> None:
    path = "/preferences/about/sponsorship_wanted/"
    page = as_(amina).post(path, {"direction": "complements", "strength": "need"}, follow=True).content.decode()
    assert "Saved: doors I would like opened." in page


def test_whether_identity_may_be_a_condition_is_asked_once(amina: Person, as_: As) -> None:
    client = as_(amina)
    with CaptureQueriesContext(connection) as queries:
        client.get("/preferences/about/ethnicity/")
    assert sum("positive_action_reason" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("key", ["nothing", "mentor"])
def test_what_is_not_offered_is_not_found(amina: Person, as_: As, key: str) -> None:
    assert as_(amina).get(f"/preferences/about/{key}/").status_code == 404


def test_what_is_retired_is_not_found_and_not_listed(amina: Person, as_: As) -> None:
    asks(amina, "band", Direction.ABOVE)
    Characteristic.objects.filter(pk="band").update(retired=True)
    assert as_(amina).get(BAND).status_code == 404
    assert "more senior" not in html(as_(amina), "/preferences/")


def test_saving_changing_and_taking_back(amina: Person, as_: As) -> None:
    client = as_(amina)
    response = client.post(BAND, {"direction": "above", "strength": "need"})
    assert response["Location"] == "/preferences/"
    assert kept(amina) == [("as_mentee", "band", "above", "need", [])]
    assert re.search(r'value="above"[^>]* checked', html(client, BAND))

    client.post(BAND, {"direction": "one_of", "strength": "require", "options": ["8a", "7"]})
    assert kept(amina) == [("as_mentee", "band", "one_of", "require", ["7", "8a"])]

    client.post(BAND, {"direction": "any"})
    assert kept(amina) == []


def test_a_mentors_hopes_are_kept_apart(folasade: Person, as_: As) -> None:
    client = as_(folasade)
    response = client.post("/preferences/mentor/about/band/", {"direction": "same", "strength": "help"})
    assert response["Location"] == "/preferences/mentor/"
    assert kept(folasade) == [("as_mentor", "band", "same", "help", [])]
    assert "Someone on the same pay band as me" in html(client, "/preferences/mentor/")
    assert "Someone on the same pay band as me" not in html(client, "/preferences/")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose what you would like, or that it does not matter."),
        ({"direction": "above"}, "Choose how much it matters to you."),
        ({"direction": "one_of", "strength": "need"}, "Choose at least one, or ask in another way above."),
        ({"direction": "complements", "strength": "need"}, GONE),
        ({"direction": "above", "strength": "most"}, GONE),
        (
            {"direction": "one_of", "strength": "need", "options": ["99"]},
            GONE,
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(amina: Person, as_: As, data: dict[str, object], words: str) -> None:
    page = as_(amina).post(BAND, data).content.decode()
    assert "There is a problem" in page
    assert words in page
    assert kept(amina) == []


def test_what_was_chosen_is_still_there_after_an_error(amina: Person, as_: As) -> None:
    page = as_(amina).post(BAND, {"direction": "one_of", "options": ["7"]}).content.decode()
    assert page.count("checked") == 2


def test_a_condition_about_identity_is_offered_where_a_reason_is_recorded(
    amina: Person, as_: As, programme: Programme
) -> None:
    path = "/preferences/about/ethnicity/"
    assert "I require this" not in html(as_(amina), path)
    as_(amina).post(path, {"direction": "same", "strength": "require"})
    assert kept(amina) == []
    Programme.objects.update(positive_action_reason="Under-represented above band 7.")
    assert "I require this" in html(as_(amina), path)
    as_(amina).post(path, {"direction": "same", "strength": "require"})
    assert kept(amina) == [("as_mentee", "ethnicity", "same", "require", [])]


def test_a_mentor_is_never_offered_a_condition_about_identity(folasade_membership: Membership, as_: As) -> None:
    Programme.objects.update(positive_action_reason="Under-represented above band 7.")
    client = as_(folasade_membership.person)
    assert "I require this" not in html(client, "/preferences/mentor/about/ethnicity/")
    assert "I require this" in html(client, "/preferences/mentor/about/band/")


def test_groups_can_be_chosen_whole_and_stand_once(amina: Person, as_: As) -> None:
    client = as_(amina)
    page = html(client, "/preferences/about/region/")
    assert page.count('value="london_and_south"') == 1
    client.post(
        "/preferences/about/region/", {"direction": "one_of", "strength": "help", "options": ["london_and_south"]}
    )
    assert kept(amina)[0][4] == ["london_and_south"]
    assert "in one of these regions: London and the South" in html(client, "/preferences/")


def test_an_option_that_went_away_is_not_ticked(amina: Person, as_: As) -> None:
    asks(amina, "band", Direction.ONE_OF, Strength.NEED, "7", "9")
    Option.objects.filter(characteristic="band", key="9").update(retired=True)
    response = as_(amina).get(BAND)
    assert response.context["form"].initial["options"] == ["7"]


@pytest.mark.parametrize("asked", [1, 3])
def test_constant_queries(
    amina: Person,
    as_: As,
    asked: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for key in ("band", "values", "region")[:asked]:
        asks(amina, key, Direction.SAME)
    client = as_(amina)
    # What the header asks is for other tests to count.
    with override_settings(ROOMS=[]), django_assert_num_queries(11):
        html(client, "/preferences/")


def test_sides_do_not_mix_in_one_page(folasade: Person, as_: As) -> None:
    asks(folasade, "band", Direction.ABOVE)
    asks(folasade, "band", Direction.SAME, side=Side.AS_MENTOR)
    assert "Someone more senior than me" not in html(as_(folasade), "/preferences/mentor/")


def test_the_picture_holds_ones_own_things(amina: Person, as_: As) -> None:
    asks(amina, "region", Direction.ONE_OF, Strength.HELP, "wales")
    page = html(as_(amina), "/preferences/")
    assert "What can help me: Someone in one of these regions: Wales." in page
    assert page.count(">nothing yet<") == 3
    assert page.count(">Region</text>") == 1


def test_where_somebody_wrote_their_own_words_it_is_not_said_that_there_is_nothing(amina: Person, as_: As) -> None:
    say_in_own_words(side=Side.AS_MENTEE, strength=Strength.NEED, words="To be believed.", by=amina)
    mine = html(as_(amina), "/preferences/")
    assert (mine.count("Nothing here yet."), mine.count(">nothing yet<")) == (3, 3)
    for page in (mine, html(as_(amina), "/")):
        assert page.count(">nothing yet<") == 3
        assert page.count(">My own words</text>") == 1
