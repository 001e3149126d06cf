"""The records room: for administrators with a second step, to look and never to change, each look noted."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from mentoring.admin import MASK, site
from mentoring.domain import clock, endorsement, feedback
from mentoring.domain import record as records
from mentoring.domain.my_data import everything_of
from mentoring.domain.privacy import CLASSES, holdings
from mentoring.enums import MentorshipState, Purpose
from mentoring.models import Consent, Look, Membership, Person
from tests.factories import MentorshipFactory, PersonFactory
from tests.factories.matching import says
from tests.factories.sign_in import app_of, code_now, is_in, sign_in, sign_in_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
ROOM = "/administration/records/"


@pytest.fixture
def sam() -> Person:
    """An administrator with an authenticator app."""
    sam = PersonFactory(user__is_staff=True, first_name="Sam")
    app_of(sam)
    return sam


@pytest.fixture
def at_work(sam: Person) -> Client:
    """Sam's browser, both steps passed."""
    client = Client()
    sign_in(client, sam)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(client)
    return client


def record(row: Person | Membership | Consent) -> str:
    """The address of a row's page."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_for_anybody_else_it_is_not_there(as_: As, amina: Person, coretta: Person) -> None:
    for person in (amina, coretta):
        for path in (ROOM, record(amina), f"{ROOM}login/"):
            response = as_(person).get(path)
            assert response.status_code == 404 or response.headers["Location"].startswith(reverse("account_login"))
        assert as_(person).get(ROOM).status_code == 404
    assert Client().get(ROOM).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("has_one", [True, False])
def test_an_administrator_needs_a_second_step_first(as_: As, amina: Person, has_one: bool) -> None:
    """Also where nobody else is asked for one."""
    sam = PersonFactory(user__is_staff=True)
    if has_one:
        app_of(sam)
    client = as_(sam)
    for path in (ROOM, record(amina)):
        assert client.get(path).headers["Location"].startswith(reverse("second_step"))
    page = client.get(ROOM, follow=True)
    assert ("Is it still you?" if has_one else "First, a second step") in page.text
    assert not Look.objects.exists()


def test_what_is_personal_is_masked(at_work: Client, amina: Person, folasade_membership: Membership) -> None:
    canary = "Canary-in-every-text"
    for name in ("first_name", "last_name", "pronouns", "headline", "journey", "wants", "commitment_words", "mentored"):
        setattr(amina, name, canary[:20] if name == "pronouns" else canary)
    amina.save()
    says(amina, "ethnicity", "african", purpose=Purpose.PROFILE)
    MentorshipFactory(mentor_membership=folasade_membership, mentee=amina, message=canary)
    pages = 0
    for model, admin in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = at_work.get(reverse(f"{name}_changelist"))
        assert listed.status_code == 200, name
        texts = [listed.text]
        for row in model._default_manager.all()[:5]:
            page = at_work.get(reverse(f"{name}_change", args=[row.pk]))
            assert page.status_code == 200, name
            assert MASK in page.text or not [field for field in admin.readonly_fields if "masked" in str(field)]
            texts.append(page.text)
        pages += len(texts)
        assert [text for text in texts if "Canary-in" in text or ">african<" in text] == [], name
    assert pages > 40


@pytest.mark.parametrize("asked", ["first_name__startswith=A", "user__password__contains=x", "team__contains=x"])
def test_no_filter_tells_what_is_masked(at_work: Client, amina: Person, asked: str, quiet: None) -> None:
    """Neither a row more nor less, whatever is asked: the letters of a name would be found one by one, unnoted."""
    listed = reverse("admin:mentoring_person_changelist")
    assert at_work.get(f"{listed}?{asked}").status_code == 400


def test_a_list_holds_no_addresses(at_work: Client, amina: Person) -> None:
    """Whose address is read is told to them; a look at a list is told to nobody."""
    assert amina.user is not None
    for name in ("mentoring_user", "account_emailaddress", "mentoring_invitation"):
        assert amina.user.email not in at_work.get(reverse(f"admin:{name}_changelist")).text
    assert amina.user.email in at_work.get(reverse("admin:mentoring_user_change", args=[amina.user.pk])).text


def test_a_sign_in_does_not_give_itself_away_by_its_name(at_work: Client, amina: Person) -> None:
    row = sign_in_of(amina)
    own = [reverse("admin:usersessions_usersession_changelist"), "admin:usersessions_usersession_change"]
    for path in (own[0], reverse(own[1], args=[row.pk])):
        page = at_work.get(path).text
        assert str(row.pk) in page
        assert "192.0.2" not in page
        assert "Firefox" not in page


def test_special_and_secret_classes_are_never_shown() -> None:
    shown = {key for key, each in CLASSES.items() if each.operated}
    assert shown & {key for key, each in CLASSES.items() if each.special or each.secret} == set()
    assert shown == {"key", "running", "link", "public", "contact", "part", "stage", "office"}
    assert "first_name" not in records.fields_to_show("mentoring.Person")
    assert "first_name" in holdings()["mentoring.Person"].fields


def test_each_look_is_noted_and_its_person_can_read_that(at_work: Client, sam: Person, amina: Person, as_: As) -> None:
    at_work.get(reverse("admin:mentoring_person_changelist"))
    assert not Look.objects.exists()
    for _ in range(2):
        at_work.get(record(amina))
        at_work.get(record(amina.memberships.get()))
    rows = Look.objects.order_by("pk")
    assert [(row.viewer, row.subject, row.role, row.of) for row in rows] == [
        (sam, amina, "technical", "mentoring.Person"),
        (sam, amina, "technical", "mentoring.Membership"),
    ]
    told = everything_of(amina)["Who looked at my information"]
    assert [row["of what"] for row in told] == ["mentoring.Person", "mentoring.Membership"]
    page = as_(amina).get(reverse("looks")).text
    assert f"{sam.name}, technical staff" in page
    assert "A record in the technical room, with what is personal hidden: About me" in page


def test_a_row_of_two_is_noted_for_both(at_work: Client, amina: Person, folasade_membership: Membership) -> None:
    row = MentorshipFactory(mentor_membership=folasade_membership, mentee=amina)
    at_work.get(reverse("admin:mentoring_mentorship_change", args=[row.pk]))
    assert set(Look.objects.values_list("subject", flat=True)) == {amina.pk, folasade_membership.person_id}


def test_who_said_something_without_a_name_is_masked(
    at_work: Client, amina: Person, folasade_membership: Membership
) -> None:
    """The number of the words stands in their page's links: whoever opens the record must not find the writer."""
    mentor = folasade_membership.person
    MentorshipFactory(
        mentor_membership=folasade_membership,
        mentee=amina,
        state=MentorshipState.ENDED,
        **dict.fromkeys(("answered_at", "active_at", "ended_at"), clock.now()),
    )
    feedback.give_feedback(mentor=mentor, said=feedback.Said({"listening": 4}, ""), by=amina)
    words = endorsement.endorse(mentor=mentor, named=False, skills=["listening"], words="", by=amina)
    report = endorsement.report(endorsement=words, why="No", by=amina)
    for row in (words, report, amina.feedback_given.get()):
        page = at_work.get(reverse(f"admin:mentoring_{row._meta.model_name}_change", args=[row.pk])).text
        assert str(row.pk) in page
        assert str(amina.pk) not in page


