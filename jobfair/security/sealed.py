"""Secrets that have to be read again, encrypted with a key that only this fair has.

A digest would do for what is only compared. Codes are made from their secret, so it is needed in
clear: by Fernet (AES and an HMAC, with nothing to choose) a copy of the database or a backup tells
it to nobody who has not the secret key too.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

KEY_BYTES = 32


def seal(text: str, purpose: str) -> str:
    """Encrypt a text. It is read again for the same `purpose` alone, so in no other's row."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str | None:
    """The text; None where another key or purpose sealed it, or somebody has changed it."""
    try:
        return _fernet(purpose).decrypt(sealed.encode(errors="replace")).decode()
    except InvalidToken:
        return None


def _fernet(purpose: str) -> Fernet:
    info = f"sealed {purpose}".encode()
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=info)
    return Fernet(urlsafe_b64encode(derived.derive(current_app.config["SECRET_KEY"].encode())))
