"""A digest that only this fair can make, of what is to be recognised and not stored."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def keyed_digest(text: str) -> str:
    """The HMAC of a text with the secret key, in hexadecimal."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, text.encode(errors="replace"), hashlib.sha256).hexdigest()
