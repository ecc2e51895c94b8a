"""Pictures that are uploaded: any of three kinds is read, and written as WebP.

What was uploaded is not kept: what a file holds besides its picture goes with it.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""Decoded, that is 100 MB: a small file may claim to be far more, and is refused unread."""

_KINDS = ("PNG", "JPEG", "WEBP")
_QUALITIES = (90, 80, 65, 50, 35, 20, 5)


def read(
    data: bytes, side: int, *, unknown: RequestCode, too_large: RequestCode
) -> Image.Image | Refusal:
    """The picture in an uploaded file, upright.

    It may be read smaller where it is more than twice `side`, in pixels. Returns the refusal
    `too_large` for a file or a picture that is too large, and `unknown` for what is no PNG, JPEG
    or WebP. Takes up to a second of processor time.
    """
    if len(data) > LARGEST_FILE:
        return Refusal(too_large)
    try:
        with Image.open(BytesIO(data), formats=_KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return Refusal(too_large)
            # A JPEG is read smaller at once, where that is enough.
            picture.draft("RGB", (2 * side, 2 * side))
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal(too_large)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        # Pillow raises any of these for a file that is cut off or made up.
        return Refusal(unknown)


def scaled(picture: Image.Image, side: int) -> Image.Image:
    """The picture as large as fits into a square of this many pixels."""
    scale = side / max(picture.size)
    width, height = (max(1, round(each * scale)) for each in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def webp(picture: Image.Image, most_bytes: int) -> bytes:
    """A WebP file of the picture, as good as fits into this many bytes."""
    written = b""
    for quality in _QUALITIES:
        file = BytesIO()
        picture.save(file, "WEBP", quality=quality, method=4)
        written = file.getvalue()
        if len(written) <= most_bytes:
            break
    return written
