"""A digest that only this fair can make, of what is to be recognised and not stored."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def keyed_digest(text: str) -> str:
    """The HMAC of a text with the secret key, in hexadecimal."""
    return _new(text.encode(errors="replace")).hexdigest()


def begin_digest(purpose: str) -> hmac.HMAC:
    """The same of something long, to be updated piece by piece.

    `purpose` makes the digests of one use worthless for another.
    """
    return _new(f"{purpose}\0".encode())


def _new(begins: bytes) -> hmac.HMAC:
    return hmac.new(current_app.config["SECRET_KEY"].encode(), begins, hashlib.sha256)
