"""Find a mentor."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from matching.enums import Direction, Side, Strength
from mentoring.enums import MembershipState, Purpose
from mentoring.models import Membership, MentorRating, Person, Programme
from mentoring.permissions import mentors_visible_to
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory, OrganisationFactory, ProgrammeFactory
from tests.factories.matching import asks, says

As = Callable[[Person], Client]


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/find/{query}")
    assert response.status_code == 200
    return response.content.decode()


def found(html: str) -> list[str]:
    """The names on the cards, in order."""
    return re.findall(r'<h2 class="al-person__name">\s*<a href="[^"]+">([^<]+)</a>', html)


def test_somebody_signed_out_signs_in_first(client: Client) -> None:
    response = client.get("/find/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/find/")


def test_a_mentee_sees_the_mentors_of_their_programme(amina: Person, folasade: Person, as_: As) -> None:
    MentorFactory()
    html = page(as_(amina))
    assert found(html) == ["Folasade Adébáyọ̀"]
    assert "1 mentor in <strong>Allied Health Futures</strong>" in html
    assert "Nobody is told that you looked." in html


def test_the_head_of_the_list_says_how_many_and_in_which_order(amina: Person, programme: Programme, as_: As) -> None:
    client = as_(amina)
    asks(amina, "profession", Direction.ONE_OF, Strength.NEED, "dietetics")
    heads = []
    for _ in range(3):
        heads.append(" ".join(page(client).split("al-lede")[1].split("</p>")[0].split()))
        MentorFactory(programme=programme)
    said = [head.removeprefix('"> ').removesuffix(" Nobody is told that you looked.").strip() for head in heads]
    name = "in <strong>Allied Health Futures</strong>"
    assert said == [f"No mentors {name}.", f"1 mentor {name}.", f"2 mentors {name}, the best fit first."]


def test_a_preference_that_is_not_met_is_never_called_different(amina: Person, folasade: Person, as_: As) -> None:
    says(amina, "ethnicity", "african")
    says(folasade, "ethnicity", "african")
    asks(amina, "ethnicity", Direction.DIFFERENT)
    asks(amina, "region", Direction.ONE_OF, Strength.HELP, "wales")
    for path in ("/find/", f"/mentors/{folasade.memberships.get().pk}/"):
        html = as_(amina).get(path).content.decode()
        assert "You share an ethnic background: African" in html
        assert "Different:" not in html


def test_a_stranger_sees_none_of_them(stranger: Person, folasade: Person, as_: As) -> None:
    html = page(as_(stranger))
    assert found(html) == []
    assert "No mentors here yet" in html


def test_who_is_no_mentee_is_shown_the_way_to_a_programme(folasade: Person, coretta: Person, as_: As) -> None:
    for person in (folasade, coretta):
        html = page(as_(person))
        assert found(html) == []
        assert "You are not a mentee in a programme yet" in html
        assert 'href="/programmes/join/"' in html


def test_who_has_left_sees_nobody(amina: Person, folasade: Person, as_: As) -> None:
    amina.memberships.update(state=MembershipState.LEFT)
    assert found(page(as_(amina))) == []


def test_without_preferences_the_next_step_is_to_say_some(amina: Person, folasade: Person, as_: As) -> None:
    html = page(as_(amina))
    assert "You have not said what you would like in a mentor" in html
    assert "the best fit" not in html
    assert "things you asked for" not in html


def test_a_card_says_why_and_what_differs(amina: Person, folasade: Person, as_: As) -> None:
    Person.objects.filter(pk=folasade.pk).update(pronouns="she/her", headline="Lead therapist")
    says(amina, "feedback", point=2)
    says(amina, "region", "london")
    says(folasade, "feedback", point=2)
    says(folasade, "profession", "dietetics")
    says(folasade, "band", "8a")
    says(folasade, "region", "wales")
    asks(amina, "feedback", Direction.SAME)
    asks(amina, "region", Direction.SAME, Strength.SUPPORT)
    html = page(as_(amina))
    assert "Fits 1 of the 2 things you asked for" in html
    assert "You both prefer direct feedback" in html
    assert "Works in another part of the country: Wales" in html
    assert "she/her · Dietetics · Band 8a · Wales" in html
    assert "Lead therapist" in html
    assert "1 place</strong>" in html


def test_nothing_of_the_mentors_side_is_shown(amina: Person, folasade: Person, as_: As) -> None:
    says(amina, "values", "growth")
    before = page(as_(amina))
    asks(folasade, "values", Direction.SAME, side=Side.AS_MENTOR)
    assert found(page(as_(amina))) == found(before)
    assert "cares about the things" not in page(as_(amina))


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_the_page_is_the_same_whatever_a_mentor_hides(
    amina: Person, folasade: Person, as_: As, purpose: Purpose
) -> None:
    says(amina, "ethnicity", "african")
    asks(amina, "ethnicity", Direction.SAME)
    client = as_(amina)
    before = without_ids(page(client))
    says(folasade, "ethnicity", "african", purpose=purpose)
    assert without_ids(page(client)) == before


def without_ids(html: str) -> str:
    """The page without what differs from one drawing to the next."""
    return re.sub(r'picture-\d+|name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def test_full_mentors_are_counted_and_listed_when_wanted(
    amina: Person, folasade: Person, as_: As, programme: Programme
) -> None:
    MentorFactory(programme=programme, capacity=0, person__first_name="Full", person__last_name="Up")
    until = timezone.localdate() + timedelta(days=30)
    MentorFactory(
        programme=programme,
        paused=True,
        paused_until=until,
        person__first_name="On",
        person__last_name="Leave",
    )
    html = page(as_(amina))
    assert found(html) == ["Folasade Adébáyọ̀"]
    assert "2 more who fit are full or on a break at present." in html
    html = page(as_(amina), "?full=on")
    assert found(html)[0] == "Folasade Adébáyọ̀"
    assert sorted(found(html)[1:]) == ["Full Up", "On Leave"]
    assert "Full at present" in html
    assert f"On a break until {date_format(until, 'j F Y')}" in html


def test_searching_without_diacritics(amina: Person, folasade: Person, as_: As, programme: Programme) -> None:
    MentorFactory(programme=programme)
    html = page(as_(amina), "?q=Folasade+Adebayo")
    assert found(html) == ["Folasade Adébáyọ̀"]
    assert 'value="Folasade Adebayo"' in html


def test_filters(amina: Person, as_: As, programme: Programme) -> None:
    leeds, bristol = OrganisationFactory(name="Leeds"), OrganisationFactory(name="Bristol")
    Person.objects.filter(pk=amina.pk).update(organisation=leeds)
    for name, profession, region, employer in [
        ("Ada", "dietetics", "london", leeds),
        ("Bea", "dietetics", "wales", bristol),
        ("Cai", "medicine", "wales", bristol),
    ]:
        person = MentorFactory(
            programme=programme, person__first_name=name, person__last_name="", person__organisation=employer
        ).person
        says(person, "profession", profession)
        says(person, "region", region)
    client = as_(amina)
    assert sorted(found(page(client, "?profession=dietetics"))) == ["Ada", "Bea"]
    assert found(page(client, "?profession=dietetics&region=wales")) == ["Bea"]
    assert sorted(found(page(client, "?employer=another-employer"))) == ["Bea", "Cai"]
    assert found(page(client, f"?employer={leeds.slug}")) == ["Ada"]
    html = page(client, "?profession=dietetics")
    assert "Wales (1)" in html
    assert "Medicine (1)" in html
    assert found(page(client, "?region=scotland")) == []
    assert "Nobody is left by these filters" in page(client, "?region=scotland")


@pytest.mark.parametrize(
    "query",
    [
        "?profession=nonsense&employer=nowhere&meeting=%00&region=",
        "?page=0",
        "?page=99",
        "?page=-1",
        "?page=1e9",
        "?page=٣",
        "?page=99999999999999999999",
        "?q=%00%F0%9F%98%80",
        "?programme=elsewhere",
        "?q=" + "x" * 3000,
    ],
)
def test_no_address_is_wrong(amina: Person, folasade: Person, as_: As, query: str) -> None:
    html = page(as_(amina), query)
    if "q=" not in query:
        assert found(html) == ["Folasade Adébáyọ̀"]


def test_twenty_a_page(amina: Person, as_: As, programme: Programme) -> None:
    for number in range(23):
        MentorFactory(programme=programme, person__first_name=f"Mentor{number:02}", person__last_name="")
    client = as_(amina)
    first, second = found(page(client)), found(page(client, "?page=2"))
    assert (len(first), len(second), len({*first, *second})) == (20, 3, 23)
    assert found(page(client, "?page=9")) == second
    assert "page=2" in page(client, "?q=mentor")
    assert "q=mentor" in page(client, "?q=mentor")


def test_nobody_meets_the_conditions(amina: Person, folasade: Person, as_: As) -> None:
    asks(amina, "profession", Direction.ONE_OF, Strength.REQUIRE, "dietetics")
    html = page(as_(amina))
    assert found(html) == []
    assert "Nobody with a free place fits everything you require" in html
    assert 'href="/preferences/"' in html


def test_nobody_has_a_place(amina: Person, folasade: Person, as_: As) -> None:
    folasade.memberships.update(capacity=0)
    html = page(as_(amina))
    assert "No mentor has a free place at present" in html
    assert 'href="/find/?full=on"' in html


def test_several_programmes_are_ranked_each_for_itself(amina: Person, folasade: Person, as_: As) -> None:
    other = ProgrammeFactory(name="Nursing Together", slug="nursing-together")
    MembershipFactory(programme=other, person=amina)
    MentorFactory(programme=other, person__first_name="Nia", person__last_name="")
    client = as_(amina)
    html = page(client)
    assert found(html) == ["Folasade Adébáyọ̀"]
    assert "/find/?programme=nursing-together" in html
    assert found(page(client, "?programme=nursing-together")) == ["Nia"]
    narrowed = page(client, "?programme=nursing-together&q=nia")
    assert '<input type="hidden" name="programme" value="nursing-together">' in narrowed


def test_whoever_was_asked_is_not_in_the_list(amina: Person, folasade_membership: Membership, as_: As) -> None:
    MentorshipFactory(mentee=amina, mentor_membership=folasade_membership)
    assert found(page(as_(amina))) == []
    assert list(mentors_visible_to(amina)) == [folasade_membership]


@pytest.mark.parametrize(
    ("query", "queries"), [("?full=on", 20), ("?full=on&q=person&profession=dietetics&employer=another-employer", 21)]
)
@pytest.mark.parametrize("mentors", [1, 3])
def test_constant_queries(
    amina: Person,
    programme: Programme,
    as_: As,
    mentors: int,
    query: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    says(amina, "values", "growth")
    asks(amina, "values", Direction.SAME)
    for number in range(mentors):
        person = MentorFactory(programme=programme, person__organisation=OrganisationFactory()).person
        says(person, "values", "growth")
        says(person, "profession", "dietetics")
        says(person, "ethnicity", "african")
        asks(person, "values", Direction.SAME, side=Side.AS_MENTOR)
        assert number < mentors
    client = as_(amina)
    # What the header asks is for other tests to count.
    with override_settings(ROOMS=[]), django_assert_num_queries(queries):
        assert len(found(page(client, query))) == mentors


def test_other_orders_and_the_best_fit_among_equals(amina: Person, programme: Programme, as_: As) -> None:
    names = ("Ada", "Bola", "Chidi", "Dami")
    mentors = {name: MentorFactory(programme=programme, person__first_name=name, capacity=3) for name in names}
    says(amina, "profession", "dietetics")
    asks(amina, "profession", Direction.SAME)
    says(mentors["Dami"].person, "profession", "dietetics")
    for name, halves in (("Bola", 9), ("Chidi", 7), ("Dami", 7)):
        MentorRating.objects.create(mentor=mentors[name].person, halves=halves, mentees=5)
    Membership.objects.filter(pk=mentors["Chidi"].pk).update(taken=2)
    client = as_(amina)
    assert [each.split()[0] for each in found(page(client, "?order=rating"))] == ["Bola", "Dami", "Chidi", "Ada"]
    assert next(each.split()[0] for each in found(page(client, "?order=free"))) == "Dami"
    assert [each.split()[0] for each in found(page(client, "?order=free"))][-1] == "Chidi"
    assert found(page(client, "?order=sideways")) == found(page(client))
    assert "the best rated first" in page(client, "?order=rating")


def test_pages_of_another_order_are_the_whole_list(amina: Person, programme: Programme, as_: As) -> None:
    mentors = [MentorFactory(programme=programme, person__first_name=f"Mentor{number:02}") for number in range(45)]
    for number, mentor in enumerate(mentors[:30]):
        MentorRating.objects.create(mentor=mentor.person, halves=2 + number % 4, mentees=5)
    client = as_(amina)
    pages = [found(page(client, f"?order=rating&page={number}")) for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [20, 20, 5]
    assert len({name for each in pages for name in each}) == 45
