"""The rate limit that counted a request, in headers of its answer, for pages and for JSON.

`RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers. Our own code:
flask-limiter uses other names, and sends `Retry-After` even if nothing was refused.
"""

from __future__ import annotations

from time import time

from flask import Flask, Response
from flask_limiter import RequestLimit

from jobfair.web.security.limits.rate_limits import limiter

POLICY, STATE = "RateLimit-Policy", "RateLimit"


def init_app(app: Flask) -> None:
    """Add the headers to each counted request's answer. Call this before the limiter is set up:
    functions after a request run in reverse order, and some tries are counted by their answer."""
    app.after_request(_say)


def _say(response: Response) -> Response:
    counted = limiter.current_limit
    if counted is None:
        return response
    seconds = max(0, int(counted.reset_at - time()))
    name, window = _name(counted), counted.limit.get_expiry()
    response.headers[POLICY] = f'"{name}";q={counted.limit.amount};w={window}'
    response.headers[STATE] = f'"{name}";r={counted.remaining};t={seconds}'
    if counted.breached:
        wait = response.headers.get("Retry-After", 0, type=int)
        response.headers["Retry-After"] = str(max(wait, seconds))
    return response


def _name(counted: RequestLimit) -> str:
    """What is counted, and in which time, because one thing may have several limits."""
    scope = counted.request_args[-1]
    return f"{scope} per {counted.limit.GRANULARITY.name}"
