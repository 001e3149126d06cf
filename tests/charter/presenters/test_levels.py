"""Tracks, their table, and what an answer changed; without a database."""

from uuid import uuid4

from charter.domain.content import Content
from charter.domain.standing import Standing, stand
from charter.framework import load
from charter.models import Answer, Assessment
from charter.presenters.levels import changed_words, level_rows
from mentoring.models import Organisation
from tests.factories.charter import met, planned


def standing(level: str = "bronze", **but: Content) -> Standing:
    """Everything at or below the level met, but what is given; criteria written with _ for -."""
    framework = load("1.0")
    wanted = {one.id for one in framework.levels_up_to(level)}
    row = Assessment(id=uuid4(), organisation=Organisation(name="Northmoor"), framework="1.0", level=level)
    answers = {}
    for criterion in framework.criteria:
        if wanted & set(criterion.levels) and not criterion.derived:
            content = but.get(criterion.id.replace("-", "_"), met(criterion))
            said = {**content.as_stored(), "action_due": content.action_due}
            answers[criterion.id] = Answer(assessment=row, criterion=criterion.id, **said)
    return stand(row, answers)


def test_reached_and_later() -> None:
    rows = level_rows(standing())
    assert [row.words for row in rows] == ["reached", "later", "later"]
    assert (rows[0].core, rows[0].others, rows[0].met, rows[0].of) == ("9 of 9", "7 of 7 (100%)", 16, 16)


def test_what_is_to_go_is_core() -> None:
    rows = level_rows(standing(LEA_2=planned()))
    assert (rows[0].words, rows[0].core, rows[0].met) == ("1 core to go", "8 of 9", 15)


def test_what_is_to_go_is_credit() -> None:
    rows = level_rows(standing(LEA_3=planned(), MAT_2=planned(), MAT_3=planned()))
    assert rows[0].words == "2 to go"
    assert rows[0].others == "4 of 7 (57%)"


def test_gold_only_needs_time() -> None:
    assert [row.words for row in level_rows(standing("gold"))] == ["reached", "reached", "needs time"]


def test_the_picture_says_what_the_table_says() -> None:
    row = level_rows(standing(MAT_2=planned(), MAT_3=planned(status="partly")))[0]
    assert row.others == "5½ of 7 (78%)"
    assert row.track.description.startswith("Bronze: 78% of what counts")


def test_what_changed() -> None:
    before, after = standing(LEA_2=planned()), standing()
    assert changed_words(before, after, "LEA-2") == (
        "LEA-2 is saved. Bronze: 16 of 16 met, one more than before. Your answers now reach bronze."
    )
    assert changed_words(after, before, "LEA-2") == (
        "LEA-2 is saved. Bronze: 15 of 16 met, one fewer than before. Your answers now reach no level yet."
    )
    assert changed_words(after, after, "LEA-2") == "LEA-2 is saved."
