"""Maps of halls that are uploaded: any picture of three kinds becomes one WebP file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields import pictures

LARGEST_SIDE = 2000
"""In pixels: enough to read a stand's number on, enlarged on a phone."""

MOST_BYTES = 600 * 1024


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map, with its size in pixels. `digest` names what it shows, as a logo's does."""

    digest: str
    file: bytes
    width: int
    height: int


def encode(data: bytes) -> MapPicture | Refusal:
    """Make a map from an uploaded file; a small picture stays as small as it is.

    One that is all detail is made smaller until it fits.

    Returns `map_too_large` for a file or a picture that is too large, and `map_unknown` for what
    is no PNG, JPEG or WebP. Takes a few seconds of processor time.
    """
    picture = pictures.read(
        data, LARGEST_SIDE, unknown=RequestCode.MAP_UNKNOWN, too_large=RequestCode.MAP_TOO_LARGE
    )
    if isinstance(picture, Refusal):
        return picture
    side = min(LARGEST_SIDE, max(picture.size))
    while True:
        fitted = pictures.scaled(picture, side)
        file = pictures.webp(fitted, MOST_BYTES)
        if len(file) <= MOST_BYTES:
            return MapPicture(hashlib.sha256(file).hexdigest()[:16], file, *fitted.size)
        side = side * 2 // 3
