"""Geometry of the pictures: numbers in, coordinates and words out. No HTML, no colours, no database.

Lengths are in the user units of each picture's own viewBox. Words belong to the picture: what is drawn is also said.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Strengths in the study's order of weight, with the words that always stand beside them on screen.
QUESTIONS = ("require", "need", "help", "support")
QUESTION_WORDS = {
    "require": "I require",
    "need": "I need",
    "help": "Would help me",
    "support": "Would support me",
}
LEVELS = ("bronze", "silver", "gold")


def _number(value: float) -> str:
    """A coordinate with at most one decimal, so that the markup stays small and never has a locale's comma."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


# --- Match bar ------------------------------------------------------------------------------------------------

BAR_WIDTH = 300
BAR_GAP = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """One question's part of the match bar: `width` for what was asked, `filled` of it for what fits."""

    question: str
    x: str
    width: str
    filled: str
    words: str


def match_segments(parts: Mapping[str, tuple[float, float]]) -> list[Segment]:
    """Segments as wide as what each question weighs, filled as far as it fits.

    Args:
        parts: by question, what was earned and what was possible; questions nobody asked are left out.
    """
    asked = [(q, *parts[q]) for q in QUESTIONS if q in parts and parts[q][1] > 0]
    total = sum(possible for _, _, possible in asked)
    room = BAR_WIDTH - BAR_GAP * max(len(asked) - 1, 0)
    segments, x = [], 0.0
    for question, earned, possible in asked:
        width = room * possible / total
        share = min(max(earned / possible, 0.0), 1.0)
        words = f"{QUESTION_WORDS[question]}: {_share_words(share)}"
        segments.append(Segment(question, _number(x), _number(width), _number(width * share), words))
        x += width + BAR_GAP
    return segments


def _share_words(share: float) -> str:
    """How much of something, in words: a bar has no use for percentages."""
    if share >= 0.995:
        return "all of it"
    if share <= 0.005:
        return "none of it"
    return "most of it" if share >= 0.6 else "about half of it" if share >= 0.4 else "some of it"


# --- Scale line -----------------------------------------------------------------------------------------------

SCALE_WIDTH = 240
SCALE_MARGIN = 14


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions of two dots on a line with evenly spaced ticks; a dot that is not on the profile is None."""

    ticks: list[str]
    theirs: str | None
    mine: str | None


def scale(theirs: float | None, mine: float | None, points: int = 5) -> Scale:
    """Dots from 1 to `points`; fractions are allowed (means of ratings)."""
    return Scale(
        ticks=[_on_scale(point, points) for point in range(1, points + 1)],
        theirs=None if theirs is None else _on_scale(theirs, points),
        mine=None if mine is None else _on_scale(mine, points),
    )


def _on_scale(value: float, points: int) -> str:
    share = (min(max(value, 1), points) - 1) / (points - 1)
    return _number(SCALE_MARGIN + share * (SCALE_WIDTH - 2 * SCALE_MARGIN))


def scale_words(value: float | None, left: str, right: str, points: int = 5) -> str:
    """Where on the line a dot is: 'in the middle', 'nearer to a plan for each meeting'."""
    if value is None:
        return "not on the profile"
    middle = (points + 1) / 2
    if value == middle:
        return "in the middle"
    pole = left if value < middle else right
    pole = pole[:1].lower() + pole[1:]
    return f"all the way to {pole}" if value in (1, points) else f"nearer to {pole}"


# --- Stages ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop on the way: done, now or later."""

    label: str
    state: str
    note: str = ""


def stages(labels: Sequence[str], current: int, notes: Mapping[int, str] | None = None) -> list[Stage]:
    """Stops before `current` are done, those after it are later; `len(labels)` when everything is done."""
    notes = notes or {}
    return [
        Stage(label, "done" if at < current else "now" if at == current else "later", notes.get(at, ""))
        for at, label in enumerate(labels)
    ]


# --- Charter --------------------------------------------------------------------------------------------------

TRACK_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Track:
    """How far an assessment is towards one level; `tick` is where the level begins."""

    level: str
    label: str
    filled: str
    tick: str
    words: str
    description: str


def track(*, level: str, share: float, threshold: float, words: str) -> Track:
    """A track.

    Args:
        level: bronze, silver or gold.
        share: what is met of all that counts for the level, 0 to 1.
        threshold: the share at which the level is reached, 0 to 1.
        words: what stands at the end of the line: "reached", "3 to go".
    """
    share, threshold = min(max(share, 0.0), 1.0), min(max(threshold, 0.0), 1.0)
    return Track(
        level=level,
        label=level.capitalize(),
        filled=_number(TRACK_WIDTH * share),
        tick=_number(TRACK_WIDTH * threshold),
        words=words,
        description=f"{level.capitalize()}: {round(share * 100)}% of what counts is met, "
        f"{round(threshold * 100)}% is asked for.",
    )


ANSWER_WORDS = {"met": "met", "partly": "partly", "not_met": "not met", "open": "open"}
# Told apart without colour: the more is met, the taller the part; what is open is an outline.
ANSWER_HEIGHTS = {"met": 14, "partly": 10, "not_met": 5, "open": 14}
PRINCIPLE_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a principle's bar."""

    answer: str
    x: str
    y: str
    width: str
    height: str


