"""One log line and one count for each request, and an id that all its log lines share.

Paths can hold secret links, so the log has the route, not the path.

Our own code, because gunicorn's access log would write the path.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from types import TracebackType

from flask import Flask, Response, current_app, g, request

from jobfair import metrics

HEADER = "X-Request-ID"
NO_ROUTE = "none"
QUIET = ("static", "health.health")
"""Requested so often that their lines would hide the others."""

_REQUEST_ID = re.compile(r"[0-9a-f-]{8,36}")
"""The ids that proxies make: a UUID, or a hexadecimal number."""

log = logging.getLogger(__name__)

ExceptionInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


class LoggedFlask(Flask):
    """Flask, without the path in the log line about an exception."""

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        """Log an unhandled exception."""
        log.error("unforeseen", extra={"route": _route()}, exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Give each request an id, then time, count and log it.

    Call this first: Flask runs `after_request` functions in reverse order.
    """
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The request's id, short enough to be read out."""
    current: str = g.request_id
    return current


def _begin() -> None:
    g.started = time.perf_counter()
    given = request.headers.get(HEADER, "")
    trusted = current_app.config.get("TRUSTED_PROXIES", 0)
    g.request_id = given if trusted and _REQUEST_ID.fullmatch(given) else secrets.token_hex(4)


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.started
    if request.endpoint != "static":  # a first visit loads ten of them
        response.headers[HEADER] = g.request_id
    route, method = _route(), _method()
    metrics.answered(route, method, response.status_code, seconds)
    log.log(
        logging.DEBUG if request.endpoint in QUIET else logging.INFO,
        "request",
        extra={
            "method": method,
            "route": route,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "who": _who(),
        },
    )
    return response


def _route() -> str:
    return NO_ROUTE if request.url_rule is None else request.url_rule.rule


def _method() -> str:
    # A client may invent a method, and each would become a metric label.
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "other"


def _who() -> str:
    """Who asked, if the request already knows; nothing is looked up for the log."""
    if "company_id" in g:
        return f"company {g.company_id}"
    user = g.get("_login_user")
    if user is None or not user.is_authenticated:
        return "nobody"
    return f"{user.role} {user.id if user.student_id is None else user.student_id}"
