"""Cookies as this site sets them: for this host only, and over HTTPS only where it is used."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

HOST_BOUND = "__Host-"
"""With this prefix, browsers reject a cookie from another host or without HTTPS."""


def read_cookie(name: str) -> str | None:
    """The value that this request's browser keeps; None if it keeps none."""
    return request.cookies.get(_bound(name))


def set_cookie(
    response: Response, name: str, value: str, lifetime: timedelta | int, http_only: bool = True
) -> None:
    """Set a cookie for a time or a number of seconds; `http_only` hides it from scripts."""
    response.set_cookie(
        _bound(name), value, max_age=lifetime, httponly=http_only, secure=_secure(), samesite="Lax"
    )


def when_kept(address: str) -> str:
    """Where to send a browser that has just been given a cookie that `address` needs.

    A browser that sent no cookie may refuse all cookies: a page on the way checks for the new one.
    """
    return address if request.cookies else url_for("auth.check_cookies", next=address)


def delete_cookie(response: Response, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(_bound(name), secure=_secure(), samesite="Lax")


def _bound(name: str) -> str:
    """A cookie's name on this site, with the prefix if the site uses HTTPS."""
    return HOST_BOUND + name if _secure() else name


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