def principle_parts(counts: Mapping[str, int]) -> list[Part]:
    """Parts as wide as their share of the criteria, in the order met, partly, not met, open."""
    total = sum(counts.get(answer, 0) for answer in ANSWER_WORDS)
    parts, x = [], 0.0
    for answer, height in ANSWER_HEIGHTS.items():
        width = PRINCIPLE_WIDTH * counts.get(answer, 0) / total if total else 0
        if width:
            y = _number(14 - height)
            parts.append(Part(answer, _number(x), y, _number(max(width - 1, 1)), str(height)))
        x += width
    return parts


def principle_words(counts: Mapping[str, int]) -> str:
    """'3 met · 1 partly · 0 not met · 1 open'."""
    return " · ".join(f"{counts.get(answer, 0)} {word}" for answer, word in ANSWER_WORDS.items())


def star(cx: float, cy: float, radius: float) -> str:
    """The points of a five-pointed star, for an SVG polygon."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = math.pi * (corner / 5 - 0.5)
        corners.append(f"{_number(cx + reach * math.cos(angle))},{_number(cy + reach * math.sin(angle))}")
    return " ".join(corners)


def medal_stars(level: str) -> list[str]:
    """One star for bronze, two for silver, three for gold: the level shows without its colour."""
    count = LEVELS.index(level) + 1 if level in LEVELS else 0
    radius = (15, 11, 10)[count - 1] if count else 0
    centres: dict[int, list[tuple[float, float]]] = {
        1: [(40, 40)],
        2: [(30, 40), (50, 40)],
        3: [(40, 30), (29.5, 47.5), (50.5, 47.5)],
    }
    return [star(cx, cy, radius) for cx, cy in centres.get(count, [])]


# --- Four supports --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Support:
    """One of the four circles: where it is, the lines in it, and what the person put into it."""

    question: str
    cx: int
    cy: int
    lines: list[tuple[str, int, int]]
    words: list[tuple[str, int, int]]
    heading: str
    domain: str
    meaning: str
    items: tuple[str, ...] = ()


SUPPORT_RADIUS = 105
INSIDE_MOST = 3
INSIDE_LETTERS = 13
_CENTRES = {"require": (190, 115), "need": (265, 190), "help": (190, 265), "support": (115, 190)}
# Where the first line of each label stands: in the part of the circle that no other covers.
_LABELS = {"require": (190, 46), "need": (325, 178), "help": (190, 316), "support": (57, 178)}
ASKED = {
    "require": "I require",
    "need": "I need",
    "help": "can help me",
    "support": "can support me",
}
_IN_CIRCLE: dict[str, tuple[list[str], list[str]]] = {
    "require": (["I require"], ["sponsorship,", "circles"]),
    "need": (["I need"], ["trust,", "honesty"]),
    "help": (["Would help me"], ["allyship"]),
    "support": (["Would", "support me"], ["background"]),
}
SUPPORT_WORDS = {
    "require": (
        "Sponsorship and mentoring circles",
        "Doors opened, names put forward, and people to think with: without these I would rather not start.",
    ),
    "need": (
        "Trust, honesty and humility",
        "A mentor who is honest, knows about bias and race, and can be trusted with my story.",
    ),
    "help": ("Allyship", "Someone who believes me, speaks up and is willing to learn. It makes things easier."),
    "support": (
        "Background, where it matters to me",
        "Someone like me in some way, or someone who is not. Good to have over time, never a must.",
    ),
}


def supports(
    items: Mapping[str, Sequence[str]] | None = None, inside: Mapping[str, Sequence[str]] | None = None
) -> list[Support]:
    """The four circles: the study's words in them, or a person's own.

    Args:
        items: what the person put under each question, in sentences.
        inside: the same in a word or two each, for the circles; how many there are where it is left out.
    """
    if items is None:
        return [_support(question, _IN_CIRCLE[question][1], ()) for question in QUESTIONS]
    own = {question: tuple(items.get(question, ())) for question in QUESTIONS}
    return [_support(question, _inside(mine, (inside or {}).get(question, ())), mine) for question, mine in own.items()]


def _inside(items: Sequence[str], words: Sequence[str]) -> list[str]:
    """At most three lines of at most so many letters: there is no more room in a circle that others overlap."""
    if not items or not words:
        return [_how_many(items)]
    shown = words[:INSIDE_MOST] if len(words) <= INSIDE_MOST else words[: INSIDE_MOST - 1]
    lines = [word if len(word) <= INSIDE_LETTERS else f"{word[: INSIDE_LETTERS - 1].rstrip()}…" for word in shown]
    return lines if len(shown) == len(words) else [*lines, f"and {len(words) - len(shown)} more"]


def _how_many(items: Sequence[str]) -> str:
    if not items:
        return "nothing yet"
    return "1 thing" if len(items) == 1 else f"{len(items)} things"


def _support(question: str, plain: Sequence[str], items: tuple[str, ...]) -> Support:
    x, y = _LABELS[question]
    bold = _IN_CIRCLE[question][0]
    domain, meaning = SUPPORT_WORDS[question]
    cx, cy = _CENTRES[question]
    return Support(
        question=question,
        cx=cx,
        cy=cy,
        lines=[(line, x, y + 17 * at) for at, line in enumerate(bold)],
        words=[(line, x, y + 17 * (len(bold) + at)) for at, line in enumerate(plain)],
        heading=f"What {ASKED[question]}",
        domain=domain,
        meaning=meaning,
        items=items,
    )