def test_a_change_is_noted_for_whom_the_thing_is_about(
    at_work: Client, amina: Person, folasade_membership: Membership
) -> None:
    """Also where the trail itself does not hold whose it is, or is in nobody's copy."""
    MentorshipFactory(mentor_membership=folasade_membership, mentee=amina)
    says(amina, "ethnicity", "african")
    both = {amina.pk, folasade_membership.person_id}
    for name, about in (("mentorshipevent", both), ("userevent", {amina.pk}), ("characteristicvalueevent", {amina.pk})):
        Look.objects.all().delete()
        model = apps.get_model("mentoring", name)
        rows = model._default_manager.all()
        row = rows.get(pgh_obj=amina.user_id) if name == "userevent" else rows.latest("pgh_id")
        assert at_work.get(reverse(f"admin:mentoring_{name}_change", args=[row.pk])).status_code == 200
        assert set(Look.objects.values_list("subject", flat=True)) == about, name


def test_nothing_can_be_changed(at_work: Client, amina: Person) -> None:
    name = "admin:mentoring_person"
    assert at_work.get(reverse(f"{name}_add")).status_code == 403
    assert at_work.post(reverse(f"{name}_add"), {"first_name": "New"}).status_code == 403
    assert at_work.post(record(amina), {"first_name": "Other"}).status_code == 403
    assert at_work.post(reverse(f"{name}_delete", args=[amina.pk]), {"post": "yes"}).status_code == 403
    said = {"action": "delete_selected", "_selected_action": [str(amina.pk)], "post": "yes"}
    at_work.post(reverse(f"{name}_changelist"), said)
    amina.refresh_from_db()
    assert amina.first_name == "Amina"
    assert not LogEntry.objects.exists()


def test_it_keeps_the_policy(at_work: Client, amina: Person) -> None:
    for path in (ROOM, record(amina)):
        response = at_work.get(path)
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]
        assert "style=" not in response.text
