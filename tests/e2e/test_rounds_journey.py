"""A coordinator has mentors suggested, looks first, publishes; a mentee takes it up; the mentor is asked."""

from collections.abc import Callable

import pytest

from matching.domain.rounds.running import run_due
from matching.models import Pair, Proposal
from tests.e2e.conftest import Visitor

Arrive = Callable[..., Visitor]


def begin(niamh: Visitor) -> None:
    """She begins a round, leaves somebody out and has it worked out; she can watch, or go away and come back."""
    niamh.sign_in("niamh@example.org")
    niamh.open("/programmes/allied-health-futures/")
    niamh.follow("Matching rounds")
    niamh.press("Begin a round")
    niamh.page.get_by_label("Name of this round").fill("Spring")
    niamh.press("Choose these people")
    niamh.follow("mentees")
    niamh.page.get_by_role("button", name="Leave out").first.click()
    niamh.check()
    assert "Left out" in niamh.text
    niamh.page.get_by_role("link", name="Spring").click()
    niamh.press("Work out proposals")
    assert "Waiting to begin" in niamh.text
    run_due()
    niamh.follow("Look again now")
    assert "mentees matched" in niamh.text


def keep(niamh: Visitor, pair: Pair) -> None:
    """She looks at a pair, keeps it, and has it worked out again."""
    niamh.open(f"/programmes/allied-health-futures/rounds/{pair.run.round_id}/runs/{pair.run_id}/pairs/{pair.pk}/")
    assert "What counted" in niamh.text
    niamh.follow("Keep these two together")
    niamh.page.get_by_label("Why?").fill("They met at an event")
    niamh.press("Keep them together")
    assert "Stay together in the next run" in niamh.page.locator(f"#pair-{pair.pk}").inner_text()
    niamh.follow("Work it out again")
    niamh.press("Work out proposals")
    run_due()
    niamh.follow("Look again now")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_round_from_choosing_people_to_a_request(visitor: Arrive, *, javascript: bool) -> None:
    # Given Niamh, who runs a programme in which people wait, and a round that she begins and changes by hand
    niamh = visitor(javascript=javascript)
    begin(niamh)
    pair = Pair.objects.filter(run__round__name="Spring", score__isnull=False).order_by("-score", "pk")[0]
    keep(niamh, pair)
    assert "Kept together by hand" in niamh.page.content()

    # When she publishes it
    niamh.press("Publish these proposals")
    assert niamh.heading == "Publish Spring?"
    niamh.press("Publish")
    assert "not asked the mentor suggested to them" in niamh.text

    # And the mentee takes it up
    proposals = Proposal.objects.select_related("mentor_membership__person__user", "mentee__user")
    proposal = proposals.get(run__round__name="Spring", mentee=pair.mentee)
    mentor, mentee = proposal.mentor_membership.person, proposal.mentee
    assert mentee.user
    assert mentor.user
    invited = visitor(javascript=javascript)
    invited.sign_in(mentee.user.email)
    assert f"Your coordinator suggests {mentor.called}" in invited.text
    invited.press("Ask them")
    invited.press(f"Send to {mentor.called}")
    assert "You have asked" in invited.text

    # Then the mentor is asked as with any request
    other = visitor(javascript=javascript)
    other.sign_in(mentor.user.email)
    assert f"{mentee.called} would like you to be their mentor" in other.text


def test_comparing_putting_together_and_not_for_me(visitor: Arrive) -> None:
    # Given the round that waits for Niamh, worked out a second time in another way
    niamh = visitor()
    niamh.sign_in("niamh@example.org")
    niamh.open("/programmes/allied-health-futures/rounds/")
    niamh.page.locator("main .al-people a").first.click()
    niamh.page.get_by_label("Nobody would rather swap").check()
    niamh.press("Work out proposals")
    run_due()
    niamh.follow("Look again now")
    niamh.page.get_by_role("navigation", name="Back").get_by_role("link").click()

    # Then she sees the two side by side
    niamh.follow("Compare two runs")
    assert "the same in both" in niamh.text
    niamh.page.go_back()

    # And puts two people together, who either fit or are said not to
    niamh.follow("mentees")
    niamh.follow("Put together with a mentor")
    niamh.press("Put them together")
    assert "Choose a mentor." in niamh.text
    assert "Say why, in a few words." in niamh.text

    # And one to whom somebody was suggested before does not want that
    offered = Proposal.objects.select_related("mentee__user").filter(state="offered")[0]
    assert offered.mentee.user
    mentee = visitor()
    mentee.sign_in(offered.mentee.user.email)
    mentee.press("Not for me")
    assert "Nobody is told" in mentee.text
    assert "Your coordinator suggests" not in mentee.text
