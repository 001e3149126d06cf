"""Pictures as people send them, and as attackers do."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "canary-of-a-camera"
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **how: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    drawn.convert(mode).save(out, kind, **how)
    return out.getvalue()


def with_gps() -> bytes:
    """A photo of a camera that tells where it was, and which way up it was held."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return picture(exif=exif, comment=SECRET.encode(), icc_profile=SECRET.encode() * 9)


def with_words() -> bytes:
    """A PNG with texts in it."""
    words = PngInfo()
    words.add_text("Author", SECRET)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    return picture("PNG", pnginfo=words)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int, data: bytes = b"", *more: bytes) -> bytes:
    """A few bytes that promise many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    inside = _chunk(b"IHDR", head) + b"".join(more) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + inside


def _moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def _bomb_in_a_text() -> bytes:
    words = b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    return png_that_says(200, 200, zlib.compress(b"\0" * 200 * 601), _chunk(b"zTXt", words))


def refused() -> dict[str, bytes]:
    """What is never kept, by what is wrong with it."""
    jpeg, png, webp = picture(), picture("PNG"), picture("WEBP")
    return {
        "nothing": b"",
        "one byte": b"\xff",
        "words": b"Hello, this is a picture.",
        "HTML": b"<!doctype html><html><body>" + SCRIPT + b"</body></html>",
        "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        "XML with an entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "GIF": picture("GIF"),
        "GIF with a script": picture("GIF") + SCRIPT,
        "BMP": picture("BMP"),
        "TIFF": picture("TIFF"),
        "ICO": picture("ICO"),
        "PDF": picture("PDF"),
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 300\n(/etc/passwd) run\n",
        "zip": b"PK\x03\x04" + bytes(200),
        "program": b"\x7fELF\x02\x01\x01" + bytes(200),
        "Windows program": b"MZ" + bytes(200) + b"PE\0\0",
        "JPEG in name alone": b"\xff\xd8\xff\xe0" + b"not a picture" * 20,
        "JPEG cut in half": jpeg[: len(jpeg) // 2],
        "JPEG without an end": jpeg[:-400],
        "PNG cut in half": png[: len(png) // 2],
        "PNG with a wrong sum": png[:40] + bytes([png[40] ^ 255]) + png[41:],
        "PNG of a head alone": png[:33],
        "PNG with too little in it": png_that_says(300, 300, zlib.compress(b"\0" * 10)),
        "WebP cut in half": webp[: len(webp) // 2],
        "WebP of a head alone": webp[:20],
        "bomb of 60,000 by 60,000": png_that_says(60_000, 60_000, zlib.compress(b"\0" * 100_000)),
        "bomb of 2³¹": png_that_says(2**31 - 1, 2**31 - 1),
        "a line of 30 million": png_that_says(30_000_000, 1),
        "no pixels": png_that_says(0, 0),
        "bomb in a text": _bomb_in_a_text(),
        "just too many pixels": picture("PNG", (5_001, 5_000)),
        "too small": picture("PNG", (127, 400)),
        "moving PNG": _moving("PNG"),
        "moving WebP": _moving("WEBP"),
        "more than 5 MB": picture() + bytes(5 * 1024 * 1024),
    }


def inert() -> dict[str, bytes]:
    """What is a picture and something else besides; the picture alone is kept."""
    return {
        "JPEG and HTML": picture() + b"<html>" + SCRIPT,
        "JPEG and zip": picture() + b"PK\x03\x04" + SCRIPT,
        "PNG and PHP": picture("PNG") + b"<?php system('id'); ?>" + SCRIPT,
        "WebP and script": picture("WEBP") + SCRIPT,
        "JPEG with a script as comment": picture(comment=SCRIPT),
        "JPEG with a place and a name": with_gps(),
        "PNG with texts": with_words(),
    }
