"""Logos that are uploaded: any picture of three kinds becomes two small WebP files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields import pictures

SMALL, LARGE = 96, 288
"""Of each side, in CSS pixels twice: for lists, where it has 48, and for a company's page."""

SMALL_BYTES, LARGE_BYTES = 8 * 1024, 48 * 1024


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
    picture = pictures.read(
        data, LARGE, unknown=RequestCode.LOGO_UNKNOWN, too_large=RequestCode.LOGO_TOO_LARGE
    )
    if isinstance(picture, Refusal):
        return picture
    small = pictures.webp(pictures.scaled(picture, SMALL), SMALL_BYTES)
    large = pictures.webp(pictures.scaled(picture, LARGE), LARGE_BYTES)
    return Logo(hashlib.sha256(large).hexdigest()[:16], small, large)
