"""Making no page for somebody who has gone.

Who reloads impatiently leaves a request behind each time, and the page that they wait for would
be made after all of those.

Ours, as WSGI tells nobody that the client has gone.
"""

from __future__ import annotations

import select

from flask import Flask, request
from gevent.monkey import get_original

CLIENT_GONE = 499
"""The status as nginx calls it; nobody is left to read it."""

SAFE = ("GET", "HEAD")
"""What was tapped is done, whether somebody waits for the answer or not."""

_poll = get_original("select", "poll")
_HUNG_UP = getattr(select, "POLLRDHUP", 0)


def init_app(app: Flask) -> None:
    """Look before each page whether its reader is still there."""
    app.before_request(_skip_if_gone)


def _skip_if_gone() -> tuple[str, int] | None:
    connection = request.environ.get("gunicorn.socket")
    if connection is None or request.method not in SAFE or not _is_closed(connection.fileno()):
        return None
    return "", CLIENT_GONE


def _is_closed(descriptor: int) -> bool:
    # Asked of the kernel, which tells it from a request that lies waiting to be read.
    poller = _poll()
    poller.register(descriptor, _HUNG_UP)
    return bool(poller.poll(0))
