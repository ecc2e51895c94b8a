"""The codes of a second factor: six digits from an app (TOTP, RFC 6238), and recovery codes."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp

STEP_SECONDS = 30
WINDOW = 1
"""How many steps before and after this one a code may be of: clocks differ, and people type."""

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What recovery codes are made of: nothing that is mistaken for something else on paper."""
LENGTH = 12
GROUP = 4


def new_secret() -> str:
    """A secret for an app, in base 32: 160 bits."""
    return pyotp.random_base32()


def address(secret: str, email: str, issuer: str) -> str:
    """What an app reads in a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step of time whose code this is; None where it is none of these minutes."""
    now = int(at.timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    for step in range(now - WINDOW, now + WINDOW + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def new_recovery_code() -> str:
    """A code of 59 bits, in groups, to be written down."""
    return spaced("".join(secrets.choice(LETTERS) for _ in range(LENGTH))).replace(" ", "-")


def spaced(letters: str) -> str:
    """Letters in groups, so that they can be typed from a screen."""
    return " ".join(letters[each : each + GROUP] for each in range(0, len(letters), GROUP))


def cleaned(typed: str) -> str:
    """A code without what people add when they copy it: blanks, hyphens, capitals."""
    return "".join(filter(str.isalnum, typed)).casefold()
