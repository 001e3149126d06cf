"""What is left for a level: doing all of it is enough, and nothing of it is idle."""

from random import Random

from charter.framework import Submission, score, steps_to
from charter.framework.answers import Answer
from charter.framework.offline import read_answers
from charter.framework.schema import Status
from tests.charter.framework.cases import DAY, FRAMEWORK, MET, NOT_MET, NUMBERS, PARTLY, all_met
from tests.charter.framework.drawing import draw_file
from tests.charter.framework.edition_1_0 import RULES


def _submission(answers: dict[str, Answer]) -> Submission:
    return Submission(DAY, answers, {"silver": DAY.replace(year=2020)})


def _after(submission: Submission, done: set[str]) -> Submission:
    """The submission with these criteria met at every level."""
    raw = {name: NUMBERS.get(FRAMEWORK.criterion(name).kind, MET) for name in done}
    return _submission({**submission.answers, **read_answers(FRAMEWORK, raw)})


def test_doing_the_steps_reaches_the_level() -> None:
    random, lengths = Random(3), []
    for _ in range(60):
        submission = _submission(read_answers(FRAMEWORK, draw_file(random, RULES)["answers"]))
        result = score(FRAMEWORK, submission)
        for level in result.levels:
            steps = steps_to(FRAMEWORK, submission, result, level.level)
            after = score(FRAMEWORK, _after(submission, {step.criterion for step in steps}))
            assert after.at(level.level).reached, (level.level, after.at(level.level).blocked_by)
            assert not steps or not level.reached
            lengths.append(len(steps))
    assert max(lengths) > 10
    assert min(lengths) == 0


def test_core_first_then_empty_principles_then_credit() -> None:
    raw = all_met() | {"RAC-1": PARTLY, "SPO-1": NOT_MET, "LEA-3": NOT_MET, "MAT-2": NOT_MET, "PEE-1": PARTLY}
    submission = _submission(read_answers(FRAMEWORK, raw))
    steps = steps_to(FRAMEWORK, submission, score(FRAMEWORK, submission), "bronze")
    assert [step.criterion for step in steps] == ["LEA-3", "RAC-1", "SPO-1"]
    assert [step.status for step in steps] == [Status.NOT_MET, Status.PARTLY, Status.NOT_MET]


def test_nothing_is_left_when_only_time_is_missing() -> None:
    submission = Submission(DAY, read_answers(FRAMEWORK, all_met()))
    result = score(FRAMEWORK, submission)
    assert not result.at("gold").reached
    assert steps_to(FRAMEWORK, submission, result, "gold") == ()
