"""Answering on the page: what is shown at once, what goes wrong, and two at the same time."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from charter.domain.content import Content
from charter.models import Answer, AnswerChange, Assessment
from mentoring.models import Person
from tests.factories.charter import answer, answer_all, in_months, planned
from tests.mentoring.views.counting import queries_of

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def url(assessment: Assessment, criterion: str) -> str:
    """The criterion's page."""
    return reverse("criterion", args=[assessment.pk, criterion])


def words(response: Any) -> str:
    """A page's text, blanks evened out and signs as people see them."""
    return unescape(" ".join(response.content.decode().split()))


def test_the_page_asks_one_question(as_: As, marcus: Person, assessment: Assessment) -> None:
    page = words(as_(marcus).get(url(assessment, "LEA-2")))
    assert page.count("<h1>") == 1
    assert "<h1>A self-assessment team with protected time</h1>" in page
    for shown in ("The network co-chairs it", "What good looks like", "To answer", "Core: must be met"):
        assert shown in page
    assert "It does not apply to us" not in page


def test_not_applicable_only_where_it_may_be_claimed(as_: As, marcus: Person, assessment: Assessment) -> None:
    assert "at least 100 characters" in words(as_(marcus).get(url(assessment, "MAT-6")))


def test_saving_shows_the_level_and_what_changed(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer_all(assessment, marcus, but={"LEA-2": planned(status="partly")})
    said = {"version": "1", "status": "met", "reason": "Hours are agreed."}
    page = words(as_(marcus).post(url(assessment, "LEA-2"), said, follow=True))
    assert "LEA-2 is saved. Bronze: 16 of 16 met, one more than before. Your answers now reach bronze." in page
    assert "They reach <b>bronze</b>" in page


def test_saving_may_go_on_to_the_next(as_: As, marcus: Person, assessment: Assessment) -> None:
    said = {"version": "0", "status": "met", "reason": "Yes.", "next": "1"}
    assert as_(marcus).post(url(assessment, "LEA-1"), said).headers["Location"] == url(assessment, "LEA-2")
    stays = {"version": "0", "status": "met", "reason": "Yes."}
    assert as_(marcus).post(url(assessment, "EVI-6"), {**stays, "next": "1"}).headers["Location"] == url(
        assessment, "EVI-6"
    )


def test_a_measure_with_thousands_marks(as_: As, marcus: Person, assessment: Assessment) -> None:
    as_(marcus).post(url(assessment, "EVI-1"), {"version": "0", "first_n": "8,130", "first_d": "9 020"})
    row = Answer.objects.get()
    assert (row.first_n, row.first_d) == (8130, 9020)
    page = words(as_(marcus).get(url(assessment, "EVI-1")))
    assert "8,130 of 9,020 is 90%." in page
    assert "Asked for: 80% or more; partly from 70%." in page


def test_a_share_just_below_never_looks_as_if_it_were_there(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer(assessment, "EVI-1", Content(first_n=799, first_d=1000), marcus)
    page = words(as_(marcus).get(url(assessment, "EVI-1")))
    assert "799 of 1,000 is 79%. 1 more would be enough." in page
    assert "Partly met" in page


def test_a_ratio_is_read_both_ways(as_: As, marcus: Person, assessment: Assessment) -> None:
    content = Content(first_n=12, first_d=60, second_n=150, second_d=500)
    answer(assessment, "SPO-5", content, marcus)
    page = words(as_(marcus).get(url(assessment, "SPO-5")))
    assert "20% of Black and minoritised ethnic staff, and 30% of white staff." in page
    assert "were 0.66 times as likely as white staff." in page
    assert "The other way round: white staff were 1.50 times as likely." in page
    assert "from 0.39 to 1.12 (the other way round, from 0.89 to 2.54)" in page
    assert "it could be chance" in page


def test_the_action_plan_is_worked_out_and_nobody_s_to_answer(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer_all(assessment, marcus, but={"LEA-3": Content(status="not_met", reason="Not yet.")})
    client = as_(marcus)
    page = words(client.get(url(assessment, "EVI-2")))
    assert "1 criterion that is not met yet wants an action with a date." in page
    assert url(assessment, "LEA-3") in page
    assert 'name="status"' not in page
    assert client.post(url(assessment, "EVI-2"), {"version": "0", "status": "met", "reason": "x"}).status_code == 404
    said = {"version": "1", "status": "not_met", "reason": "Not yet.", "action": "Begin.", "action_due": in_months(2)}
    client.post(url(assessment, "LEA-3"), said)
    assert "has an action with a date" in words(client.get(url(assessment, "EVI-2")))


# --- What goes wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "said", "field", "error"),
    [
        ("LEA-1", {}, "status", "Choose an answer"),
        ("LEA-1", {"status": "met"}, "reason", "Say why in a few words"),
        ("LEA-1", {"reason": "Only words."}, "status", "Choose an answer"),
        ("LEA-1", {"status": "not_applicable", "reason": "x"}, "status", "Choose one of these"),
        ("LEA-1", {"status": "not_met", "reason": "x", "action": "Begin."}, "action_due", "Say by when"),
        ("LEA-1", {"status": "not_met", "reason": "x", "action_due": "2999-01-01"}, "action", "Say what"),
        ("LEA-1", {"action": "Begin.", "action_due": "2020-01-01"}, "action_due", "after today"),
        ("LEA-1", {"action": "Begin.", "action_due": "soon"}, "action_due", "Enter a real date"),
        ("LEA-1", {"status": "met", "reason": "x" * 4001}, "reason", "at most 4000 characters; there are 4001"),
        ("LEA-1", {"status": "met", "reason": "x", "version": ""}, "version", "This page is out of date"),
        ("LEA-1", {"status": "met", "reason": "x", "version": "x"}, "version", "This page is out of date"),
        ("MAT-6", {"status": "not_applicable", "reason": "Short."}, "reason", "at least 100 characters; there are 6"),
        ("REL-2", {}, "first_n", "Enter the numbers"),
        ("REL-2", {"first_n": "17"}, "first_d", "Enter this number too"),
        ("REL-2", {"first_n": "25", "first_d": "24"}, "first_n", "more than the 24"),
        ("REL-2", {"first_n": "many", "first_d": "24"}, "first_n", "Enter a whole number"),
        ("REL-2", {"first_n": "-1", "first_d": "24"}, "first_n", "0 or more"),
        ("REL-2", {"first_n": "1.5", "first_d": "24"}, "first_n", "Enter a whole number"),
        ("EVI-1", {"first_n": "0", "first_d": "0"}, "first_d", "cannot be 0"),
        ("SPO-5", {"first_n": "1", "first_d": "30", "second_n": "2"}, "second_d", "Enter this number too"),
        ("ROL-1", {"first_n": "1", "first_d": "3", "second_n": "0", "second_d": "9"}, "second_n", "cannot be 0"),
        (
            "ROL-1",
            {"status": "not_applicable", "reason": "x" * 100, "first_n": "1", "first_d": "3"}
            | {"second_n": "2", "second_d": "9"},
            "status",
            "not both",
        ),
    ],
)
def test_errors_stand_at_their_field_and_lose_nothing(
    as_: As, marcus: Person, assessment: Assessment, criterion: str, said: dict[str, str], field: str, error: str
) -> None:
    response = as_(marcus).post(url(assessment, criterion), {"version": "0", **said})
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert error in form.errors[field][0]
    page = words(response)
    assert response.status_code == 200
    assert page.count("<title>Error:") == 1
    assert "There is a problem" in page
    for name, value in said.items():
        if name not in ("status", "action_due"):
            assert value in page
    assert dict(form.data.items()) == {"version": "0", **said}
    assert not Answer.objects.exists()


def test_words_are_shown_as_words(as_: As, marcus: Person, assessment: Assessment) -> None:
    answer(assessment, "LEA-1", Content(status="met", reason="<script>alert(1)</script>"), marcus)
    assert "<script>alert(1)" not in as_(marcus).get(url(assessment, "LEA-1")).content.decode()


# --- Two at the same time -----------------------------------------------------------------------------------------


def test_a_stale_save_answers_409_and_keeps_the_text(
    as_: As, marcus: Person, tunde: Person, assessment: Assessment
) -> None:
    answer(assessment, "LEA-1", Content(status="partly", reason="As it was."), marcus)
    answer(assessment, "LEA-1", Content(status="met", reason="Theirs."), tunde, version=1)
    said = {"version": "1", "status": "not_met", "reason": "Mine, typed with care.", "action": "Begin."}
    said["action_due"] = in_months(4).isoformat()
    response = as_(marcus).post(url(assessment, "LEA-1"), said)
    page = words(response)
    assert response.status_code == 409
    for shown in ("Tunde Ọlá saved this", "As it was.", "Theirs.", "Mine, typed with care.", "Begin."):
        assert shown in page
    assert 'name="version" value="2"' in page
    assert Answer.objects.get().reason == "Theirs."
    assert "Save mine over theirs" in page
    assert "Keep theirs" in page


def test_saving_mine_over_theirs_knowingly(as_: As, marcus: Person, tunde: Person, assessment: Assessment) -> None:
    answer(assessment, "LEA-1", Content(status="met", reason="Theirs."), tunde)
    said = {"version": "0", "status": "not_met", "reason": "Mine."}
    client = as_(marcus)
    shown = client.post(url(assessment, "LEA-1"), said).context["form"]
    assert client.post(url(assessment, "LEA-1"), shown.data).status_code == 302
    assert Answer.objects.get().reason == "Mine."
    assert AnswerChange.objects.filter(content__reason="Theirs.").exists()


def test_sending_the_same_twice_is_harmless(as_: As, marcus: Person, assessment: Assessment) -> None:
    said = {"version": "0", "status": "met", "reason": "Yes."}
    client = as_(marcus)
    assert [client.post(url(assessment, "LEA-1"), said).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.get().version == 1


def test_the_history_tells_who_changed_what(as_: As, marcus: Person, tunde: Person, assessment: Assessment) -> None:
    answer(assessment, "LEA-1", Content(status="partly", reason="As it was."), marcus)
    answer(assessment, "LEA-1", Content(status="met", reason="As it was."), tunde, version=1)
    changes = as_(marcus).get(url(assessment, "LEA-1")).context["changes"]
    assert [(change.who, [(said.label, said.before, said.after) for said in change.said]) for change in changes] == [
        ("Tunde Ọlá", [("Answer", "Partly", "Yes")]),
        ("Marcus Bell", [("Answer", "Nothing", "Partly"), ("Reason", "Nothing", "As it was.")]),
    ]


def test_a_long_history_is_paged_and_asks_as_often(as_: As, marcus: Person, assessment: Assessment) -> None:
    client = as_(marcus)
    for version in range(3):
        answer(assessment, "LEA-1", Content(status="met", reason=f"Words {version}"), marcus, version)
    few = queries_of(client, url(assessment, "LEA-1"))
    for version in range(3, 25):
        answer(assessment, "LEA-1", Content(status="met", reason=f"Words {version}"), marcus, version)
    assert queries_of(client, url(assessment, "LEA-1")) == few
    page = client.get(url(assessment, "LEA-1"))
    assert len(page.context["changes"]) == 20
    assert page.context["changes"][-1].said[0].before == "Words 4"
    older = client.get(url(assessment, "LEA-1") + "?history=2")
    assert len(older.context["changes"]) == 5
