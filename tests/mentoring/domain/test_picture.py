"""Uploaded pictures: the hostile ones are refused, and only pixels of the others are kept."""

from io import BytesIO

import pytest
from PIL import Image

from mentoring.domain.action import NotPossible
from mentoring.domain.picture import TOO_MANY_PIXELS, Squares, squares
from tests.factories.pictures import SCRIPT, SECRET, inert, picture, png_that_says, refused, with_gps

REFUSED = refused()
INERT = inert()


def opened(content: bytes) -> Image.Image:
    drawn = Image.open(BytesIO(content))
    drawn.load()
    return drawn


def near(pixel: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 12 for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_hostile_or_broken_is_refused_in_words(what: str) -> None:
    with pytest.raises(NotPossible):
        squares(REFUSED[what])


def test_a_bomb_is_refused_by_its_head() -> None:
    """Nothing of it is decoded: there is nothing in it to be decoded."""
    with pytest.raises(NotPossible, match="25 million"):
        squares(png_that_says(60_000, 60_000))
    assert "25 million" in TOO_MANY_PIXELS


@pytest.mark.parametrize("what", INERT)
def test_of_a_picture_that_is_something_else_too_the_pixels_alone_are_kept(what: str) -> None:
    content = INERT[what]
    assert SCRIPT in content or SECRET.encode() in content or b"zTXt" in content or b"Author" in content
    for kept in squares(content):
        assert kept.startswith(b"\xff\xd8\xff")
        assert kept.endswith(b"\xff\xd9")
        assert SCRIPT not in kept
        assert SECRET.encode() not in kept


def test_nothing_that_a_camera_adds_is_kept() -> None:
    before = opened(with_gps())
    assert before.getexif().get_ifd(0x8825)
    for kept in squares(with_gps()):
        after = opened(kept)
        assert not after.getexif()
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_photo_is_turned_the_way_it_was_taken() -> None:
    """Held on its side: what the file has at the left is at the top."""
    upright = opened(squares(with_gps()).large)
    assert near(upright.getpixel((256, 10)), (254, 0, 0))
    assert near(upright.getpixel((256, 500)), (0, 0, 254))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (128, 128), (4_000, 130)])
def test_it_becomes_two_squares(kind: str, size: tuple[int, int]) -> None:
    kept = squares(picture(kind, size))
    assert isinstance(kept, Squares)
    assert [(opened(each).size, opened(each).format, opened(each).mode) for each in kept] == [
        ((512, 512), "JPEG", "RGB"),
        ((128, 128), "JPEG", "RGB"),
    ]
    assert len(kept.small) < 12_000


def test_as_many_pixels_as_there_may_be() -> None:
    assert squares(picture("PNG", (5_000, 5_000)))


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_every_way_of_writing_colours_is_read(kind: str, mode: str) -> None:
    assert opened(squares(picture(kind, mode=mode)).large).mode == "RGB"


def test_what_can_be_seen_through_stands_on_white() -> None:
    clear = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    out = BytesIO()
    clear.save(out, "PNG")
    assert near(opened(squares(out.getvalue()).large).getpixel((5, 5)), (255, 255, 255))
