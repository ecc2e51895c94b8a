"""Refuses requests that another site makes a signed-in browser send.

Our own code: Flask-WTF's token needs a session cookie, expires, and changes each time a page is
rendered.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import Flask, current_app, g, has_request_context, request
from flask_login import current_user
from markupsafe import Markup

from jobfair.exceptions import Problem, RequestCode

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")

WITHOUT_TOKEN = (
    "auth.sign_in",
    "auth.register",
    "auth.language",
    "reset.ask",
    "sign_in_code.give",
    "school.start",
    "school.complete",
    "api_auth.sign_in",
    "api_auth.register",
    "api_auth.refresh",
    "api_auth.sign_out",
)
"""Forms without a token, because their page may be older than a sign-in in another tab, and the
calls by which programs sign in and out. They need a password, a code, a refresh token or the
browser's own cookie, or are harmless."""


def init_app(app: Flask) -> None:
    """Check every request that could change something, and give templates the form field."""
    app.before_request(_check)
    app.jinja_env.globals["csrf_field"] = field


def token(sign_in_id: int) -> str:
    """The token of a sign-in. It never changes, so a page can stay open all day."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"csrf {sign_in_id}".encode(), hashlib.sha256).hexdigest()


def field() -> Markup:
    """The hidden input of a form; empty if the browser sends no cookie that could be misused."""
    if not has_request_context():
        return Markup("")
    if "csrf_field" not in g:
        # Once for all the forms of a page.
        g.csrf_field = _field()
    made: Markup = g.csrf_field
    return made


def _field() -> Markup:
    if _has_link() or not _by_cookie():
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        FIELD, token(current_user.sign_in_id)
    )


def _check() -> None:
    if request.method in SAFE_METHODS:
        return
    # Checked also with a link: with their own personal link, others could sign somebody in.
    if _from_elsewhere() and (_has_link() or _by_cookie() or current_user.is_anonymous):
        raise Problem(RequestCode.CSRF)
    if _has_link():
        return
    by_cookie = _by_cookie()
    if by_cookie and request.endpoint not in WITHOUT_TOKEN:
        given = request.headers.get(HEADER) or request.form.get(FIELD, "")
        if not hmac.compare_digest(given.encode(), token(current_user.sign_in_id).encode()):
            raise Problem(RequestCode.CSRF)


def _has_link() -> bool:
    # A stand is authenticated by its link, not by a cookie.
    return "token" in (request.view_args or {})


def _by_cookie() -> bool:
    return bool(current_user.is_authenticated and current_user.via == "cookie")


def _from_elsewhere() -> bool:
    """Whether the browser says that a page of another site sent this.

    An origin of `null` is another site's, because no page of ours sends it. Only host names are
    compared: cookies ignore ports, and proxies may drop them.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).hostname != urlsplit(f"//{request.host}").hostname
    except ValueError:
        return True
