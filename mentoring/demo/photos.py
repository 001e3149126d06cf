"""Pictures for invented people: hills and a sun, because a face would be somebody's."""

import random
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

_SIDE: Final = 512
_SKIES: Final = ("#f6d9a8", "#dfe8ee", "#f2c9b5", "#cfe0d8", "#e6d8e8")
_SUNS: Final = ("#f2a541", "#d9634a", "#fdf1df", "#c98b1b")
_HILLS: Final = ("#6b3f66", "#3d5a6c", "#4c6b48", "#8c4a2f", "#44508c", "#1f6463")


def draw_photo(draw: random.Random) -> bytes:
    """A PNG of a landscape; another one for each state of `draw`."""
    picture = Image.new("RGB", (_SIDE, _SIDE), draw.choice(_SKIES))
    pen = ImageDraw.Draw(picture)
    across, high, wide = draw.randint(125, 385), draw.randint(110, 215), draw.randint(45, 85)
    pen.ellipse((across - wide, high - wide, across + wide, high + wide), fill=draw.choice(_SUNS))
    for top, colour in zip((235, 300, 380), draw.sample(_HILLS, 3), strict=True):
        middle, width = draw.randint(0, _SIDE), draw.randint(325, 550)
        pen.ellipse((middle - width, top, middle + width, top + 700), fill=colour)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
