"""The charter as anybody may read it, and what each level asks."""

from dataclasses import dataclass

from charter.framework import Criterion, Framework, Principle
from charter.framework.wording import percent as exact_percent
from charter.presenters.words import asked_words, counted, joined, kind_words, number_word


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One criterion in plain words; `asks` has what each of its levels takes."""

    criterion: Criterion
    kind: str
    levels: list[tuple[str, str]]
    asks: list[tuple[str, str]]
    sources: str


@dataclass(frozen=True, slots=True)
class PrincipleText:
    """One principle with its criteria."""

    principle: Principle
    criteria: list[CriterionText]


def principle_texts(framework: Framework) -> list[PrincipleText]:
    """All of the edition."""
    return [
        PrincipleText(principle, [_text(framework, one) for one in framework.criteria_of(principle.number)])
        for principle in framework.principles
    ]


def _text(framework: Framework, criterion: Criterion) -> CriterionText:
    levels = [(level, framework.level(level).name) for level in criterion.levels]
    asks = [
        (name, asked_words(criterion, criterion.thresholds[level])) for level, name in levels if criterion.thresholds
    ]
    return CriterionText(criterion, kind_words(criterion), levels, asks, ", ".join(criterion.sources))


def level_hints(framework: Framework) -> dict[str, str]:
    """What applying for each level means, in a sentence or two."""
    return {level.id: _hint(framework, level.id) for level in framework.levels}


def _hint(framework: Framework, level_id: str) -> str:
    level = framework.level(level_id)
    own = [one for one in framework.requirements if one.level == level_id]
    core = sum(one.criterion.core for one in own)
    wanted = {one.id for one in framework.levels_up_to(level_id)}
    questions = sum(bool(wanted & set(one.levels)) and not one.derived for one in framework.criteria)
    below = [one.name.lower() for one in framework.levels_up_to(level_id)[:-1]]
    parts = [
        f"{counted(questions, 'question', 'questions')} in all.",
        f"Of its own {len(own)} requirements, {number_word(core)} are core and must all be met;"
        f" of the other {number_word(len(own) - core)}, {exact_percent(level.share)} must be.",
    ]
    if below:
        parts.insert(1, f"It includes {joined(below)}.")
    if level.needs_held:
        held = framework.level(level.needs_held.level).name
        parts.append(f"{held} must have been held for {level.needs_held.months} months first.")
    return " ".join(parts)
