"""Logos: three kinds of pictures, made small; anything else is refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from jobfair.exceptions import RequestCode
from jobfair.fields import pictures
from jobfair.fields.companies import logos
from jobfair.fields.companies.logos import Logo, encode
from tests.support.chance import seeded

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind="PNG", size=(600, 200), mode="RGB", **more):
    file = BytesIO()
    Image.new(mode, size, "navy").save(file, kind, **more)
    return file.getvalue()


def noise(size):
    image = Image.frombytes("RGB", size, seeded().randbytes(3 * size[0] * size[1]))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def claiming(width, height):
    """A PNG of a few bytes that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0)
        + b"IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG"),
        picture("PNG", mode="P"),
        picture("PNG", mode="LA"),
        picture("JPEG", mode="CMYK"),
        picture("WEBP"),
        picture("PNG", size=(1, 1)),
        picture("PNG", size=(3000, 2)),
    ],
)
def test_a_picture_becomes_two_small_ones_of_the_same_shape(data):
    logo = encode(data)
    assert isinstance(logo, Logo)
    for file, side in ((logo.small, logos.SMALL), (logo.large, logos.LARGE)):
        with Image.open(BytesIO(file)) as made:
            assert made.format == "WEBP"
            assert max(made.size) == side


def test_the_noisiest_picture_has_at_most_eight_kilobytes_in_lists():
    logo = encode(noise((700, 700)))
    assert len(logo.small) <= logos.SMALL_BYTES
    assert len(logo.large) <= logos.LARGE_BYTES


def test_what_a_file_holds_besides_its_picture_goes():
    words = b"somebody's home"
    exif = Image.Exif()
    exif[0x010E] = words.decode()
    logo = encode(picture("JPEG", exif=exif))
    assert words not in logo.small + logo.large


def test_a_picture_that_lies_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(encode(picture("JPEG", exif=exif)).large)) as made:
        assert made.height > made.width


@pytest.mark.parametrize(
    "data",
    [b"", b"words", SVG, picture("GIF"), picture("BMP"), picture()[:60], b"\x89PNG\r\n\x1a\n" * 9],
)
def test_what_is_no_such_picture_is_refused(data):
    assert encode(data).code is RequestCode.LOGO_UNKNOWN


@pytest.mark.parametrize(
    "data", [claiming(50_000, 50_000), claiming(5_001, 5_000), bytes(pictures.LARGEST_FILE + 1)]
)
def test_what_is_too_large_is_refused_unread(data, monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", None)
    assert encode(data).code is RequestCode.LOGO_TOO_LARGE
