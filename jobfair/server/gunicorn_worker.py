"""The worker that serves JobFair: gunicorn's for gevent. It shares connections evenly, and two
faults of gunicorn's are fixed.

Import nothing here that opens sockets: the master loads this before gevent has patched anything.
"""

from __future__ import annotations

import socket
from functools import partial
from typing import Any

import gevent
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

from jobfair.feed.connection import reads_no_more, sends_no_more
from jobfair.feed.handover import HandedOver
from jobfair.server.connection_share import ConnectionShare, counts

PIECE = 1024 * 1024
"""Bytes read at once of a request body that the application has not read."""

LOOK_AGAIN_SECONDS = 0.001
"""How soon a worker that let others accept first tries again."""


class ConnectionTaken(StopIteration):
    """A request has ended, because the hub goes on writing to its connection."""


BEGINNING = b"HTTP/"
"""What every answer begins with."""

GONE_WITHIN_SECONDS = 0.05
"""How long a visitor's kernel may take to say that nobody reads the beginning of an answer."""


class BegunAnswer:
    """A connection on which the beginning of the answer was sent: the first write leaves it out.

    Everything else is the socket's own.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._sent = BEGINNING
        connection.sendall(BEGINNING)

    def sendall(self, data: bytes) -> None:
        """Send all of it but what was sent before."""
        self._connection.sendall(data.removeprefix(self._sent))
        self._sent = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _begun_if_half_closed(connection: socket.socket) -> Any:
    """The connection to answer on.

    A visitor who sends nothing more may wait for the answer or be gone. Sending something shows
    which; the application then makes no page for a reader who has gone.
    """
    descriptor = connection.fileno()
    if reads_no_more(descriptor) or not sends_no_more(descriptor):
        return connection
    begun = BegunAnswer(connection)
    if not reads_no_more(descriptor):
        gevent.sleep(GONE_WITHIN_SECONDS)
    return begun


class SharingServer(StreamServer):
    """Accepts connections as long as the worker has no more than its share of them."""

    max_accept = 1

    def __init__(self, listener: Any, handle: Any, spawn: Pool, share: ConnectionShare) -> None:
        super().__init__(listener, handle=handle, spawn=spawn)
        self._share = share

    def do_read(self) -> Any:
        """The next connection, or nothing while another worker is to take it."""
        if not self._share.may_accept():
            self.stop_accepting()
            gevent.spawn_later(LOOK_AGAIN_SECONDS, self._look_again)
            return None
        accepted = super().do_read()
        if accepted:
            self._share.opened()
        return accepted

    def close(self) -> None:
        """Accept no more connections, and let no worker wait for this one."""
        self._share.leave()
        super().close()

    def _look_again(self) -> None:
        if self.started and not self.closed:
            self.start_accepting()


class Worker(GeventWorker):
    """Answers every connection it has accepted, and reads refused bodies fast."""

    share_place: int | None = None
    """The place of this worker's count; set by the master before it forks."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._share = ConnectionShare(counts)

    def server_class(self, listener: Any, *, spawn: Pool, **_wsgi: Any) -> StreamServer:
        """Return the server of one listener, as gunicorn's own hook for that.

        It is called when the worker is ready to serve: before that, no worker may wait for this
        one.
        """
        self._share.join(self.share_place)
        return SharingServer(listener, partial(self.handle, listener), spawn, self._share)

    def handle(self, listener: socket.socket, client: socket.socket, addr: Any) -> None:
        """Serve one connection.

        Here gunicorn asks the listener for its address. That fails after a stopping worker has
        closed it, and a connection accepted just before is dropped (benoitc/gunicorn#712, #1877).
        The connection knows the same address, and is open as long as it is served.
        """
        try:
            super().handle(client, client, addr)
        finally:
            self._share.closed()

    def is_already_handled(self, answer: Any) -> bool:
        """Whether the hub goes on writing; gunicorn's own hook for that.

        Raises ConnectionTaken for a stream, which ends this request: the hub has the connection.
        """
        if isinstance(answer, HandedOver):
            self._share.opened()
            answer.when_closed = self._share.closed
            raise ConnectionTaken
        already_handled: bool = super().is_already_handled(answer)
        return already_handled

    def handle_request(
        self, listener_name: Any, req: Any, sock: socket.socket, addr: Any
    ) -> bool | None:
        """Answer one request and read what the application has left of its body.

        Gunicorn reads the rest before the connection's next request, one KiB at a time, and for
        each copies everything that has arrived (benoitc/gunicorn#2596). So a refused megabyte kept
        everybody waiting for 30 ms or more. If there is no next request, gunicorn reads nothing:
        the connection is reset and the answer is lost, which nginx reports as 502.
        """
        try:
            result: bool | None = super().handle_request(
                listener_name, req, _begun_if_half_closed(sock), addr
            )
        except ConnectionTaken:
            raise
        except StopIteration:
            self._read_the_rest(req)
            raise
        self._read_the_rest(req)
        return result

    def _read_the_rest(self, req: Any) -> None:
        with self.timeout_ctx():
            while req.body.read(PIECE):
                gevent.sleep()
