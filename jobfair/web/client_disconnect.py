"""Renders no page for a client that has gone.

Each impatient reload leaves a request behind. The page that the person waits for would be rendered
after all of these.

Our own code, because WSGI does not report that the client has gone.
"""

from __future__ import annotations

from flask import Flask, request

from jobfair.feed.connection import reads_no_more

CLIENT_GONE = 499
"""The status that nginx logs for this; no client reads it."""

SAFE = ("GET", "HEAD")
"""The other methods are carried out, whether or not somebody waits for the answer."""


def init_app(app: Flask) -> None:
    """Check before each page whether its client still waits for it."""
    app.before_request(_skip_if_gone)


def _skip_if_gone() -> tuple[str, int] | None:
    connection = request.environ.get("gunicorn.socket")
    if connection is None or request.method not in SAFE or not reads_no_more(connection.fileno()):
        return None
    return "", CLIENT_GONE
