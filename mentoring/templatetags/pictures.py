"""Pictures as tags: drawn on the server, said in words too. They are part of `look`; examples in docs/look.md."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template

from mentoring.presenters import pictures

register = template.Library()

_numbers = itertools.count(1)


def _identity() -> str:
    """An id for a picture's title: the same picture may stand on a page twice."""
    return f"picture-{next(_numbers)}"


@register.inclusion_tag("components/four_supports.html")
def four_supports(
    items: Mapping[str, Sequence[str]] | None = None,
    owner: str = "Me",
    beside: bool = True,
    level: int = 3,
    inside: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The model's picture: four overlapping supports around a person.

    Args:
        items: the person's own words and preferences by question: require, need, help, support.
        owner: who stands at the centre.
        beside: whether the same is listed next to it (leave it out only where the page lists it elsewhere).
        level: of the headings in that list.
        inside: the items in a word or two each, to stand in the circles.
    """
    return {
        "supports": pictures.supports(items, inside),
        "radius": pictures.SUPPORT_RADIUS,
        "owner": owner,
        "beside": beside,
        "own": items is not None,
        "level": level,
        "id": _identity(),
    }


@register.inclusion_tag("components/match_bar.html")
def match_bar(parts: Mapping[str, tuple[float, float]], title: str) -> dict[str, Any]:
    """How a mentor fits, by question. `parts`: {question: (earned, possible)}; `title`: the match in words."""
    segments = pictures.match_segments(parts)
    return {"segments": segments, "width": pictures.BAR_WIDTH, "title": title, "id": _identity()}


@register.inclusion_tag("components/match_key.html")
def match_key() -> dict[str, Any]:
    """What the colours of match bars mean; once a page."""
    return {"words": pictures.QUESTION_WORDS}


@register.inclusion_tag("components/scale_line.html")
def scale_line(
    left: str,
    right: str,
    theirs: float | None,
    mine: float | None = None,
    name: str = "They",
    points: int = 5,
    said: bool = False,
) -> dict[str, Any]:
    """A line between two poles with their dot (filled) and mine (a ring).

    Args:
        left, right: what the ends mean.
        theirs, mine: from 1 to `points`, or None when it is not on the profile.
        name: whose the filled dot is.
        said: whether what the dots say stands in words under the line too.
    """
    return {
        "left": left,
        "right": right,
        "scale": pictures.scale(theirs, mine, points),
        "width": pictures.SCALE_WIDTH,
        "name": name,
        "theirs_words": pictures.scale_words(theirs, left, right, points),
        "mine_words": pictures.scale_words(mine, left, right, points),
        "said": said,
        "id": _identity(),
    }


@register.inclusion_tag("components/skill_plot.html")
def skill_plot(lines: Iterable[Any], heading: str, caption: str) -> dict[str, Any]:
    """A dot plot that is its own table. Lines: label, mean (1 to 5 or None), words, and of how many mentees."""
    drawn = [(line, pictures.scale(line.mean, None)) for line in lines]
    return {"lines": drawn, "heading": heading, "caption": caption, "width": pictures.SCALE_WIDTH}


@register.inclusion_tag("components/scale_key.html")
def scale_key(name: str) -> dict[str, Any]:
    """Which dot is whose; once above a group of scale lines."""
    return {"name": name}


@register.inclusion_tag("components/stages.html")
def stages(
    labels: Sequence[str], current: int, notes: Mapping[int, str] | None = None, label: str = "How far you are"
) -> dict[str, Any]:
    """The way of a mentorship with the present stop marked. `current` counts from 0; `notes` by the same count."""
    return {"stages": pictures.stages(labels, current, notes), "label": label}


@register.inclusion_tag("components/tracks.html")
def tracks(items: Iterable[pictures.Track | Mapping[str, Any]]) -> dict[str, Any]:
    """Bronze, silver and gold. Items: level, share and threshold (0 to 1) and words, or `pictures.track(…)`."""
    drawn = [item if isinstance(item, pictures.Track) else pictures.track(**item) for item in items]
    return {"tracks": [(line, _identity()) for line in drawn], "width": pictures.TRACK_WIDTH}


@register.inclusion_tag("components/principle_bar.html")
def principle_bar(counts: Mapping[str, int], label: str, words: bool = True) -> dict[str, Any]:
    """One principle's answers. `counts`: met, partly, not_met, open; `words`: the counts beside the bar."""
    return {
        "parts": pictures.principle_parts(counts),
        "width": pictures.PRINCIPLE_WIDTH,
        "label": label,
        "said": pictures.principle_words(counts),
        "words": words,
        "id": _identity(),
    }


@register.inclusion_tag("components/medal.html")
def medal(level: str = "", size: str = "", title: str = "") -> dict[str, Any]:
    """An award's medal: bronze, silver, gold, or the empty place for one. Size: s, l. `title`: when it is no award."""
    known = level if level in pictures.LEVELS else ""
    title = title or (f"{known.capitalize()} award" if known else "No award yet")
    return {"level": known, "stars": pictures.medal_stars(known), "title": title, "size": size, "id": _identity()}
