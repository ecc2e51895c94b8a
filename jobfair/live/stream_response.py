"""The response that opens a stream: Flask checks access, then the hub writes."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from werkzeug.exceptions import ServiceUnavailable

from jobfair.feed import hub
from jobfair.feed.connection import IteratedConnection, SocketConnection
from jobfair.feed.handover import HandedOver
from jobfair.feed.viewer import Viewer
from jobfair.live.opening import current_page, opening
from jobfair.live.screen import Screen
from jobfair.live.stream import Stream

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SOCKET = "gunicorn.socket"
"""The key of the request's socket in gunicorn's WSGI environment."""

FULL_RETRY_SECONDS = 30
"""After how long a page tries again to open a stream that found no room; until then it asks."""


class StreamResponse(Response):
    """A response that sends its headers, and leaves the rest to the hub."""

    def __init__(self, stream: Stream, begins_with: str) -> None:
        self._stream = stream
        self._begins_with = begins_with
        self._pieces = IteratedConnection(stream.disconnected)
        super().__init__(
            self._pieces,
            mimetype="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if SOCKET not in environ or environ["REQUEST_METHOD"] == "HEAD":
            self._stream.connect(self._pieces, self._begins_with)
            return super().__call__(environ, start_response)
        write = start_response(self.status, self.get_wsgi_headers(environ).to_wsgi_list())
        write(b"")  # sends the headers
        answer = HandedOver()

        def ended() -> None:
            self._stream.disconnected()
            answer.closed()

        descriptor = os.dup(environ[SOCKET].fileno())
        in_chunks = environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        connection = SocketConnection(descriptor, in_chunks, ended)
        self._stream.connect(connection, self._begins_with)
        return answer


def respond(viewer: Viewer, screen: Screen | None = None) -> Response:
    """The stream of a viewer whose access has been checked.

    With `once` in the query it is just the current page, for a tab that has no stream. Raises
    ServiceUnavailable if this process has no room for another stream.
    """
    last_id = request.headers.get("Last-Event-ID", "")
    if "once" in request.args:
        return _current(viewer, screen, last_id)
    if hub.current().streams() >= current_app.config.get("MOST_STREAMS", math.inf):
        raise ServiceUnavailable(retry_after=FULL_RETRY_SECONDS)
    stream = Stream(viewer, screen)
    try:
        begins_with = opening(stream, last_id, request.if_none_match)
    except Exception:
        hub.current().close(stream)
        raise
    return StreamResponse(stream, begins_with)


def _current(viewer: Viewer, screen: Screen | None, last_id: str) -> Response:
    page = current_page(viewer, screen, last_id)
    response = Response(page.text, mimetype="text/html", headers={"Last-Event-ID": page.last_id})
    response.set_etag(page.tag, weak=True)
    response.make_conditional(request)
    return response
