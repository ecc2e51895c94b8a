"""Cookies as this site sets them: for this host, over HTTPS alone where there is any."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from werkzeug.wrappers import Response


def host_bound(name: str) -> str:
    """A cookie's name, such that a browser ties it to this host where it can."""
    # The prefix makes browsers refuse the cookie from another host, or without encryption.
    return f"__Host-{name}" if _secure() else name


def set_cookie(
    response: Response, name: str, value: str, lifetime: timedelta | int, http_only: bool = True
) -> None:
    """Let a browser keep a value, for a time or so many seconds; `hidden` from scripts."""
    response.set_cookie(
        name, value, max_age=lifetime, httponly=http_only, secure=_secure(), samesite="Lax"
    )


def delete_cookie(response: Response, name: str) -> None:
    """Let a browser forget a cookie."""
    response.delete_cookie(name, secure=_secure(), samesite="Lax")


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
