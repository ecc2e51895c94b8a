"""Lets in pages of other origins that the operator names: only to JSON, and only by bearer.

Our own code: using a library takes as many lines, and would not remove the cookies. A browser may
send this site's cookies with such a request, for example from another port of its host, where the
page is not ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request

from jobfair.web.idempotent_request import HEADER as ONCE
from jobfair.web.security.stand.stand_pins import HEADER as PIN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = "/api/"
ASKED_BY = "jobfair.other_origin"
"""The key in the WSGI environment for the origin that asks, if it is one of those."""

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
SENT = ", ".join(
    (
        "Authorization",
        "Content-Type",
        "Accept-Language",
        ONCE,
        "If-None-Match",
        "Last-Event-ID",
        PIN,
    )
)
READ = ", ".join(
    (
        "Content-Disposition",
        "ETag",
        "Link",
        "Location",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "WWW-Authenticate",
        "X-Total-Count",
    )
)
KEPT_SECONDS = 600
"""For how long a browser may keep the answer to its preflight."""


class _AsOfAProgram:
    """Turns a request of another origin into a program's request: without cookies.

    So the guards against pages of other sites need not know the origins that are let in.
    """

    def __init__(self, inner: WSGIApplication, origins: Collection[str]) -> None:
        self._inner = inner
        self._origins = origins

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        origin = environ.get("HTTP_ORIGIN")
        is_own = environ.get("HTTP_SEC_FETCH_SITE") == "same-origin"
        if origin in self._origins and not is_own and environ["PATH_INFO"].startswith(PATHS):
            environ[ASKED_BY] = origin
            for header in ("HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE"):
                environ.pop(header, None)
        return self._inner(environ, start)


def init_app(app: Flask) -> None:
    """Let in the origins that are named; without any, do nothing."""
    origins = app.config["API_ORIGINS"]
    if not origins:
        return
    wrapped: Any = _AsOfAProgram(app.wsgi_app, frozenset(origins))
    app.wsgi_app = wrapped  # type: ignore[method-assign]
    app.before_request(_preflight)
    app.after_request(_allow)


def _is_asking() -> bool:
    """Whether a page of one of those origins asks."""
    return ASKED_BY in request.environ


def _preflight() -> Response | None:
    """The answer to a browser's preflight request."""
    is_one = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not (is_one and _is_asking()):
        return None
    response = current_app.response_class(status=204)
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = SENT
    response.headers["Access-Control-Max-Age"] = str(KEPT_SECONDS)
    return response


def _allow(response: Response) -> Response:
    if request.path.startswith(PATHS):
        response.vary.add("Origin")
    if _is_asking():
        response.headers["Access-Control-Allow-Origin"] = request.environ[ASKED_BY]
        response.headers["Access-Control-Expose-Headers"] = READ
    return response
