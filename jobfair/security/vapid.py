"""The keys by which push services know this fair (VAPID, RFC 8292)."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from binascii import Error
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from py_vapid import Vapid

TOKEN_SECONDS = 12 * 3600
"""How long a signature is good for; push services take a day at most."""

RENEWED_SECONDS = 3600

NOBODY = "mailto:nobody@jobfair.invalid"


def new_key() -> str:
    """A private key, as the settings hold it: its 32 bytes in base64url."""
    private = ec.generate_private_key(ec.SECP256R1())
    return _text(private.private_numbers().private_value.to_bytes(32, "big"))


def public_key() -> str:
    """The public key, as a browser wants it for subscribing."""
    point = _key(current_app.config["VAPID_PRIVATE_KEY"]).public_key.public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return _text(point)


def authorization(endpoint: str) -> str:
    """The Authorization header by which an endpoint's push service knows who sends."""
    parts = urlsplit(endpoint)
    return _signed(
        current_app.config["VAPID_PRIVATE_KEY"],
        f"{parts.scheme}://{parts.netloc}",
        _subject(),
        int(time.time()) // RENEWED_SECONDS,
    )


def _subject() -> str:
    """The contact to which a push service may write about problems."""
    config = current_app.config
    email = config["ADMIN_EMAIL"]
    return str(config["VAPID_SUBJECT"] or (f"mailto:{email}" if email else NOBODY))


@lru_cache(maxsize=100)
def _signed(private_key: str, audience: str, subject: str, hour: int) -> str:
    claims = {
        "aud": audience,
        "exp": hour * RENEWED_SECONDS + TOKEN_SECONDS,
        "sub": subject,
    }
    header: str = _key(private_key).sign(claims)["Authorization"]
    return header


@lru_cache(maxsize=4)
def _key(private_key: str) -> Vapid:
    try:
        return Vapid.from_raw(private_key.encode())
    except (ValueError, Error) as error:
        raise ValueError("JOBFAIR_VAPID_PRIVATE_KEY is not 32 bytes in base64url") from error


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
