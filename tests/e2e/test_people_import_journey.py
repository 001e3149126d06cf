"""A coordinator brings a programme's people along, looks first, invites them, and takes one invitation back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mentoring.domain import people_import
from mentoring.models import Notification, Organisation, Programme
from tests.e2e.conftest import Visitor
from tests.factories.people_files import MENTORS, OURS, civil_service, csv_file, ours

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_people_are_brought_in_from_a_file_and_invited(visitor: Arrive, tmp_path: Path, *, javascript: bool) -> None:
    # Given Niamh, who runs a programme, and a spreadsheet with two faults in it
    employer = Organisation.objects.all()[0].name
    programme = Programme.objects.filter(memberships__person__first_name="Niamh", memberships__role="coordinator")[0]
    rows = [ours(number, organisation=employer, **{"mentor email": "zoe4@example.org"}) for number in range(4)]
    rows += [ours(4, role="mentor", profession="Nurse"), ours(5, email="zoe5"), ours(6, role="boss")]
    file = tmp_path / "spring cohort.csv"
    file.write_bytes(csv_file([*OURS, "ethnicity", "favourite tea"], [[*row, "canary", "Assam"] for row in rows]))
    niamh = visitor(javascript=javascript)
    niamh.sign_in("niamh@example.org")

    # When she uploads it
    niamh.open(f"/programmes/{programme.slug}/import/")
    niamh.page.get_by_label("File", exact=True).set_input_files(file)
    niamh.press("Look at this file")

    # Then she sees what would happen, and nothing has happened yet
    for words in (
        "5\n\nnew places",
        "2\n\nrows are refused",
        "4\n\npairs to bring along",
        "“zoe5” is not an email address.",
        "“boss” is not a role",
        "Never stored",
        "1 mentor gets as many places as they have mentees",
        "“Nurse”, 1 row",
    ):
        assert words in niamh.text
    assert "canary" not in niamh.page.content()

    # And when she takes the good rows, she can watch, or go away and come back
    niamh.press("Take the good rows")
    assert "0 of 9 done" in niamh.text
    people_import.take_due()
    niamh.follow("Look again now")
    assert "5\n\nplaces are kept" in niamh.text

    # And she writes to them when she likes, having read what goes out
    niamh.press("Go to invitations")
    niamh.follow("Take back the invitation of Zoë0")
    niamh.press("Take it back")
    niamh.page.get_by_label("Choose Zoë1").check()
    niamh.press("Send to those chosen")
    assert niamh.heading == "Send 1 invitation?"
    niamh.press("Send")
    niamh.press("Send all invitations")
    assert niamh.heading == "Send 3 invitations?"
    niamh.press("Send")
    written = Notification.objects.filter(kind="invitation").values_list("address", flat=True)
    assert sorted(written) == [f"zoe{number}@example.org" for number in (1, 2, 3, 4)]


def test_a_file_that_cannot_be_read_and_one_that_leaves_a_question(visitor: Arrive, tmp_path: Path) -> None:
    programme = Programme.objects.filter(memberships__person__first_name="Niamh", memberships__role="coordinator")[0]
    wrong, mentors = tmp_path / "report.pdf", tmp_path / "people.csv"
    wrong.write_bytes(b"%PDF-1.7")
    mentors.write_bytes(csv_file(MENTORS[:-1], [civil_service(1)[:-1]], encoding="utf-16", delimiter="\t"))
    niamh = visitor()
    niamh.sign_in("niamh@example.org")
    niamh.open(f"/programmes/{programme.slug}/import/")
    niamh.page.get_by_label("File", exact=True).set_input_files(wrong)
    niamh.press("Look at this file")
    assert "This looks like a PDF." in niamh.text
    niamh.page.get_by_label("File", exact=True).set_input_files(mentors)
    niamh.press("Look at this file")
    niamh.page.get_by_label("Mentors").check()
    niamh.press("See what would happen")
    assert "1\n\nnew place\n" in niamh.text
    niamh.follow("Throw this file away")
    niamh.press("Throw it away")

    # And she can invite one person by hand
    niamh.open(f"/programmes/{programme.slug}/invitations/new/")
    niamh.press("Keep a place")
    assert "Enter an email address." in niamh.text
    niamh.page.get_by_label("First name").fill("Kwame")
    niamh.page.get_by_label("Email address").fill("kwame@example.org")
    niamh.page.get_by_label("Mentee").check()
    niamh.press("Keep a place")
    assert "Kwame" in niamh.text
