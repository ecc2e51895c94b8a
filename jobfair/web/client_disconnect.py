"""Renders no page for a client that has closed its connection.

Somebody who reloads again and again leaves a request behind each time. The page that they wait
for would be rendered after all of those.

Our own code, because WSGI does not report that the client has gone.
"""

from __future__ import annotations

import select

from flask import Flask, request
from gevent.monkey import get_original

CLIENT_GONE = 499
"""The status that nginx logs for this; no client reads it."""

SAFE = ("GET", "HEAD")
"""The other methods are carried out, whether or not somebody waits for the answer."""

_poll = get_original("select", "poll")
_HUNG_UP = getattr(select, "POLLRDHUP", 0)


def init_app(app: Flask) -> None:
    """Check before each page whether its client is still connected."""
    app.before_request(_skip_if_gone)


def _skip_if_gone() -> tuple[str, int] | None:
    connection = request.environ.get("gunicorn.socket")
    if connection is None or request.method not in SAFE or not _is_closed(connection.fileno()):
        return None
    return "", CLIENT_GONE


def _is_closed(descriptor: int) -> bool:
    # The kernel can tell a closed connection from a next request that is waiting to be read.
    poller = _poll()
    poller.register(descriptor, _HUNG_UP)
    return bool(poller.poll(0))
