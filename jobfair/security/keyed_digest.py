"""A digest that nobody can compute, or guess the contents of, without the secret key."""

from __future__ import annotations

import hmac

from flask import current_app


def keyed_digest(purpose: str) -> hmac.HMAC:
    """Begin an HMAC-SHA-256, to be updated with the contents.

    `purpose` makes the digests of one use worthless for another.
    """
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{purpose}\0".encode(), "sha256")
