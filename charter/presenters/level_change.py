"""What applying for another level would change, worked out before it is done."""

from charter.domain.standing import Standing, stand
from charter.models import Assessment
from charter.presenters.assessment import open_words
from charter.presenters.words import counted, level_words


def consequences(standing: Standing, level: str) -> list[str]:
    """Sentences for the page that asks."""
    after = preview(standing, level)
    if level == standing.assessment.level:
        return ["This is the level you apply for now."]
    return [
        f"You apply for {level_words(standing.framework, standing.assessment.level)} now."
        " Every answer stays as it is, and you can change back.",
        open_words(after),
        _plan(after),
        f"Your answers so far would reach {level_words(after.framework, after.reached)}.",
    ]


def preview(standing: Standing, level: str) -> Standing:
    """The same answers, scored as if that level were applied for. Nothing is kept."""
    row = standing.assessment
    imagined = Assessment(pk=row.pk, organisation=row.organisation, framework=row.framework, level=level)
    return stand(imagined, standing.rows)


def _plan(after: Standing) -> str:
    missing = len(after.unplanned)
    if not missing:
        return "Your action plan would cover everything that is not met yet."
    return f"Your action plan would want {counted(missing, 'more action', 'more actions')}, each with a date."
