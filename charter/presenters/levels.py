"""How far the answers are towards each level: the rows behind the picture, and the picture."""

from dataclasses import dataclass, replace
from fractions import Fraction

from charter.domain.standing import Standing
from charter.framework import LevelResult, Status, steps_to
from charter.framework.wording import number
from charter.framework.wording import percent as exact_percent
from charter.presenters.words import joined, level_words, number_word, percent
from mentoring.presenters import pictures


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level. `met` of `of` are its own requirements that apply; the other numbers are words for the table."""

    id: str
    name: str
    applied_for: bool
    met: int
    of: int
    core: str
    others: str
    asked: str
    words: str
    track: pictures.Track


def level_rows(standing: Standing) -> list[LevelRow]:
    """Every level of the edition, upwards."""
    return [_row(standing, level) for level in standing.result.levels]


def _row(standing: Standing, level: LevelResult) -> LevelRow:
    own = [one for one in standing.result.requirements if one.level == level.level]
    core = [one for one in own if one.core]
    applying = [one for one in own if one.applies]
    core_met = sum(one.status is Status.MET for one in core)
    share = level.share if level.share is not None else Fraction(0)
    words = _words(standing, level)
    return LevelRow(
        id=level.level,
        name=standing.framework.level(level.level).name,
        applied_for=level.level == standing.assessment.level,
        met=sum(one.status is Status.MET for one in applying),
        of=len(applying),
        core=f"{core_met} of {len(core)}",
        others=f"{number(level.credit)} of {level.applicable} ({percent(share)})",
        asked=exact_percent(level.needed_share),
        words=words,
        track=_track(level, share, words, f"{core_met} of {len(core)} core ones"),
    )


def _track(level: LevelResult, share: Fraction, words: str, core: str) -> pictures.Track:
    """The picture's title says the exact share as the table does."""
    drawn = pictures.track(level=level.level, share=float(share), threshold=float(level.needed_share), words=words)
    asked = exact_percent(level.needed_share)
    said = f"{drawn.label}: {percent(share)} of what counts beside the core, {asked} is asked for; {core} are met."
    return replace(drawn, description=said)


def _words(standing: Standing, level: LevelResult) -> str:
    """What stands at the end of the line."""
    if level.reached:
        return "reached"
    wanted = [one.id for one in standing.framework.levels_up_to(standing.assessment.level)]
    if level.level not in wanted:
        return "later"
    steps = steps_to(standing.framework, standing.submission, standing.result, level.level)
    own = [one for one in steps if one.level == level.level]
    if own:
        return f"{len(own)} core to go" if all(one.core for one in own) else f"{len(own)} to go"
    return "needs time" if not level.held else "after the one below"


def changed_words(before: Standing, after: Standing, criterion: str) -> str:
    """What saving an answer did, for the person who saved it."""
    said = [_progress(old, new) for old, new in zip(level_rows(before), level_rows(after), strict=True)]
    counts = [words for words in said if words]
    parts = [f"{criterion} is saved."]
    if counts:
        parts.append(f"{joined(counts)}.")
    if before.reached != after.reached:
        parts.append(f"Your answers now reach {level_words(after.framework, after.reached)}.")
    return " ".join(parts)


def _progress(before: LevelRow, after: LevelRow) -> str:
    """'Bronze: 12 of 16 met, one more than before'; nothing where nothing changed."""
    step = after.met - before.met
    if step == 0:
        return ""
    how = "more" if step > 0 else "fewer"
    return f"{after.name}: {after.met} of {after.of} met, {number_word(abs(step))} {how} than before"
