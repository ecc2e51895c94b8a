"""Signatures of what is sent to other servers, by the Standard Webhooks specification."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A new secret, as the libraries of the specification take it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`. `timestamp` is in seconds since 1970."""
    at = datetime.fromtimestamp(timestamp, UTC)
    return Webhook(secret).sign(message_id, at, body.decode())
