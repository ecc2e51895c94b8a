"""Cookies as this site sets them: for this host only, and over HTTPS only where it is used."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from werkzeug.wrappers import Response


def host_bound(name: str) -> str:
    """A cookie's name, with the `__Host-` prefix if the site uses HTTPS."""
    # With the prefix, browsers reject the cookie from another host or without HTTPS.
    return f"__Host-{name}" if _secure() else name


def set_cookie(
    response: Response, name: str, value: str, lifetime: timedelta | int, http_only: bool = True
) -> None:
    """Let a browser keep a value, for a time or so many seconds; `hidden` from scripts."""
    response.set_cookie(
        name, value, max_age=lifetime, httponly=http_only, secure=_secure(), samesite="Lax"
    )


def delete_cookie(response: Response, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(name, secure=_secure(), samesite="Lax")


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
