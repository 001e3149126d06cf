"""A photo: put up, seen by whoever sees the profile and nobody else, taken down, gone with the account."""

import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.domain import mentorship, photo
from mentoring.domain.person import delete_account
from mentoring.domain.picture import squares
from mentoring.enums import MembershipState
from mentoring.models import Block, Membership, Person, Photo, Programme
from mentoring.presenters.photo import photo_url
from tests.factories import MembershipFactory, MentorFactory, PersonFactory
from tests.factories.pictures import picture, png_that_says

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
PAGE = "/profile/photo/"


def has_photo(person: Person, kind: str = "JPEG") -> Person:
    photo.put_up(squares=squares(picture(kind)), by=person)
    person.refresh_from_db()
    return person


def send(client: Client, content: bytes, name: str = "me.jpg") -> HttpResponseBase:
    return client.post(PAGE, {"photo": SimpleUploadedFile(name, content, "image/jpeg")}, follow=True)


def look(client: Client, person: Person, size: int = 128, **headers: str) -> HttpResponseBase:
    return client.get(reverse("photo", args=[person.pk, size]), headers=headers)


def shown(html: str) -> list[tuple[str, str]]:
    """The pictures of a page: their address, and what is said instead of them."""
    return re.findall(r'<img src="([^"]+)"\s+alt="([^"]+)"', html)


def test_a_photo_is_put_up_replaced_and_taken_down(as_: As, folasade: Person) -> None:
    mine = as_(folasade)
    assert "others see your initials" in mine.get(PAGE).text
    send(mine, picture())
    first = Photo.objects.get(person=folasade)
    folasade.refresh_from_db()
    address = photo_url(folasade, 512)
    page = mine.get(PAGE).text
    assert (address, folasade.name) in shown(page)
    send(mine, picture("PNG", (200, 900)))
    folasade.refresh_from_db()
    assert photo_url(folasade, 512) != address
    assert bytes(Photo.objects.get().large) != bytes(first.large)
    for _ in range(2):
        mine.post(reverse("profile_photo_remove"))
    folasade.refresh_from_db()
    assert (folasade.photo_key, Photo.objects.count()) == ("", 0)
    assert look(mine, folasade).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html><script>alert(1)</script>", "me.jpg", "not a JPEG, PNG or WebP"),
        (picture("GIF"), "me.png", "not a JPEG, PNG or WebP"),
        (picture()[:900], "me.jpg", "cannot be read"),
        (png_that_says(60_000, 60_000), "me.png", "25 million pixels"),
        (bytes(5 * 1024 * 1024 + 1), "me.jpg", "larger than 5 MB"),
        (b"", "me.jpg", "not a JPEG, PNG or WebP"),
    ],
    ids=["HTML", "GIF", "cut", "bomb", "large", "empty"],
)
def test_what_is_refused_is_said_and_nothing_is_kept(
    as_: As, folasade: Person, content: bytes, name: str, words: str
) -> None:
    answer = send(as_(folasade), content, name)
    assert words in answer.content.decode()  # type: ignore[attr-defined]
    assert not Photo.objects.exists()


def test_nothing_chosen_is_an_error(as_: As, folasade: Person) -> None:
    assert "Choose a picture." in as_(folasade).post(PAGE).text


def test_how_it_is_served(as_: As, folasade: Person) -> None:
    has_photo(folasade)
    mine = as_(folasade)
    for size in (128, 512):
        answer = look(mine, folasade, size)
        assert {name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
            "Content-Type": "image/jpeg",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=60, must-revalidate",
        }
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Cookie" in answer.headers["Vary"]
    again = look(mine, folasade, 512, if_none_match=answer.headers["ETag"])
    assert (again.status_code, again.headers["ETag"]) == (304, answer.headers["ETag"])
    assert look(mine, folasade, 128, if_none_match=answer.headers["ETag"]).status_code == 200
    has_photo(folasade, "WEBP")
    assert look(mine, folasade, 512, if_none_match=answer.headers["ETag"]).status_code == 200
    assert look(mine, folasade, 64).status_code == 404


