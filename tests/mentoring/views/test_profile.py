"""The pages of the profile, identity with consent, and exactly what others see."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import consent
from mentoring.enums import MembershipState, Purpose, Role
from mentoring.forms.profile import WorkForm
from mentoring.models import Characteristic, Consent, Membership, Person
from mentoring.presenters.profile import profile_of, profiles_of
from tests.factories import MembershipFactory, MentorFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PAGES = ["profile", "profile_preview", "identity", "identity_withdraw_all"]
STEPS = ["about", "work", "meeting", "wants", "offers", "values", "working"]


def say(person: Person, key: str, *options: str, point: int | None = None, purpose: Purpose | None = None) -> None:
    asked = Characteristic.objects.get(pk=key)
    consent.give_value(characteristic=asked, options=options, point=point, purpose=purpose, by=person)


def answers(person: Person) -> dict[str, list[str] | int]:
    rows = person.values.values_list("characteristic_id", "options", "point")
    return {key: point or options for key, options, point in rows}


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_members(client: Client, as_: As, amina: Person, page: str) -> None:
    assert client.get(reverse(page)).headers["Location"].startswith("/accounts/login/")
    response = as_(amina).get(reverse(page))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_opens_and_can_be_left_open(client: Client, as_: As, amina: Person, step: str) -> None:
    page = reverse("profile_step", args=[step])
    assert client.get(page).headers["Location"].startswith("/accounts/login/")
    mine = as_(amina)
    assert mine.get(page).status_code == 200
    said = {"first_name": "Amina"} if step == "about" else {"nothing": "said"}
    assert mine.post(page, said).headers["Location"] == reverse("profile")
    assert answers(amina) == {}


def asked() -> QuerySet[Characteristic]:
    """What a programme asks that has decided nothing."""
    return Characteristic.objects.asked_of_anybody()


def test_a_step_that_does_not_exist_is_not_found(as_: As, amina: Person) -> None:
    assert as_(amina).get("/profile/horoscope/").status_code == 404


def test_about_me_is_kept(as_: As, amina: Person) -> None:
    employer = OrganisationFactory(name="Leeds Teaching Hospitals")
    said = {
        "first_name": "Ọlá",
        "last_name": "",
        "pronouns": "they/them",
        "headline": "On my way",
        "organisation": str(employer.pk),
        "journey": "From Ìbàdàn\r\nto Leeds",
    }
    as_(amina).post("/profile/about/", said)
    amina.refresh_from_db()
    kept = (amina.name, amina.pronouns, amina.headline, amina.organisation, amina.journey.split())
    assert kept == ("Ọlá", "they/them", "On my way", employer, ["From", "Ìbàdàn", "to", "Leeds"])


def test_no_name_at_all_is_an_error_and_nothing_typed_is_lost(as_: As, amina: Person) -> None:
    page = as_(amina).post("/profile/about/", {"headline": "Typed with care", "journey": "Two hours of writing"})
    words = page.content.decode()
    assert "<title>Error: About me" in words
    assert "One name is enough." in words
    assert "Typed with care" in words
    assert "Two hours of writing" in words
    amina.refresh_from_db()
    assert amina.name == "Amina Yusuf"


def test_another_persons_fields_cannot_be_posted(as_: As, amina: Person, folasade: Person) -> None:
    as_(amina).post("/profile/about/", {"first_name": "Amina", "user": str(folasade.user_id), "id": str(folasade.pk)})
    amina.refresh_from_db()
    folasade.refresh_from_db()
    assert amina.user != folasade.user
    assert folasade.first_name == "Folasade"


def test_seven_values_are_an_error_and_all_seven_stay_ticked(as_: As, amina: Person) -> None:
    seven = ["ambition", "balance", "community", "courage", "creativity", "curiosity", "dignity"]
    words = as_(amina).post("/profile/values/", {"values": seven}).content.decode()
    assert "Choose six at most. You have chosen 7, so untick 1." in words
    assert words.count(" checked") == 7
    assert answers(amina) == {}


def test_how_i_work_is_kept_and_taken_back(as_: As, amina: Person) -> None:
    mine = as_(amina)
    mine.post("/profile/working/", {"feedback": "2", "race_talk": "either"})
    assert answers(amina) == {"feedback": 2, "race_talk": ["either"]}
    words = mine.get("/profile/working/").content.decode()
    assert words.count("Leave this open") == 2
    mine.post("/profile/working/", {"feedback": "", "race_talk": "either"})
    assert answers(amina) == {"race_talk": ["either"]}


@pytest.mark.parametrize(("field", "value"), [("feedback", "6"), ("feedback", "x"), ("race_talk", "never_heard_of")])
def test_what_is_not_offered_is_an_error(as_: As, amina: Person, field: str, value: str) -> None:
    page = as_(amina).post("/profile/working/", {field: value})
    assert "Choose one of the answers that are offered." in page.content.decode()
    assert answers(amina) == {}


@pytest.mark.parametrize("spoken", [["english"], ["english", "hausa", "french"]])
def test_a_page_is_built_in_three_queries_whatever_was_said(
    amina: Person, spoken: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(amina, "languages", *spoken)
    with django_assert_num_queries(3):
        page = str(WorkForm(person=amina))
    assert page.count(" checked") == len(spoken)


def test_mentors_meet_offers_and_places_and_mentees_wants(as_: As, amina: Person, folasade: Person) -> None:
    mentee, mentor = (as_(person).get("/profile/").content.decode() for person in (amina, folasade))
    assert ("What I want from mentoring" in mentee, "What I can offer" in mentee, "My places" in mentee) == (
        True,
        False,
        False,
    )
    assert ("What I want from mentoring" in mentor, "What I can offer" in mentor, "My places" in mentor) == (
        False,
        True,
        True,
    )


# --- Places -------------------------------------------------------------------------------------------------------


def test_a_mentor_sets_their_places(as_: As, folasade_membership: Membership) -> None:
    page = reverse("profile_places", args=[folasade_membership.pk])
    mine = as_(folasade_membership.person)
    assert mine.get(page).status_code == 200
    assert mine.post(page, {"capacity": "3", "paused": "on"}).headers["Location"] == reverse("profile")
    folasade_membership.refresh_from_db()
    assert (folasade_membership.capacity, folasade_membership.paused) == (3, True)


@pytest.mark.parametrize("capacity", ["0", "21", "many", ""])
def test_places_out_of_bounds_are_an_error(as_: As, folasade_membership: Membership, capacity: str) -> None:
    page = reverse("profile_places", args=[folasade_membership.pk])
    words = as_(folasade_membership.person).post(page, {"capacity": capacity}).content.decode()
    assert "There is a problem" in words
    folasade_membership.refresh_from_db()
    assert folasade_membership.capacity == 1


def test_fewer_places_than_mentees_are_an_error(as_: As, folasade_membership: Membership) -> None:
    Membership.objects.filter(pk=folasade_membership.pk).update(capacity=3, taken=2)
    page = reverse("profile_places", args=[folasade_membership.pk])
    words = as_(folasade_membership.person).post(page, {"capacity": "1"}).content.decode()
    assert "You have 2 mentees at present" in words


def test_nobody_elses_places_exist(client: Client, as_: As, amina: Person, folasade_membership: Membership) -> None:
    page = reverse("profile_places", args=[folasade_membership.pk])
    assert client.post(page, {"capacity": "9"}).headers["Location"].startswith("/accounts/login/")
    assert as_(amina).post(page, {"capacity": "9"}).status_code == 404
    assert as_(MentorFactory().person).post(page, {"capacity": "9"}).status_code == 404
    own = Membership.objects.get(person=amina)
    assert as_(amina).get(reverse("profile_places", args=[own.pk])).status_code == 404
    folasade_membership.refresh_from_db()
    assert folasade_membership.capacity == 1


# --- Identity -------------------------------------------------------------------------------------------------------


def test_identity_is_kept_with_an_answer_a_use_and_a_tick(as_: As, amina: Person) -> None:
    mine = as_(amina)
    assert consent.TEXTS[-1].text.split(":", maxsplit=1)[0] in mine.get("/profile/identity/gender/").content.decode()
    said = {"answer": "woman", "purpose": "profile", "agree": "on"}
    assert mine.post("/profile/identity/gender/", said).headers["Location"] == reverse("identity")
    assert answers(amina) == {"gender": ["woman"]}
    assert Consent.objects.get(person=amina).purpose == Purpose.PROFILE
    assert "On your profile, and used to find matches" in mine.get("/profile/identity/").content.decode()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"answer": "woman", "purpose": "profile"}, "Tick the box if you agree"),
        ({"purpose": "profile", "agree": "on"}, "Choose an answer"),
        ({"answer": "woman", "agree": "on"}, "Choose one of these."),
        ({"answer": "woman", "purpose": "everything", "agree": "on"}, "Select a valid choice"),
        ({"answer": "queen", "purpose": "profile", "agree": "on"}, "Choose one of the answers that are offered"),
    ],
)
def test_identity_is_not_kept_otherwise(as_: As, amina: Person, said: dict[str, str], error: str) -> None:
    page = as_(amina).post("/profile/identity/gender/", said)
    assert error in page.content.decode()
    assert answers(amina) == {}
    assert not Consent.objects.exists()


def test_the_tick_is_never_there_before(as_: As, amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    words = as_(amina).get("/profile/identity/gender/").content.decode()
    box = next(line for line in words.split("<input") if 'name="agree"' in line)
    assert "checked" not in box.split(">")[0]


def test_rather_not_say_removes_what_was_said(as_: As, amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    as_(amina).post("/profile/identity/gender/", {"answer": "woman", "purpose": "not_said"})
    assert answers(amina) == {}
    assert Consent.objects.get().withdrawn_at is not None


def test_one_action_withdraws(client: Client, as_: As, amina: Person, folasade: Person) -> None:
    for person in (amina, folasade):
        say(person, "gender", "woman", purpose=Purpose.PROFILE)
    page = reverse("identity_withdraw", args=["gender"])
    assert client.post(page).headers["Location"].startswith("/accounts/login/")
    assert as_(amina).get(page).status_code == 405
    assert as_(amina).post(page).headers["Location"] == reverse("identity")
    assert (answers(amina), answers(folasade)) == ({}, {"gender": ["woman"]})


def test_all_of_it_is_withdrawn_after_being_asked_once(as_: As, amina: Person) -> None:
    say(amina, "gender", "woman", purpose=Purpose.PROFILE)
    mine = as_(amina)
    mine.get(reverse("identity_withdraw_all"))
    assert answers(amina) == {"gender": ["woman"]}
    mine.post(reverse("identity_withdraw_all"))
    assert answers(amina) == {}


@pytest.mark.parametrize("key", ["profession", "organisation", "shoe_size"])
def test_only_identity_is_asked_there(as_: As, amina: Person, key: str) -> None:
    assert as_(amina).get(f"/profile/identity/{key}/").status_code == 404
    assert as_(amina).post(f"/profile/identity/{key}/withdraw/").status_code == 404


# --- What others see ------------------------------------------------------------------------------------------------


def test_others_see_of_identity_only_what_is_meant_for_the_profile(amina: Person, folasade: Person) -> None:
    say(folasade, "gender", "woman", purpose=Purpose.PROFILE)
    say(folasade, "ethnicity", "african", purpose=Purpose.ROUNDS)
    say(folasade, "age_band", "45_54", purpose=Purpose.MONITORING)
    for viewer in (amina, folasade, None):
        seen = profile_of(folasade, viewer, asked=asked())
        assert [(fact.label, fact.text) for fact in seen.identity] == [("Gender", "Woman")]


def test_scales_show_where_both_stand(amina: Person, folasade: Person) -> None:
    say(folasade, "feedback", point=2)
    say(folasade, "planning", point=4)
    say(amina, "feedback", point=5)
    seen = [(scale.key, scale.theirs, scale.mine) for scale in profile_of(folasade, amina, asked=asked()).scales]
    assert seen == [("feedback", 2, 5), ("planning", 4, None)]
    assert [scale.mine for scale in profile_of(folasade, folasade, asked=asked()).scales] == [None, None]


def test_what_a_mentee_wants_is_not_on_their_face_as_a_mentor(amina: Person) -> None:
    say(amina, "sponsorship_wanted", "shadowing")
    say(amina, "sponsorship_offered", "introductions")
    amina.wants = "Somebody kind"
    as_mentor, as_mentee = profile_of(amina, asked=asked()), profile_of(amina, asked=asked(), role=Role.MENTEE)
    assert (as_mentor.own_words, as_mentor.wants) == ("", None)
    assert as_mentor.offers is not None
    assert as_mentor.offers.chosen == ("Introduce you to people",)
    assert (as_mentee.own_words, as_mentee.offers) == ("Somebody kind", None)
    assert as_mentee.wants is not None
    assert as_mentee.wants.chosen == ("Let me shadow their work",)
    assert not {"sponsorship_wanted", "sponsorship_offered"} & {fact.key for fact in as_mentor.work}


def test_the_preview_shows_what_is_shown_and_nothing_else(as_: As, folasade: Person) -> None:
    say(folasade, "gender", "woman", purpose=Purpose.PROFILE)
    say(folasade, "trained_in", "west_africa", purpose=Purpose.ROUNDS)
    say(folasade, "profession", "occupational_therapy")
    words = as_(folasade).get(reverse("profile_preview")).content.decode()
    assert ("Woman" in words, "Occupational therapy" in words, "West Africa" in words) == (True, True, False)


def test_who_is_both_can_look_at_both_faces(as_: As, folasade_membership: Membership) -> None:
    both = folasade_membership.person
    MembershipFactory(programme=folasade_membership.programme, person=both)
    Person.objects.filter(pk=both.pk).update(wants="A canary of wanting")
    mine = as_(both)
    assert "A canary of wanting" in mine.get("/profile/preview/?as=mentee").content.decode()
    assert "A canary of wanting" not in mine.get("/profile/preview/?as=mentor").content.decode()


def test_a_mentee_has_no_face_as_a_mentor(as_: As, amina: Person) -> None:
    words = as_(amina).get("/profile/preview/?as=mentor").content.decode()
    assert "This is what a mentor sees after you have asked them" in words


@pytest.mark.parametrize("count", [1, 3])
def test_profiles_take_as_many_queries_however_many_people(
    amina: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [PersonFactory(organisation=OrganisationFactory()) for _ in range(count)]
    for person in people:
        say(person, "profession", "physiotherapy")
        say(person, "languages", "english", "hausa")
        say(person, "feedback", point=3)
    fresh = list(Person.objects.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    with django_assert_num_queries(4):
        profiles = profiles_of(fresh, amina, asked=asked())
    assert [(seen.person, seen.line) for seen in profiles] == [(person, "Physiotherapy") for person in fresh]


def test_a_waiting_mentor_can_set_places_already(as_: As) -> None:
    place = MentorFactory(state=MembershipState.WAITING)
    assert as_(place.person).get(reverse("profile_places", args=[place.pk])).status_code == 200


def test_headings_never_stand_over_what_does_not_belong_to_them(as_: As, amina: Person) -> None:
    say(amina, "caring", "not_caring", purpose=Purpose.PROFILE)
    mine = as_(amina)
    assert "Caring for someone now" not in mine.get("/profile/identity/caring/").content.decode()
    assert "Black, Black British, Caribbean or African" in mine.get("/profile/identity/ethnicity/").content.decode()
    work = mine.get(reverse("profile_step", args=["work"])).content.decode()
    assert work.count('label="London and the South"') == 1


def test_a_line_break_counts_as_the_one_character_that_the_counter_shows(as_: As, amina: Person) -> None:
    words = "a\r\n" * 1000
    sent = {"first_name": "Amina", "journey": words}
    assert as_(amina).post(reverse("profile_step", args=["about"]), sent).status_code == 302
    amina.refresh_from_db()
    assert amina.journey == ("a\n" * 1000).strip()
