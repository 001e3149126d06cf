"""An uploaded picture, taken apart and drawn anew.

What somebody sends is hostile until it has been decoded: it is sniffed by its bytes, opened by the one decoder that
its bytes ask for, refused by the size in its head before a pixel is read, and only pixels go into what is kept.
"""

from io import BytesIO
from typing import Final, NamedTuple

import puremagic
from PIL import Image, ImageOps

from mentoring.domain.action import NotPossible

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 25_000_000
"""What a good camera makes. Decoded they are 100 MB, for a moment; the head of a file tells them before that."""
LEAST_SIDE: Final = 128
LARGE: Final = 512
SMALL: Final = 128
MIME: Final = "image/jpeg"
"""What is kept, whatever came."""

_DECODERS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_QUALITY: Final = 85
_PAPER: Final = "#ffffff"

TOO_LARGE: Final = "This file is larger than 5 MB. Choose a smaller one."
WRONG_KIND: Final = "This is not a JPEG, PNG or WebP picture. Choose one of these."
UNREADABLE: Final = "This picture cannot be read. It may be damaged: open it, save it again, and try once more."
TOO_MANY_PIXELS: Final = "This picture is too big: at most 25 million pixels. Make it smaller and try again."
TOO_FEW_PIXELS: Final = f"This picture is too small. Choose one of at least {LEAST_SIDE} by {LEAST_SIDE} pixels."
MOVES: Final = "This picture moves. Choose a still one."


class Squares(NamedTuple):
    """The same picture in two sizes, as JPEG."""

    large: bytes
    small: bytes


def squares(content: bytes) -> Squares:
    """The middle of a picture as squares of 512 and 128 pixels, upright, without anything a camera or editor added.

    Raises:
        NotPossible: it is no picture of the three kinds, is damaged or moves, or is too big or too small.
    """
    if len(content) > MOST_BYTES:
        raise NotPossible(TOO_LARGE)
    decoder = _DECODERS.get(_kind(content))
    if decoder is None:
        raise NotPossible(WRONG_KIND)
    try:
        large = _square(content, decoder)
    except NotPossible:
        raise
    except Image.DecompressionBombError as bomb:  # Pillow's own limit, where the head promises far more than ours
        raise NotPossible(TOO_MANY_PIXELS) from bomb
    except Exception as trouble:  # whatever a decoder trips over, it is the file that is refused
        raise NotPossible(UNREADABLE) from trouble
    return Squares(_written(large), _written(large.resize((SMALL, SMALL), Image.Resampling.LANCZOS)))


def _kind(content: bytes) -> str:
    """What the bytes say it is; empty where they say nothing."""
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _square(content: bytes, decoder: str) -> Image.Image:
    with Image.open(BytesIO(content), formats=[decoder]) as picture:
        _refuse_by_its_head(picture)
        # A JPEG need not be decoded larger than it is kept.
        picture.draft("RGB", (2 * LARGE, 2 * LARGE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    if upright.mode not in ("RGB", "RGBA", "L"):
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    fitted = ImageOps.fit(upright, (LARGE, LARGE), Image.Resampling.LANCZOS)
    # A new picture, because a resized one takes its file's comments along.
    paper = Image.new("RGB", fitted.size, _PAPER)
    paper.paste(fitted, mask=fitted.getchannel("A") if fitted.mode == "RGBA" else None)
    return paper


def _refuse_by_its_head(picture: Image.Image) -> None:
    if getattr(picture, "n_frames", 1) > 1:
        raise NotPossible(MOVES)
    if picture.width * picture.height > MOST_PIXELS:
        raise NotPossible(TOO_MANY_PIXELS)
    if min(picture.size) < LEAST_SIDE:
        raise NotPossible(TOO_FEW_PIXELS)


def _written(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()
