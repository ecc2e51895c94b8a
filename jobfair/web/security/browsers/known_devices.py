"""Which accounts have signed in from a browser before, by a signed cookie of the browser.

Wrong passwords are counted for each device that an account knows, so somebody who guesses elsewhere
does not keep its owner out. Nothing about it is stored on the server.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobfair.fields.input.emails import folded
from jobfair.security.keyed_digest import keyed_digest
from jobfair.web.security.browsers import cookies

COOKIE = "jobfair_device"
LIFETIME = timedelta(days=180)
MOST_ACCOUNTS = 5
"""The most accounts of one browser; beyond that, the one that signed in longest ago is
forgotten."""


def device_of(email: str) -> str | None:
    """The id of this browser if the account has signed in here before, else None."""
    device, accounts = _kept()
    return device if _account(email) in accounts else None


def remember(response: Response, email: str) -> None:
    """Let this browser prove later that an account has signed in here."""
    device, accounts = _kept()
    own = _account(email)
    accounts = [own, *(each for each in accounts if each != own)][:MOST_ACCOUNTS]
    cookies.set_cookie(response, COOKIE, _serializer().dumps([device, accounts]), LIFETIME)


def _account(email: str) -> str:
    # Somebody who looks at the browser's cookies must not learn who uses it.
    return keyed_digest(f"device {folded(email)}")[:16]


def _kept() -> tuple[str, list[str]]:
    try:
        given = cookies.read_cookie(COOKIE) or ""
        device, accounts = _serializer().loads(given, int(LIFETIME.total_seconds()))
        return str(device), [str(each) for each in accounts]
    except BadSignature:
        return secrets.token_urlsafe(12), []


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known device")