def test_who_sees_a_mentors_photo(
    as_: As, programme: Programme, amina: Person, folasade: Person, coretta: Person, stranger: Person
) -> None:
    has_photo(folasade)
    other_mentor = MentorFactory(programme=programme).person
    administrator = PersonFactory(user__is_staff=True)
    sees = {amina: 200, folasade: 200, coretta: 200, stranger: 404, other_mentor: 404, administrator: 404}
    assert {who: look(as_(who), folasade).status_code for who in sees} == sees
    assert look(Client(), folasade).status_code == 302
    block = Block.objects.create(blocker=folasade, blocked=amina)
    assert look(as_(amina), folasade).status_code == 404
    block.delete()
    Membership.objects.filter(person=folasade).update(state=MembershipState.WAITING)
    assert {who: look(as_(who), folasade).status_code for who in (amina, coretta)} == {amina: 404, coretta: 200}
    Membership.objects.filter(person=folasade).update(state=MembershipState.LEFT)
    assert {who: look(as_(who), folasade).status_code for who in (amina, coretta)} == {amina: 404, coretta: 404}


def test_a_mentees_photo_is_seen_by_the_mentor_they_ask_and_not_before_or_after(
    as_: As, programme: Programme, amina: Person, folasade_membership: Membership, coretta: Person
) -> None:
    has_photo(amina)
    mentor = folasade_membership.person
    other_mentee = MembershipFactory(programme=programme).person
    assert [look(as_(who), amina).status_code for who in (mentor, coretta, other_mentee)] == [404, 404, 404]
    row = mentorship.ask(mentor=folasade_membership, message="", by=amina)
    assert look(as_(mentor), amina).status_code == 200
    assert photo_url(amina) in as_(mentor).get(reverse("mentorship", args=[row.pk])).text
    assert photo_url(amina) in as_(mentor).get(reverse("my_mentoring")).text
    mentorship.withdraw(mentorship=row, by=amina)
    assert look(as_(mentor), amina).status_code == 404
    assert photo_url(amina) not in as_(mentor).get(reverse("my_mentoring")).text


def test_it_is_on_cards_and_pages(as_: As, amina: Person, folasade_membership: Membership, coretta: Person) -> None:
    folasade = has_photo(folasade_membership.person)
    small, large = ((photo_url(folasade, size), folasade.name) for size in (128, 512))
    assert small in shown(as_(amina).get(reverse("find")).text)
    assert large in shown(as_(amina).get(reverse("mentor", args=[folasade_membership.pk])).text)
    assert large in shown(as_(folasade).get(reverse("profile_preview") + "?as=mentor").text)
    person_page = reverse("programme_person", args=[folasade_membership.programme.slug, folasade.pk])
    assert large in shown(as_(coretta).get(person_page).text)


def test_it_is_in_the_copy_and_gone_with_the_account(as_: As, folasade: Person) -> None:
    has_photo(folasade)
    mine = as_(folasade)
    copy = json.loads(mine.get(reverse("my_data_json")).content)["data"]["My photo"]
    assert [set(row) for row in copy] == [{"picture", "changed at"}]
    assert copy[0]["picture"].startswith("data:image/jpeg;base64,/9j/")
    assert "KB, in the download" in mine.get(reverse("my_data")).text
    delete_account(by=folasade)
    assert not Photo.objects.exists()


def test_pages_of_people_read_no_pictures(
    as_: As, amina: Person, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(amina)
    for _ in range(2):
        has_photo(MentorFactory(programme=programme).person)
        client.get(reverse("find"))
        with django_assert_num_queries(FIND) as asked:
            client.get(reverse("find"))
        assert not [query for query in asked.captured_queries if "mentoring_photo" in query["sql"]]


FIND = 24
