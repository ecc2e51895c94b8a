"""A file on its way from one form to the next: in the form, compressed and signed as ours."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import current_app
from itsdangerous import Signer


def packed(what: str, data: bytes) -> str:
    """A file as a form carries it; `what` is the page that may have it back."""
    return _signer(what).sign(urlsafe_b64encode(zlib.compress(data))).decode()


def unpacked(what: str, carried: str) -> bytes:
    """The file that a form carried. Raises BadSignature."""
    return zlib.decompress(urlsafe_b64decode(_signer(what).unsign(carried)))


def _signer(what: str) -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=f"import {what}")
