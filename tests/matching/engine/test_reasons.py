"""Points that add up, and their sums for a page."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine import Direction, Reason, Role, Strength, Summary, by_question, summarise
from matching.engine.reasons import pair_score, shares

weighed = st.lists(st.tuples(st.sampled_from([0, 1, 2, 4]), st.integers(0, 60)), max_size=12)


@given(weighed)
def test_points_add_up_and_are_next_to_the_exact_share(preferences: list[tuple[int, int]]) -> None:
    total = 60 * sum(weight for weight, _ in preferences) or 1
    exact = [10_000 * weight * agreement for weight, agreement in preferences]
    points = shares(preferences)
    assert sum(points) == sum(exact) // total
    assert all(product // total <= point <= -(-product // total) for point, product in zip(points, exact, strict=True))


def test_what_is_left_goes_to_the_largest_fractions_and_ties_to_the_first() -> None:
    assert shares([(1, 60), (1, 60), (1, 60)]) == [3334, 3333, 3333]
    assert shares([(1, 10), (1, 60), (1, 60)]) == [556, 3333, 3333]
    assert shares([(0, 60), (4, 30), (0, 0)]) == [0, 5000, 0]
    assert shares([]) == []


def test_pair_scores_round_down_and_leave_an_absent_side_out() -> None:
    assert pair_score(3333, 3334, 70) == 3333
    assert pair_score(None, 12, 100) == 12
    assert pair_score(12, None, 0) == 12
    assert pair_score(None, None, 70) == 5000
    assert pair_score(1, 9999, 0) == 9999
    assert pair_score(1, 9999, 100) == 1


def reason(strength: Strength, points: int, passed: bool | None = None) -> Reason:
    return Reason(Role.MENTEE, "band", Direction.SAME, strength, (), True, 60, points, points + 5, passed)


def test_summaries_have_all_four_questions() -> None:
    reasons = [
        reason(Strength.SUPPORT, 10),
        reason(Strength.NEED, 100),
        reason(Strength.NEED, 200),
        reason(Strength.REQUIRE, 0, passed=True),
        reason(Strength.REQUIRE, 0, passed=False),
    ]
    assert by_question(reasons) == {
        Strength.REQUIRE: Summary(asked=2, passed=1, earned=0, possible=10),
        Strength.NEED: Summary(asked=2, passed=0, earned=300, possible=310),
        Strength.HELP: Summary(asked=0, passed=0, earned=0, possible=0),
        Strength.SUPPORT: Summary(asked=1, passed=0, earned=10, possible=15),
    }
    assert list(by_question(reasons)) == list(Strength)
    assert summarise(reasons, by=lambda each: each.side)[Role.MENTEE].earned == 310
