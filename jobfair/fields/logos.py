"""Logos that are uploaded: any picture of three kinds becomes two small WebP files.

What was uploaded is not kept: what a file holds besides its picture goes with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""Decoded, that is 100 MB: a small file may claim to be far more, and is refused unread."""

SMALL, LARGE = 96, 288
"""Of each side, in CSS pixels twice: for lists, where it has 48, and for a company's page."""

SMALL_BYTES, LARGE_BYTES = 8 * 1024, 48 * 1024

_KINDS = ("PNG", "JPEG", "WEBP")
_QUALITIES = (90, 80, 65, 50, 35, 20, 5)


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo in two sizes. `digest` names what it shows, so that another has another address."""

    digest: str
    small: bytes
    large: bytes


def encode(data: bytes) -> Logo | Refusal:
    """Make a logo from an uploaded file.

    Returns `logo_too_large` for a file or a picture that is too large, and `logo_unknown` for what
    is no PNG, JPEG or WebP. Takes up to a second of processor time.
    """
    if len(data) > LARGEST_FILE:
        return Refusal(RequestCode.LOGO_TOO_LARGE)
    try:
        with Image.open(BytesIO(data), formats=_KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return Refusal(RequestCode.LOGO_TOO_LARGE)
            # A JPEG is read smaller at once, where that is enough.
            picture.draft("RGB", (2 * LARGE, 2 * LARGE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal(RequestCode.LOGO_TOO_LARGE)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        # Pillow raises any of these for a file that is cut off or made up.
        return Refusal(RequestCode.LOGO_UNKNOWN)
    small = _file(upright, SMALL, SMALL_BYTES)
    large = _file(upright, LARGE, LARGE_BYTES)
    return Logo(hashlib.sha256(large).hexdigest()[:16], small, large)


def _file(picture: Image.Image, side: int, most_bytes: int) -> bytes:
    """The picture within a square, as good as fits into so many bytes."""
    scale = side / max(picture.size)
    size = tuple(max(1, round(each * scale)) for each in picture.size)
    fitted = picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    written = b""
    for quality in _QUALITIES:
        file = BytesIO()
        fitted.save(file, "WEBP", quality=quality, method=4)
        written = file.getvalue()
        if len(written) <= most_bytes:
            break
    return written
