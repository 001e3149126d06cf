"""A mentor's requests in the order in which they fit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.domain.requests import best_first
from matching.enums import Direction, Side, Strength
from matching.models import ProgrammeFigures
from mentoring.domain import clock
from mentoring.domain.person import delete_account
from mentoring.enums import Purpose
from mentoring.models import Membership, Mentorship, Person, Programme
from tests.factories import MembershipFactory, MentorFactory, MentorshipFactory
from tests.factories.matching import asks, says
from tests.matching.views.test_find import As

pytestmark = pytest.mark.django_db


def requested(mentor: Membership, *names: str) -> dict[str, Person]:
    """Mentees of these names who have asked, the first one longest ago."""
    found = {}
    for days, name in enumerate(reversed(names)):
        mentee = MembershipFactory(programme=mentor.programme, person__first_name=name).person
        asked_at = clock.now() - timedelta(days=days)
        MentorshipFactory(mentor_membership=mentor, mentee=mentee, asked_at=asked_at)
        found[name] = mentee
    return found


def ordered(mentor: Person) -> list[str]:
    rows = list(Mentorship.objects.filter(mentor=mentor).select_related("mentee", "programme").order_by("asked_at"))
    return [row.mentee.first_name if row.mentee else "" for row in best_first(requests=rows, mentor=mentor)]


def test_whoever_fits_the_mentors_wishes_comes_first(folasade_membership: Membership) -> None:
    mentor = folasade_membership.person
    mentees = requested(folasade_membership, "Ada", "Bea", "Cai")
    asks(mentor, "profession", Direction.ONE_OF, Strength.NEED, "dietetics", side=Side.AS_MENTOR)
    says(mentees["Ada"], "profession", "medicine")
    says(mentees["Cai"], "profession", "dietetics")
    assert ordered(mentor) == ["Cai", "Bea", "Ada"]


def test_the_mentees_wishes_count_too(folasade_membership: Membership) -> None:
    mentees = requested(folasade_membership, "Ada", "Bea")
    says(folasade_membership.person, "profession", "dietetics")
    for name, option in (("Ada", "medicine"), ("Bea", "dietetics")):
        asks(mentees[name], "profession", Direction.ONE_OF, Strength.NEED, option)
    assert ordered(folasade_membership.person) == ["Bea", "Ada"]


def test_who_is_erased_meanwhile_comes_last(folasade_membership: Membership) -> None:
    mentees = requested(folasade_membership, "Ada", "Bea")
    rows = list(Mentorship.objects.filter(mentor=folasade_membership.person).order_by("asked_at"))
    delete_account(by=mentees["Ada"])
    found = best_first(requests=rows, mentor=folasade_membership.person)
    assert [row.mentee_id for row in found] == [rows[1].mentee_id, rows[0].mentee_id]


def test_equals_come_oldest_first_and_who_is_kept_apart_last(folasade_membership: Membership) -> None:
    mentees = requested(folasade_membership, "Ada", "Bea", "Cai", "Dee")
    assert ordered(folasade_membership.person) == ["Ada", "Bea", "Cai", "Dee"]
    asks(mentees["Ada"], "profession", Direction.ONE_OF, Strength.REQUIRE, "medicine")
    assert ordered(folasade_membership.person) == ["Bea", "Cai", "Dee", "Ada"]


@pytest.mark.parametrize("purpose", [Purpose.ROUNDS, Purpose.MONITORING])
def test_what_a_mentee_hides_changes_no_place(folasade_membership: Membership, purpose: Purpose) -> None:
    mentor = folasade_membership.person
    mentees = requested(folasade_membership, "Ada", "Bea")
    says(mentor, "ethnicity", "african")
    asks(mentor, "ethnicity", Direction.SAME, side=Side.AS_MENTOR)
    says(mentees["Bea"], "ethnicity", "african", purpose=purpose)
    assert ordered(mentor) == ["Ada", "Bea"]
    says(mentees["Bea"], "ethnicity", "african", purpose=Purpose.PROFILE)
    assert ordered(mentor) == ["Bea", "Ada"]


def test_requests_of_several_programmes_are_ordered_together(folasade_membership: Membership) -> None:
    mentor = folasade_membership.person
    elsewhere = MentorFactory(person=mentor)
    requested(folasade_membership, "Ada")
    mentees = requested(elsewhere, "Bea")
    asks(mentor, "profession", Direction.ONE_OF, Strength.NEED, "dietetics", side=Side.AS_MENTOR)
    says(mentees["Bea"], "profession", "dietetics")
    assert ordered(mentor) == ["Bea", "Ada"]


def test_expected_agreements_are_the_programmes(folasade_membership: Membership, programme: Programme) -> None:
    mentor = folasade_membership.person
    mentees = requested(folasade_membership, "Ada", "Bea")
    says(mentor, "region", "wales")
    asks(mentor, "region", Direction.DIFFERENT, side=Side.AS_MENTOR)
    says(mentees["Ada"], "region", "wales")
    assert ordered(mentor) == ["Bea", "Ada"]
    ProgrammeFigures.objects.create(
        programme=programme, computed_at=clock.now(), version=1, expected={"region": {"different": 0}}
    )
    assert ordered(mentor) == ["Ada", "Bea"]


@pytest.mark.parametrize("number", [1, 3])
def test_constant_queries(
    folasade_membership: Membership, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for mentee in requested(folasade_membership, *"ABC"[:number]).values():
        says(mentee, "profession", "dietetics")
        asks(mentee, "profession", Direction.SAME)
    rows = list(Mentorship.objects.select_related("mentee", "programme"))
    mentor = Person.objects.select_related("organisation").get(pk=folasade_membership.person_id)
    with django_assert_num_queries(9):
        assert len(best_first(requests=rows, mentor=mentor)) == number


def test_the_mentors_list_is_in_that_order_and_says_so(folasade_membership: Membership, as_: As) -> None:
    mentor = folasade_membership.person
    mentees = requested(folasade_membership, "Ada")
    words = "Whoever seems to fit you best comes first."
    assert words not in as_(mentor).get(reverse("my_mentoring")).content.decode()
    mentees |= requested(folasade_membership, "Bea")
    asks(mentor, "profession", Direction.ONE_OF, Strength.NEED, "dietetics", side=Side.AS_MENTOR)
    says(mentees["Bea"], "profession", "dietetics")
    html = as_(mentor).get(reverse("my_mentoring")).content.decode()
    assert words in html
    assert html.index("Bea") < html.index("Ada")
